#include "hub/gateway/reduce_event.hpp"

#include "hub/gateway/limits.hpp"

namespace carehub::gateway {
namespace {

/// Copies what a reader may have of a record into an empty one, field by field.
class Copier {
public:
    Copier(Reader reader, Labels labels) : reader_(reader), hides_place_(hides_place(labels)) {}

    template <class Record>
    [[nodiscard]] Record copy(const Record& told) const {
        Record left;
        std::apply(
            [&](const auto&... field) {
                (put(left.*(field.member), told.*(field.member), degree_of(field.tells, reader_)),
                 ...);
            },
            kFields<Record>);
        return left;
    }

private:
    template <class Value>
    void put(Value& left, const Value& told, Degree degree) const {
        if (degree == Degree::Full) {
            left = told;
        } else if constexpr (std::is_same_v<Value, Place>) {
            if (degree == Degree::Reduced) {
                left.remote = told.remote;
                left.id = hides_place_ ? "" : told.id;
            }
        }
    }

    Reader reader_;
    bool hides_place_;
};

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
        case ObligationStatus::Unlisted:  // nobody said that it will not be held
        case ObligationStatus::Unconfirmed: return true;
        case ObligationStatus::Unset:
        case ObligationStatus::Waitlisted:
        case ObligationStatus::Completed:
        case ObligationStatus::Missed:
        case ObligationStatus::Cancelled:
        case ObligationStatus::Discontinued:
        case ObligationStatus::EnteredInError: return false;
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

Submission reduce_event(const Submission& event, Labels labels, Reader reader) {
    const Copier copier(reader, labels);
    Submission left = copier.copy(event);
    left.payload =
        std::visit([&](const auto& claim) { return Payload{copier.copy(claim)}; }, event.payload);
    return left;
}

Submission busy_event(const Submission& event) {
    const Period period = period_of(event);
    Submission left;
    left.kind = period.blocked ? EventKind::ScheduleBlocked : EventKind::ScheduleUnblocked;
    left.schema = event.schema;
    ResourceClaim busy;
    static_assert(degree_of(FieldClass::When, Reader::BusyOnlyForm) == Degree::Reduced,
                  "what is busy is told in rounded times");
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
