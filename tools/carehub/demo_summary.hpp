// summary.json: what a run came to, so that two runs of one county can be compared.
//
//   {"clients","days","seed","kills",
//    "alerts":[[rule, client, state class, [keys of what it is about, sorted]], ...]   sorted
//    "accepted":{partner: events}, "refused":{partner: events}}
//
// Contract: two runs of one county have the same alerts and counts, however often the hub was
// killed in one of them; sequences and ids are left out, since those may differ.
// Errors: Io; Invalid for a file that is no summary. Threads: any thread.
#pragma once

#include <optional>

#include "tools/carehub/demo_observed.hpp"

namespace carehub::tool::demo {

[[nodiscard]] Status write_summary(const DemoFolder& folder, const DemoOptions& options,
                                   std::uint64_t kills, const Observed& observed);
/// The first difference as a sentence; nothing when the runs came to the same.
[[nodiscard]] Result<std::optional<std::string>> first_difference(
    const std::filesystem::path& mine, const std::filesystem::path& other);

}  // namespace carehub::tool::demo
