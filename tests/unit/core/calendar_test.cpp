// The golden table of follow-up deadlines, calendar us_federal.
#include "hub/core/case_view.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/world.hpp"

using namespace carehub;
using namespace carehub::test;

namespace {

struct Golden {
    const char* discharge;
    const char* contact_due;
    const char* visit7;
    const char* visit14;
};

constexpr Golden kGolden[] = {{"2026-07-02", "2026-07-07", "2026-07-09", "2026-07-16"},
                              {"2026-07-10", "2026-07-14", "2026-07-17", "2026-07-24"},
                              {"2026-11-25", "2026-11-30", "2026-12-02", "2026-12-09"},
                              {"2026-12-24", "2026-12-29", "2026-12-31", "2027-01-07"},
                              {"2027-12-30", "2028-01-04", "2028-01-06", "2028-01-13"}};

constexpr const char* kHolidays[] = {"2026-07-03", "2026-11-26", "2026-12-25", "2027-12-31",
                                     "2028-01-01"};

/// A discharge on that date from a unit of that program; returns the duty.
Duty discharge(const char* date, Program program, DutyProgram wanted) {
    const UtcTime noon = *parse_iso_time(std::string(date) + "T17:00:00Z");
    World world(noon - std::chrono::hours{48});
    for (const char* holiday : kHolidays) {
        CalendarCommand day;
        day.calendar = "office";
        day.date = *parse_iso_date(holiday);
        world.command(day);
    }
    PlaceCommand place;
    place.partner = "hospital";
    place.code = "ward";
    place.program = program;
    world.command(place);
    world.add_client("Maria");
    Submission claim;
    claim.kind = EventKind::EncounterStarted;
    claim.business_key = "stay";
    EncounterClaim stay;
    stay.encounter_class = EncounterClass::Inpatient;
    stay.start = world.now;
    stay.location.id = "ward";
    claim.payload = stay;
    world.submit("hospital", "Maria", claim);
    world.advance(noon);
    claim.kind = EventKind::EncounterEnded;
    stay.end = noon;
    stay.disposition = Disposition::Home;
    claim.payload = stay;
    claim.occurred_at = noon;
    world.submit("hospital", "Maria", claim);
    for (const Duty& duty : world.subject("Maria").duties) {
        if (duty.program == wanted) {
            return duty;
        }
    }
    return {};
}

}  // namespace

TEST_CASE("discharge deadlines are those of the golden table", "[core][follow_ups]") {
    for (const Golden& golden : kGolden) {
        INFO(golden.discharge);
        CHECK(to_iso(discharge(golden.discharge, Program::General,
                               DutyProgram::GeneralDischargeContact)
                         .due) == golden.contact_due);
        CHECK(
            to_iso(discharge(golden.discharge, Program::Psychiatric, DutyProgram::PsychiatricVisit7)
                       .due) == golden.visit7);
        CHECK(
            to_iso(discharge(golden.discharge, Program::General, DutyProgram::GeneralDischargeVisit)
                       .due) == golden.visit14);
    }
}

TEST_CASE("a duty ends where the next local day begins", "[core][follow_ups]") {
    const Duty duty =
        discharge("2026-07-10", Program::General, DutyProgram::GeneralDischargeContact);
    CHECK(to_iso(duty.due_at) == "2026-07-15T04:00:00Z");
    CHECK(to_iso(duty.at_risk_at) == "2026-07-14T04:00:00Z");
}
