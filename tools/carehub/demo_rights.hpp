// What moved and what did not, as supervisors prove it: a refusal explained, a list of disclosures,
// an exported trail that is checked without the hub.
//
// Contract: what is shown is also judged; a difference is one sentence. Errors: of the commands that
// are run for their pages, and of questions. Threads: confined to one thread.
#pragma once

#include "tools/carehub/demo_report.hpp"
#include "tools/carehub/demo_reviewers.hpp"

namespace carehub::tool::demo {

/// Prints the three, and returns what does not hold.
[[nodiscard]] Result<std::vector<std::string>> print_rights(const Outcome& outcome,
                                                            Reviewers& reviewers);

}  // namespace carehub::tool::demo
