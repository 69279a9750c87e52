// Holds what the hub said against the truth of the county.
//
// Contract: nothing differs when every planted situation has one alert, in the state expected and
// with its notice delivered to the owner, raised no later than its day; no other alert exists but
// suppressed ones; nothing withheld was delivered and everything consented was; every event is known
// as often as planted, and delivered to the owner under its ids. Alerts of rules that
// the truth does not judge are counted and are no difference. Each difference is a sentence without
// personal data.
// Threads: any thread.
#pragma once

#include "tools/carehub/demo_days.hpp"
#include "tools/carehub/demo_people.hpp"
#include "tools/carehub/demo_seen.hpp"
#include "tools/carehub/truth.hpp"

namespace carehub::tool::demo {

struct RuleCount {
    std::uint64_t planted = 0;
    std::uint64_t alerted = 0;
    std::uint64_t missing = 0;
    std::uint64_t late = 0;  ///< alerted, but after the day it was due
    std::uint64_t unexpected = 0;
};

struct Verdict {
    std::map<std::string, RuleCount> by_rule;
    std::map<std::string, std::uint64_t> not_judged;  ///< alerts of rules the truth leaves out
    std::uint64_t traps = 0;
    std::uint64_t withheld = 0;
    std::uint64_t withheld_delivered = 0;  ///< reached the recipient all the same
    std::uint64_t delivered = 0;
    std::uint64_t not_delivered = 0;  ///< did not reach the recipient who may have it
    std::uint64_t events = 0;         ///< kinds of events about a client that must be known
    std::uint64_t events_wrong = 0;   ///< known more or less often, or under other ids
    std::vector<std::string> differences;

    [[nodiscard]] RuleCount totals() const;
    [[nodiscard]] std::uint64_t alerts_not_judged() const;
};

[[nodiscard]] Verdict check(const Truth& truth, const People& people, const Observed& observed,
                            const Days& days);

}  // namespace carehub::tool::demo
