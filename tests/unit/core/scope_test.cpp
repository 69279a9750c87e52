// Who of staff may do something about a client: each act by each supervisor.
#include "hub/core/scope.hpp"

#include "hub/core/addressee.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/identity_world.hpp"

using namespace carehub;
using namespace carehub::test;

namespace {

/// Ana works in team east for sue: Maria and Ben, with the number B-7. Eve works in team west, as max
/// does: Eli. Nobody supervises kim, who has Ann; Joe is nobody's.
struct TwoTeams : IdentityWorld {
    TwoTeams() {
        world.add_staff("sue", StaffRole::Supervisor);
        world.add_staff("max", StaffRole::Supervisor, "west");
        world.add_staff("ana", StaffRole::CaseManager, "east", "sue");
        world.add_staff("eve", StaffRole::CaseManager, "west");
        world.add_staff("kim", StaffRole::CaseManager);
        world.add_staff("ivy", StaffRole::Integration);
        world.add_client("Eli", "eve");
        world.add_client("Ann", "kim");
        world.add_client("Joe", "");
    }
};

bool is_out_of_scope(const Receipt& receipt) {
    return receipt.refusal.reason == RefusalReason::NotYourClient;
}

/// What staff record of a client.
const std::vector<std::pair<EventKind, Payload>>& words_of_staff() {
    static const auto kWords = [] {
        CaseworkClaim casework;
        casework.owner = "ana";
        casework.tier = RiskTier::High;
        casework.two_way = true;
        ConsentClaim consent;
        consent.consent = "c-1";
        consent.kind = ConsentKind::HipaaAuthorization;
        consent.discloser = "clinic";
        consent.recipients = {"owner"};
        consent.purpose = PurposeOfUse::CareCoordination;
        consent.signed_on = *make_date(2026, 1, 1);
        return std::vector<std::pair<EventKind, Payload>>{
            {EventKind::ConsentGranted, consent},    {EventKind::ConsentRevoked, consent},
            {EventKind::CaseAssigned, casework},     {EventKind::ContactMade, casework},
            {EventKind::RiskTierAssigned, casework}, {EventKind::ClientInformed, casework}};
    }();
    return kWords;
}

}  // namespace

TEST_CASE("a supervisor holds, releases, purges and erases its own clients alone",
          "[core][scope]") {
    TwoTeams office;
    for (const RetentionAct act :
         {RetentionAct::Hold, RetentionAct::Release, RetentionAct::Purge, RetentionAct::Erase}) {
        INFO(static_cast<int>(act));
        CHECK(is_out_of_scope(office.keep(act, "Maria", "max")));
        CHECK(is_out_of_scope(office.keep(act, "Eli", "sue")));
        CHECK_FALSE(is_out_of_scope(office.keep(act, "Maria", "sue")));
        CHECK_FALSE(is_out_of_scope(office.keep(act, "Eli", "max")));
    }
    CHECK(office.subject("Maria").client.erased.value != 0);
    CHECK(office.subject("Eli").client.erased.value != 0);
}

TEST_CASE("nobody's client is every supervisor's, a case manager's without one too",
          "[core][scope]") {
    TwoTeams office;
    for (const std::string client : {"Joe", "Ann"}) {
        for (const std::string supervisor : {"sue", "max"}) {
            CHECK_FALSE(is_out_of_scope(office.keep(RetentionAct::Hold, client, supervisor)));
        }
    }
}

TEST_CASE("the refusal says who may", "[core][scope]") {
    TwoTeams office;
    const Receipt refused = office.keep(RetentionAct::Erase, "Maria", "max");
    CHECK(refused.refusal.field == "client");
    CHECK(refused.refusal.fix.find("a supervisor of its team") != std::string::npos);
}

TEST_CASE("whose an identifier is a supervisor says of its own clients alone", "[core][scope]") {
    for (const LinkAct act : {LinkAct::Link, LinkAct::Unlink, LinkAct::Distinguish}) {
        INFO(static_cast<int>(act));
        TwoTeams office;
        const std::string number = act == LinkAct::Unlink ? "B-7" : "N-1";
        CHECK(is_out_of_scope(office.say(act, number, "Maria", "", "max")));
        CHECK(office.say(act, number, "Maria", "", "sue").status == ReceiptStatus::Accepted);
    }
}

TEST_CASE("what joins two clients asks for both", "[core][scope]") {
    for (const LinkAct act : {LinkAct::Merge, LinkAct::Split}) {
        INFO(static_cast<int>(act));
        const std::string number = act == LinkAct::Split ? "B-7" : "";
        TwoTeams office;
        const Receipt by_one = office.say(act, number, "Maria", "Eli", "sue");
        CHECK(is_out_of_scope(by_one));
        CHECK(by_one.refusal.field == "to");
        CHECK(office.say(act, number, "Maria", "Eli", "max").refusal.field == "client");
        CHECK(office.say(act, number, "Maria", "Ben", "sue").status == ReceiptStatus::Accepted);
        TwoTeams other;
        CHECK(other.say(act, number, "Maria", "Eli", "ivy").status == ReceiptStatus::Accepted);
    }
}

