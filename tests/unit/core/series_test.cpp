// Series of appointments, and appointments that are cancelled and booked again (domain/02).
#include "hub/core/series.hpp"

#include "hub/core/keyed.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/world.hpp"

using namespace carehub;
using namespace carehub::test;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

const UtcTime kMonday = *parse_iso_time("2026-07-06T12:00:00Z");

struct Clinic {
    World world{kMonday};

    Clinic() { world.add_client("Maria"); }

    void tell(EventKind kind, const std::string& key, std::chrono::minutes from_now = {},
              const std::string& series = "", const std::string& place = "OAK",
              const std::string& partner = "clinic") {
        Submission event;
        event.kind = kind;
        event.business_key = key;
        ObligationClaim claim;
        claim.obligation_class = ObligationClass::TreatmentSession;
        claim.start = kMonday + from_now;
        claim.end = claim.start + hours{1};
        claim.location.id = place;
        claim.parent_id = series;
        event.payload = claim;
        REQUIRE(world.submit(partner, "Maria", event).status == ReceiptStatus::Accepted);
    }

    void book(const std::string& key, minutes from_now, const std::string& series = "") {
        tell(EventKind::AppointmentBooked, key, from_now, series);
    }

    [[nodiscard]] const Obligation& obligation(const std::string& key,
                                               const std::string& partner = "clinic") const {
        const Obligation* found =
            core::find(world.subject("Maria").obligations, ObligationId{World::hash(partner, key)});
        REQUIRE(found != nullptr);
        return *found;
    }

    [[nodiscard]] ObligationStatus status(const std::string& key) const {
        return obligation(key).status;
    }
};

}  // namespace

TEST_CASE("a series that is cancelled takes what is left of it along", "[core][series]") {
    Clinic clinic;
    clinic.book("group", hours{24});
    clinic.book("group-1", hours{24}, "group");
    clinic.book("group-2", hours{48}, "group");
    clinic.book("other", hours{48}, "elsewhere");
    clinic.book("alone", hours{72});
    clinic.tell(EventKind::AppointmentCompleted, "group-1", hours{24}, "group");

    clinic.tell(EventKind::AppointmentCancelled, "group");
    CHECK(clinic.status("group") == ObligationStatus::Cancelled);
    CHECK(clinic.status("group-1") == ObligationStatus::Completed);
    CHECK(clinic.status("group-2") == ObligationStatus::Cancelled);
    CHECK(clinic.status("other") == ObligationStatus::Scheduled);
    CHECK(clinic.status("alone") == ObligationStatus::Scheduled);
}

TEST_CASE("a series that was never told of ends its occurrences too", "[core][series]") {
    Clinic clinic;
    clinic.book("group-1", hours{24}, "group");
    clinic.tell(EventKind::AppointmentDeleted, "group");
    CHECK(clinic.status("group-1") == ObligationStatus::EnteredInError);
}

TEST_CASE("another partner's series of the same key is another series", "[core][series]") {
    Clinic clinic;
    clinic.book("group-1", hours{24}, "group");
    clinic.tell(EventKind::AppointmentCancelled, "group", {}, "", "OAK", "hospital");
    CHECK(clinic.status("group-1") == ObligationStatus::Scheduled);
}

TEST_CASE("a discontinued series keeps what is past", "[core][series]") {
    Clinic clinic;
    clinic.book("group-1", hours{1}, "group");
    clinic.book("group-2", hours{48}, "group");
    clinic.world.now += hours{24};
    clinic.tell(EventKind::AppointmentDiscontinued, "group", hours{24});
    CHECK(clinic.status("group-1") == ObligationStatus::Scheduled);
    CHECK(clinic.status("group-2") == ObligationStatus::Discontinued);
}

TEST_CASE("what was told of an occurrence later stands", "[core][series]") {
    const auto obligation = [](std::uint8_t id, UtcTime asserted_at, std::uint64_t session) {
        Obligation one;
        one.id.value.fill(id);
        one.partner = {1};
        one.status = ObligationStatus::Scheduled;
        one.version = {asserted_at, session};
        return one;
    };
    Obligation series = obligation(1, kMonday, 1);
    series.status = ObligationStatus::Cancelled;
    series.last_kind = EventKind::AppointmentCancelled;
    core::Records<Obligation> all;
    for (const auto& [id, later] : {std::pair{2, -hours{1}}, std::pair{3, hours{1}}}) {
        Obligation one = obligation(static_cast<std::uint8_t>(id), kMonday + later, 2);
        one.series = core::series_mark(series.id.value);
        all.edit().push_back(one);
    }
    core::end_occurrences(all, series, kMonday);
    CHECK(all.at(0).status == ObligationStatus::Cancelled);
    CHECK(all.at(1).status == ObligationStatus::Scheduled);
}

