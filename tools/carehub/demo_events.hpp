// Whether an event that the truth tells is known as often as planted, and to the client's owner.
// Threads: any thread.
#pragma once

#include <optional>

#include "tools/carehub/demo_people.hpp"
#include "tools/carehub/demo_seen.hpp"
#include "tools/carehub/truth.hpp"

namespace carehub::tool::demo {

/// What was delivered to the client's case manager.
[[nodiscard]] const std::vector<NoticeSeen>& owner_notices(const People& people,
                                                           const Observed& observed,
                                                           const std::string& client);

/// A sentence when the client's trail has more or fewer such events, or the owner lacks one of the
/// ids.
[[nodiscard]] std::optional<std::string> event_difference(const PlantedEvents& planted,
                                                          const People& people,
                                                          const Observed& observed);

}  // namespace carehub::tool::demo
