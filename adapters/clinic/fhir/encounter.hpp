// Encounter (FHIR R4, section 8.11) becomes what happened to it: arrival, move, leave, departure.
//
// Contract: status decides, unless the message's event says more (an admit, transfer or discharge
// notification, an HL7 v2 trigger); what was cancelled or entered in error never began. A start is
// dated by period.start, an end by period.end, a leave by statusHistory, a move by location.period,
// else by when it was said. A death at the end is a ClientDeceased too. No event when the status is
// unknown, the patient is still there, or the subject is a group.
// Not read: types, reasons, diagnoses, participants.
// Errors: a refusal when there is no known status, no patient who can be named, no time to date it.
#pragma once

#include "adapters/clinic/fhir/document.hpp"

namespace carehub::adapters::clinic::fhir {

[[nodiscard]] Events map_encounter(Document& document, const Resource& resource);

}  // namespace carehub::adapters::clinic::fhir
