// A notice as a FHIR R4 message: a Bundle of a MessageHeader, a Communication, and what it is about:
// an Appointment, an Encounter, or a Patient who died.
//
// Contract: Bundle.identifier is the delivery id, the same whenever the notice is told again. The
// resource's id and identifier come of the business key, so that what is told later meets the same
// resource. A time that is only taken (BusyOnly) is an Appointment with status, start, end and
// patient, and nothing else; where its end is not known, a Communication alone says so in words. The
// person is named by the recipient's own identifier. Labels stand in meta.security; the statement
// that has to go along is the narrative of every resource that tells of the event.
// Threads: confined to one thread.
#pragma once

#include <string>

#include "adapters/kit/known_zones.hpp"
#include "adapters/kit/out/out_message.hpp"

namespace carehub::adapters::clinic::out {

struct FhirNames {
    std::string source = "urn:carehub";  ///< MessageHeader.source.endpoint
    std::string destination;             ///< MessageHeader.destination.endpoint
};

[[nodiscard]] Rendered render_fhir(const Notice& notice, const FhirNames& names, UtcTime now,
                                   KnownZones& zones);

}  // namespace carehub::adapters::clinic::out
