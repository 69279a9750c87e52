// Holds what the hub said against the truth of the county.
//
// Contract: nothing differs when every planted situation has one alert, in the state expected and
// with its notice delivered to the owner; no other alert exists but suppressed ones; nothing withheld was
// delivered and everything consented was. Each difference is a sentence without personal data.
// Threads: any thread.
#pragma once

#include "tools/carehub/demo_observed.hpp"
#include "tools/carehub/truth.hpp"

namespace carehub::tool::demo {

struct RuleCount {
    std::uint64_t planted = 0;
    std::uint64_t alerted = 0;
    std::uint64_t missing = 0;
    std::uint64_t unexpected = 0;
};

struct Verdict {
    std::map<std::string, RuleCount> by_rule;
    std::uint64_t traps = 0;
    std::uint64_t withheld = 0;
    std::uint64_t delivered = 0;
    std::vector<std::string> differences;
};

[[nodiscard]] Verdict check(const Truth& truth, const People& people, const Observed& observed);

}  // namespace carehub::tool::demo
