// Two clients that are one, and two again; what comes back with an identifier.
#include "hub/core/keyed.hpp"
#include "hub/core/links.hpp"
#include "hub/core/snapshot.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/identity_world.hpp"

using namespace carehub;
using namespace carehub::test;

namespace {

ReceiptStatus status(const Receipt& receipt) { return receipt.status; }
RefusalReason reason(const Receipt& receipt) { return receipt.refusal.reason; }

}  // namespace

TEST_CASE("a link made again brings back what was told under it, and what came meanwhile",
          "[core][merge]") {
    IdentityWorld county;
    county.tell_everything("B-7");
    const Decisions before = county.records("Maria");
    county.unlink("B-7", "Maria");
    CHECK_FALSE(county.records("Maria") == before);
    REQUIRE(status(county.link("B-7", "Maria")) == ReceiptStatus::Accepted);
    CHECK(county.records("Maria") == before);
    CHECK(county.subject("Maria").client.deceased_at != kUnknownTime);

    county.unlink("B-7", "Maria");
    CHECK(county.book("v-2", "B-7").routed_to == RoutedTo::Nobody);
    CHECK(county.subject("Maria").obligations.empty());
    county.link("B-7", "Ben");
    CHECK(county.subject("Ben").obligations.size() == 2);
    CHECK(county.subject("Maria").obligations.empty());
}

TEST_CASE("the roster brings back what stood aside, too", "[core][merge]") {
    IdentityWorld county;
    county.book("v-1", "B-7");
    county.unlink("B-7", "Maria");
    REQUIRE(status(county.roster("B-7", "Ben")) == ReceiptStatus::Accepted);
    CHECK(county.subject("Ben").obligations.size() == 1);
}

TEST_CASE("who has a client is undone with the identifier it was told under", "[core][merge]") {
    IdentityWorld county;
    county.world.add_staff("sue", StaffRole::CaseManager);
    county.assign("sue", RiskTier::High, "B-7");
    const Client& maria = county.subject("Maria").client;
    REQUIRE(county.text(maria.owner) == "sue");
    REQUIRE(maria.tier == RiskTier::High);

    county.split("B-7", "Maria", "Ben");
    CHECK(county.text(maria.owner) == "ana");
    CHECK(maria.tier == RiskTier::Unset);
    const Client& ben = county.subject("Ben").client;
    CHECK(county.text(ben.owner) == "sue");
    CHECK(ben.tier == RiskTier::High);

    county.unlink("B-7", "Ben");
    CHECK(county.text(ben.owner) == "ana");
    county.link("B-7", "Ben");
    CHECK(county.text(ben.owner) == "sue");
    county.roster("Ben", "Ben");  // the roster speaks later
    CHECK(county.text(ben.owner) == "ana");
}

TEST_CASE("two clients that are one have one case", "[core][merge]") {
    IdentityWorld county;
    county.book("v-1", "Maria");
    county.book("v-2", "Ben");
    REQUIRE(status(county.merge("Maria", "Ben")) == ReceiptStatus::Accepted);
    CHECK(status(county.merge("Maria", "Ben")) == ReceiptStatus::Duplicate);
    CHECK(county.subject("Maria").obligations.size() == 2);
    CHECK(county.subject("Ben").obligations.empty());

    CHECK(county.book("v-3", "Ben").routed_to == RoutedTo::Recipients);
    CHECK(county.world.entries.back().decisions.client == World::client_id("Maria"));
    CHECK(county.subject("Maria").obligations.size() == 3);
}

