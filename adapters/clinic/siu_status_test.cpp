// What an appointment's status is when a message tells it, tells it badly, or does not tell it.
#include "adapters/clinic/test_site.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

using Fields = std::initializer_list<std::pair<unsigned, std::string_view>>;

const std::string kPid = "PID|1||7001^^^NORTH^MR||DOE^JANE";
const std::string kStart = "^^^202607101000^202607101045";

Reading read_siu(std::string_view trigger, Fields schedule, const std::string& more = "RGS|1",
                 const Site& site = test_site()) {
    const std::string msh = "MSH|^~\\&|SCHED|NORTH|HUB|COUNTY|20260701090000||SIU^" +
                            std::string(trigger) + "|S1|P|2.5.1";
    return read(message_of({msh, segment("SCH", schedule), kPid, more}), site);
}

Submission only_event(const Reading& reading) {
    REQUIRE(reading.parsed.events.size() == 1);
    return reading.parsed.events[0];
}

ObligationStatus status_of(const Reading& reading) {
    return std::get<ObligationClaim>(only_event(reading).payload).status;
}

}  // namespace

TEST_CASE("a change without a status tells none", "[clinic][siu]") {
    for (const char* trigger : {"S14", "S18", "S19", "S20", "S21", "S22"}) {
        INFO(trigger);
        CHECK(status_of(read_siu(trigger, {{2, "F7"}, {11, kStart}})) == ObligationStatus::Unset);
        const Reading unmapped = read_siu(trigger, {{2, "F7"}, {11, kStart}, {25, "QQ"}});
        CHECK(only_event(unmapped).kind == EventKind::AppointmentModified);
        CHECK(status_of(unmapped) == ObligationStatus::Unset);
        CHECK(has_finding(unmapped, "SCH-25"));
    }
    CHECK(status_of(read_siu("S12", {{2, "F7"}, {11, kStart}})) == ObligationStatus::Scheduled);
    CHECK(has_finding(read_siu("S12", {{2, "F7"}, {11, kStart}, {25, "QQ"}}), "SCH-25"));
}

TEST_CASE("a status is known by its words where its code is not", "[clinic][siu]") {
    const std::pair<const char*, ObligationStatus> table[] = {
        {"Comp^Completed", ObligationStatus::Completed},
        {"3^No Show", ObligationStatus::Missed},
        {"^Noshow", ObligationStatus::Missed},
        {"K^Kept^L^Complete^Kept^HL70278", ObligationStatus::Completed}};
    for (const auto& [told, status] : table) {
        INFO(told);
        CHECK(status_of(read_siu("S14", {{2, "F7"}, {11, kStart}, {25, told}})) == status);
    }
}

TEST_CASE("a resource's own status is not the appointment's", "[clinic][siu]") {
    const std::string service = segment("AIS", {{3, "X"}, {10, "Cancelled"}});
    CHECK(status_of(read_siu("S20", {{2, "F7"}, {11, kStart}}, service)) ==
          ObligationStatus::Unset);
    CHECK(status_of(read_siu("S14", {{2, "F7"}, {11, kStart}}, service)) ==
          ObligationStatus::Cancelled);
}

TEST_CASE("a cancel is a no-show by its status as by its reason", "[clinic][siu]") {
    Site site = test_site();
    site.no_show_reasons = {"NIX"};
    site.statuses["NS"] = ObligationStatus::Missed;
    const auto kind_of = [&](Fields schedule, const std::string& more = "RGS|1") {
        return only_event(read_siu("S15", schedule, more, site)).kind;
    };
    CHECK(kind_of({{2, "F7"}, {11, kStart}, {25, "Noshow"}}) == EventKind::AppointmentNoShow);
    CHECK(kind_of({{2, "F7"}, {11, kStart}, {25, "ns"}}) == EventKind::AppointmentNoShow);
    CHECK(kind_of({{2, "F7"}, {11, kStart}}, segment("AIS", {{3, "X"}, {10, "Noshow"}})) ==
          EventKind::AppointmentNoShow);
    CHECK(kind_of({{2, "F7"}, {6, "R12^Patient^L^nix^x"}, {11, kStart}}) ==
          EventKind::AppointmentNoShow);
    CHECK(kind_of({{2, "F7"}, {6, "DNA"}, {11, kStart}, {25, "Cancelled"}}) ==
          EventKind::AppointmentCancelled);
}

