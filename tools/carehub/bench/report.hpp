// Prints what a benchmark found, for scripts and for people.
//
// Threads: any one thread.
#pragma once

#include "tools/carehub/bench/compare.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool::bench {

/// What `bench route` found: its own runs first, then those it was held against.
struct RouteReport {
    std::vector<Outcome> outcomes;
    bool has_floor = false;            ///< the last outcome is `bench floor`
    std::optional<Figures> half_rate;  ///< at half of the median rate
};

/// product.md's object for the median run; "runs", "vs", "floor" and "half_rate" beside it.
[[nodiscard]] boost::json::object to_json(const RouteReport& report);
void print(const RouteReport& report);

/// Lines of one of the smaller benchmarks.
void print_rows(const std::vector<boost::json::object>& rows, bool json,
                const std::vector<Column>& columns);

}  // namespace carehub::tool::bench
