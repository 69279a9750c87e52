// Custody as a jail tells it.
#include "hub/core/keyed.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/world.hpp"

using namespace carehub;
using namespace carehub::test;

namespace {

const UtcTime kMonday = *parse_iso_time("2026-07-06T12:00:00Z");

struct Jail {
    World world{kMonday};

    Jail() { world.add_client("Maria"); }

    void tell(EventKind kind, bool correction = false, UtcTime occurred_at = kUnknownTime) {
        Submission event;
        event.kind = kind;
        event.occurred_at = occurred_at;
        event.business_key = "booking";
        event.correction = correction;
        event.payload = JusticeClaim{};
        REQUIRE(world.submit("jail", "Maria", event).status == ReceiptStatus::Accepted);
        world.now += std::chrono::hours{1};
    }

    [[nodiscard]] const Stay& stay() const {
        const Stay* found =
            core::find(world.subject("Maria").stays, StayId{World::hash("jail", "booking")});
        REQUIRE(found != nullptr);
        return *found;
    }
};

}  // namespace

TEST_CASE("a release that is taken back is custody again", "[core][custody]") {
    Jail jail;
    jail.tell(EventKind::CustodyStarted);
    CHECK(jail.stay().end == kNever);
    jail.tell(EventKind::CustodyEnded);
    CHECK(jail.stay().end == kMonday + std::chrono::hours{1});

    SECTION("by a correction") {
        jail.tell(EventKind::CustodyStarted, true);
        CHECK(jail.stay().end == kNever);
    }
    SECTION("not by the beginning told again") {
        jail.tell(EventKind::CustodyStarted, false, kMonday + std::chrono::minutes{1});
        CHECK(jail.stay().end != kNever);
    }
}
