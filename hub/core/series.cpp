#include "hub/core/series.hpp"

#include <algorithm>
#include <cstring>

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

void take_back_arrival(Records<Obligation>& all, const Stay& stay) {
    change_where(
        all,
        [&](const Obligation& one) {
            return one.last_kind == EventKind::AppointmentArrived && one.partner == stay.partner &&
                   std::chrono::abs(one.start - stay.start) <= kArrivalMatchMax;
        },
        [](Obligation& one) {
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
