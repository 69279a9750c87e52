// Whose an identifier is, as people and the roster of a story say.
//
//   link ID to CLIENT   /   unlink ID from CLIENT   /   split ID from CLIENT to CLIENT
//   roster ID for CLIENT                       the roster says whose it is
//   (`as NAME [not] link ...`, `not roster ...`: scenario.hpp)
#pragma once

#include <string>

#include "tests/support/scenario_words.hpp"
#include "tests/support/world.hpp"

namespace carehub::test {

[[nodiscard]] bool is_about_link(const std::string& verb);
/// What follows the verb; the answer is "" or why it was refused.
std::string tell_link(World& world, const std::string& verb, const std::string& who, Words& words);
std::string tell_roster(World& world, Words& words);

}  // namespace carehub::test
