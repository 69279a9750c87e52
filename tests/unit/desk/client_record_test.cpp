// What a client's record becomes in a calendar.
#include "adapters/desk/client_record.hpp"

#include "tests/unit/desk/desk_site.hpp"

namespace carehub::adapters::desk {
namespace {

ClientRecord read(const std::string& obligation, const std::string& duties = "",
                  bool places = false) {
    const EntryStyle style{places, [](const std::string& client) { return client; }};
    const auto record = read_client_record(R"({"client":"C-1","owner":"ana","obligations":[)" +
                                               obligation + R"(],"follow_ups":[)" + duties + "]}",
                                           style);
    REQUIRE(record);
    return *record;
}

std::string obligation(const std::string& kind, const std::string& status,
                       const std::string& flags = "") {
    return R"({"key":"k-1","class":")" + kind + R"(","status":")" + status +
           R"(","start":"2026-07-09T10:00:00-04:00","end":"2026-07-09T10:30:00-04:00",)"
           R"("zone":"America/New_York","place":"Elm Avenue","partner":"north","flags":[)" +
           flags + "]}";
}

TEST_CASE("A commitment is an entry with its times and whose it is", "[desk]") {
    const ClientRecord record = read(obligation("CourtAppearance", "Scheduled"));
    CHECK((record.client == "C-1" && record.owner == "ana"));
    REQUIRE(record.entries.size() == 1);
    const EntryContent& content = record.entries.front().content;
    CHECK(content.summary == "Court appearance (C-1)");
    CHECK(content.period.start == utc("2026-07-09T14:00:00Z"));
    CHECK(content.period.end == utc("2026-07-09T14:30:00Z"));
    CHECK(content.status == EntryStatus::Confirmed);
    CHECK((content.location.empty() && content.description.empty()));
}

TEST_CASE("A calendar does not tell one kind of care from another", "[desk]") {
    const auto* const kind =
        GENERATE("ClinicVisit", "TreatmentSession", "MedicationDosing", "DrugTest", "Group", "New");
    CHECK(read(obligation(kind, "Scheduled")).entries.front().content.summary ==
          "Appointment (C-1)");
}

TEST_CASE("What will not be is no entry, what may be is tentative", "[desk]") {
    CHECK(read(obligation("ClinicVisit", "Cancelled")).entries.empty());
    CHECK(read(obligation("ClinicVisit", "EnteredInError")).entries.empty());
    CHECK(read(obligation("ClinicVisit", "Proposed")).entries.front().content.status ==
          EntryStatus::Tentative);
    const EntryContent day =
        read(obligation("CourtAppearance", "Scheduled", R"("DateOnly")")).entries.front().content;
    REQUIRE(day.period.date);
    CHECK(to_iso(*day.period.date) == "2026-07-09");
}

TEST_CASE("A place is shown where the configuration asks for it", "[desk]") {
    CHECK(read(obligation("ClinicVisit", "Scheduled"), "", true).entries.front().content.location ==
          "Elm Avenue");
}

TEST_CASE("A follow-up that is due says when, and not for what", "[desk]") {
    const std::string duty =
        R"({"program":"EdSubstanceUse","open":"2026-07-01T00:00:00Z","due":"2026-07-08T21:00:00Z",)";
    const ClientRecord record = read("", duty + R"("state":"Open"})");
    REQUIRE(record.entries.size() == 1);
    const EntryContent& content = record.entries.front().content;
    CHECK(content.summary == "Follow-up due (C-1)");
    CHECK(content.period.end == utc("2026-07-08T21:00:00Z"));
    CHECK_FALSE(content.takes_time);
    CHECK(read("", duty + R"("state":"Met"})").entries.empty());
}

TEST_CASE("The roster names clients", "[desk]") {
    const auto line =
        read_roster_line(R"({"client":"C-1","owner":"ana","family_name":"Doe","given_name":"Jo"})");
    REQUIRE(line);
    CHECK((line->client == "C-1" && line->owner == "ana" && line->name == "Jo Doe"));
    CHECK(read_roster_line(R"({"client":"C-1","owner":"ana"})")->name.empty());
    CHECK_FALSE(read_roster_line("[]"));
}

}  // namespace
}  // namespace carehub::adapters::desk
