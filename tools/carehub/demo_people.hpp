// Who is who in a simulated county: from its staff.csv and roster.csv.
//
// Errors: Io, Invalid as the files' readers. Threads: any thread.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "hub/base/error.hpp"
#include "tools/carehub/demo_folder.hpp"

namespace carehub::tool::demo {

struct Staff {
    std::string name;
    std::string role;  ///< as staff.csv spells it
};

struct People {
    std::vector<Staff> staff;
    std::map<std::string, std::string> owner_of;                  ///< client -> case manager
    std::map<std::string, std::set<std::string>> identifiers_of;  ///< client -> identifier values
};

[[nodiscard]] Result<People> read_people(const DemoFolder& folder);

}  // namespace carehub::tool::demo
