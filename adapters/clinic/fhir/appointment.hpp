// Appointment (FHIR R4, section 12.2) becomes what happened to it: one event for each patient.
//
// Contract: status decides (the value set of `status_of`); a cancel whose reason is one of the
// feed's no-show reasons is a no-show; a patient who declined has cancelled for their own part, one
// whom the meeting is only told about ("information-only") is not bound to come. No event when no
// patient takes part. A proposal without time is a change (AppointmentModified) of what may be booked. The old time of a move is not told by
// R4, so a move is AppointmentBooked with the new time, unless the message says S13.
// Not read: reasons, description, comment, patientInstruction, slots.
// Errors: a refusal when there is no known status, no start, no identifier or id, or no patient of
// those who take part can be named.
#pragma once

#include "adapters/clinic/fhir/document.hpp"

namespace carehub::adapters::clinic::fhir {

/// Of a participant in a finding.
inline constexpr std::string_view kPatientLeftOut = "a patient who cannot be named: left out";

[[nodiscard]] Events map_appointment(Document& document, const Resource& resource);

}  // namespace carehub::adapters::clinic::fhir
