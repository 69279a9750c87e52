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
    std::string team;
    std::string supervisor;
};

struct People {
    std::vector<Staff> staff;
    std::map<std::string, std::string> owner_of;                  ///< client -> case manager
    std::map<std::string, std::string> team_of;                   ///< client -> team
    std::map<std::string, std::set<std::string>> identifiers_of;  ///< client -> identifier values

    /// Of the client's case manager, else of its team; "" when there is none.
    [[nodiscard]] std::string supervisor_of(const std::string& client) const;
    [[nodiscard]] bool is_supervisor(const std::string& name) const;
};

[[nodiscard]] Result<People> read_people(const DemoFolder& folder);

}  // namespace carehub::tool::demo
