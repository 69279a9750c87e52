#include "hub/core/stay_claims.hpp"

#include <algorithm>
#include <tuple>

#include "hub/base/limits.hpp"
#include "hub/core/claim_context.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/series.hpp"

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
        const Stay* known = known_stay(id, told);
        if (known != nullptr && is_outdated(known->version)) {
            return {};
        }
        if (known == nullptr && is_full()) {
            return too_many();
        }
        Stay stay = known != nullptr ? *known : new_stay(id);
        describe(stay, told);
        move(stay, told);
        stay.told_under = told_under_;
        stay.version = version();
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
        Stay stay = known != nullptr ? *known : new_stay(id);
        stay.custody = true;
        stay.zone = draft_.intern(claim_.zone);
        // A correction that says custody goes on takes a release back.
        stay.end = !started ? claim_.occurred_at : claim_.correction ? kNever : stay.end;
        stay.start = started ? claim_.occurred_at : stay.start;
        stay.labels.add(labels());
        stay.told_under = told_under_;
        stay.version = version();
        stay.last = draft_.sequence();
        subject_.stays.put(stay);
        return {};
    }

private:
    [[nodiscard]] bool is_full() const { return subject_.stays.size() >= kStaysPerClientMax; }

    static Refusal too_many() {
        return {RefusalReason::TooManyItems, "payload", "the client has too many stays"};
    }

    Stay new_stay(StayId id) {
        Stay stay;
        stay.id = id;
        stay.partner = input_.principal;
        stay.first = draft_.sequence();
        stay.start = claim_.occurred_at;
        return stay;
    }

    void describe(Stay& stay, const EncounterClaim& told) {
        // A discharge that tells no class makes no stranger of a known inpatient.
        const bool tells = told.encounter_class != EncounterClass::Unset &&
                           told.encounter_class != EncounterClass::Unknown;
        if (tells || stay.encounter_class == EncounterClass::Unset) {
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

    void move(Stay& stay, const EncounterClaim& told) {
        const bool is_new = stay.first == draft_.sequence();
        if (claim_.kind == EventKind::EncounterStarted) {
            // An update of a visit that was cancelled does not bring it back; a start of its number
            // does, as another visit, which has not ended.
            if (stay.cancelled && !claim_.correction) {
                stay.cancelled = false;
                take_back_end(stay);
                stay.planned_end = kUnknownTime;
            }
            if (is_new) {
                match_arrival(stay, told);
            }
        } else if (claim_.kind == EventKind::EncounterEnded) {
            // Nor does one end a visit: senders leave times in it that a cancel (A13) took back.
            if (is_new || !claim_.correction || stay.end != kNever) {
                end_stay(stay, told);
            }
        } else if (claim_.kind == EventKind::EncounterEndCancelled) {
            take_back_end(stay);
        } else if (claim_.kind == EventKind::DischargePlanned) {
            stay.planned_end = told.planned != kUnknownTime ? told.planned : claim_.occurred_at;
        } else if (claim_.kind == EventKind::DischargePlanCancelled) {
            stay.planned_end = kUnknownTime;
        } else if (claim_.kind == EventKind::EncounterStartCancelled) {
            stay.cancelled = true;
            take_back_arrival(subject_.obligations, stay);
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

    /// A minimal notification has no visit number: it ends the one stay that is open there.
    const Stay* known_stay(StayId id, const EncounterClaim& told) const {
        const Stay* known = find(subject_.stays, id);
        if (known != nullptr || !told.visit_number.empty() ||
            claim_.kind != EventKind::EncounterEnded) {
            return known;
        }
        const auto is_open_there = [this](const Stay& stay) {
            return stay.partner == input_.principal && stay.end == kNever && !stay.cancelled &&
                   !stay.custody;
        };
        const auto open = std::ranges::find_if(subject_.stays, is_open_there);
        const bool only_one = std::ranges::count_if(subject_.stays, is_open_there) == 1;
        return only_one ? &*open : nullptr;
    }

    /// Domain/02: an arrival (A04) closes the matching appointment as arrived.
    void match_arrival(const Stay& stay, const EncounterClaim& told) {
        if (stay.encounter_class != EncounterClass::Outpatient) {
            return;
        }
        const Obligation* nearest =
            told.appointment_key.empty()
                ? nullptr
                : find(subject_.obligations, ObligationId{submission_.appointment_key});
        for (const Obligation& obligation : subject_.obligations) {
            const auto distance = [&](const Obligation& o) {
                return std::chrono::abs(o.start - stay.start);
            };
            const bool fits = obligation.partner == stay.partner &&
                              obligation.status == ObligationStatus::Scheduled &&
                              distance(obligation) <= kArrivalMatchMax;
            // Of two that are equally near the earlier one, then the one that was told first.
            const auto order = [&](const Obligation& o) {
                return std::make_tuple(distance(o), o.start, o.first);
            };
            if (fits && told.appointment_key.empty() &&
                (nearest == nullptr || order(obligation) < order(*nearest))) {
                nearest = &obligation;
            }
        }
        if (nearest != nullptr) {
            Obligation arrived = *nearest;
            arrived.status = ObligationStatus::InProgress;
            arrived.last_kind = EventKind::AppointmentArrived;
            subject_.obligations.put(arrived);
        }
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
