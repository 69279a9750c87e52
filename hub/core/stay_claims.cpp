#include "hub/core/stay_claims.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "hub/base/limits.hpp"
#include "hub/core/claim_context.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/proofs.hpp"
#include "hub/core/series.hpp"
#include "hub/model/custody.hpp"

namespace carehub::core {
namespace {

class StayWriter : ClaimContext {
public:
    using ClaimContext::ClaimContext;

    Refusal put_encounter() {
        const auto& told = std::get<EncounterClaim>(claim_.payload);
        const StayId id{submission_.business_key};
        if (id.is_none()) {
            return missing("business_key");
        }
        // Domain/02: a reservation is no presence, and tells nothing of one.
        if (claim_.kind == EventKind::AdmissionPlanned ||
            claim_.kind == EventKind::AdmissionPlanCancelled) {
            return {};
        }
        const Stay* known = known_stay(id, told);
        if (known != nullptr && is_outdated(known->version)) {
            return {};
        }
        const bool is_renamed =
            known != nullptr && known->id != id && claim_.kind == EventKind::EncounterClassChanged;
        if ((known == nullptr || is_renamed) && is_full()) {
            return too_many();
        }
        const Stay before = known != nullptr ? *known : new_stay(id);
        Stay stay = before;
        describe(stay, told);
        move(stay, told, before);
        if (is_renamed) {
            leave_old_name(before);
            stay.id = id;
        }
        if (before.disposition == Disposition::Deceased && is_alive(stay)) {
            take_back_death();
        }
        stay.told_under = told_under_;
        stay.version = version_over(before.version);
        stay.last = draft_.sequence();
        subject_.stays.put(stay);
        return {};
    }

    Refusal put_custody() {
        const bool started = claim_.kind == EventKind::CustodyStarted;
        const StayId id{submission_.business_key};
        if (id.is_none()) {
            return missing("business_key");
        }
        const Stay* known = find(subject_.stays, id);
        if (known == nullptr && is_full()) {
            return too_many();
        }
        if (known != nullptr && is_of_earlier_custody(*known)) {
            return {};
        }
        Stay stay = known != nullptr ? *known : new_stay(id);
        stay.custody = true;
        stay.zone = draft_.intern(claim_.zone);
        // A correction that says custody goes on takes a release back; a beginning after the end is
        // another custody under the same number.
        const bool is_elsewhere = is_held_elsewhere(stay);
        const bool goes_on = claim_.correction || claim_.occurred_at > stay.end ||
                             (is_elsewhere && claim_.occurred_at > stay.start);
        if (started) {
            stay.end = goes_on ? kNever : stay.end;
            stay.disposition = goes_on ? Disposition::Unset : stay.disposition;
            stay.start = claim_.occurred_at;
            take_over(stay);
        } else {
            leave_custody(stay);
        }
        stay.labels.add(labels());
        stay.told_under = told_under_;
        stay.version = version_over(stay.version);
        stay.last = draft_.sequence();
        subject_.stays.put(stay);
        return {};
    }

private:
    [[nodiscard]] bool is_full() const { return subject_.stays.size() >= kStaysPerClientMax; }

    /// Handed to another place of custody, which has not told of it.
    static bool is_held_elsewhere(const Stay& stay) {
        return stay.custody && !stay.cancelled && stay.end == kNever &&
               stay.disposition == Disposition::OtherFacility;
    }

    /// A transfer frees nobody: the client stays in custody, unless whoever took them over told so.
    void leave_custody(Stay& stay) const {
        const auto* told = std::get_if<JusticeClaim>(&claim_.payload);
        const bool transferred = told != nullptr && told->category == kTransferredCustody;
        const bool is_taken_over = std::ranges::any_of(subject_.stays, [&](const Stay& other) {
            return other.custody && !other.cancelled && other.id != stay.id &&
                   other.start > stay.start && other.end > claim_.occurred_at;
        });
        stay.disposition = transferred ? Disposition::OtherFacility : Disposition::Unset;
        stay.end = transferred && !is_taken_over ? kNever : claim_.occurred_at;
    }

    /// Who was held elsewhere is held here now.
    void take_over(const Stay& stay) {
        std::vector<Stay> handed;
        for (const Stay& other : subject_.stays) {
            if (other.id != stay.id && is_held_elsewhere(other) && other.start < stay.start) {
                handed.push_back(other);
            }
        }
        for (Stay& other : handed) {
            other.end = stay.start;
            subject_.stays.put(other);
        }
    }

