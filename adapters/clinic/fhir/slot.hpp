// Slot (FHIR R4, section 12.3) becomes time of a schedule that is opened or closed to bookings.
//
// Contract: status free opens; every other one closes what was opened, entered-in-error among them.
// It is about no patient. Where it is, is told by the Location among the actors of its Schedule,
// where the document holds it; what it is for, by the feed's classes for its service and place, else
// it is for anything. Not read: comment, overbooked.
// Errors: a refusal when there is no known status, no start and end in that order, no schedule or no
// identifier or id.
#pragma once

#include "adapters/clinic/fhir/document.hpp"

namespace carehub::adapters::clinic::fhir {

[[nodiscard]] Events map_slot(Document& document, const Resource& resource);

}  // namespace carehub::adapters::clinic::fhir
