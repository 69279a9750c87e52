// Small questions about text that every partner's format asks. ASCII rules: no locale.
// Threads: any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace carehub::adapters {

/// Without blanks and tabs at either end.
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right);
/// Well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates.
[[nodiscard]] bool is_utf8(std::string_view text);
/// Trimmed, and every run of blanks, line ends and control characters within as one blank.
[[nodiscard]] std::string single_line(std::string_view text);
[[nodiscard]] std::string to_upper(std::string_view text);
/// Upper case, on a single line: how words of a profile are compared.
[[nodiscard]] std::string normalise_word(std::string_view text);
/// Decimal digits and nothing else.
[[nodiscard]] std::optional<int> parse_int(std::string_view digits);
/// At most `bytes_max` of it, cut between characters.
[[nodiscard]] std::string clip(std::string_view text, std::size_t bytes_max);
/// Has an ASCII control character: no key or name may.
[[nodiscard]] bool has_control(std::string_view text);

}  // namespace carehub::adapters
