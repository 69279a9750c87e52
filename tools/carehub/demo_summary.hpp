// summary.json: what a run came to, so that two runs of one county can be compared.
//
//   {"clients","days","seed","kills","trail_ok","differences": from the truth, in all,
//    "truth":{"planted","alerted","missing","late","unexpected","traps",
//             "withheld","withheld_delivered","delivered","not_delivered"}: how many of each
//    "alerts":[[rule, client, state class, [keys of what it is about], [events it rests on]], ...]
//    "accepted":{partner: events}, "refused":{partner: events}}
//
// All lists are sorted.
//
// Contract: two runs of one county have the same alerts and counts, however often the hub was
// killed in one of them; sequences and ids are left out, since those may differ.
// Errors: Io; Invalid for a file that is no summary. Threads: any thread.
#pragma once

#include <optional>

#include "tools/carehub/demo_check.hpp"

namespace carehub::tool::demo {

/// What a run came to.
struct RunEnd {
    const DemoOptions& options;
    const Observed& observed;
    const Verdict& verdict;
    std::uint64_t kills = 0;
    bool trail_ok = false;
};

[[nodiscard]] Status write_summary(const DemoFolder& folder, const RunEnd& end);
/// The first difference as a sentence; nothing when the runs came to the same.
[[nodiscard]] Result<std::optional<std::string>> first_difference(
    const std::filesystem::path& mine, const std::filesystem::path& other);

}  // namespace carehub::tool::demo
