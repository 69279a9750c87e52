// Laws over generated histories. A failure prints its seed.
#include "hub/core/snapshot.hpp"
#include "tests/property/history.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::test;

namespace {

constexpr int kSteps = 250;
constexpr std::uint64_t kSeeds = 40;

UtcTime start() { return *parse_iso_time("2026-03-02T11:00:00Z"); }

core::State replayed(const std::vector<Entry>& entries, core::State state) {
    for (const Entry& entry : entries) {
        if (entry.sequence.value > state.last.value) {
            core::evolve(state, entry.sequence, entry.decisions);
        }
    }
    return state;
}

std::size_t count_alerts(const core::State& state) {
    std::size_t alerts = 0;
    for (const auto& [id, subject] : state.cases) {
        alerts += subject.alerts.size();
    }
    return alerts;
}

}  // namespace

TEST_CASE("replaying the decisions gives the live state", "[property][core]") {
    std::size_t alerts = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        INFO("seed " << seed);
        World world(start());
        live(world, seed, kSteps);
        REQUIRE(same_state(replayed(world.entries, {}), world.machine.state()));
        alerts += count_alerts(world.machine.state());
    }
    CHECK(alerts > kSeeds);  // histories in which nothing happens prove nothing
}

TEST_CASE("a snapshot and the tail after it give the live state", "[property][core]") {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        INFO("seed " << seed);
        World world(start());
        live(world, seed, kSteps / 2);
        const Sequence at = world.machine.state().last;
        const Decisions taken = core::snapshot(world.machine.state());
        live(world, seed + 1'000, kSteps / 2);
        REQUIRE(
            same_state(replayed(world.entries, core::restore(at, taken)), world.machine.state()));
    }
}

TEST_CASE("the same inputs give the same entries", "[property][core]") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        INFO("seed " << seed);
        World first(start());
        World second(start());
        live(first, seed, kSteps);
        live(second, seed, kSteps);
        REQUIRE(first.entries == second.entries);
    }
}

TEST_CASE("a replay that loses one decision is noticed", "[property][core]") {
    World world(start());
    live(world, 1, kSteps);
    std::vector<Entry> entries = world.entries;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        if (!entry->decisions.obligations.empty()) {
            entry->decisions.obligations.clear();
            break;
        }
    }
    CHECK_FALSE(same_state(replayed(entries, {}), world.machine.state()));
}
