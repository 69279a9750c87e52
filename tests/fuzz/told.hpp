// What holds of everything an adapter tells, whatever it read.
#pragma once

#include "adapters/kit/partner_kind.hpp"

namespace carehub::fuzz {

/// Aborts unless every event has an id of its own and passes the hub's door, and every refusal says
/// why and what to do.
void check_told(const adapters::Parsed& parsed);

}  // namespace carehub::fuzz