TEST_CASE("unmerged, each has again what was told under its own identifiers", "[core][merge]") {
    IdentityWorld county;
    county.tell_everything("Ben");
    county.book("v-1", "Maria");
    const Decisions maria = county.records("Maria");
    const Decisions ben = county.records("Ben");
    county.merge("Maria", "Ben");
    REQUIRE_FALSE(county.records("Maria") == maria);
    REQUIRE(status(county.unmerge("Maria", "Ben")) == ReceiptStatus::Accepted);
    CHECK(county.records("Maria") == maria);
    CHECK(county.records("Ben") == ben);

    county.merge("Maria", "Ben");
    county.book("v-5", "Maria");
    county.book("v-6", "Ben");
    county.unmerge("Maria", "Ben");
    CHECK(county.subject("Maria").obligations.size() == 2);
    CHECK(county.subject("Ben").obligations.size() == 2);
    CHECK(county.book("v-7", "Ben").routed_to == RoutedTo::Recipients);
    CHECK(county.subject("Ben").obligations.size() == 3);
}

TEST_CASE("of one visit told of both the later telling stands, and each has its own again",
          "[core][merge]") {
    IdentityWorld county;
    county.book("v-1", "Ben");
    county.cancel("v-1", "Maria");
    county.book("v-2", "Maria");
    county.cancel("v-2", "Ben");
    const Decisions maria = county.records("Maria");
    const Decisions ben = county.records("Ben");
    county.merge("Maria", "Ben");
    const core::Case& both = county.subject("Maria");
    REQUIRE(both.obligations.size() == 2);
    CHECK(both.obligations.at(0).status == ObligationStatus::Cancelled);
    CHECK(both.obligations.at(1).status == ObligationStatus::Cancelled);
    county.unmerge("Maria", "Ben");
    CHECK(county.records("Maria") == maria);
    CHECK(county.records("Ben") == ben);
}

TEST_CASE("an alert goes along under its own id, seen or unseen", "[core][merge]") {
    IdentityWorld county;
    county.book("v-1", "Ben");
    county.book("v-2", "Ben");
    REQUIRE(county.subject("Ben").alerts.size() == 1);
    const AlertId id = county.subject("Ben").alerts.front().id;
    AlertCommand seen;
    seen.alert = id;
    seen.act = AlertAct::Acknowledge;
    county.world.command(seen, "ana");

    county.merge("Maria", "Ben");
    CHECK(county.subject("Ben").alerts.empty());
    const Alert* moved = core::find(county.subject("Maria").alerts, id);
    REQUIRE(moved != nullptr);
    CHECK(moved->state == AlertState::Acknowledged);
    CHECK(county.world.machine.state().alert_clients.at(id) == World::client_id("Maria"));

    county.unmerge("Maria", "Ben");
    REQUIRE(core::find(county.subject("Ben").alerts, id) != nullptr);
    CHECK(core::find(county.subject("Maria").alerts, id) == nullptr);
}

TEST_CASE("two appointments of one person at one time are found once they are one",
          "[core][merge]") {
    IdentityWorld county;
    county.book("v-1", "Maria");
    county.book("v-2", "Ben");
    CHECK(county.subject("Maria").alerts.empty());
    county.merge("Maria", "Ben");
    REQUIRE(county.subject("Maria").alerts.size() == 1);
    county.unmerge("Maria", "Ben");
    CHECK(county.subject("Maria").alerts.front().cleared_at != kUnknownTime);
}

TEST_CASE("once they are two again a supervisor reviews who was told what", "[core][merge]") {
    IdentityWorld county;
    county.merge("Maria", "Ben");
    const Sequence merged = county.world.machine.state().last;
    county.book("v-1", "Ben");
    county.unmerge("Maria", "Ben");
    REQUIRE(county.breaches("Maria") == 1);
    CHECK(county.subject("Maria").matters.front().first == merged);
    CHECK(county.breaches("Ben") == 0);
}

TEST_CASE("whoever had the care of the merged client is told no further", "[core][merge]") {
    IdentityWorld county;
    county.world.add_staff("sue", StaffRole::CaseManager);
    county.assign("sue", RiskTier::Low, "Ben");
    county.book("v-1", "Ben");
    REQUIRE(county.waiting("sue") == 1);
    CHECK(county.world.machine.state().caseloads.size() == 2);
    county.merge("Maria", "Ben");
    CHECK(county.waiting("sue") == 0);
    CHECK(county.world.machine.state().caseloads.size() == 1);
    county.book("v-2", "Ben");
    CHECK(county.waiting("sue") == 0);
    CHECK(county.text(county.subject("Maria").client.owner) == "ana");

    county.unmerge("Maria", "Ben");
    CHECK(county.text(county.subject("Ben").client.owner) == "sue");
    CHECK(county.world.machine.state().caseloads.size() == 2);
}

