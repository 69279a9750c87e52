// Escape sequences of HL7 v2 (section 2.7): decoded after splitting, in a single pass.
//
// Contract: sequences do not nest. What is not known (local, character-set shifts, unterminated)
// stays as it came. Highlighting is dropped, a formatting command becomes a space.
#pragma once

#include <string>
#include <string_view>

#include "adapters/clinic/hl7/delimiters.hpp"

namespace carehub::adapters::clinic::hl7 {

[[nodiscard]] std::string decode_escapes(std::string_view raw, const Delimiters& delimiters);
/// The reverse, for text we write into a message.
[[nodiscard]] std::string encode_escapes(std::string_view text, const Delimiters& delimiters);

}  // namespace carehub::adapters::clinic::hl7
