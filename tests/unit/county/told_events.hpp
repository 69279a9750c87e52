// What the real adapters make of a county's files, day by day, and whom the roster says it is about.
//
// Contract: checks that nothing is refused, and that there are no findings but those a county is
// meant to cause. The clinic's messages are left out: they are read one by one elsewhere.
#pragma once

#include <string>
#include <vector>

#include "tests/unit/county/county_files.hpp"

namespace carehub::county_test {

struct ToldEvent {
    std::string partner;
    std::string client;  ///< of the roster; empty when nobody has the identifier
    std::string kind;
    std::string key;
    bool correction = false;
};

[[nodiscard]] std::vector<ToldEvent> told_events(const TemporaryCounty& county);

}  // namespace carehub::county_test
