// How old a young patient was on a day: measures of follow-up care ask for it (domain/07), and no
// birth date leaves for that.
//
// Contract: full years on that civil day; nothing from kAgeToldBelow on, nor for a day before the
// birth. Threads: any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "hub/base/utc_time.hpp"

namespace carehub::adapters::clinic {

[[nodiscard]] std::optional<std::uint8_t> young_age(Date birth, Date on);

}  // namespace carehub::adapters::clinic
