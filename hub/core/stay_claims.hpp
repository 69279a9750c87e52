// What a claim does to a client's stays: encounters of clinics and hospitals, custody.
//
// Contract: claims.hpp. A client has at most kStaysPerClientMax of them.
#pragma once

#include "hub/core/claims.hpp"

namespace carehub::core {

[[nodiscard]] Refusal put_encounter(Draft& draft, Case& subject, const Input& input,
                                    LinkNumber told_under);
[[nodiscard]] Refusal put_custody(Draft& draft, Case& subject, const Input& input,
                                  LinkNumber told_under);

}  // namespace carehub::core
