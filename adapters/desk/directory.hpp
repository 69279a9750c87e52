// What the directory's staff.csv says of the persons whom the desk serves: the same file that
// `carehub directory import` reads.
//
// Contract: columns staff, zone, email, quiet_from, quiet_until; others are left alone. Without a
// zone the desk's own counts, without quiet hours (or with both the same) those of 13-decisions.
// Errors: NotFound, Io; Invalid, naming line and column, never what stands there.
// Threads: immutable.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>

#include "hub/base/error.hpp"
#include "hub/base/time_zone.hpp"

namespace carehub::adapters::desk {

struct StaffEntry {
    TimeZone zone;
    std::string email;  ///< empty: none told
    std::chrono::minutes quiet_from{};
    std::chrono::minutes quiet_until{};
};

class StaffDirectory {
public:
    /// `zone`: IANA name for whom the file tells none.
    [[nodiscard]] static Result<StaffDirectory> read(const std::filesystem::path& folder,
                                                     const std::string& zone);
    /// Null: the directory does not know the person.
    [[nodiscard]] const StaffEntry* find(const std::string& name) const;

private:
    std::map<std::string, StaffEntry> staff_;
};

}  // namespace carehub::adapters::desk
