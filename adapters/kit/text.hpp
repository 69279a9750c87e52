// Small questions about text that every partner's format asks. ASCII rules: no locale.
// Threads: any thread.
#pragma once

#include <string_view>

namespace carehub::adapters {

/// Without blanks and tabs at either end.
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right);
/// Well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates.
[[nodiscard]] bool is_utf8(std::string_view text);
/// Has an ASCII control character: no key or name may.
[[nodiscard]] bool has_control(std::string_view text);

}  // namespace carehub::adapters
