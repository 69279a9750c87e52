// Identifiers that nobody is shown: social security numbers, however a partner names them.
//
// Contract: by the identifier's type (HL7 table 0203: SS), by its authority (the names under which
// HL7 and FHIR know the Social Security Administration), or by the shape of its value
// (123-45-6789). Nine digits alone are anybody's number. Such an identifier still links (by its
// keyed hash), it is only never told (domain/11; minimum necessary, 45 CFR 164.502(b)).
// Threads: pure.
#pragma once

#include "hub/model/submission.hpp"

namespace carehub {

[[nodiscard]] bool is_secret(const Identifier& identifier);

}  // namespace carehub
