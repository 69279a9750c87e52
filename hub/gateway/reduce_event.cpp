#include "hub/gateway/reduce_event.hpp"

#include "hub/gateway/limits.hpp"

namespace carehub::gateway {
namespace {

/// Builds the reduced payload of each family from an empty one: nothing is copied by default.
class Reducer {
public:
    explicit Reducer(Labels labels) : hides_place_(hides_place(labels)) {}

    Payload operator()(const std::monostate& none) const { return none; }

    Payload operator()(const ObligationClaim& claim) const {
        ObligationClaim left;
        left.obligation_class = claim.obligation_class;
        left.status = claim.status;
        left.start = claim.start;
        left.date = claim.date;
        left.end = claim.end;
        left.prev_start = claim.prev_start;
        left.location = reduce(claim.location);
        return left;
    }
    Payload operator()(const ResourceClaim& claim) const {
        ResourceClaim left;
        left.from = claim.from;
        left.to = claim.to;
        left.location = reduce(claim.location);
        return left;
    }
    Payload operator()(const SnapshotClaim&) const { return SnapshotClaim{}; }
    Payload operator()(const EncounterClaim& claim) const {
        EncounterClaim left;
        left.encounter_class = claim.encounter_class;
        left.start = claim.start;
        left.end = claim.end;
        left.planned = claim.planned;
        left.location = reduce(claim.location);
        return left;
    }
    Payload operator()(const PersonClaim& claim) const {
        PersonClaim left;
        left.deceased_at = claim.deceased_at;
        return left;
    }
    Payload operator()(const IdentityClaim& claim) const {
        IdentityClaim left;
        left.level = claim.level;
        return left;
    }
    Payload operator()(const HousingClaim& claim) const {
        HousingClaim left;
        left.date = claim.date;
        left.situation_class = claim.situation_class;
        left.move_in = claim.move_in;
        left.grade = claim.grade;
        left.deadline = claim.deadline;
        return left;
    }
    Payload operator()(const JusticeClaim& claim) const {
        JusticeClaim left;
        left.mandatory = claim.mandatory;
        left.issued = claim.issued;
        left.effective = claim.effective;
        left.expires = claim.expires;
        left.custody_place = reduce(claim.custody_place);
        return left;
    }
    Payload operator()(const CaseworkClaim& claim) const {
        CaseworkClaim left;
        left.owner = claim.owner;
        left.team = claim.team;
        left.contact_kind = claim.contact_kind;
        left.two_way = claim.two_way;
        return left;
    }
    Payload operator()(const ConsentClaim& claim) const {
        ConsentClaim left;
        left.kind = claim.kind;
        left.signed_on = claim.signed_on;
        left.expires = claim.expires;
        left.revoked_at = claim.revoked_at;
        return left;
    }

private:
    [[nodiscard]] Place reduce(const Place& place) const {
        Place left;
        left.remote = place.remote;
        if (!hides_place_) {
            left.id = place.id;
        }
        return left;
    }

    bool hides_place_;
};

Submission head_of(const Submission& event) {
    Submission left;
    left.kind = event.kind;
    left.schema = event.schema;
    left.occurred_at = event.occurred_at;
    left.occurred_precision = event.occurred_precision;
    left.zone = event.zone;
    left.time_flags = event.time_flags;
    left.correction = event.correction;
    return left;
}

struct Period {
    UtcTime from = kUnknownTime;
    UtcTime to = kUnknownTime;
    bool blocked = true;
};

bool blocks_time(ObligationStatus status) {
    switch (status) {
        case ObligationStatus::Proposed:
        case ObligationStatus::Scheduled:
        case ObligationStatus::InProgress:
        case ObligationStatus::Unconfirmed: return true;
        case ObligationStatus::Unset:
        case ObligationStatus::Waitlisted:
        case ObligationStatus::Completed:
        case ObligationStatus::Missed:
        case ObligationStatus::Cancelled:
        case ObligationStatus::Discontinued:
        case ObligationStatus::EnteredInError:
        case ObligationStatus::Unlisted: return false;
    }
    return false;
}

Period period_of(const Submission& event) {
    if (const auto* claim = std::get_if<ObligationClaim>(&event.payload)) {
        return {claim->start, claim->end, blocks_time(claim->status) && !claim->transparent};
    }
    if (const auto* claim = std::get_if<EncounterClaim>(&event.payload)) {
        const bool is_under_way =
            claim->end == kUnknownTime && event.kind != EventKind::EncounterStartCancelled;
        return {claim->start, claim->end, is_under_way};
    }
    if (const auto* claim = std::get_if<ResourceClaim>(&event.payload)) {
        return {claim->from, claim->to, event.kind == EventKind::ScheduleBlocked};
    }
    return {};
}

UtcTime round_down(UtcTime time) {
    return UtcTime(time.time_since_epoch() -
                   ((time.time_since_epoch() % kBusyRounding) + kBusyRounding) % kBusyRounding);
}

UtcTime round_up(UtcTime time) {
    const UtcTime down = round_down(time);
    return down == time ? time : down + kBusyRounding;
}

}  // namespace

Submission reduce_event(const Submission& event, Labels labels) {
    Submission left = head_of(event);
    left.payload = std::visit(Reducer(labels), event.payload);
    return left;
}

Submission busy_event(const Submission& event) {
    const Period period = period_of(event);
    Submission left;
    left.kind = period.blocked ? EventKind::ScheduleBlocked : EventKind::ScheduleUnblocked;
    left.schema = event.schema;
    ResourceClaim busy;
    if (period.from != kUnknownTime) {
        busy.from = round_down(period.from);
    }
    if (period.to != kUnknownTime && period.to != kNever) {
        busy.to = round_up(period.to);
    }
    left.payload = busy;
    return left;
}

}  // namespace carehub::gateway
