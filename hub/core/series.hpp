// Appointments that belong together: occurrences of a series, and one that was cancelled and booked
// again under another id, or was come to (domain/02).
//
// Contract: `told` is the obligation as the present claim leaves it, with the claim's kind in
// `last_kind` and its version; the others of the client change.
// Threads: pure.
#pragma once

#include "hub/core/records.hpp"
#include "hub/model/case_records.hpp"

namespace carehub::core {

/// Whether a message about something known is older than what is known: within one session the order
/// of arrival counts.
[[nodiscard]] bool is_stale(const Version& known, const Version& told);

[[nodiscard]] SeriesMark series_mark(const Hash128& id);
[[nodiscard]] StayMark stay_mark(StayId id);

/// What ends a series (cancelled, discontinued, deleted) ends its open occurrences (HL7 v2.5.1 10.4.4
/// to 10.4.6). A discontinued one keeps those before `at`; what was told of one later stands.
void end_occurrences(Records<Obligation>& all, const Obligation& told, UtcTime at);

/// A stay that shows that the client came: InProgress as it begins, Completed as it ends.
struct Attendance {
    const Stay& stay;
    ObligationId named;    ///< by the stay; none when it names none
    bool arrives = false;  ///< where none that is known is named, the nearest in time is meant
    ObligationStatus status = ObligationStatus::Unset;
    Version told;  ///< of the claim that tells it
};

/// The appointment that the client came to has that status (domain/02, 03): the one that is named, as
/// far as it is not further, else of an outpatient the nearest of that partner within kArrivalMatchMax.
/// Where nothing is booked, one that was told missed: it had begun, so the client came late; or that
/// was said of it afterwards, and this is told later still, so it was an error. It is kept by that stay.
void note_kept(Records<Obligation>& all, const Attendance& attendance);

/// What that stay's beginning closed as arrived (domain/02) is open again, or kept by another of
/// `stays` that arrived at it as well and keeps nothing else. What its source told stands.
void take_back_arrival(Records<Obligation>& all, const Records<Stay>& stays, const Stay& stay);

/// Marks the booking of a pair that was cancelled and booked within kRebookedMax, in whichever order
/// the two are told.
void note_rebooking(Records<Obligation>& all, Obligation& told);

}  // namespace carehub::core
