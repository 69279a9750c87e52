// Several systems doing the same work by turns: A B A B ..., so that what the machine does
// meanwhile falls on all of them.
//
// Contract: figures of different runs of this program are not comparable; medians within one are,
// and only their ratio is quoted. Errors: the first run that fails ends all.
// Threads: any one thread.
#pragma once

#include <functional>

#include "tools/carehub/bench/figures.hpp"

namespace carehub::tool::bench {

struct Contestant {
    std::string name;
    std::function<Result<Figures>()> run;
};

struct Outcome {
    std::string name;
    std::vector<Figures> runs;

    [[nodiscard]] const Figures& median() const { return median_run(runs); }
};

/// Each does `turns` runs; outcomes in the contestants' order.
[[nodiscard]] Result<std::vector<Outcome>> run_by_turns(const std::vector<Contestant>& contestants,
                                                        std::size_t turns);

/// How many times the second's median rate end to end the first's is.
[[nodiscard]] double ratio_of(const Outcome& first, const Outcome& second);

/// A program that understands the options of `bench route` and prints the same JSON.
[[nodiscard]] Contestant peer_program(const std::string& command, const Options& options);

}  // namespace carehub::tool::bench