TEST_CASE("only what can be so is merged or parted", "[core][merge]") {
    IdentityWorld county;
    county.world.add_client("Cem");
    CHECK(reason(county.merge("Maria", "Nobody")) == RefusalReason::UnknownClient);
    CHECK(reason(county.merge("Maria", "Maria")) == RefusalReason::UnknownClient);
    CHECK(reason(county.unmerge("Maria", "Ben")) == RefusalReason::NotFound);
    county.merge("Maria", "Ben");
    CHECK(reason(county.merge("Ben", "Cem")) == RefusalReason::WrongState);
    CHECK(reason(county.merge("Cem", "Ben")) == RefusalReason::WrongState);
    CHECK(reason(county.link("X-1", "Ben")) == RefusalReason::WrongState);
    CHECK(status(county.merge("Cem", "Maria")) == ReceiptStatus::Accepted);
    CHECK(county.world.machine.state().effective(World::client_id("Ben")) ==
          World::client_id("Cem"));
    LinkCommand command;
    command.act = LinkAct::Unmerge;
    command.client = "Cem";
    command.to = "Ben";
    CHECK(reason(county.world.command(command, "ana")) == RefusalReason::NotAllowed);
    CHECK(status(county.unmerge("Cem", "Ben")) == ReceiptStatus::Accepted);
}

TEST_CASE("the roster of a merged client fills its own columns, and its identifiers go along",
          "[core][merge]") {
    IdentityWorld county;
    county.merge("Maria", "Ben");
    REQUIRE(status(county.roster("B-9", "Ben")) == ReceiptStatus::Accepted);
    CHECK(status(county.roster("Ben", "Ben")) != ReceiptStatus::Refused);
    county.book("v-1", "B-9");
    CHECK(county.subject("Maria").obligations.size() == 1);
    county.unmerge("Maria", "Ben");
    CHECK(county.subject("Ben").obligations.size() == 1);
    CHECK(county.subject("Maria").obligations.empty());
}

TEST_CASE("who is said to be somebody else is told apart, until a person says otherwise",
          "[core][merge]") {
    IdentityWorld county;
    const auto apart = [&] {
        const auto& state = county.world.machine.state();
        return core::is_separated(state, {World::hash("self", "Ben")}, World::client_id("Maria"));
    };
    CHECK_FALSE(apart());
    CHECK(status(county.say(LinkAct::Distinguish, "", "Maria", "Ben")) == ReceiptStatus::Accepted);
    CHECK(status(county.say(LinkAct::Distinguish, "", "Maria", "Ben")) == ReceiptStatus::Duplicate);
    CHECK(apart());
    county.merge("Maria", "Ben");
    CHECK_FALSE(apart());
    county.unmerge("Maria", "Ben");
    CHECK(apart());

    CHECK(status(county.say(LinkAct::Distinguish, "X-1", "Ben")) == ReceiptStatus::Accepted);
    CHECK(reason(county.roster("X-1", "Ben")) == RefusalReason::IdentifierSeparated);
}

TEST_CASE("under a link that nobody confirmed nothing is claimed and nobody is told",
          "[core][merge]") {
    IdentityWorld county;
    core::Machine& machine = county.world.machine;
    Decisions guess;
    guess.now = county.world.now;
    Link link;
    link.subject = {World::hash("subject", "Q-1")};
    link.client = World::client_id("Ben");
    link.method = LinkMethod::Probabilistic;
    link.valid_from = guess.now;
    guess.links = {link};
    machine.replay(Sequence{machine.state().last.value + 1}, guess);
    CHECK(county.book("v-1", "Q-1").routed_to == RoutedTo::Nobody);
    CHECK(county.subject("Ben").obligations.empty());
    REQUIRE(status(county.link("Q-1", "Ben")) == ReceiptStatus::Accepted);
    CHECK(county.book("v-2", "Q-1").routed_to == RoutedTo::Recipients);
}

