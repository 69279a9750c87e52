// A line of the trail as a FHIR R4 AuditEvent.
//
// Standard: FHIR R4 AuditEvent; IHE Basic Audit Log Patterns (BALP): PatientRead, PatientQuery,
// PatientCreate, PatientUpdate, PrivacyDisclosure.Source and .Recipient. What failed keeps the
// pattern's codes with an outcome of its own and claims no profile.
// Contract: pure. Every kind of line has a pattern (audit_event.cpp, one table).
#pragma once

#include <string>

#include <boost/json/object.hpp>

namespace carehub::tool {

/// One JSON object, without line ends. `index` tells the lines of one entry apart.
[[nodiscard]] std::string audit_event(const boost::json::object& line, std::size_t index);

}  // namespace carehub::tool