TEST_CASE("what does not take place needs no time", "[clinic][siu]") {
    for (const char* trigger : {"S15", "S16", "S17", "S26"}) {
        INFO(trigger);
        const Reading reading = read_siu(trigger, {{2, "F7"}, {6, "X"}});
        const Submission event = only_event(reading);
        const auto& claim = std::get<ObligationClaim>(event.payload);
        CHECK(event.business_key == "northside|CLINIC|F7");
        CHECK(event.occurred_at == utc("2026-07-01T13:00:00Z"));
        CHECK(event.time_flags.empty());
        CHECK(claim.start == kUnknownTime);
        CHECK(claim.end == kUnknownTime);
        CHECK_FALSE(claim.date);
        CHECK(has_finding(reading, "SCH-11.4"));
    }
    CHECK(read_siu("S13", {{2, "F7"}}).problem);
    const Reading undated =
        read(message_of({"MSH|^~\\&|A|B|C|D|||SIU^S15|1|P|2.5.1", "SCH||F7", kPid}));
    REQUIRE(undated.problem);
    CHECK(undated.problem->where == hl7::Location{"MSH", 7});
}

TEST_CASE("a change that tells no time leaves the one that is known", "[clinic][siu]") {
    struct Row {
        const char* status;
        EventKind kind;
    };
    for (const Row& row :
         {Row{"Complete", EventKind::AppointmentCompleted},
          Row{"Started", EventKind::AppointmentArrived}, Row{"", EventKind::AppointmentModified}}) {
        for (const char* trigger : {"S14", "S18", "S19", "S20", "S21", "S22"}) {
            INFO(trigger << row.status);
            const Reading reading = read_siu(trigger, {{2, "F7"}, {25, row.status}});
            const Submission event = only_event(reading);
            CHECK(event.kind == row.kind);
            CHECK(std::get<ObligationClaim>(event.payload).start == kUnknownTime);
            CHECK(has_finding(reading, "SCH-11.4"));
        }
    }
}

TEST_CASE("a message of two appointments is refused whole", "[clinic][siu]") {
    const Reading reading =
        read_siu("S12", {{2, "F7"}, {11, kStart}}, segment("SCH", {{2, "F8"}, {11, kStart}}));
    REQUIRE(reading.problem);
    CHECK(reading.problem->where == hl7::Location{"SCH"});
    CHECK(reading.problem->condition == hl7::Condition::Cardinality);
}

TEST_CASE("a time that cannot be read is named by its own field", "[clinic][siu]") {
    const auto problem_of = [](Fields schedule, const std::string& more) {
        const Reading reading = read_siu("S12", schedule, more);
        REQUIRE(reading.problem);
        CHECK(reading.problem->condition == hl7::Condition::DataType);
        return reading.problem->where;
    };
    CHECK(problem_of({{2, "F7"}}, "TQ1|1||||||2026-12-10T10:00:00") == hl7::Location{"TQ1", 7, 1});
    CHECK(problem_of({{2, "F7"}}, "AIS|1|A|OV|12/10/2026 10:00") == hl7::Location{"AIS", 4, 1});
    CHECK(problem_of({{2, "F7"}, {11, "^^^202612"}}, "RGS|1") == hl7::Location{"SCH", 11, 4});
    const Reading silent = read_siu("S12", {{2, "F7"}});
    REQUIRE(silent.problem);
    CHECK(silent.problem->condition == hl7::Condition::RequiredFieldMissing);
}

TEST_CASE("occurrences are told apart by numbers of any length", "[clinic][siu]") {
    const auto event_of = [](std::string_view occurrence) {
        return only_event(read_siu("S12", {{2, "F7"}, {3, occurrence}, {11, kStart}}));
    };
    const auto key_of = [&](std::string_view occurrence) {
        return event_of(occurrence).business_key;
    };
    CHECK(key_of("20261208") == "northside|CLINIC|F7|20261208");
    CHECK(key_of("20261215") != key_of("20261208"));
    CHECK(key_of("123456789012345678901234567890") ==
          "northside|CLINIC|F7|123456789012345678901234567890");
    CHECK(key_of("-1") == "northside|CLINIC|F7|-1");
    CHECK(key_of("4A") == "northside|CLINIC|F7|4A");
    for (const char* four : {"4", "04", "+4", "4.0"}) {
        CHECK(key_of(four) == "northside|CLINIC|F7|4");
        CHECK(std::get<ObligationClaim>(event_of(four).payload).occurrence == 4);
    }
    CHECK(key_of("0") == "northside|CLINIC|F7");
    const auto claim = std::get<ObligationClaim>(event_of("20261208").payload);
    CHECK(claim.parent_id == "northside|CLINIC|F7");
    CHECK(claim.series);
}

TEST_CASE("the class of an appointment is found in any case", "[clinic][siu]") {
    Site site = test_site();
    site.obligation_classes["IOP"] = ObligationClass::TreatmentSession;
    const Reading reading = read_siu("S12", {{2, "F7"}, {8, "iop"}, {11, kStart}}, "RGS|1", site);
    CHECK(std::get<ObligationClaim>(only_event(reading).payload).obligation_class ==
          ObligationClass::TreatmentSession);
}
