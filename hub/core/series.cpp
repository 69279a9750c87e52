#include "hub/core/series.hpp"

#include <algorithm>
#include <cstring>
#include <tuple>

#include "hub/core/limits.hpp"

namespace carehub::core {
namespace {

bool ends_series(EventKind kind) {
    return kind == EventKind::AppointmentCancelled || kind == EventKind::AppointmentDiscontinued ||
           kind == EventKind::AppointmentDeleted;
}

bool is_open(ObligationStatus status) {
    return status == ObligationStatus::Proposed || status == ObligationStatus::Waitlisted ||
           status == ObligationStatus::Scheduled || status == ObligationStatus::Unlisted;
}

/// Same partner, kind of visit and place, told together.
bool replaces(const Obligation& booked, const Obligation& cancelled) {
    return booked.id != cancelled.id && booked.status == ObligationStatus::Scheduled &&
           cancelled.status == ObligationStatus::Cancelled && booked.partner == cancelled.partner &&
           booked.obligation_class == cancelled.obligation_class &&
           booked.place == cancelled.place &&
           std::chrono::abs(booked.booked_at - cancelled.version.asserted_at) <= kRebookedMax;
}

std::uint32_t mark_of(const Hash128& id) {
    std::uint32_t mark = 0;
    std::memcpy(&mark, id.data(), sizeof mark);
    return mark;
}

template <class Concerns, class Change>
void change_where(Records<Obligation>& all, const Concerns& concerns, const Change& change) {
    std::vector<ObligationId> concerned;
    for (const Obligation& one : all) {
        if (concerns(one)) {
            concerned.push_back(one.id);
        }
    }
    for (const ObligationId id : concerned) {
        change(*all.change(id));
    }
}

/// By its source's last word; that the client came late leaves that word (take_back_arrival).
bool was_missed(const Obligation& one) { return one.last_kind == EventKind::AppointmentNoShow; }

/// Nothing when it is as far already, or never was.
const Obligation* named_one(const Records<Obligation>& all, const Attendance& attendance) {
    const Obligation* known = all.find(attendance.named);
    const bool is_open = known != nullptr && known->partner == attendance.stay.partner &&
                         known->status != attendance.status &&
                         known->status != ObligationStatus::Completed &&
                         known->status != ObligationStatus::EnteredInError;
    return is_open ? known : nullptr;
}

/// It was told missed, and the arrival says otherwise: the client came late, or (HL7 v2, S26 then
/// A04) the later word corrects one that was said once it had begun.
bool was_come_to(const Obligation& missed, const Attendance& attendance) {
    const bool came_late = missed.start <= attendance.stay.start;
    const bool said_after = missed.version.asserted_at >= missed.start;
    return came_late || (said_after && !is_stale(missed.version, attendance.told));
}

const Obligation* nearest(const Records<Obligation>& all, const Attendance& attendance,
                          ObligationStatus status) {
    const Stay& stay = attendance.stay;
    const auto distance = [&](const Obligation& one) {
        return std::chrono::abs(one.start - stay.start);
    };
    // Of two that are equally near the earlier one, then the one that was told first.
    const auto order = [&](const Obligation& one) {
        return std::make_tuple(distance(one), one.start, one.first);
    };
    const Obligation* found = nullptr;
    for (const Obligation& one : all) {
        const bool fits = one.partner == stay.partner && one.status == status &&
                          distance(one) <= kArrivalMatchMax &&
                          (status != ObligationStatus::Missed || was_come_to(one, attendance));
        if (fits && (found == nullptr || order(one) < order(*found))) {
            found = &one;
        }
    }
    return found;
}

/// The client is registered twice at times: the nearest other arrival at that appointment that keeps
/// nothing else.
StayMark other_keeper(const Obligation& kept, const Records<Obligation>& all,
                      const Records<Stay>& stays, const Stay& gone) {
    const auto order = [&](const Stay& stay) {
        return std::make_tuple(std::chrono::abs(kept.start - stay.start), stay.start, stay.first);
    };
    const auto keeps_some = [&](const Stay& stay) {
        return std::ranges::any_of(all, [mark = stay_mark(stay.id)](const Obligation& one) {
            return one.kept_by == mark;
        });
    };
    const Stay* found = nullptr;
    for (const Stay& stay : stays) {
        const bool came = stay.id != gone.id && stay.partner == kept.partner && !stay.cancelled &&
                          stay.encounter_class == EncounterClass::Outpatient &&
                          std::chrono::abs(kept.start - stay.start) <= kArrivalMatchMax;
        if (came && !keeps_some(stay) && (found == nullptr || order(stay) < order(*found))) {
            found = &stay;
        }
    }
    return found != nullptr ? stay_mark(found->id) : kNoStay;
}

}  // namespace

bool is_stale(const Version& known, const Version& told) {
    if (known.session != 0 && known.session == told.session) {
        return false;
    }
    return told.asserted_at < known.asserted_at;
}

SeriesMark series_mark(const Hash128& id) { return mark_of(id); }

StayMark stay_mark(StayId id) { return mark_of(id.value); }

void end_occurrences(Records<Obligation>& all, const Obligation& told, UtcTime at) {
    const SeriesMark mark = series_mark(told.id.value);
    if (!ends_series(told.last_kind) || mark == kNoSeries) {
        return;
    }
    const bool keeps_past = told.last_kind == EventKind::AppointmentDiscontinued;
    change_where(
        all,
        [&](const Obligation& one) {
            return one.series == mark && one.partner == told.partner && is_open(one.status) &&
                   !is_stale(one.version, told.version) && !(keeps_past && one.start < at);
        },
        [&](Obligation& one) {
            one.status = told.status;
            one.last_kind = told.last_kind;
            one.version = told.version;
        });
}

void note_kept(Records<Obligation>& all, const Attendance& attendance) {
    const Stay& stay = attendance.stay;
    const Obligation* kept = named_one(all, attendance);
    const bool is_known = all.find(attendance.named) != nullptr;
    if (!is_known && attendance.arrives && stay.encounter_class == EncounterClass::Outpatient) {
        kept = nearest(all, attendance, ObligationStatus::Scheduled);
        kept = kept != nullptr ? kept : nearest(all, attendance, ObligationStatus::Missed);
    }
    if (kept == nullptr) {
        return;
    }
    Obligation attended = *kept;
    if (was_missed(attended)) {
        attended.status = ObligationStatus::Completed;
    } else {
        attended.status = attendance.status;
        attended.last_kind = EventKind::AppointmentArrived;
    }
    attended.kept_by = stay_mark(stay.id);
    all.put(attended);
}

void take_back_arrival(Records<Obligation>& all, const Records<Stay>& stays, const Stay& stay) {
    const StayMark gone = stay_mark(stay.id);
    change_where(
        all, [&](const Obligation& one) { return gone != kNoStay && one.kept_by == gone; },
        [&](Obligation& one) {
            one.kept_by = other_keeper(one, all, stays, stay);
            if (one.kept_by != kNoStay) {
                return;
            }
            if (was_missed(one)) {
                one.status = ObligationStatus::Missed;
                return;
            }
            one.status = ObligationStatus::Scheduled;
            one.last_kind = EventKind::AppointmentBooked;
        });
}

void note_rebooking(Records<Obligation>& all, Obligation& told) {
    if (told.first == told.last && told.last_kind == EventKind::AppointmentBooked) {
        told.rebooked = std::ranges::any_of(
            all, [&](const Obligation& other) { return replaces(told, other); });
    } else if (told.last_kind == EventKind::AppointmentCancelled) {
        change_where(
            all,
            [&](const Obligation& other) {
                return other.last_kind == EventKind::AppointmentBooked && replaces(other, told);
            },
            [](Obligation& other) { other.rebooked = true; });
    }
}

}  // namespace carehub::core
