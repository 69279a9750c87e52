// Stays as clinics and hospitals tell them (domain/02, 03, 13-decisions).
#include "hub/core/keyed.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/world.hpp"

using namespace carehub;
using namespace carehub::test;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

const UtcTime kMonday = *parse_iso_time("2026-07-06T12:00:00Z");

struct Hospital {
    World world{kMonday};

    Hospital() {
        world.add_client("Maria");
        world.agree("hospital");
        world.agree("clinic");
    }

    static Submission encounter(EventKind kind, const std::string& visit, EncounterClass shown,
                                UtcTime at) {
        Submission event;
        event.kind = kind;
        event.business_key = visit;
        event.occurred_at = at;
        EncounterClaim claim;
        claim.visit_number = visit;
        claim.encounter_class = shown;
        event.payload = claim;
        return event;
    }

    void tell(Submission event, const std::string& partner = "hospital") {
        REQUIRE(world.submit(partner, "Maria", std::move(event)).status == ReceiptStatus::Accepted);
    }

    void tell(EventKind kind, const std::string& visit,
              EncounterClass shown = EncounterClass::Inpatient) {
        tell(encounter(kind, visit, shown, world.now));
    }

    void arrive(const std::string& visit, UtcTime at, const std::string& appointment = "") {
        Submission event =
            encounter(EventKind::EncounterStarted, visit, EncounterClass::Outpatient, at);
        std::get<EncounterClaim>(event.payload).start = at;
        std::get<EncounterClaim>(event.payload).appointment_key = appointment;
        tell(event);
    }

    void appoint(EventKind kind, const std::string& key, UtcTime at) {
        Submission event;
        event.kind = kind;
        event.business_key = key;
        ObligationClaim claim;
        claim.obligation_class = ObligationClass::ClinicVisit;
        claim.start = at;
        claim.end = at + minutes{30};
        event.payload = claim;
        tell(event);
    }

    void book(const std::string& key, UtcTime at) {
        appoint(EventKind::AppointmentBooked, key, at);
    }

    /// kUnknownTime: it was told in error.
    static Submission death(UtcTime at) {
        Submission event;
        event.kind = EventKind::ClientDeceased;
        event.business_key = "Maria";
        event.correction = at == kUnknownTime;
        PersonClaim person;
        person.deceased_at = at;
        event.payload = person;
        return event;
    }

    [[nodiscard]] const Stay* find_stay(const std::string& visit) const {
        return core::find(world.subject("Maria").stays, StayId{World::hash("hospital", visit)});
    }
    [[nodiscard]] const Stay& stay(const std::string& visit) const {
        const Stay* found = find_stay(visit);
        REQUIRE(found != nullptr);
        return *found;
    }
    [[nodiscard]] ObligationStatus status(const std::string& key) const {
        const Obligation* found = core::find(world.subject("Maria").obligations,
                                             ObligationId{World::hash("hospital", key)});
        REQUIRE(found != nullptr);
        return found->status;
    }
    [[nodiscard]] bool is_dead() const {
        return world.subject("Maria").client.deceased_at != kUnknownTime;
    }
};

}  // namespace

TEST_CASE("a planned admission is no stay, and its cancel none either", "[core][stays]") {
    Hospital hospital;
    hospital.tell(EventKind::AdmissionPlanned, "v1");
    CHECK(hospital.find_stay("v1") == nullptr);
    hospital.tell(EventKind::AdmissionPlanCancelled, "v1");
    CHECK(hospital.find_stay("v1") == nullptr);

    hospital.tell(EventKind::EncounterStarted, "v1");
    hospital.tell(EventKind::AdmissionPlanCancelled, "v1");
    CHECK(hospital.stay("v1").end == kNever);
    CHECK_FALSE(hospital.stay("v1").cancelled);
}

TEST_CASE("who was registered ahead arrives at the appointment", "[core][stays]") {
    Hospital hospital;
    hospital.book("a1", kMonday + minutes{10});
    hospital.tell(EventKind::AdmissionPlanned, "v1", EncounterClass::PreAdmit);
    hospital.arrive("v1", kMonday);
    CHECK(hospital.status("a1") == ObligationStatus::InProgress);
}

TEST_CASE("each arrival on a recurring account is one", "[core][stays]") {
    Hospital hospital;
    hospital.book("a1", kMonday);
    hospital.book("a2", kMonday + hours{24});
    hospital.book("a3", kMonday + hours{27});
    hospital.arrive("v1", kMonday);
    hospital.arrive("v1", kMonday + hours{24});
    CHECK(hospital.status("a1") == ObligationStatus::InProgress);
    CHECK(hospital.status("a2") == ObligationStatus::InProgress);
    // The same arrival told again, its time put right.
    hospital.arrive("v1", kMonday + hours{24} + minutes{5});
    CHECK(hospital.status("a3") == ObligationStatus::Scheduled);
}

