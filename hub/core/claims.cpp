#include "hub/core/claims.hpp"

#include <algorithm>

#include "hub/base/limits.hpp"
#include "hub/core/assignments.hpp"
#include "hub/core/claim_context.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/matters.hpp"
#include "hub/core/permit.hpp"
#include "hub/core/rehearsal.hpp"
#include "hub/core/series.hpp"
#include "hub/core/stay_claims.hpp"

namespace carehub::core {
namespace {

Refusal refuse(RefusalReason reason, std::string field, std::string fix) {
    return {reason, std::move(field), std::move(fix)};
}

const Place& place_in(const Submission& claim) {
    static const Place nowhere{};
    if (const auto* obligation = std::get_if<ObligationClaim>(&claim.payload)) {
        return obligation->location;
    }
    if (const auto* encounter = std::get_if<EncounterClaim>(&claim.payload)) {
        return encounter->location;
    }
    return nowhere;
}

struct StatusOfKind {
    EventKind kind;
    ObligationStatus status;
};

/// Kinds that settle the status whatever the claim says; the others leave it to the claim.
constexpr StatusOfKind kStatusOfKind[] = {
    {EventKind::AppointmentCancelled, ObligationStatus::Cancelled},
    {EventKind::HearingCancelled, ObligationStatus::Cancelled},
    {EventKind::CheckInCancelled, ObligationStatus::Cancelled},
    {EventKind::AppointmentDiscontinued, ObligationStatus::Discontinued},
    {EventKind::AppointmentDeleted, ObligationStatus::EnteredInError},
    {EventKind::AppointmentNoShow, ObligationStatus::Missed},
    {EventKind::FailureToAppear, ObligationStatus::Missed},
    {EventKind::CheckInMissed, ObligationStatus::Missed},
    {EventKind::AppointmentArrived, ObligationStatus::InProgress},
    {EventKind::AppointmentCompleted, ObligationStatus::Completed},
    {EventKind::HearingHeld, ObligationStatus::Completed},
    {EventKind::CheckInCompleted, ObligationStatus::Completed},
    {EventKind::HearingUnlisted, ObligationStatus::Unlisted},
};

ObligationStatus status_of(EventKind kind, ObligationStatus told) {
    const auto* const settled = std::ranges::find(kStatusOfKind, kind, &StatusOfKind::kind);
    if (settled != std::end(kStatusOfKind)) {
        return settled->status;
    }
    return told != ObligationStatus::Unset ? told : ObligationStatus::Scheduled;
}

/// A change that tells no status (HL7 v2 section 2.4.3.1) leaves the one that is known.
bool keeps_status(const Obligation* known, EventKind kind, ObligationStatus told) {
    return known != nullptr && kind == EventKind::AppointmentModified &&
           told == ObligationStatus::Unset && known->status != ObligationStatus::Unset;
}

/// A cancel and its like need not say when: what is not known then stands where it was told.
bool needs_no_time(EventKind kind) {
    return kind == EventKind::AppointmentCancelled || kind == EventKind::AppointmentDeleted ||
           kind == EventKind::AppointmentDiscontinued || kind == EventKind::AppointmentNoShow ||
           kind == EventKind::AppointmentArrived || kind == EventKind::AppointmentCompleted;
}

/// A change of what nobody booked, and when it would be is not told: nothing that could be kept.
bool changes_nothing(const Obligation* known, EventKind kind, const ObligationClaim& told) {
    return known == nullptr && kind == EventKind::AppointmentModified &&
           told.start == kUnknownTime && !told.date;
}

/// It does not take place, or not then.
bool is_taken_away(const Obligation& before, const Obligation& after) {
    const bool stands = after.status == ObligationStatus::Scheduled ||
                        after.status == ObligationStatus::InProgress ||
                        after.status == ObligationStatus::Completed;
    return before.status == ObligationStatus::Scheduled && (!stands || before.start != after.start);
}

/// A hearing listed again at the time and place to which the court changed it: the change is still
/// what the client has to be told.
EventKind kind_given(const Obligation* known, const Obligation& told, EventKind kind) {
    const bool changed = known != nullptr && (known->last_kind == EventKind::HearingContinued ||
                                              known->last_kind == EventKind::HearingModified);
    const bool again = changed && kind == EventKind::HearingScheduled &&
                       known->status == told.status && known->start == told.start &&
                       known->end == told.end && known->place == told.place;
    return again ? known->last_kind : kind;
}

/// A form signed elsewhere can bear tomorrow's date; no later one.
constexpr std::chrono::days kSignedAheadMax{1};

class ClaimWriter : ClaimContext {
public:
    using ClaimContext::ClaimContext;