TEST_CASE("what parts two clients asks for either", "[core][scope]") {
    for (const std::string supervisor : {"sue", "max"}) {
        TwoTeams office;
        REQUIRE(office.merge("Maria", "Eli").status == ReceiptStatus::Accepted);
        CHECK(office.say(LinkAct::Unmerge, "", "Maria", "Eli", supervisor).status ==
              ReceiptStatus::Accepted);
        TwoTeams other;
        CHECK(other.say(LinkAct::Distinguish, "", "Maria", "Eli", supervisor).status ==
              ReceiptStatus::Accepted);
    }
    TwoTeams office;
    REQUIRE(office.merge("Maria", "Ben").status == ReceiptStatus::Accepted);
    CHECK(is_out_of_scope(office.say(LinkAct::Unmerge, "", "Maria", "Ben", "max")));
    CHECK(is_out_of_scope(office.say(LinkAct::Distinguish, "", "Maria", "Ben", "max")));
}

TEST_CASE("staff record what they do of their own clients alone", "[core][scope]") {
    TwoTeams office;
    for (const auto& [kind, payload] : words_of_staff()) {
        INFO(name_of(kind));
        CHECK(is_out_of_scope(office.tell("max", kind, "Maria", payload)));
        CHECK(is_out_of_scope(office.tell("eve", kind, "Maria", payload)));
        for (const std::string who : {"ana", "sue", "ivy"}) {
            CHECK(office.tell(who, kind, "Maria", payload).status == ReceiptStatus::Accepted);
        }
    }
}

TEST_CASE("an alert is for the client's people, and for whomever it went to", "[core][scope]") {
    TwoTeams office;
    office.book("v-1", "B-7");
    ObligationClaim hearing;
    hearing.obligation_class = ObligationClass::CourtAppearance;
    hearing.start = *parse_iso_time("2026-07-09T14:30:00Z");
    hearing.end = hearing.start + std::chrono::hours{1};
    hearing.mandatory = true;
    office.tell("court", EventKind::HearingScheduled, "B-7", hearing, "h-1");
    AlertCommand seen;
    seen.alert = office.subject("Maria").alerts.at(0).id;
    seen.act = AlertAct::Acknowledge;
    CHECK(is_out_of_scope(office.world.command(seen, "max")));
    CHECK(is_out_of_scope(office.world.command(seen, "eve")));
    CHECK(office.world.command(seen, "sue").status == ReceiptStatus::Accepted);
}

TEST_CASE("whom an open alert was escalated to records what it did, and decides nothing",
          "[core][scope]") {
    TwoTeams office;
    OnCallCommand turn;
    turn.from = office.world.now - std::chrono::hours{1};
    turn.until = office.world.now + std::chrono::hours{1};
    turn.staff = "max";
    REQUIRE(office.world.command(turn).status == ReceiptStatus::Accepted);
    core::Case maria = office.subject("Maria");
    Alert escalated;
    escalated.state = AlertState::Raised;
    const auto asks = [&](const auto& predicate) {
        return predicate(office.world.machine.state(), office.world.partner("max"), maria,
                         office.world.now);
    };
    const auto touch = [](const auto&... told) { return core::may_touch(told...); };
    const auto decide = [](const auto&... told) { return core::may_decide(told...); };
    CHECK_FALSE(asks(touch));
    escalated.escalation = static_cast<std::uint8_t>(core::Escalation::OnCall);
    maria.alerts.edit().push_back(escalated);
    CHECK(asks(touch));
    CHECK_FALSE(asks(decide));
}

TEST_CASE("what a supervisor of others reads is recorded as refused", "[core][scope]") {
    TwoTeams office;
    const auto refused = [&](const std::string& who) {
        Input read;
        read.principal = office.world.partner(who);
        read.session = 1;
        read.body = ReadInput{"client", World::client_id("Maria")};
        return office.world.step(std::move(read)).entry.decisions.refused;
    };
    CHECK(refused("max") == RefusalReason::NotAllowed);
    CHECK(refused("eve") == RefusalReason::NotAllowed);
    CHECK(refused("sue") == RefusalReason::None);
    CHECK(refused("ana") == RefusalReason::None);
}

TEST_CASE("a reading that the door refuses is recorded as refused, and breaks no glass",
          "[core][scope]") {
    TwoTeams office;
    Input read;
    read.principal = office.world.partner("eve");
    read.session = 1;
    read.body = ReadInput{"client",
                          World::client_id("Maria"),
                          true,
                          {RefusalReason::ClientErased, "client", "it was erased"}};
    const core::Outcome outcome = office.world.step(std::move(read));
    CHECK(outcome.entry.decisions.refused == RefusalReason::ClientErased);
    CHECK(outcome.receipt.refusal.fix == "it was erased");
    CHECK(office.subject("Maria").matters.empty());
}