TEST_CASE("an arrival that was taken back can be told again", "[core][stays]") {
    Hospital hospital;
    hospital.book("a1", kMonday);
    hospital.arrive("v1", kMonday);
    hospital.tell(EventKind::EncounterStartCancelled, "v1", EncounterClass::Outpatient);
    CHECK(hospital.status("a1") == ObligationStatus::Scheduled);
    hospital.arrive("v1", kMonday + minutes{20});
    CHECK(hospital.status("a1") == ObligationStatus::InProgress);
}

TEST_CASE("who comes after a missed appointment was late", "[core][stays]") {
    Hospital hospital;
    hospital.book("a1", kMonday);
    hospital.appoint(EventKind::AppointmentNoShow, "a1", kMonday);
    SECTION("the appointment took place") {
        hospital.arrive("v1", kMonday + minutes{19});
        CHECK(hospital.status("a1") == ObligationStatus::Completed);
    }
    SECTION("told afterwards, an arrival before its time corrects it") {
        hospital.arrive("v1", kMonday - minutes{10});
        CHECK(hospital.status("a1") == ObligationStatus::Completed);
    }
    SECTION("not one that was told missed ahead of its time") {
        hospital.book("a3", kMonday + hours{1});
        hospital.appoint(EventKind::AppointmentNoShow, "a3", kMonday + hours{1});
        hospital.arrive("v1", kMonday + minutes{40});
        CHECK(hospital.status("a1") == ObligationStatus::Completed);
        hospital.arrive("v2", kMonday + minutes{45});
        CHECK(hospital.status("a3") == ObligationStatus::Missed);
    }
    SECTION("what is still booked comes first") {
        hospital.book("a2", kMonday + hours{2});
        hospital.arrive("v1", kMonday + minutes{19});
        CHECK(hospital.status("a1") == ObligationStatus::Missed);
        CHECK(hospital.status("a2") == ObligationStatus::InProgress);
    }
}

TEST_CASE("a visit takes back its own arrival alone", "[core][stays]") {
    Hospital hospital;
    hospital.book("a1", kMonday);
    const auto cancel = [&](const std::string& visit) {
        hospital.tell(EventKind::EncounterStartCancelled, visit, EncounterClass::Outpatient);
    };
    SECTION("not what the source of the appointment told") {
        hospital.appoint(EventKind::AppointmentArrived, "a1", kMonday);
        hospital.arrive("lab", kMonday + hours{1});
        cancel("lab");
        CHECK(hospital.status("a1") == ObligationStatus::InProgress);
    }
    SECTION("nor what it told after the arrival") {
        hospital.arrive("v1", kMonday);
        hospital.appoint(EventKind::AppointmentCompleted, "a1", kMonday);
        cancel("v1");
        CHECK(hospital.status("a1") == ObligationStatus::Completed);
    }
    SECTION("not that of another visit") {
        hospital.book("a2", kMonday + minutes{90});
        hospital.arrive("v1", kMonday - minutes{5});
        hospital.arrive("v2", kMonday + hours{1});
        cancel("v2");
        CHECK(hospital.status("a1") == ObligationStatus::InProgress);
        CHECK(hospital.status("a2") == ObligationStatus::Scheduled);
    }
    SECTION("registered twice, whichever of the two goes") {
        hospital.arrive("v1", kMonday - minutes{5});
        hospital.arrive("v2", kMonday - minutes{4});
        const std::string gone = GENERATE("v1", "v2");
        cancel(gone);
        CHECK(hospital.status("a1") == ObligationStatus::InProgress);
        cancel(gone == "v1" ? "v2" : "v1");
        CHECK(hospital.status("a1") == ObligationStatus::Scheduled);
    }
}

TEST_CASE("an encounter keeps the appointment that it names", "[core][stays]") {
    Hospital hospital;
    hospital.book("a1", kMonday);
    hospital.book("far", kMonday + hours{8});
    SECTION("whenever it was") {
        hospital.arrive("v1", kMonday, "far");
        CHECK(hospital.status("far") == ObligationStatus::InProgress);
        CHECK(hospital.status("a1") == ObligationStatus::Scheduled);
    }
    SECTION("even where a later version names it") {
        hospital.arrive("v1", kMonday + hours{16});
        hospital.arrive("v1", kMonday + hours{16}, "a1");
        CHECK(hospital.status("a1") == ObligationStatus::InProgress);
    }
    SECTION("by time where that name is not known") {
        hospital.arrive("v1", kMonday, "Appointment/1");
        CHECK(hospital.status("a1") == ObligationStatus::InProgress);
    }
    SECTION("what is completed stays so") {
        hospital.appoint(EventKind::AppointmentCompleted, "a1", kMonday);
        hospital.arrive("v1", kMonday, "a1");
        CHECK(hospital.status("a1") == ObligationStatus::Completed);
    }
}

