// Names as they are compared.
//
// Contract: pure. A placeholder (domain/11: UNKNOWN, DOE, BABY ...; a hash in a name's place) is
// nothing. Letters outside ASCII are kept as they are. Threads: any.
#pragma once

#include <string>
#include <string_view>

namespace carehub::match {

/// Letters and digits alone, in lower case; "" when it is missing or a placeholder.
[[nodiscard]] std::string comparable_name(std::string_view name);
/// American Soundex of a comparable name, such as "R163"; "" without an ASCII letter.
[[nodiscard]] std::string soundex(std::string_view comparable);

}  // namespace carehub::match
