// A recipient's own words, as the hub may keep them and a person read them. Threads: any thread.
#pragma once

#include <string>
#include <string_view>

namespace carehub::adapters {

/// Control characters are blanks; at most kWordsBytesMax, cut between characters; empty when it is
/// no UTF-8.
[[nodiscard]] std::string words_of(std::string_view text);

}  // namespace carehub::adapters