TEST_CASE("a visit of which only the end is told was come to", "[core][stays]") {
    Hospital hospital;
    hospital.book("a1", kMonday);
    Submission ended = Hospital::encounter(EventKind::EncounterEnded, "v1",
                                           EncounterClass::Outpatient, kMonday + minutes{40});
    auto& claim = std::get<EncounterClaim>(ended.payload);
    claim.start = kMonday + minutes{5};
    SECTION("by time") {}
    SECTION("by name") { claim.appointment_key = "a1"; }
    hospital.tell(ended);
    CHECK(hospital.status("a1") == ObligationStatus::Completed);
}

TEST_CASE("a start that is told after the end takes the end back", "[core][stays]") {
    Hospital hospital;
    Submission started =
        Hospital::encounter(EventKind::EncounterStarted, "v1", EncounterClass::Inpatient, kMonday);
    hospital.world.now += hours{30};
    started.recorded_at = kMonday;
    std::get<EncounterClaim>(started.payload).start = kMonday;
    hospital.tell(started);
    Submission ended = Hospital::encounter(EventKind::EncounterEnded, "v1",
                                           EncounterClass::Inpatient, kMonday + hours{20});
    ended.recorded_at = kMonday + hours{21};
    hospital.tell(ended);
    REQUIRE(hospital.stay("v1").end == kMonday + hours{20});
    SECTION("not one that is repeated") {
        hospital.tell(started);
        CHECK(hospital.stay("v1").end == kMonday + hours{20});
    }
    SECTION("not an update") {
        started.recorded_at = kMonday + hours{22};
        started.correction = true;
        hospital.tell(started);
        CHECK(hospital.stay("v1").end == kMonday + hours{20});
    }
    SECTION("a newer one") {
        started.recorded_at = kMonday + hours{22};
        hospital.tell(started);
        CHECK(hospital.stay("v1").end == kNever);
        CHECK(hospital.stay("v1").start == kMonday);
    }
    SECTION("one that begins after it") {
        started.recorded_at = kMonday + hours{21};
        std::get<EncounterClaim>(started.payload).start = kMonday + hours{30};
        hospital.tell(started);
        CHECK(hospital.stay("v1").end == kNever);
        CHECK(hospital.stay("v1").start == kMonday + hours{30});
    }
}

TEST_CASE("a change of class goes on under a new account", "[core][stays]") {
    Hospital hospital;
    hospital.tell(EventKind::EncounterStarted, "acc1");
    hospital.world.now += hours{24};
    hospital.tell(EventKind::EncounterClassChanged, "acc2", EncounterClass::Outpatient);
    CHECK(hospital.stay("acc1").cancelled);
    CHECK(hospital.stay("acc2").start == kMonday);
    CHECK(hospital.stay("acc2").encounter_class == EncounterClass::Outpatient);
    hospital.tell(EventKind::EncounterEnded, "acc2", EncounterClass::Outpatient);
    CHECK(hospital.stay("acc2").end == hospital.world.now);
    // An outpatient visit that nobody closed is none.
    hospital.arrive("old", kMonday);
    hospital.tell(EventKind::EncounterClassChanged, "new");
    CHECK_FALSE(hospital.stay("old").cancelled);
    CHECK(hospital.stay("new").start == hospital.world.now);
    hospital.tell(EventKind::EncounterEnded, "new");
    // Of several that are open none is guessed.
    hospital.tell(EventKind::EncounterStarted, "b1");
    hospital.tell(EventKind::EncounterStarted, "b2");
    hospital.tell(EventKind::EncounterClassChanged, "b3", EncounterClass::Outpatient);
    CHECK_FALSE(hospital.stay("b1").cancelled);
    CHECK_FALSE(hospital.stay("b2").cancelled);
}

