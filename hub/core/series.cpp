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

/// Of what was missed only what had begun.
const Obligation* nearest(const Records<Obligation>& all, const Stay& stay,
                          ObligationStatus status) {
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
                          (status != ObligationStatus::Missed || one.start <= stay.start);
        if (fits && (found == nullptr || order(one) < order(*found))) {
            found = &one;
        }
    }
    return found;
}

}  // namespace

bool is_stale(const Version& known, const Version& told) {
    if (known.session != 0 && known.session == told.session) {
        return false;
    }
    return told.asserted_at < known.asserted_at;
}

SeriesMark series_mark(const Hash128& id) {
    SeriesMark mark = kNoSeries;
    std::memcpy(&mark, id.data(), sizeof mark);
    return mark;
}

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
        kept = nearest(all, stay, ObligationStatus::Scheduled);
        kept = kept != nullptr ? kept : nearest(all, stay, ObligationStatus::Missed);
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
    all.put(attended);
}

void take_back_arrival(Records<Obligation>& all, const Stay& stay) {
    const auto is_kept = [](const Obligation& one) {
        return one.last_kind == EventKind::AppointmentArrived ||
               (was_missed(one) && one.status == ObligationStatus::Completed);
    };
    change_where(
        all,
        [&](const Obligation& one) {
            return is_kept(one) && one.partner == stay.partner &&
                   std::chrono::abs(one.start - stay.start) <= kArrivalMatchMax;
        },
        [](Obligation& one) {
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
