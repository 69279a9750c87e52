// Character sets of a message (MSH-18, table 0211): whatever comes in, UTF-8 goes on.
//
// Contract: ASCII, 8859/1 and UTF-8 are read; another name is refused by that name. When nothing is
// declared, or bytes break the declaration, valid UTF-8 is UTF-8 and anything else ISO 8859-1.
#pragma once

#include <string>
#include <string_view>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

namespace carehub::adapters::clinic::hl7 {

struct Transcoded {
    std::string text;      ///< UTF-8
    bool guessed = false;  ///< the declaration was absent or wrong, and it mattered
};

/// Errors: Unsupported for a character set that is not read. Names are compared without regard to
/// case.
[[nodiscard]] Result<Transcoded> to_utf8(std::string_view bytes, std::string_view declared);

/// The name in table 0211's spelling when it is of a known set that is not read; else empty.
[[nodiscard]] std::string_view not_read_name(std::string_view declared);

[[nodiscard]] bool is_ascii(std::string_view text);
[[nodiscard]] bool is_utf8(std::string_view text);
[[nodiscard]] std::string latin1_to_utf8(std::string_view bytes);

}  // namespace carehub::adapters::clinic::hl7
