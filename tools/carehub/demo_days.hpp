// The days of a simulated county (tools/county/README.md, "The clock").
//
// Errors: as load_zone. Threads: any thread.
#pragma once

#include <chrono>
#include <string>

#include "hub/base/error.hpp"
#include "hub/base/time_zone.hpp"
#include "tools/carehub/demo_folder.hpp"

namespace carehub::tool::demo {

/// Day 1 is the first one. Each begins at 06:00 in the county's zone.
class Days {
public:
    [[nodiscard]] static Result<Days> create(const DemoOptions& options);
    [[nodiscard]] Date date(unsigned day) const { return start_ + std::chrono::days{day - 1}; }
    /// The county's calendar date at that moment.
    [[nodiscard]] Date date_at(UtcTime time) const { return local_date(zone_, time); }
    [[nodiscard]] UtcTime begin(unsigned day) const;
    [[nodiscard]] std::string begin_text(unsigned day) const { return to_iso(zone_, begin(day)); }

private:
    Days(Date start, TimeZone zone) : start_(start), zone_(std::move(zone)) {}

    Date start_;
    TimeZone zone_;
};

}  // namespace carehub::tool::demo
