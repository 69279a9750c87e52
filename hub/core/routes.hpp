// To whom an accepted event goes: everybody whom a consent or an agreement names is asked about, and
// each answer is decided and kept (core/permit.hpp).
#pragma once

#include "hub/core/draft.hpp"

namespace carehub::core {

/// What staff record is the case file itself, not a partner's disclosure: it is routed to nobody.
void route(Draft& draft, const Case& subject, const Input& input, LinkNumber told_under);

/// Nobody is told, for one reason.
void withhold_from_all(Draft& draft, Withheld reason);

}  // namespace carehub::core