    Refusal write() {
        return std::visit([this](const auto& payload) { return put_payload(payload); },
                          claim_.payload);
    }

private:
    // --- Obligations ---

    Refusal put_payload(const ObligationClaim& told) {
        const ObligationId id{submission_.business_key};
        if (id.is_none()) {
            return missing("business_key");
        }
        const Obligation* known = find(subject_.obligations, id);
        if (changes_nothing(known, claim_.kind, told) ||
            (known != nullptr && is_outdated(known->version))) {
            return {};
        }
        if (known == nullptr && subject_.obligations.size() >= kObligationsPerClientMax) {
            return refuse(RefusalReason::TooManyItems, "payload",
                          "close or cancel some of the client's obligations first");
        }
        Obligation obligation = known != nullptr ? *known : new_obligation(id);
        describe(obligation, told);
        if (obligation.start == kUnknownTime && needs_no_time(claim_.kind)) {
            obligation.start = claim_.occurred_at;
            obligation.end = claim_.occurred_at;
            obligation.time_flags.add(TimeFlag::TimeUncertain);
        }
        const bool keeps = keeps_status(known, claim_.kind, told.status);
        if (!keeps) {
            obligation.status = status_of(claim_.kind, told.status);
            obligation.last_kind = kind_given(known, obligation, claim_.kind);
            obligation.kept_by = kNoStay;
        }
        if (known != nullptr && is_taken_away(*known, obligation) &&
            !is_rehearsing(draft_.before(), input_.principal)) {
            subject_.client.unbooked_at = draft_.now();
        }
        obligation.version = known != nullptr ? version_over(known->version) : version();
        obligation.told_under = told_under_;
        obligation.last = draft_.sequence();
        if (!keeps) {
            note_rebooking(subject_.obligations, obligation);
        }
        subject_.obligations.put(obligation);
        if (!keeps) {
            end_occurrences(subject_.obligations, obligation, claim_.occurred_at);
        }
        return {};
    }

    Obligation new_obligation(ObligationId id) {
        Obligation obligation;
        obligation.id = id;
        obligation.partner = input_.principal;
        obligation.first = draft_.sequence();
        return obligation;
    }

    void describe(Obligation& obligation, const ObligationClaim& told) {
        if (told.start == kUnknownTime && told.date) {
            const UtcTime day = beginning_of(*told.date);
            obligation.booked_at =
                obligation.start != day ? version().asserted_at : obligation.booked_at;
            obligation.start = day;
            obligation.end = day + std::chrono::days{1};
        }
        if (told.start != kUnknownTime) {
            if (obligation.start != told.start) {
                obligation.booked_at = version().asserted_at;
            }
            obligation.start = told.start;
            obligation.end = std::max(told.end, told.start);
        }
        if (told.obligation_class != ObligationClass::Unset) {
            obligation.obligation_class = told.obligation_class;
        }
        if (!claim_.zone.empty()) {
            obligation.zone = draft_.intern(claim_.zone);
        }
        if (!told.location.id.empty()) {
            obligation.place = draft_.intern(told.location.id);
        }
        if (submission_.series_key != Hash128{}) {
            obligation.series = series_mark(submission_.series_key);
        }
        obligation.remote = told.location.remote;
        const bool tells_time = told.start != kUnknownTime || told.date;
        if (tells_time || !claim_.time_flags.empty()) {
            obligation.time_flags = claim_.time_flags;
        }
        if (told.start == kUnknownTime && told.date) {
            obligation.time_flags.add(TimeFlag::DateOnly);
        }
        obligation.mandatory = told.mandatory;
        obligation.transparent = told.transparent;
        obligation.tentative = told.tentative;
        obligation.mover = told.mover;
        obligation.labels.add(labels());
    }

    // --- Stays ---

    Refusal put_payload(const EncounterClaim&) {
        return put_encounter(draft_, subject_, input_, told_under_);
    }

    Refusal put_payload(const JusticeClaim&) {
        const bool custody =
            claim_.kind == EventKind::CustodyStarted || claim_.kind == EventKind::CustodyEnded;
        return custody ? put_custody(draft_, subject_, input_, told_under_)
                       : put_matters(std::nullopt);
    }

    // --- People, casework, consents ---

