#include "tests/simulation/bit_rot.hpp"

#include "hub/base/log.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::simulation;

namespace {

// Unoptimised and under sanitizers a flip takes ten times as long; carehub_bit_rot does the full
// count in a release build.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CAREHUB_FEWER 1
#endif
#endif
#ifdef CAREHUB_FEWER
constexpr std::uint64_t kFlips = 300;
constexpr std::uint64_t kTruncations = 40;
#else
constexpr std::uint64_t kFlips = 2'000;
constexpr std::uint64_t kTruncations = 200;
#endif

RotOptions quick() {
    log::set_level(log::Level::Error);
    RotOptions options;
    options.seed = 20'261'122;
    return options;
}

void check_clean(const RotReport& report) {
    INFO(report.first_finding);
    CHECK(report.silent == 0);
    CHECK(report.unnamed == 0);
    CHECK(report.slowest_us < 5'000'000);
}

}  // namespace

TEST_CASE("a flipped bit in any file is harmless or told, never silent", "[bit_rot]") {
    RotOptions options = quick();
    options.end = kFlips;
    const RotReport report = run_flips(options);
    check_clean(report);
    CHECK(report.flips == kFlips);
    // A journal in which most flips mean nothing would prove nothing.
    CHECK(report.refused + report.named > kFlips / 2);
}

TEST_CASE("a file cut, lost or taken from elsewhere is harmless or told", "[bit_rot]") {
    const RotReport report = run_file_damage(quick(), kTruncations);
    check_clean(report);
    CHECK(report.truncations == kTruncations);
    CHECK(report.losses == 6);
    CHECK(report.swaps == 11);
}

TEST_CASE("the same flips go unnoticed by SQLite alone", "[bit_rot]") {
    RotOptions options = quick();
    options.end = 50;
    options.compare_without_checks = true;
    CHECK(run_flips(options).silent_without_checks >= 25);
}
