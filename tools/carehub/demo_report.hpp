// What a demonstration prints at its end, for people.
//
// Errors: of the commands it runs for their pages. Threads: confined to one thread.
#pragma once

#include "tools/carehub/demo_check.hpp"
#include "tools/carehub/demo_feeder.hpp"

namespace carehub::tool::demo {

/// Everything the end of a run knows.
struct Outcome {
    const DemoFolder& folder;
    const Truth& truth;
    const People& people;
    const Observed& observed;
    const Verdict& verdict;
    const Fed& fed;
    const DetectionProbe& probe;
    std::uint64_t kills = 0;
    std::string port;
};

void print_counts(const Outcome& outcome);
void print_rules(const Outcome& outcome);
void print_detection(const Outcome& outcome);
/// Three alerts in full as their case manager sees them, and one client's trail: the pages of
/// `carehub alerts show` and `carehub trail client`.
[[nodiscard]] Status print_pages(const Outcome& outcome);
/// True when the trail is whole.
[[nodiscard]] Result<bool> print_trail_verification(const DemoFolder& folder);
void print_differences(const std::vector<std::string>& differences);
void print_next(const Outcome& outcome);

}  // namespace carehub::tool::demo
