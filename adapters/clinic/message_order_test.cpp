// Which message of several connections is late (13-decisions, order of messages).
#include "adapters/clinic/message_order.hpp"

#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/test_site.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;
using std::chrono::minutes;

namespace {

const UtcTime kNine = utc("2026-07-09T09:00:00Z");
const UtcTime kNow = utc("2026-07-09T12:00:00Z");

Submission told(EventKind kind, const std::string& key = "f|a|1", const char* patient = "7") {
    Submission event;
    event.kind = kind;
    event.business_key = key;
    event.identifiers = {{"NORTH", "MR", patient}};
    return event;
}

struct Order {
    MessageOrder order;

    /// Whether it is passed on.
    bool passes(const Submission& event, std::uint64_t connection, int minute,
                bool cancels_apply = true) {
        std::vector<Submission> events{event};
        const Origin origin{connection, kNine + minutes{minute}, cancels_apply};
        const std::size_t late = order.take_late(events, origin, kNow);
        CHECK(late + events.size() == 1);
        return late == 0;
    }
};

}  // namespace

TEST_CASE("over one connection the order of arrival counts", "[clinic][order]") {
    Order order;
    CHECK(order.passes(told(EventKind::AppointmentBooked), 1, 10));
    CHECK(order.passes(told(EventKind::AppointmentModified), 1, 0));
    // What came last stands for all that came before.
    CHECK(order.passes(told(EventKind::AppointmentModified), 2, 5));
}

TEST_CASE("what another connection tells is late when it was made before", "[clinic][order]") {
    Order order;
    CHECK(order.passes(told(EventKind::AppointmentCancelled), 1, 10));
    CHECK_FALSE(order.passes(told(EventKind::AppointmentBooked), 2, 0));
    CHECK_FALSE(order.passes(told(EventKind::AppointmentBooked), 0, 0));
    CHECK(order.passes(told(EventKind::AppointmentBooked), 2, 10));
    CHECK(order.passes(told(EventKind::AppointmentBooked), 3, 11));
}

TEST_CASE("requests of their own are of different connections", "[clinic][order]") {
    Order order;
    CHECK(order.passes(told(EventKind::AppointmentCancelled), 0, 10, false));
    CHECK_FALSE(order.passes(told(EventKind::AppointmentBooked), 0, 0, false));
    CHECK_FALSE(order.passes(told(EventKind::AppointmentCancelled), 0, 0, false));
}

TEST_CASE("cancels and corrections apply even when they are late", "[clinic][order]") {
    for (const EventKind kind :
         {EventKind::AppointmentCancelled, EventKind::AppointmentDeleted,
          EventKind::EncounterStartCancelled, EventKind::EncounterEndCancelled}) {
        Order order;
        CHECK(order.passes(told(EventKind::EncounterEnded), 1, 10));
        CHECK(order.passes(told(kind), 2, 0));
        // And make nothing older than it was.
        CHECK_FALSE(order.passes(told(EventKind::EncounterStarted), 3, 5));
    }
}

TEST_CASE("only what is told of the same thing and person is late", "[clinic][order]") {
    Order order;
    CHECK(order.passes(told(EventKind::AppointmentBooked), 1, 10));
    CHECK(order.passes(told(EventKind::AppointmentBooked, "f|a|2"), 2, 0));
    CHECK(order.passes(told(EventKind::AppointmentBooked, "f|a|1", "8"), 2, 0));
    CHECK(order.passes(told(EventKind::PersonUpserted), 1, 10));
    CHECK(order.passes(told(EventKind::PersonUpserted), 2, 0));
    CHECK(order.passes(told(EventKind::ClientDeceased), 1, 10));
    CHECK_FALSE(order.passes(told(EventKind::ClientDeceased), 2, 0));
}

TEST_CASE("a clock that runs ahead makes nothing late", "[clinic][order]") {
    Order order;
    CHECK(order.passes(told(EventKind::EncounterStarted), 1, 60 * 24));
    CHECK(order.passes(told(EventKind::EncounterEnded), 2, 180));
}

TEST_CASE("without a time of the message that of the event counts, without any none",
          "[clinic][order]") {
    MessageOrder order;
    const auto passes = [&](UtcTime recorded) {
        std::vector<Submission> events{told(EventKind::AppointmentBooked)};
        events.front().recorded_at = recorded;
        return order.take_late(events, {}, kNow) == 0;
    };
    CHECK(passes(kNine));
    CHECK_FALSE(passes(kNine - minutes{1}));
    CHECK(passes(kUnknownTime));
    CHECK_FALSE(passes(kNine - minutes{1}));
}

TEST_CASE("the last half of the bound is always remembered", "[clinic][order]") {
    Order order;
    for (const char* key : {"x", "y", "z"}) {
        REQUIRE(order.passes(told(EventKind::AppointmentBooked, key), 1, 10));
    }
    REQUIRE(order.passes(told(EventKind::AppointmentBooked), 1, 10));
    for (std::size_t i = 0; i < kOrderedKeysMax / 2 - 1; ++i) {
        std::vector<Submission> one{told(EventKind::AppointmentBooked, std::to_string(i))};
        static_cast<void>(order.order.take_late(one, {1, kNine, true}, kNow));
    }
    CHECK_FALSE(order.passes(told(EventKind::AppointmentBooked), 2, 0));
}