    /// The client is in custody again under that number: what comes late of the time before is over.
    [[nodiscard]] bool is_of_earlier_custody(const Stay& known) const {
        const bool is_late =
            claim_.kind == EventKind::CustodyEnded || is_stale(known.version, version());
        return !claim_.correction && known.end == kNever && is_late &&
               claim_.occurred_at + kReleaseDay <= known.start;
    }

    static Refusal too_many() {
        return {RefusalReason::TooManyItems, "payload", "the client has too many stays"};
    }

    Stay new_stay(StayId id) {
        Stay stay;
        stay.version = version();
        stay.id = id;
        stay.partner = input_.principal;
        stay.first = draft_.sequence();
        stay.start = claim_.occurred_at;
        return stay;
    }

    static bool tells_class(const EncounterClaim& told) {
        return told.encounter_class != EncounterClass::Unset &&
               told.encounter_class != EncounterClass::Unknown;
    }

    void describe(Stay& stay, const EncounterClaim& told) {
        // A discharge that tells no class makes no stranger of a known inpatient.
        if (tells_class(told) || stay.encounter_class == EncounterClass::Unset) {
            stay.encounter_class = told.encounter_class;
        }
        if (!told.facility.empty()) {
            stay.facility = draft_.intern(told.facility);
        }
        if (!claim_.zone.empty()) {
            stay.zone = draft_.intern(claim_.zone);
        }
        if (!told.location.id.empty()) {
            stay.place = draft_.intern(told.location.id);
            const Partner* partner = draft_.before().partner(input_.principal);
            const PlaceInfo* place =
                partner == nullptr ? nullptr : draft_.before().place(partner->name, stay.place);
            stay.program = place == nullptr ? Program::Unset : place->program;
        }
        if (told.start != kUnknownTime) {
            stay.start = told.start;
        }
        stay.labels.add(labels());
    }

    void move(Stay& stay, const EncounterClaim& told, const Stay& before) {
        const bool is_new = stay.first == draft_.sequence();
        if (claim_.kind == EventKind::EncounterStarted) {
            start_stay(stay, told, before);
        } else if (claim_.kind == EventKind::EncounterEnded) {
            // No update ends a visit: senders leave times in it that a cancel (A13) took back.
            if (is_new || !claim_.correction || stay.end != kNever) {
                end_stay(stay, told);
                if (!claim_.correction) {
                    note_attendance(stay, is_new, ObligationStatus::Completed);
                }
            }
        } else if (claim_.kind == EventKind::EncounterEndCancelled) {
            take_back_end(stay);
        } else if (claim_.kind == EventKind::DischargePlanned) {
            stay.planned_end = told.planned != kUnknownTime ? told.planned : claim_.occurred_at;
        } else if (claim_.kind == EventKind::DischargePlanCancelled) {
            stay.planned_end = kUnknownTime;
        } else if (claim_.kind == EventKind::EncounterStartCancelled) {
            stay.cancelled = true;
            take_back_arrival(subject_.obligations, subject_.stays, stay);
        }
    }

    /// An update of a visit that was cancelled or has ended does not bring it back; a start of its
    /// number does, as another visit, which has not ended. So does one that was told after the end:
    /// a FHIR encounter in progress again has no other word for it.
    void start_stay(Stay& stay, const EncounterClaim& told, const Stay& before) {
        const bool is_new = stay.first == draft_.sequence();
        const bool ended = before.end != kNever;
        const bool goes_on = ended && (stay.start > before.end ||
                                       version().asserted_at > before.version.asserted_at);
        const bool again = !claim_.correction && (before.cancelled || goes_on);
        if (again) {
            stay.cancelled = false;
            take_back_end(stay);
            stay.planned_end = kUnknownTime;
        }
        // Of one account (PV1-2 R) the client comes many times.
        const bool comes_again = stay.start - before.start > kArrivalMatchMax;
        const bool arrives = is_new || (!claim_.correction && (before.cancelled || comes_again));
        if (arrives || (!claim_.correction && !told.appointment_key.empty())) {
            note_attendance(stay, arrives, ObligationStatus::InProgress);
        }
    }

    static void take_back_end(Stay& stay) {
        stay.end = kNever;
        stay.disposition = Disposition::Unset;
        stay.ended_by = {};
    }