TEST_CASE("mergers are replayed, and stand in snapshots", "[core][merge]") {
    IdentityWorld county;
    World& world = county.world;
    county.tell_everything("Ben");
    county.unlink("B-7", "Maria");
    county.book("v-9", "B-7");
    county.merge("Maria", "Ben");
    const core::State middle =
        core::restore(world.machine.state().last, core::snapshot(world.machine.state()));
    const std::size_t before = world.entries.size();
    county.book("v-2", "Ben");
    county.unmerge("Maria", "Ben");
    county.link("B-7", "Ben");

    core::Machine resumed(few_rules());
    resumed.start_from(middle);
    for (std::size_t i = before; i < world.entries.size(); ++i) {
        resumed.replay(world.entries[i].sequence, world.entries[i].decisions);
    }
    CHECK(same_state(resumed.state(), world.machine.state()));
    CHECK(resumed.state().caseloads == world.machine.state().caseloads);
}

namespace {

/// Maria's clinic number, as the roster says, is M-1; the clinic tells of M-2.
struct ClinicWords : IdentityWorld {
    ClinicWords() {
        roster("M-1", "Maria", "clinic");
        roster("K-1", "Ben", "clinic");
    }
    Receipt say(EventKind kind, const std::string& survivor, const std::string& prior,
                const std::string& partner = "clinic", const std::string& authority = "county") {
        IdentityClaim told;
        told.survivor = {{"county", "ID", survivor}};
        told.prior = {{authority, "ID", prior}};
        told.level = IdentityLevel::Patient;
        told.trigger = "A40";
        return tell(partner, kind, survivor, told);
    }
};

}  // namespace

TEST_CASE("a partner merges its own identifiers, and takes back what it said", "[core][merge]") {
    ClinicWords county;
    CHECK(county.book("v-1", "M-2").routed_to == RoutedTo::Nobody);
    county.say(EventKind::IdentifiersMerged, "M-1", "M-2");
    CHECK(county.book("v-2", "M-2").routed_to == RoutedTo::Recipients);
    CHECK(county.subject("Maria").obligations.size() == 1);
    const Link* link = county.world.machine.state().links.find({World::hash("subject", "M-2")});
    REQUIRE(link != nullptr);
    CHECK(link->method == LinkMethod::PartnerAsserted);
    CHECK(link->asserted_by == county.world.partner("clinic"));

    county.say(EventKind::IdentifiersUnlinked, "M-1", "M-2");
    CHECK(county.subject("Maria").obligations.empty());
    CHECK(county.breaches("Maria") == 1);
    CHECK(county.book("v-3", "M-1").routed_to == RoutedTo::Recipients);
    CHECK(county.book("v-4", "M-2").routed_to == RoutedTo::Nobody);
    // It may say so again: no person separated them.
    county.say(EventKind::IdentifiersLinked, "M-2", "M-1");
    CHECK(county.subject("Maria").obligations.size() == 3);
}

