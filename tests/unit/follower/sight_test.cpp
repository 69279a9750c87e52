// How much of a client each role is told, by what binds it to the client: every cell of the table.
#include "hub/follower/sight.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/world.hpp"

namespace carehub::follower {
namespace {

/// Ana works in team east for sue, eve in team west for max; nobody supervises kim.
struct Town : test::World {
    Town() : World(*parse_iso_time("2026-07-06T08:00:00-04:00")) {
        add_staff("sue", StaffRole::Supervisor);
        add_staff("max", StaffRole::Supervisor, "west");
        add_staff("ana", StaffRole::CaseManager, "east", "sue");
        add_staff("eve", StaffRole::CaseManager, "west");
        add_staff("kim", StaffRole::CaseManager);
        add_staff("ivy", StaffRole::Integration);
        add_staff("ope", StaffRole::Operator);
        add_client("Maria", "ana");
        add_client("Ben", "eve");
        add_client("Ann", "kim");
        add_client("Joe", "", Transport::Public, CaseModel::Unset, "west");
    }

    [[nodiscard]] Bond bond(const std::string& who, const std::string& client) const {
        const core::State& state = machine.state();
        const Partner& link = *state.partner(partner(who));
        return bond_of(state, {link.role, who, link.id}, subject(client));
    }
};

}  // namespace

TEST_CASE("a case manager has its own clients, a supervisor those of its teams and nobody's",
          "[follower][roles]") {
    const Town town;
    CHECK(town.bond("ana", "Maria") == Bond::Own);
    CHECK(town.bond("eve", "Maria") == Bond::Stranger);
    CHECK(town.bond("ana", "office") == Bond::Stranger);
    CHECK(town.bond("sue", "Maria") == Bond::Team);
    CHECK(town.bond("max", "Maria") == Bond::Stranger);
    CHECK(town.bond("max", "Ben") == Bond::Team);
    CHECK(town.bond("sue", "Ben") == Bond::Stranger);
    CHECK(town.bond("sue", "Ann") == Bond::Team);
    CHECK(town.bond("max", "Ann") == Bond::Team);
    CHECK(town.bond("sue", "Joe") == Bond::Stranger);  // the team's, whoever cares for him
    CHECK(town.bond("max", "Joe") == Bond::Own);       // nobody else cares for him
    for (const std::string who : {"sue", "max", "ivy", "ope"}) {
        CHECK(town.bond(who, "office") == Bond::Office);
    }
    for (const std::string client : {"Maria", "Ben", "Ann", "Joe"}) {
        CHECK(town.bond("ivy", client) == Bond::Stranger);
        CHECK(town.bond("ope", client) == Bond::Stranger);
    }
}

TEST_CASE("a supervisor whom the directory does not name has nobody's clients alone",
          "[follower][roles]") {
    const Town town;
    const auto bond = [&](const std::string& client) {
        return bond_of(town.machine.state(), {StaffRole::Supervisor, "new", {}},
                       town.subject(client));
    };
    CHECK(bond("Maria") == Bond::Stranger);
    CHECK(bond("Ann") == Bond::Team);
}

TEST_CASE("a supervisor who is the client's case manager is told as one", "[follower][roles]") {
    Town town;
    town.add_client("Kim", "sue");
    CHECK(town.bond("sue", "Kim") == Bond::Own);
    CHECK(town.bond("max", "Kim") == Bond::Stranger);
}

TEST_CASE("each role is told of a client what the table says, and nothing beside it",
          "[follower][roles]") {
    constexpr Bond kBonds[] = {Bond::Stranger, Bond::Team, Bond::Own, Bond::Office};
    using enum Sight;
    const struct {
        StaffRole role;
        Sight plain[4];  // in the order of kBonds
        Sight with_reason[4];
        Sight breaking_glass[4];
    } rows[] = {{StaffRole::CaseManager,
                 {Nothing, Nothing, Own, Nothing},
                 {Nothing, Nothing, Own, Nothing},
                 {Emergency, Nothing, Own, Nothing}},
                {StaffRole::Supervisor,
                 {Nothing, Metadata, Own, Whole},
                 {Nothing, Whole, Whole, Whole},
                 {Nothing, Nothing, Nothing, Nothing}},
                {StaffRole::Integration,
                 {Fates, Nothing, Nothing, Whole},
                 {Fates, Nothing, Nothing, Whole},
                 {Nothing, Nothing, Nothing, Nothing}},
                {StaffRole::Operator,
                 {Nothing, Nothing, Nothing, Whole},
                 {Nothing, Nothing, Nothing, Whole},
                 {Nothing, Nothing, Nothing, Nothing}},
                {StaffRole::Unset,
                 {Nothing, Nothing, Nothing, Nothing},
                 {Nothing, Nothing, Nothing, Nothing},
                 {Nothing, Nothing, Nothing, Nothing}}};
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < std::size(kBonds); ++i) {
            INFO(name_of(row.role) << " " << i);
            CHECK(sight_of(row.role, kBonds[i], Why::Unsaid) == row.plain[i]);
            CHECK(sight_of(row.role, kBonds[i], Why::Reason) == row.with_reason[i]);
            CHECK(sight_of(row.role, kBonds[i], Why::Emergency) == row.breaking_glass[i]);
        }
    }
}

}  // namespace carehub::follower
