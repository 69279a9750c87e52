// Who reads about whom in a story: `reads CLIENT`, or `breaks-glass CLIENT`, in an emergency.
#pragma once

#include <string>

#include "tests/support/scenario_words.hpp"
#include "tests/support/world.hpp"

namespace carehub::test {

[[nodiscard]] bool is_about_read(const std::string& verb);
/// What follows the verb; the answer is "" or why it was refused.
std::string tell_read(World& world, const std::string& verb, const std::string& who, Words& words);

}  // namespace carehub::test
