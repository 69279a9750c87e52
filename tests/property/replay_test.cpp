// Laws over generated histories. A failure prints its seed.
#include <algorithm>
#include <map>
#include <set>

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

/// How much of what deliveries and links can go through these histories hold.
struct Passed {
    std::size_t lanes = 0;
    std::size_t held = 0;
    std::size_t letters = 0;
    std::size_t replays = 0;
    std::size_t suspects = 0;
    std::size_t withdrawn = 0;
    std::size_t shown = 0;
    std::size_t departures = 0;
    std::size_t erasures = 0;

    void count(const std::vector<Entry>& entries) {
        for (const Entry& entry : entries) {
            const Decisions& decided = entry.decisions;
            lanes += decided.lanes.size();
            letters += decided.dead_letters.size();
            replays += decided.replays.size();
            suspects += decided.suspects.size();
            departures += decided.departures.size();
            erasures += decided.erasures.size();
            for (const Lane& lane : decided.lanes) {
                held += lane.held.size();
            }
            for (const Delivery& delivery : decided.deliveries) {
                withdrawn += delivery.state == DeliveryState::Withdrawn ? 1U : 0U;
                shown += delivery.state == DeliveryState::Shown ? 1U : 0U;
            }
        }
    }
    [[nodiscard]] std::size_t least() const {
        return std::min(
            {lanes, held, letters, replays, suspects, withdrawn, shown, departures, erasures});
    }
};

TEST_CASE("replaying the decisions gives the live state", "[property][core]") {
    std::size_t alerts = 0;
    Passed passed;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        INFO("seed " << seed);
        World world(start());
        live(world, seed, kSteps);
        passed.count(world.entries);
        REQUIRE(same_state(replayed(world.entries, {}), world.machine.state()));
        alerts += count_alerts(world.machine.state());
    }
    CHECK(alerts > kSeeds);  // histories in which nothing happens prove nothing
    CHECK(passed.least() > 10);
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

TEST_CASE("what is owed is what was numbered, less what was acknowledged or settled",
          "[property][core][outbox]") {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        INFO("seed " << seed);
        World world(start());
        live(world, seed, kSteps);
        std::map<PartnerId, std::set<std::uint64_t>> owed;
        for (const Entry& entry : world.entries) {
            for (const Acknowledged& acknowledged : entry.decisions.acknowledged) {
                auto& numbers = owed[acknowledged.recipient];
                numbers.erase(numbers.begin(), numbers.upper_bound(acknowledged.number));
            }
            for (const Delivery& delivery : entry.decisions.deliveries) {
                if (delivery.state == DeliveryState::Queued) {
                    owed[delivery.recipient].insert(delivery.number);
                } else if (delivery.state != DeliveryState::Shown) {
                    owed[delivery.recipient].erase(delivery.number);
                }
            }
        }
        for (const auto& [recipient, outbox] : world.machine.state().outboxes) {
            std::set<std::uint64_t> pending;
            for (const Delivery& delivery : outbox.pending) {
                pending.insert(delivery.number);
            }
            REQUIRE(pending == owed[recipient]);  // few enough to be all at hand
        }
    }
}

TEST_CASE("a client's events are told in their order, but for those that were given up",
          "[property][core][lanes]") {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        INFO("seed " << seed);
        World world(start());
        live(world, seed, kSteps);
        // First attempts alone: what was held behind a refusal leaves after it, in order of
        // arrival.
        std::map<std::pair<PartnerId, ClientId>, Sequence> last;
        for (const Entry& entry : world.entries) {
            for (const Delivery& delivery : entry.decisions.deliveries) {
                const bool is_first = delivery.state == DeliveryState::Queued &&
                                      delivery.attempt == 1 && !delivery.history;
                if (is_first) {
                    Sequence& before = last[{delivery.recipient, delivery.client}];
                    REQUIRE(before <= delivery.entry);
                    before = delivery.entry;
                }
            }
        }
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
