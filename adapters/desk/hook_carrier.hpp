// Signed posts to one address (kit/out/http_target.hpp), for a chat or a program of the agency's.
//
// Contract: as carrier.hpp; `ready` runs when the connection stands. A receiver without a decision
// is Away: the same delivery comes again. Errors: those of the files [out] names.
// Threads: confined to one thread.
#pragma once

#include <memory>

#include "adapters/desk/carrier.hpp"
#include "adapters/kit/out/out_config.hpp"

namespace carehub::adapters::desk {

[[nodiscard]] Result<std::unique_ptr<Carrier>> open_hook(const OutConfig& config);

}  // namespace carehub::adapters::desk