    Refusal put_payload(const PersonClaim& told) {
        if (claim_.kind != EventKind::ClientDeceased ||
            is_rehearsing(draft_.before(), input_.principal)) {
            return {};
        }
        if (claim_.correction && told.deceased_at == kUnknownTime) {
            take_back_death();
            return {};
        }
        subject_.client.deceased_at =
            told.deceased_at != kUnknownTime ? told.deceased_at : claim_.occurred_at;
        subject_.client.death = draft_.sequence();
        subject_.client.death_under = told_under_;
        return {};
    }

    Refusal put_payload(const CaseworkClaim& told) {
        const bool made = claim_.kind == EventKind::ContactMade;
        const bool attempted = claim_.kind == EventKind::ContactAttempted;
        if ((made || attempted || claim_.kind == EventKind::ClientInformed) &&
            claim_.occurred_at > draft_.now() + kClockDifferenceMax) {
            return refuse(RefusalReason::ClockRunsAhead, "occurred_at",
                          "this lies ahead: say when it was done");
        }
        if (made || attempted) {
            return add_contact(told, made);
        }
        if (claim_.kind == EventKind::CaseAssigned || claim_.kind == EventKind::CaseReassigned) {
            const Symbol known = draft_.before().symbol(told.owner);
            if (!told.owner.empty() && !draft_.before().staff.contains(known)) {
                return refuse(RefusalReason::UnknownReference, "payload.owner",
                              "name a member of staff from the directory");
            }
            Client client = subject_.client;
            client.owner = draft_.intern(told.owner);
            client.team = told.team.empty() ? client.team : draft_.intern(told.team);
            client.model = told.model != CaseModel::Unset ? told.model : client.model;
            assign(subject_, told_under_, client, draft_.sequence());
            subject_.client = client;
        } else if (claim_.kind == EventKind::RiskTierAssigned) {
            assign_tier(subject_, told_under_, told.tier, draft_.sequence());
            subject_.client.tier = told.tier;
        } else if (claim_.kind == EventKind::ClientInformed) {
            if (claim_.occurred_at >= subject_.client.informed_at) {
                subject_.client.informed_at = claim_.occurred_at;
                subject_.client.informed_under = told_under_;
                subject_.client.informed = draft_.sequence();
            }
        }
        return {};
    }

    Refusal add_contact(const CaseworkClaim& told, bool made) {
        put_contact(subject_.contacts, {draft_.sequence(), claim_.occurred_at, told.contact_kind,
                                        told.two_way, made, told_under_});
        return {};
    }

    Refusal put_payload(const ConsentClaim& told) {
        const Consent* known = find(subject_.consents, submission_.consent);
        if (claim_.kind == EventKind::ConsentRevoked) {
            return known == nullptr ? refuse(RefusalReason::NotFound, "payload.consent",
                                             "name a consent of this client")
                                    : revoke(*known, told);
        }
        Consent consent;
        consent.kind = told.kind;
        consent.purpose = told.purpose;
        consent.kinds = told.scope_kinds;
        consent.scope_from = told.scope_from;
        consent.scope_to = told.scope_to;
        consent.signed_on = told.signed_on;
        consent.expires = told.expires;
        consent.ends_upon_event = !told.expiry_event.empty();
        consent.revocable_from = told.revocable_from;
        consent.general_designation = told.general_designation;
        if (const auto fault = fault_of(consent)) {
            return refuse(fault->reason, "payload." + std::string(fault->field),
                          std::string(fault->hint));
        }
        if (core::day_of(draft_.before(), subject_, draft_.now()) + kSignedAheadMax <
            told.signed_on) {
            return refuse(RefusalReason::InvalidField, "payload.signed_on",
                          "the day of signature is ahead: give the day on which it was signed");
        }
        if (known != nullptr && known->revoked_at != kUnknownTime &&
            told.signed_on <= core::day_of(draft_.before(), subject_, known->revoked_at)) {
            return refuse(RefusalReason::WrongState, "payload.consent",
                          "this consent was revoked: what is signed anew has a later day of "
                          "signature, or an id of its own");
        }
        consent.id = submission_.consent;
        consent.client = subject_.client.id;
        consent.discloser = draft_.intern(told.discloser);
        for (const std::string& recipient : told.recipients) {
            consent.recipients.push_back(draft_.intern(recipient));
        }
        consent.told_under = told_under_;
        consent.source = draft_.sequence();
        subject_.consents.put(consent);
        return {};
    }

