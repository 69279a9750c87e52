// A shelf is limited in time, whatever becomes of what is on it.
#include "tests/support/catch.hpp"
#include "tests/support/world.hpp"

using namespace carehub;
using namespace carehub::test;

TEST_CASE("a latched alert comes back from its shelf although its hearing has a new date",
          "[core]") {
    World world(*parse_iso_time("2026-07-06T14:30:00Z"));
    world.add_client("Maria");
    Submission claim;
    claim.business_key = "h-1";
    claim.kind = EventKind::FailureToAppear;
    ObligationClaim hearing;
    hearing.obligation_class = ObligationClass::CourtAppearance;
    hearing.start = world.now - std::chrono::hours{1};
    hearing.end = world.now;
    claim.payload = hearing;
    world.submit("court", "Maria", claim);
    REQUIRE(world.subject("Maria").alerts.size() == 1);

    AlertCommand shelve;
    shelve.alert = world.subject("Maria").alerts.at(0).id;
    shelve.act = AlertAct::Shelve;
    shelve.until = world.now + std::chrono::hours{2};
    shelve.reason = "asked the clerk";
    world.command(shelve, "ana");
    REQUIRE(world.subject("Maria").alerts.at(0).state == AlertState::Shelved);

    claim.kind = EventKind::HearingContinued;
    hearing.start = world.now + std::chrono::days{70};
    hearing.end = hearing.start + std::chrono::hours{1};
    claim.payload = hearing;
    world.submit("court", "Maria", claim);
    CHECK(world.subject("Maria").alerts.at(0).state == AlertState::Shelved);
    world.advance(shelve.until);
    CHECK(world.subject("Maria").alerts.at(0).state == AlertState::Raised);
}
