// How the dates and times of a column are written, guessed from its values.
//
// Contract: formats that together read nearly all the values, at most three, and that contradict each
// other about none of them: 04/05 is April or May, not both. None where no few do: a person has to say.
// Values without a digit are words for a time that is not known, and tell nothing. Threads: any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace carehub::adapters {

/// Of days, with a time of day or without.
[[nodiscard]] std::vector<std::string> guess_date_formats(std::span<const std::string> values);
/// Of times of day.
[[nodiscard]] std::vector<std::string> guess_time_formats(std::span<const std::string> values);

[[nodiscard]] bool has_digit(std::string_view value);

}  // namespace carehub::adapters
