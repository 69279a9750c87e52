// How words and case numbers of a court are compared. ASCII case only: codes, never people's names.
// Threads: any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/kit/text.hpp"

namespace carehub::adapters::court {

[[nodiscard]] std::string to_upper(std::string_view text);
/// Upper case, inner blanks removed: "23-cr 0411" and "23-CR0411" are one case number.
[[nodiscard]] std::string normalise_case(std::string_view text);
/// Upper case, trimmed, runs of blanks as one: how words of a profile are compared.
[[nodiscard]] std::string normalise_word(std::string_view text);
[[nodiscard]] std::optional<int> parse_int(std::string_view digits);

}  // namespace carehub::adapters::court
