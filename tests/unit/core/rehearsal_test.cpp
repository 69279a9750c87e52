// A feed in rehearsal disturbs nobody; when it is promoted, what lies ahead is live.
#include "hub/core/rehearsal.hpp"

#include "hub/core/keyed.hpp"
#include "hub/rules/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/world.hpp"

using namespace carehub;
using namespace carehub::test;
using std::chrono::hours;

namespace {

const UtcTime kMonday = *parse_iso_time("2026-07-06T12:00:00Z");

/// Maria has a hearing on Thursday at ten; the clinic "north" is in rehearsal.
struct County {
    World world{kMonday, few_rules()};

    County() {
        world.add_client("Maria");
        tell("court", EventKind::HearingScheduled, "hearing", hours{74});
        add_north(true);
        world.agree("north");
    }

    Receipt add_north(bool rehearsal) {
        PartnerCommand north;
        north.name = "north";
        north.kind = PartnerKind::Clinic;
        north.public_key[0] = 77;
        north.rehearsal = rehearsal;
        return world.command(north);
    }

    Receipt tell(const std::string& partner, EventKind kind, const std::string& key,
                 std::chrono::minutes from_now) {
        Submission event;
        event.kind = kind;
        event.business_key = key;
        ObligationClaim claim;
        claim.obligation_class = partner == "court" ? ObligationClass::CourtAppearance
                                                    : ObligationClass::TreatmentSession;
        claim.start = kMonday + from_now;
        claim.end = claim.start + hours{1};
        event.payload = claim;
        return world.submit(partner, "Maria", event);
    }

    [[nodiscard]] const core::State& state() const { return world.machine.state(); }
    [[nodiscard]] std::vector<Finding> would_hold() const {
        return core::rehearsed_findings(state(), world.subject("Maria"), rules::all_rules(),
                                        world.partner("north"));
    }
    [[nodiscard]] std::size_t open_alerts() const {
        const auto& alerts = world.subject("Maria").alerts;
        return static_cast<std::size_t>(std::ranges::count_if(
            alerts, [](const Alert& alert) { return alert.state == AlertState::Raised; }));
    }
    [[nodiscard]] std::size_t told_to_ana() const {
        std::size_t told = 0;
        for (const Entry& entry : world.entries) {
            told += static_cast<std::size_t>(std::ranges::count_if(
                entry.decisions.deliveries,
                [&](const Delivery& one) { return one.recipient == world.partner("ana"); }));
        }
        return told;
    }
};

}  // namespace

TEST_CASE("what a feed in rehearsal tells raises nothing and goes to nobody", "[core][rehearsal]") {
    County county;
    const std::size_t told = county.told_to_ana();
    const Receipt receipt =
        county.tell("north", EventKind::AppointmentBooked, "session", hours{74});
    CHECK(receipt.status == ReceiptStatus::Accepted);
    CHECK(receipt.routed_to == RoutedTo::Withheld);
    const auto& routes = county.world.entries.back().decisions.routes;
    REQUIRE(routes.size() == 1);
    CHECK(routes.front().withheld == Withheld::Rehearsal);
    CHECK(county.open_alerts() == 0);
    county.world.advance(kMonday + hours{48});
    CHECK(county.open_alerts() == 0);
    CHECK(county.told_to_ana() == told);
    CHECK(county.would_hold().size() == 1);
}

TEST_CASE("the same feed raises at once when it is live", "[core][rehearsal]") {
    County county;
    county.add_north(false);
    county.tell("north", EventKind::AppointmentBooked, "session", hours{74});
    CHECK(county.open_alerts() == 1);
    CHECK(county.would_hold().empty());
}

TEST_CASE("promoting a feed raises what lies ahead", "[core][rehearsal]") {
    County county;
    county.tell("north", EventKind::AppointmentBooked, "session", hours{74});
    county.world.now += hours{24};
    REQUIRE(county.add_north(false).status == ReceiptStatus::Accepted);
    CHECK(county.world.machine.next_wake() <= county.world.now);
    county.world.advance(county.world.now);
    CHECK(county.open_alerts() == 1);
}

TEST_CASE("promoting a feed raises nothing of the past", "[core][rehearsal]") {
    County county;
    county.tell("north", EventKind::AppointmentBooked, "session", hours{1});
    county.world.now += hours{2};
    county.tell("north", EventKind::AppointmentNoShow, "session", hours{1});
    REQUIRE(county.would_hold().size() == 1);
    county.world.advance(kMonday + std::chrono::days{21});
    county.add_north(false);
    county.world.advance(county.world.now + hours{24});
    CHECK(county.open_alerts() == 0);
    for (const Alert& alert : county.world.subject("Maria").alerts) {
        CHECK(alert.state == AlertState::Suppressed);
        CHECK(alert.history);
    }
}

TEST_CASE("a death told in rehearsal ends nothing", "[core][rehearsal]") {
    County county;
    Submission death;
    death.kind = EventKind::ClientDeceased;
    death.payload = PersonClaim{};
    CHECK(county.world.submit("north", "Maria", death).status == ReceiptStatus::Accepted);
    CHECK(county.world.subject("Maria").client.deceased_at == kUnknownTime);
}

TEST_CASE("a feed goes live once, and staff do not rehearse", "[core][rehearsal]") {
    County county;
    county.add_north(false);
    CHECK(county.add_north(true).refusal.reason == RefusalReason::WrongState);
    PartnerCommand staff;
    staff.name = "ben";
    staff.kind = PartnerKind::Staff;
    staff.role = StaffRole::CaseManager;
    staff.public_key[0] = 78;
    staff.rehearsal = true;
    CHECK(county.world.command(staff).refusal.reason == RefusalReason::InvalidField);
}

TEST_CASE("replay knows a rehearsal and its end", "[core][rehearsal]") {
    County county;
    county.tell("north", EventKind::AppointmentBooked, "session", hours{74});
    county.add_north(false);
    core::State replayed;
    for (const Entry& entry : county.world.entries) {
        core::evolve(replayed, entry.sequence, entry.decisions);
    }
    CHECK(same_state(replayed, county.state()));
    CHECK(replayed.rehearsing.empty());
}
