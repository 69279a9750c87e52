// Is a text UTF-8? Asked of every text that comes over the wire.
#pragma once

#include <string_view>

namespace carehub::codec {

/// Well-formed UTF-8 (Unicode 3.9, table 3-7: no overlong form, no surrogate, at most U+10FFFF) and
/// free of U+0000, at which C code behind us would cut the text.
[[nodiscard]] bool is_plain_utf8(std::string_view text);

}  // namespace carehub::codec
