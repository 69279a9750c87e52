// May a delivery that was decided earlier leave now? Asked again of whatever waited.
//
// Contract: default no: the recipient is gone, the client is no more its own, or no consent or
// agreement permits the same form today. The subject is the case as it is being decided.
#pragma once

#include "hub/core/draft.hpp"

namespace carehub::core {

[[nodiscard]] bool may_leave(const Draft& draft, const Delivery& delivery);

}  // namespace carehub::core
