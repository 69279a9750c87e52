// The separators of one message, as its own MSH-1 and MSH-2 declare them.
//
// Contract: never assumed; all different and none of them a letter, digit or control character.
// 0 stands for a separator the sender did not declare.
#pragma once

#include <string_view>

#include "hub/base/error.hpp"

namespace carehub::adapters::clinic::hl7 {

struct Delimiters {
    char field = '|';
    char component = '^';
    char repetition = '~';
    char escape = '\\';
    char subcomponent = '&';
    char truncation = 0;  ///< from version 2.7
    friend bool operator==(const Delimiters&, const Delimiters&) = default;
};

/// Reads MSH-1 and MSH-2 from the text of the MSH segment ("MSH|^~\&|..."). A backslash that some
/// exporter doubled counts once. Errors: Invalid when the two fields are not usable.
[[nodiscard]] Result<Delimiters> read_delimiters(std::string_view msh);

}  // namespace carehub::adapters::clinic::hl7
