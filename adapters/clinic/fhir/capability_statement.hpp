// CapabilityStatement (FHIR R4, section 5.3): what a client of this endpoint may count on.
//
// Contract: kind instance, version 4.0.1, JSON only. It promises what read_resource.hpp reads and
// nothing else: no search, no read, no versions. Threads: any thread.
#pragma once

#include <string>

#include "hub/base/utc_time.hpp"

namespace carehub::adapters::clinic::fhir {

struct Endpoint {
    std::string address;           ///< the base, "https://host/fhir"
    std::string software_version;  ///< of carehub
    UtcTime published = kUnknownTime;
};

[[nodiscard]] std::string capability_statement(const Endpoint& endpoint);

}  // namespace carehub::adapters::clinic::fhir
