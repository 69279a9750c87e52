#include "tests/simulation/power_cut.hpp"

#include "hub/base/log.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::simulation;

namespace {

constexpr std::uint64_t kSeed = 20'261'122;

void check_clean(const CutReport& report) {
    INFO("seed " << kSeed << ", " << report.first_finding);
    CHECK(report.lost == 0);
    CHECK(report.phantom == 0);
    CHECK(report.refused == 0);
    CHECK(report.corrupt == 0);
    CHECK(report.is_clean());
}

}  // namespace

TEST_CASE("500 random power cuts lose nothing that was acknowledged", "[power_cut]") {
    log::set_level(log::Level::Error);
    const CutReport report = run_lives(kSeed, 0, 500 / kCutsOfLife, Syncs::Full);
    check_clean(report);
    CHECK(report.cuts == 500);
    CHECK(report.cuts_in_recovery > 50);
    CHECK(report.kills > 50);
    // Both outcomes of an interrupted batch are met, or the cuts came at no interesting moment.
    CHECK(report.batches_kept > 20);
    CHECK(report.batches_kept + 20 < report.batches_in_flight);
    for (const std::uint64_t times : report.damages) {
        CHECK(times > 20);
    }
}

TEST_CASE("a cut at any operation of a small life, with any damage, loses nothing", "[power_cut]") {
    log::set_level(log::Level::Error);
    check_clean(run_every_cut(kSeed));
}

TEST_CASE("with the WAL's syncs left out, as at synchronous=NORMAL, the same cuts do lose",
          "[power_cut]") {
    log::set_level(log::Level::Error);
    std::uint64_t runs_with_loss = 0;
    for (std::uint64_t run = 0; run < 100; ++run) {
        runs_with_loss += run_lives(kSeed + run, 0, 2, Syncs::Normal).lost > 0 ? 1U : 0U;
    }
    CHECK(runs_with_loss >= 90);
}

TEST_CASE("without any sync, as at synchronous=OFF, the same cuts also damage the database",
          "[power_cut]") {
    log::set_level(log::Level::Error);
    const CutReport report = run_lives(kSeed, 0, 100, Syncs::Off);
    CHECK(report.lost > 0);
    CHECK(report.corrupt >= 1);
}
