// The profiles of the feeds whose formats are told by a profile alone: the municipal court's docket,
// the agency's lists, the jail's roster. Threads: immutable.
#pragma once

#include <array>
#include <string_view>

namespace carehub::county {

struct Profile {
    std::string_view feed;  ///< the partner, the folder of its files, and its configuration
    std::string_view text;  ///< TOML, all but [watch]
};

[[nodiscard]] const std::array<Profile, 5>& profiles();

}  // namespace carehub::county