TEST_CASE("an occurrence told again belongs to its series still", "[core][series]") {
    Clinic clinic;
    clinic.book("group-1", hours{24}, "group");
    clinic.tell(EventKind::AppointmentModified, "group-1", hours{25});
    clinic.tell(EventKind::AppointmentCancelled, "group");
    CHECK(clinic.status("group-1") == ObligationStatus::Cancelled);
}

TEST_CASE("cancelled and booked again within ten minutes is probably a reschedule",
          "[core][series]") {
    Clinic clinic;
    clinic.book("first", hours{24});
    clinic.world.now += hours{1};

    SECTION("cancelled first") {
        clinic.tell(EventKind::AppointmentCancelled, "first", hours{24});
        clinic.world.now += minutes{9};
        clinic.book("second", hours{48});
        CHECK(clinic.obligation("second").rebooked);
    }
    SECTION("booked first") {
        clinic.book("second", hours{48});
        CHECK_FALSE(clinic.obligation("second").rebooked);
        clinic.world.now += minutes{9};
        clinic.tell(EventKind::AppointmentCancelled, "first", hours{24});
        CHECK(clinic.obligation("second").rebooked);
    }
    SECTION("too late") {
        clinic.tell(EventKind::AppointmentCancelled, "first", hours{24});
        clinic.world.now += minutes{11};
        clinic.book("second", hours{48});
        CHECK_FALSE(clinic.obligation("second").rebooked);
    }
    SECTION("elsewhere") {
        clinic.tell(EventKind::AppointmentCancelled, "first", hours{24});
        clinic.tell(EventKind::AppointmentBooked, "second", hours{48}, "", "ELM");
        CHECK_FALSE(clinic.obligation("second").rebooked);
    }
    SECTION("nothing was cancelled") {
        clinic.book("second", hours{48});
        CHECK_FALSE(clinic.obligation("second").rebooked);
    }
    CHECK_FALSE(clinic.obligation("first").rebooked);
}

TEST_CASE("a change without a status leaves the one that is known", "[core][series]") {
    Clinic clinic;
    clinic.book("kept", hours{24});
    clinic.tell(EventKind::AppointmentCompleted, "kept", hours{24});
    clinic.tell(EventKind::AppointmentModified, "kept", hours{25});
    CHECK(clinic.status("kept") == ObligationStatus::Completed);
    CHECK(clinic.obligation("kept").last_kind == EventKind::AppointmentCompleted);
    CHECK(clinic.obligation("kept").start == kMonday + hours{25});

    clinic.tell(EventKind::AppointmentModified, "new", hours{24});
    CHECK(clinic.status("new") == ObligationStatus::Scheduled);
}

TEST_CASE("a change of a cancelled series does not end it again", "[core][series]") {
    Clinic clinic;
    clinic.book("group", hours{24});
    clinic.tell(EventKind::AppointmentCancelled, "group");
    clinic.book("group-1", hours{24}, "group");
    clinic.tell(EventKind::AppointmentModified, "group", hours{24});
    CHECK(clinic.status("group") == ObligationStatus::Cancelled);
    CHECK(clinic.status("group-1") == ObligationStatus::Scheduled);
}

TEST_CASE("what becomes of an appointment keeps the time that is known", "[core][series]") {
    struct Row {
        EventKind kind;
        ObligationStatus told;
        ObligationStatus status;
    };
    const Row row = GENERATE(
        Row{EventKind::AppointmentCancelled, ObligationStatus::Cancelled,
            ObligationStatus::Cancelled},
        Row{EventKind::AppointmentArrived, ObligationStatus::InProgress,
            ObligationStatus::InProgress},
        Row{EventKind::AppointmentCompleted, ObligationStatus::Completed,
            ObligationStatus::Completed},
        Row{EventKind::AppointmentModified, ObligationStatus::Waitlisted,
            ObligationStatus::Waitlisted},
        Row{EventKind::AppointmentModified, ObligationStatus::Unset, ObligationStatus::Scheduled});
    Clinic clinic;
    const auto tell = [&](const std::string& key) {
        Submission event;
        event.kind = row.kind;
        event.business_key = key;
        ObligationClaim claim;
        claim.status = row.told;
        event.payload = claim;
        REQUIRE(clinic.world.submit("clinic", "Maria", event).status == ReceiptStatus::Accepted);
    };
    clinic.book("known", hours{24});
    tell("known");
    CHECK(clinic.status("known") == row.status);
    CHECK(clinic.obligation("known").start == kMonday + hours{24});
    CHECK(clinic.obligation("known").end == kMonday + hours{25});

    tell("unknown");
    if (row.kind == EventKind::AppointmentModified) {
        CHECK(core::find(clinic.world.subject("Maria").obligations,
                         ObligationId{World::hash("clinic", "unknown")}) == nullptr);
    } else {
        CHECK(clinic.status("unknown") == row.status);
        CHECK(clinic.obligation("unknown").start != kUnknownTime);
        CHECK(clinic.obligation("unknown").time_flags.has(TimeFlag::TimeUncertain));
    }
}
