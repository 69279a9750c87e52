// May a delivery that was decided earlier leave now? Asked again of whatever waited.
//
// Contract: default no: the recipient is gone, the client is no more its own, or no consent or
// agreement permits it today, protected as what it tells of is known to be by now. The
// subject is the case as it is being decided.
#pragma once

#include "hub/core/draft.hpp"

namespace carehub::core {

[[nodiscard]] bool may_leave(const Draft& draft, const Delivery& delivery);
/// The same in the lesser of its form and today's, labelled as what it tells of is protected by now.
[[nodiscard]] Delivery as_protected(const Draft& draft, Delivery delivery);

}  // namespace carehub::core
