// A whole county's partner feeds, a folder a day, with the truth about them beside it.
//
// Contract: the same options give the same bytes on every machine. Each client's plan is a pure
// function of (seed, client), so nothing is kept between clients: memory does not grow with their
// number, and each day is written by running over the clients again. `out` must not exist or be
// empty. README.md in this folder names every file.
// Errors: Invalid for options out of bounds or an occupied folder; Io when writing fails, in which
// case the folder is incomplete and should be removed. Threads: any one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "hub/base/error.hpp"
#include "hub/base/utc_time.hpp"

namespace carehub::county {

struct CountyOptions {
    std::uint64_t clients = 200;  ///< kClientsMin to kClientsMax
    unsigned days = 14;           ///< 1 to kDaysMax
    std::uint64_t seed = 1;
    Date start{};  ///< the first day that is fed
    std::filesystem::path out;
};

/// Called after each day with its number and the number of days.
using Progress = std::function<void(unsigned day, unsigned days)>;

[[nodiscard]] Status generate_county(const CountyOptions& options, const Progress& progress);

}  // namespace carehub::county