    Refusal revoke(Consent consent, const ConsentClaim& told) {
        // It ends at once, whatever later day is told; the first revocation stands.
        const UtcTime revoked = std::min(
            told.revoked_at != kUnknownTime ? told.revoked_at : claim_.occurred_at, draft_.now());
        if (consent.revoked_at != kUnknownTime && consent.revoked_at <= revoked) {
            return {};
        }
        if (consent.revocable_from && revoked < beginning_of(*consent.revocable_from)) {
            return refuse(
                RefusalReason::NotRevocableYet, "payload.revoked_at",
                "a criminal justice referral can be revoked from its revocable_from date");
        }
        consent.revoked_at = revoked;
        consent.source = draft_.sequence();
        subject_.consents.put(consent);
        return {};
    }

    // --- Housing, supervision, warrants, moves ---

    Refusal put_payload(const HousingClaim& told) { return put_matters(told.deadline); }

    Refusal put_matters(const std::optional<Date>& deadline) {
        Telling telling;
        telling.partner = input_.principal;
        telling.business_key = submission_.business_key;
        telling.version = version();
        telling.zone = draft_.intern(claim_.zone);
        telling.labels = labels();
        telling.told_under = told_under_;
        telling.sequence = draft_.sequence();
        telling.now = draft_.now();
        telling.due_at = deadline ? beginning_of(*deadline + std::chrono::days{1}) : kUnknownTime;
        core::put_matters(subject_.matters, claim_, telling);
        return {};
    }

    // --- Routed and kept in the trail; no rule needs them in State ---
    Refusal put_payload(const std::monostate&) { return {}; }
    Refusal put_payload(const ResourceClaim&) { return {}; }
    Refusal put_payload(const SnapshotClaim&) { return {}; }
    Refusal put_payload(const IdentityClaim&) { return {}; }
};

}  // namespace

Refusal check_claim(const SubmissionInput& submission) {
    const Submission& claim = submission.claim;
    if (claim.feed.empty()) {
        return missing("feed");
    }
    if (claim.source_msg_id.empty()) {
        return missing("id");
    }
    const PayloadKind payload = payload_of(claim.kind);
    const bool about_nobody = payload == PayloadKind::Resource || payload == PayloadKind::Snapshot;
    if (claim.identifiers.empty() && !about_nobody && claim.kind != EventKind::FeedAnomaly) {
        return missing("identifiers");
    }
    if (claim.occurred_at == kUnknownTime) {
        return missing("occurred_at");
    }
    if (static_cast<std::size_t>(payload_of(claim.kind)) != claim.payload.index()) {
        return refuse(RefusalReason::PayloadMismatch, "payload",
                      "use the payload table of the event's kind");
    }
    return {};
}

Labels labels_of(const State& state, const Partner& partner, const Submission& claim) {
    Labels labels = claim.labels;
    labels.add(labels_at(state, partner.id, state.symbol(place_in(claim).id)));
    if (const auto* encounter = std::get_if<EncounterClaim>(&claim.payload)) {
        labels.add(labels_at(state, partner.id, state.symbol(encounter->prior_location.id)));
    }
    return labels;
}

Labels labels_related(const State& state, const Case& subject, const SubmissionInput& submission) {
    Labels labels;
    for (const Hash128& key : {submission.appointment_key, submission.series_key}) {
        if (const Obligation* named = find(subject.obligations, ObligationId{key})) {
            labels.add(labels_of(state, *named));
        }
    }
    const Inbox::Mark* superseded =
        submission.supersedes.is_none() ? nullptr : state.inbox.find(submission.supersedes);
    if (superseded == nullptr) {
        return labels;
    }
    const auto add = [&](const auto& records) {
        for (const auto& record : records) {
            if (record.first == superseded->sequence || record.last == superseded->sequence) {
                labels.add(labels_of(state, record));
            }
        }
    };
    add(subject.obligations);
    add(subject.stays);
    add(subject.matters);
    return labels;
}

Refusal apply_claim(Draft& draft, Case& subject, const Input& input, LinkNumber told_under) {
    Refusal refusal = ClaimWriter(draft, subject, input, told_under).write();
    if (refusal.reason == RefusalReason::None && draft.symbols_full()) {
        return refuse(RefusalReason::TooManyNames, "payload",
                      "ask the hub's operator: its bound on names is reached");
    }
    return refusal;
}

}  // namespace carehub::core
