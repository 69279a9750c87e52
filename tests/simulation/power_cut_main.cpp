// carehub_power_cut [--cuts N | --from A --to B | --every-operation 1] [--seed S]
//                   [--synchronous full|normal|off]
//
// N power cuts under load (five a life), or the lives A to B - 1 of the seed, so that a long run
// can be done in parts. One line of JSON. Exit 1 when anything was found at synchronous full; lower
// settings are the negative control and only tell.
#include <chrono>
#include <cstdio>
#include <iostream>

#include "hub/base/log.hpp"
#include "tests/simulation/arguments.hpp"
#include "tests/simulation/power_cut.hpp"

namespace {

using namespace carehub::simulation;

constexpr const char* kDamageNames[kDamages] = {"nothing",      "everything",  "prefix",
                                                "newest",       "some_writes", "some_sectors",
                                                "empty_growth", "stale_growth"};

void print(const CutReport& report, std::uint64_t seed, const std::string& range, double seconds) {
    std::cout << R"({"test":"power_cut","seed":)" << seed << ',' << range << R"(,"lives":)"
              << report.lives << R"(,"cuts":)" << report.cuts << R"(,"cuts_in_recovery":)"
              << report.cuts_in_recovery << R"(,"kills":)" << report.kills << R"(,"acknowledged":)"
              << report.acknowledged << R"(,"batches_in_flight":)" << report.batches_in_flight
              << R"(,"batches_kept":)" << report.batches_kept << R"(,"lost":)" << report.lost
              << R"(,"phantom":)" << report.phantom << R"(,"refused":)" << report.refused
              << R"(,"corrupt":)" << report.corrupt << R"(,"lives_with_loss":)"
              << report.lives_with_loss << R"(,"damages":{)";
    for (std::size_t i = 0; i < kDamages; ++i) {
        std::cout << (i == 0 ? "\"" : ",\"") << kDamageNames[i] << "\":" << report.damages[i];
    }
    std::cout << R"(},"first_finding":")" << report.first_finding << R"(","seconds":)" << seconds
              << "}\n";
}

}  // namespace

int main(int argc, char** argv) {
    const auto arguments = Arguments::parse(argc, argv);
    const std::string level = arguments ? arguments->text("synchronous", "full") : "";
    if (level != "full" && level != "normal" && level != "off") {
        std::cerr << "usage: carehub_power_cut [--cuts N | --from A --to B | --every-operation 1] "
                     "[--seed S] [--synchronous full|normal|off]\n";
        return 64;
    }
    carehub::log::set_level(carehub::log::Level::Error);
    const std::uint64_t seed = arguments->number("seed", 1);
    const std::uint64_t cuts = arguments->number("cuts", 500);
    const std::uint64_t first = arguments->number("from", 0);
    const std::uint64_t end =
        arguments->number("to", first + (cuts + kCutsOfLife - 1) / kCutsOfLife);
    const Syncs syncs =
        level == "full" ? Syncs::Full : (level == "normal" ? Syncs::Normal : Syncs::Off);
    const auto began = std::chrono::steady_clock::now();
    const bool every = arguments->number("every-operation", 0) != 0;
    const CutReport report = every ? run_every_cut(seed) : run_lives(seed, first, end, syncs);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    const std::string range = every ? R"("every_operation":true)"
                                    : R"("from":)" + std::to_string(first) + R"(,"to":)" +
                                          std::to_string(end) + R"(,"synchronous":")" + level + '"';
    print(report, seed, range, took.count());
    return syncs == Syncs::Full && !report.is_clean() ? 1 : 0;
}
