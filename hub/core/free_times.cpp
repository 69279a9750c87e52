#include "hub/core/free_times.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "hub/base/mix.hpp"
#include "hub/core/case_view.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/rehearsal.hpp"

namespace carehub::core {
namespace {

/// Those of the partner, in the order of their keys.
std::vector<FreeTime> known_of(const State& state, PartnerId partner) {
    std::vector<FreeTime> known;
    for (auto at = state.free_times.lower_bound({partner, Hash128{}});
         at != state.free_times.end() && at->first.first == partner; ++at) {
        known.push_back(at->second);
    }
    return known;
}

void close(Draft& draft, FreeTime free) {
    free.gone = true;
    draft.decisions.free_times.push_back(free);
}

/// Of what is closed no new name has to be known.
FreeTime told_by(Draft& draft, PartnerId principal, const SubmissionInput& submission) {
    const auto& claim = std::get<ResourceClaim>(submission.claim.payload);
    const bool opens = submission.claim.kind == EventKind::ScheduleUnblocked;
    const auto symbol = [&](std::string_view name) {
        return opens ? draft.intern(name) : draft.before().symbol(name);
    };
    FreeTime told;
    told.partner = principal;
    told.key = submission.business_key;
    told.schedule = symbol(claim.schedule_id);
    if (told.key == Hash128{}) {
        told.key = Mix128().add(std::uint64_t{told.schedule.value}).add(claim.from).value();
    }
    told.from = claim.from;
    told.to = claim.to;
    told.place = symbol(claim.location.id);
    told.obligation_class = claim.obligation_class;
    told.source = draft.sequence();
    return told;
}

bool overlap(UtcTime from, UtcTime to, UtcTime other_from, UtcTime other_to) {
    return from < other_to && other_from < to;
}

bool is_for(const FreeTime& free, const Obligation& appointment) {
    return free.partner == appointment.partner &&
           (free.obligation_class == ObligationClass::Unset ||
            free.obligation_class == appointment.obligation_class);
}

/// The end of the first window after a discharge that the appointment stands in.
UtcTime latest_end(const CaseView& view, const Obligation& appointment) {
    UtcTime latest = kNever;
    for (const Duty& duty : view.duties()) {
        if (duty.state == DutyState::Open && is_after_discharge(duty.program) &&
            view.is_care_visit(appointment) && appointment.start < duty.due_at) {
            latest = std::min(latest, duty.due_at);
        }
    }
    return latest;
}

/// From one to the other in time, with the way and what arriving takes.
bool is_reached(const CaseView& view, const Obligation& from, const Obligation& to) {
    const minutes need =
        view.same_site(from, to) ? minutes{0} : view.travel(from, to) + view.arrival_buffer(to);
    return from.end + need <= to.start;
}

bool is_elsewhere(const CaseView& view, const Obligation& moved) {
    const auto prevents = [&](const Obligation* other) {
        const bool blocks = other->id != moved.id && !other->transparent && !other->tentative;
        return blocks && !is_reached(view, *other, moved) && !is_reached(view, moved, *other);
    };
    // A hearing that fell out of a list may be held all the same.
    const bool expected =
        std::ranges::any_of(view.obligations(ObligationStatus::Scheduled), prevents) ||
        std::ranges::any_of(view.obligations(ObligationStatus::Unlisted), prevents);
    return expected || std::ranges::any_of(view.stays(), [&](const Stay& stay) {
               const bool held = stay.custody ||
                                 stay.encounter_class == EncounterClass::Inpatient ||
                                 stay.encounter_class == EncounterClass::Observation;
               return held && !stay.cancelled &&
                      overlap(stay.start, stay.end, moved.start, moved.end);
           });
}

}  // namespace

void note_free_time(Draft& draft, PartnerId principal, const SubmissionInput& submission) {
    const bool opens = submission.claim.kind == EventKind::ScheduleUnblocked;
    if ((!opens && submission.claim.kind != EventKind::ScheduleBlocked) ||
        is_rehearsing(draft.before(), principal)) {
        return;
    }
    const FreeTime told = told_by(draft, principal, submission);
    const bool is_free =
        opens && told.schedule.value != 0 && told.from > draft.now() && told.to > told.from;
    std::vector<FreeTime> left;
    for (const FreeTime& known : known_of(draft.before(), principal)) {
        const bool closed = !opens && known.schedule == told.schedule &&
                            overlap(told.from, told.to, known.from, known.to);
        if (known.key != told.key && (closed || known.from <= draft.now())) {
            close(draft, known);
        } else if (known.key != told.key) {
            left.push_back(known);
        } else if (!is_free) {
            close(draft, known);
        }
    }
    if (!is_free) {
        return;
    }
    const auto last = std::ranges::max_element(left, {}, &FreeTime::from);
    if (left.size() < kFreeTimesPerPartnerMax) {
        draft.decisions.free_times.push_back(told);
    } else if (told.from < last->from) {
        close(draft, *last);
        draft.decisions.free_times.push_back(told);
    }
}

const FreeTime* next_free_time(const State& state, const Case& subject,
                               const Obligation& appointment, UtcTime now) {
    const Partner* partner = state.partner(appointment.partner);
    if (partner == nullptr || partner->removed || partner->rehearsal) {
        return nullptr;
    }
    std::vector<const FreeTime*> offered;
    for (auto at = state.free_times.lower_bound({appointment.partner, Hash128{}});
         at != state.free_times.end() && at->first.first == appointment.partner; ++at) {
        const FreeTime& free = at->second;
        if (is_for(free, appointment) && free.from > now &&
            free.to - free.from >= appointment.end - appointment.start) {
            offered.push_back(&free);
        }
    }
    std::ranges::sort(offered, [](const FreeTime* a, const FreeTime* b) {
        return std::tie(a->from, a->key) < std::tie(b->from, b->key);
    });
    const CaseView view(state, subject, now);
    const UtcTime latest = latest_end(view, appointment);
    for (const FreeTime* free : offered) {
        Obligation moved = appointment;
        moved.start = free->from;
        moved.end = free->from + (appointment.end - appointment.start);
        moved.place = free->place.value == 0 ? appointment.place : free->place;
        if (moved.start < latest && !is_elsewhere(view, moved)) {
            return free;
        }
    }
    return nullptr;
}

}  // namespace carehub::core
