// What the hub says at the end of a demonstration: alerts, counts, and what was delivered to whom.
//
// Errors: as HubClient. Threads: confined to one thread.
#pragma once

#include "tools/carehub/demo_reviewers.hpp"
#include "tools/carehub/demo_seen.hpp"
#include "tools/carehub/truth.hpp"

namespace carehub::tool::demo {

/// Every alert there was: a hub shows those that are over for thirty days, the journal alone keeps
/// them for longer. Read it more often than that. Confined to one thread.
class AlertLedger {
public:
    [[nodiscard]] Status read(adapters::HubClient& admin, Reviewers& reviewers);
    [[nodiscard]] const std::map<std::string, std::string>& lines() const { return lines_; }

private:
    std::map<std::string, std::string> lines_;  ///< by alert id, as last told
};

/// Counts are the operator's, clients the supervisors'; reads deliveries without acknowledging over each recipient's
/// own. Trails are read of the clients of whom the truth tells events.
[[nodiscard]] Result<Observed> observe(const DemoFolder& folder, const Truth& truth,
                                       const People& people, AlertLedger& ledger,
                                       adapters::HubClient& admin, Reviewers& reviewers);

}  // namespace carehub::tool::demo
