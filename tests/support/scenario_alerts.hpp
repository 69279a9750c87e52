// What people of a story do with alerts, and what it expects of them.
//
//   acknowledge RULE CLIENT   /   close RULE CLIENT [as OUTCOME]   /   shelve RULE CLIENT until TIME
//                                              all by ana; closed as NotAProblem unless told
//   as NAME acknowledge|close|claim|release|accept|shelve ...
//   expect RULE CLIENT [STATE] [SEVERITY] [by TIME] [owner NAME] [outcome OUTCOME] [reopened N]
//          [suggests ACTION [of ID]]           the first suggestion
//          [names ID...]                       it lists these obligations and no other
//          (of the youngest alert of the rule; Raised unless another STATE is told)
//   expect N RULE CLIENT                       so many alerts of it are open
//   expect no RULE CLIENT                      none of it is open; `expect no alert CLIENT`: none at all
//   expect free ID of CLIENT TIME|none         the next time that the partner offers for that appointment
//   expect [not] told NAME RULE CLIENT [once|twice]  a notice waits for that person; `once`: no second one
#pragma once

#include <set>
#include <string>

#include "tests/support/scenario_words.hpp"
#include "tests/support/world.hpp"

namespace carehub::test {

class AlertsTold {
public:
    /// Each takes what follows its verb; the answer is what was found instead, or "".
    std::string act(World& world, AlertAct what, const std::string& who, Words& words);
    std::string act_as(World& world, const std::string& verb, const std::string& who, Words& words);
    std::string expect(World& world, Words& words);

    [[nodiscard]] std::size_t expectations() const { return expectations_; }
    [[nodiscard]] const std::set<std::string>& raised() const { return raised_; }
    [[nodiscard]] const std::set<std::string>& ended() const { return ended_; }

private:
    std::string expect_alert(World& world, const std::string& rule, Words& words);
    std::string expect_none(const World& world, Words& words);

    std::size_t expectations_ = 0;
    std::set<std::string> raised_;
    std::set<std::string> ended_;
};

/// A local time of the story, as "2026-07-09 10:00".
[[nodiscard]] UtcTime take_time(const TimeZone& zone, Words& words);

}  // namespace carehub::test
