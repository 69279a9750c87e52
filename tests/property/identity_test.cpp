// Laws of who is who over random histories of links, splits, mergers and events. A failure prints
// its seed.
#include <map>
#include <set>

#include "hub/base/prng.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/links.hpp"
#include "hub/core/repartition.hpp"
#include "hub/core/snapshot.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/identity_world.hpp"

using namespace carehub;
using namespace carehub::test;

namespace {

constexpr int kSteps = 120;
constexpr std::uint64_t kSeeds = 8;
constexpr const char* kClients[] = {"Maria", "Ben", "Cem", "Dora"};
constexpr const char* kNumbers[] = {"B-7", "N-1", "N-2", "N-3", "N-4"};

class People {
public:
    explicit People(std::uint64_t seed) : prng_(seed) {
        county.world.add_client("Cem");
        county.world.add_client("Dora");
    }

    void step() {
        switch (prng_.below(10)) {
            case 0: county.link(number(), client()); break;
            case 1: county.unlink(any_identifier(), client()); break;
            case 2: county.split(any_identifier(), client(), client()); break;
            case 3: county.merge(client(), client()); break;
            case 4: county.unmerge(client(), client()); break;
            case 5: by_machine([&] { county.roster(number(), client()); }); break;
            default: contact(); break;
        }
    }

    /// Each contact that was told, by its entry: the identifier it came with.
    std::map<Sequence, SubjectHash> told;
    std::size_t joined_again = 0;
    IdentityWorld county;

private:
    const char* client() { return kClients[prng_.below(std::size(kClients))]; }
    const char* number() { return kNumbers[prng_.below(std::size(kNumbers))]; }
    /// Clients are added with their own name as a number.
    std::string any_identifier() { return prng_.chance(30) ? client() : number(); }

    void contact() {
        const std::string id = any_identifier();
        const Receipt receipt = county.tell("ana", EventKind::ContactMade, id, CaseworkClaim{});
        const SubjectHash subject{World::hash("subject", id)};
        const core::State& state = county.world.machine.state();
        // Of what no client ever had, nothing is kept.
        if (!core::client_of(state, subject).is_none() ||
            state.aside.contains(core::aside_of(subject))) {
            told[receipt.sequence] = subject;
        }
    }

    /// Who is whose, as people see it.
    std::set<std::pair<SubjectHash, ClientId>> pairs() const {
        std::set<std::pair<SubjectHash, ClientId>> out;
        const core::State& state = county.world.machine.state();
        for (const auto& [subject, link] : state.links) {
            if (const ClientId client = core::client_of(state, subject); !client.is_none()) {
                out.insert({subject, client});
            }
        }
        return out;
    }

    template <class Act>
    void by_machine(const Act& act) {
        const auto separated = county.world.machine.state().separations;
        const auto before = pairs();
        act();
        for (const auto& pair : pairs()) {
            joined_again += separated.contains(pair) && !before.contains(pair) ? 1U : 0U;
        }
    }

    Prng prng_;
};

/// Where each contact is counted: a client's case, or aside.
std::multimap<Sequence, ClientId> counted(const core::State& state) {
    std::multimap<Sequence, ClientId> out;
    for (const auto& [id, subject] : state.cases) {
        for (const Contact& contact : subject.contacts) {
            out.emplace(contact.source, id);
        }
    }
    for (const auto& [id, subject] : state.aside) {
        for (const Contact& contact : subject.contacts) {
            out.emplace(contact.source, id);
        }
    }
    return out;
}

}  // namespace

TEST_CASE("each event is counted once, under the client whose identifier it came with",
          "[property][identity]") {
    std::size_t contacts = 0;
    std::size_t merged = 0;
    std::size_t aside = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        INFO("seed " << seed);
        People people(seed);
        for (int i = 0; i < kSteps; ++i) {
            people.step();
            const core::State& state = people.county.world.machine.state();
            const auto where = counted(state);
            REQUIRE(where.size() == people.told.size());
            for (const auto& [sequence, subject] : people.told) {
                const ClientId owner = core::client_of(state, subject);
                REQUIRE(where.count(sequence) == 1);
                REQUIRE(where.find(sequence)->second ==
                        (owner.is_none() ? core::aside_of(subject) : owner));
                aside += owner.is_none() ? 1U : 0U;
            }
            merged += state.merges.size();
        }
        REQUIRE(people.joined_again == 0);
        contacts += people.told.size();
        core::State replayed;
        for (const Entry& entry : people.county.world.entries) {
            core::evolve(replayed, entry.sequence, entry.decisions);
        }
        const core::State& state = people.county.world.machine.state();
        REQUIRE(same_state(replayed, state));
        REQUIRE(same_state(core::restore(state.last, core::snapshot(state)), state));
    }
    CHECK(contacts > kSeeds * 20);
    CHECK(merged > kSeeds * 20);
    CHECK(aside > kSeeds * 20);
}

TEST_CASE("a merger that is undone leaves both clients as they were", "[property][identity]") {
    std::size_t undone = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        INFO("seed " << seed);
        People people(seed);
        IdentityWorld& county = people.county;
        for (int i = 0; i < kSteps; ++i) {
            people.step();
        }
        for (const char* client : kClients) {
            for (const char* other : kClients) {
                const std::pair before{county.records(client), county.records(other)};
                if (county.merge(client, other).status != ReceiptStatus::Accepted) {
                    continue;
                }
                REQUIRE(county.unmerge(client, other).status == ReceiptStatus::Accepted);
                REQUIRE(std::pair{county.records(client), county.records(other)} == before);
                ++undone;
            }
        }
    }
    CHECK(undone > kSeeds);
}