    /// A correction that does not tell the end again leaves the one that is known.
    void end_stay(Stay& stay, const EncounterClaim& told) {
        const bool restated = claim_.correction && stay.end != kNever && told.end == kUnknownTime;
        if (!restated) {
            stay.end = told.end != kUnknownTime ? told.end : claim_.occurred_at;
            stay.end_received_at = draft_.now();
            stay.ended_by = draft_.sequence();
        }
        if (told.age) {
            stay.age = told.age;
        }
        if (told.disposition != Disposition::Unset || !claim_.correction) {
            stay.disposition = told.disposition;
        }
    }

    /// It goes on, or ended in another way; what is not told takes nothing back.
    static bool is_alive(const Stay& stay) {
        return stay.end == kNever ||
               (stay.disposition != Disposition::Deceased &&
                stay.disposition != Disposition::Unset && stay.disposition != Disposition::Unknown);
    }

    /// A minimal notification has no visit number. A change of class begins none: under a number
    /// that is new it goes on with the admission that was open under the prior account (A06, A07:
    /// MRG-3).
    const Stay* known_stay(StayId id, const EncounterClaim& told) const {
        const Stay* known = find(subject_.stays, id);
        if (known != nullptr) {
            return known;
        }
        if (claim_.kind == EventKind::EncounterClassChanged) {
            return only_open(is_admission);
        }
        return told.visit_number.empty() ? unnumbered(told) : nullptr;
    }

    /// What is told of a visit without number: an end is of the one stay that is open there, a cancel
    /// of an end of the one that ended last, all else but a start of one that is open; of a cancel it
    /// has the class that is told.
    const Stay* unnumbered(const EncounterClaim& told) const {
        if (claim_.kind == EventKind::EncounterEnded) {
            return only_open([](const Stay&) { return true; });
        }
        if (claim_.kind == EventKind::EncounterEndCancelled) {
            return greatest([](const Stay& stay) { return stay.end != kNever; },
                            [](const Stay& stay) { return stay.end; });
        }
        if (claim_.kind == EventKind::EncounterStarted && !claim_.correction) {
            return nullptr;
        }
        const bool is_cancel = claim_.kind == EventKind::EncounterStartCancelled;
        return greatest(
            [&](const Stay& stay) {
                return stay.end == kNever && !(is_cancel && tells_class(told) &&
                                               stay.encounter_class != told.encounter_class);
            },
            [&](const Stay& stay) {
                return std::make_tuple(stay.encounter_class == told.encounter_class,
                                       is_admission(stay), stay.start);
            });
    }

    /// Of this partner's stays that are so the one that is greatest by that.
    template <class Predicate, class Order>
    const Stay* greatest(const Predicate& fits, const Order& order) const {
        const Stay* found = nullptr;
        for (const Stay& stay : subject_.stays) {
            const bool meant =
                stay.partner == input_.principal && !stay.cancelled && !stay.custody && fits(stay);
            if (meant && (found == nullptr || order(*found) < order(stay))) {
                found = &stay;
            }
        }
        return found;
    }

    /// Of this partner's open stays the one that is so; none of several.
    template <class Predicate>
    const Stay* only_open(const Predicate& fits) const {
        const Stay* found = nullptr;
        for (const Stay& stay : subject_.stays) {
            const bool open = stay.partner == input_.principal && stay.end == kNever &&
                              !stay.cancelled && !stay.custody && fits(stay);
            if (open && found != nullptr) {
                return nullptr;
            }
            found = open ? &stay : found;
        }
        return found;
    }

    /// What is told under the old number from now on is told of nothing.
    void leave_old_name(Stay old) {
        old.cancelled = true;
        old.last = draft_.sequence();
        subject_.stays.put(old);
    }

    /// Domain/02 and 03: by the name that the encounter tells, else where the client `arrives` by time.
    void note_attendance(const Stay& stay, bool arrives, ObligationStatus status) {
        const auto& told = std::get<EncounterClaim>(claim_.payload);
        const ObligationId named = told.appointment_key.empty()
                                       ? ObligationId{}
                                       : ObligationId{submission_.appointment_key};
        note_kept(subject_.obligations, {stay, named, arrives, status, version()});
    }
};

}  // namespace

Refusal put_encounter(Draft& draft, Case& subject, const Input& input, LinkNumber told_under) {
    return StayWriter(draft, subject, input, told_under).put_encounter();
}

Refusal put_custody(Draft& draft, Case& subject, const Input& input, LinkNumber told_under) {
    return StayWriter(draft, subject, input, told_under).put_custody();
}

}  // namespace carehub::core