TEST_CASE("a partner takes back what it said of two of a client's numbers, and nothing else",
          "[core][merge]") {
    ClinicWords county;
    const auto is_marias = [&](const std::string& id) {
        return core::client_of(county.world.machine.state(),
                               SubjectHash{World::hash("subject", id)}) ==
               World::client_id("Maria");
    };
    county.say(EventKind::IdentifiersMerged, "M-9",
               "M-1");  // a new number takes the old one's place
    county.say(EventKind::IdentifiersMerged, "M-9", "M-7");  // by mistake
    county.book("v-9", "M-9");
    county.book("v-7", "M-7");
    REQUIRE(is_marias("M-7"));
    county.say(EventKind::IdentifiersUnlinked, "M-9", "M-7");
    CHECK_FALSE(is_marias("M-7"));
    CHECK(is_marias("M-9"));
    CHECK(county.subject("Maria").obligations.size() == 1);
    CHECK(county.breaches("Maria") == 1);

    // What hangs on a number goes with it, and each leaves its own breach.
    county.say(EventKind::IdentifiersMerged, "M-9", "M-8");
    county.book("v-8", "M-8");
    county.say(EventKind::IdentifiersUnlinked, "M-1", "M-9");
    CHECK_FALSE(is_marias("M-9"));
    CHECK_FALSE(is_marias("M-8"));
    CHECK(is_marias("M-1"));
    CHECK(county.breaches("Maria") == 3);
}

TEST_CASE("a partner speaks of its own identifiers alone", "[core][merge]") {
    ClinicWords county;
    const auto is_marias = [&](const std::string& id) {
        return core::client_of(county.world.machine.state(),
                               SubjectHash{World::hash("subject", id)}) ==
               World::client_id("Maria");
    };
    county.say(EventKind::IdentifiersMerged, "M-1", "Z-1", "clinic", "court");
    CHECK_FALSE(is_marias("Z-1"));
    county.say(EventKind::IdentifiersMerged, "M-1", "Z-1", "hospital");
    CHECK_FALSE(is_marias("Z-1"));
    county.say(EventKind::IdentifiersMerged, "B-7",
               "Z-1");  // Maria's, but not said to be the clinic's
    CHECK_FALSE(is_marias("Z-1"));
    county.say(EventKind::IdentifiersUnlinked, "M-1", "B-7");
    CHECK(is_marias("M-1"));
    CHECK(is_marias("B-7"));
}

TEST_CASE("what would make two clients one a person decides", "[core][merge]") {
    ClinicWords county;
    county.say(EventKind::IdentifiersMerged, "M-1", "K-1");
    const auto& conflicts = county.world.machine.state().office.matters;
    REQUIRE(conflicts.size() == 1);
    CHECK(conflicts.front().kind == MatterKind::IdentityConflict);
    CHECK_FALSE(conflicts.front().withdrawn);
    CHECK(county.world.machine.state().merges.empty());
    county.merge("Maria", "Ben");
    CHECK(conflicts.front().withdrawn);
}

TEST_CASE("what a person separated no partner joins", "[core][merge]") {
    ClinicWords county;
    county.say(EventKind::IdentifiersMerged, "M-1", "M-2");
    county.unlink("M-2", "Maria");
    county.say(EventKind::IdentifiersMerged, "M-1", "M-2");
    CHECK(county.book("v-1", "M-2").routed_to == RoutedTo::Nobody);
}

TEST_CASE("who reads in an emergency is told of by whichever name of the client it reads",
          "[core][merge][roles]") {
    IdentityWorld county;
    county.world.add_staff("sue", StaffRole::Supervisor);
    county.world.add_staff("eve", StaffRole::CaseManager);
    REQUIRE(status(county.merge("Maria", "Ben")) == ReceiptStatus::Accepted);
    const auto read = [&](const std::string& client, bool break_glass) {
        Input input;
        input.principal = county.world.partner("eve");
        input.session = 1;
        input.body = ReadInput{"client", World::client_id(client), break_glass};
        return county.world.step(std::move(input)).entry.decisions;
    };
    const auto matters = [&] {
        return std::ranges::count(county.subject("Maria").matters, MatterKind::BreakGlass,
                                  &Matter::kind);
    };
    CHECK(read("Ben", false).refused == RefusalReason::NotAllowed);
    CHECK(matters() == 0);
    CHECK(read("Ben", true).refused == RefusalReason::None);
    CHECK(matters() == 1);
    CHECK(read("Maria", true).refused == RefusalReason::None);
    CHECK(matters() == 1);  // of one reader and hour it is one
}