TEST_CASE("what is told of a visit without number is of the stay that is open", "[core][stays]") {
    Hospital hospital;
    const auto minimal = [&](EventKind kind, const std::string& day,
                             EncounterClass shown = EncounterClass::Inpatient) {
        hospital.world.advance(hospital.world.now + hours{24});
        Submission event = Hospital::encounter(kind, day, shown, hospital.world.now);
        std::get<EncounterClaim>(event.payload).visit_number.clear();
        hospital.tell(event);
    };
    minimal(EventKind::EncounterStarted, "day 1");
    const auto alone = [&] { return hospital.world.subject("Maria").stays.size() == 1; };
    SECTION("it moves, pauses and ends") {
        minimal(EventKind::EncounterTransferred, "day 2");
        minimal(EventKind::LeaveStarted, "day 3");
        minimal(EventKind::LeaveEnded, "day 4");
        minimal(EventKind::DischargePlanned, "day 5");
        CHECK(hospital.stay("day 1").planned_end != kUnknownTime);
        minimal(EventKind::EncounterEnded, "day 6");
        CHECK(hospital.stay("day 1").end != kNever);
        minimal(EventKind::EncounterEndCancelled, "day 7");
        CHECK(hospital.stay("day 1").end == kNever);
        CHECK(alone());
    }
    SECTION("it is cancelled") {
        minimal(EventKind::EncounterStartCancelled, "day 2");
        CHECK(hospital.stay("day 1").cancelled);
        CHECK(alone());
    }
    SECTION("not as a visit of another class") {
        minimal(EventKind::EncounterStartCancelled, "day 2", EncounterClass::Outpatient);
        CHECK_FALSE(hospital.stay("day 1").cancelled);
    }
    SECTION("a visit to the outpatient department is not it") {
        minimal(EventKind::EncounterStarted, "day 2", EncounterClass::Outpatient);
        minimal(EventKind::EncounterTransferred, "day 3", EncounterClass::Unknown);
        minimal(EventKind::EncounterStartCancelled, "day 4");
        CHECK(hospital.stay("day 1").cancelled);
        CHECK_FALSE(hospital.stay("day 2").cancelled);
        CHECK(hospital.world.subject("Maria").stays.size() == 2);
    }
}

TEST_CASE("a death told in error is taken back", "[core][stays]") {
    Hospital hospital;
    const auto end_as = [&](Disposition disposition, bool correction) {
        Submission event = Hospital::encounter(EventKind::EncounterEnded, "v1",
                                               EncounterClass::Inpatient, hospital.world.now);
        event.correction = correction;
        std::get<EncounterClaim>(event.payload).disposition = disposition;
        hospital.tell(event);
    };
    hospital.tell(EventKind::EncounterStarted, "v1");
    end_as(Disposition::Deceased, false);
    hospital.tell(Hospital::death(hospital.world.now));
    REQUIRE(hospital.is_dead());
    SECTION("with the discharge that told it") {
        hospital.tell(EventKind::EncounterEndCancelled, "v1");
        CHECK_FALSE(hospital.is_dead());
    }
    SECTION("with another disposition") {
        end_as(Disposition::Unset, true);
        CHECK(hospital.is_dead());
        end_as(Disposition::Home, true);
        CHECK_FALSE(hospital.is_dead());
    }
    SECTION("by who told it, and that is told on") {
        hospital.tell(Hospital::death(kUnknownTime));
        CHECK_FALSE(hospital.is_dead());
        const auto& entry = hospital.world.entries.back();
        CHECK_FALSE(entry.decisions.routes.empty());
        // That the client lives is no news then.
        hospital.tell(Hospital::death(kUnknownTime));
        CHECK(hospital.world.entries.back().decisions.routes.empty());
    }
    SECTION("not under another partner's identifier") {
        RosterCommand row;
        row.client = "Maria";
        row.identifier = {"clinic", "MR", "M-2"};
        REQUIRE(hospital.world.command(row).status == ReceiptStatus::Accepted);
        Submission event = Hospital::death(kUnknownTime);
        event.identifiers = {{"clinic", "MR", "M-2"}};
        hospital.tell(event, "clinic");
        CHECK(hospital.is_dead());
    }
}

TEST_CASE("a cancel that applies although it is older makes nothing older", "[core][stays]") {
    Hospital hospital;
    const auto tell = [&](EventKind kind, int minute) {
        SubmissionInput told;
        told.claim.kind = kind;
        told.claim.feed = "north";
        told.claim.source_msg_id = std::to_string(minute);
        told.claim.business_key = "a1";
        told.claim.identifiers = {{"county", "ID", "Maria"}};
        told.claim.zone = "America/New_York";
        told.claim.occurred_at = kMonday + minutes{minute};
        ObligationClaim claim;
        claim.start = kMonday + hours{24};
        told.claim.payload = claim;
        told.subjects = {{World::hash("subject", "Maria")}};
        told.source = {World::hash("source", told.claim.source_msg_id)};
        told.body = World::hash("body", told.claim.source_msg_id);
        told.business_key = World::hash("hospital", "a1");
        Input input;
        input.principal = hospital.world.partner("hospital");
        input.session = 100 + static_cast<std::uint64_t>(minute);
        input.fingerprint = told.body;
        input.body = std::move(told);
        REQUIRE(hospital.world.step(std::move(input)).receipt.status == ReceiptStatus::Accepted);
    };
    hospital.world.now += hours{1};
    tell(EventKind::AppointmentBooked, 20);
    tell(EventKind::AppointmentCancelled, 10);
    CHECK(hospital.status("a1") == ObligationStatus::Cancelled);
    tell(EventKind::AppointmentBooked, 15);
    CHECK(hospital.status("a1") == ObligationStatus::Cancelled);
}
