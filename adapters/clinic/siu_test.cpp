#include "adapters/clinic/test_site.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

using Fields = std::initializer_list<std::pair<unsigned, std::string_view>>;

const std::string kPid = "PID|1||7001^^^NORTH^MR||DOE^JANE||19800115|F";
const std::string kStart = "^^^202607101000^202607101045";

std::string msh(std::string_view trigger) {
    return "MSH|^~\\&|SCHED|NORTH|HUB|COUNTY|20260701090000||SIU^" + std::string(trigger) +
           "|S1|P|2.5.1";
}

std::string sch(Fields fields) { return segment("SCH", fields); }

Reading read_siu(std::string_view trigger, const std::string& schedule,
                 const std::string& more = "RGS|1") {
    return read(message_of({msh(trigger), schedule, kPid, "PV1|1|O|CARDIO^410", more}));
}

const ObligationClaim& obligation(const Submission& event) {
    return std::get<ObligationClaim>(event.payload);
}

Submission only_event(const Reading& reading) {
    REQUIRE(reading.parsed.events.size() == 1);
    return reading.parsed.events[0];
}

}  // namespace

TEST_CASE("S12 books an appointment with everything the calendar needs", "[clinic][siu]") {
    const Submission event = only_event(read(message_of(
        {msh("S12"),
         sch({{1, "P5^PLACER"},
              {2, "F7^FILLER"},
              {6, "Booked"},
              {8, "FOLLOWUP"},
              {11, kStart},
              {25, "Booked"}}),
         kPid, "PV1|1|O", "RGS|1|A", "AIL|1|A|CLINIC3^R1", "AIP|1|A|D9^HOUSE^GREGORY|ATND"})));
    CHECK(event.kind == EventKind::AppointmentBooked);
    CHECK(event.business_key == "northside|FILLER|F7");
    CHECK(event.occurred_at == utc("2026-07-01T13:00:00Z"));
    CHECK(event.identifiers == std::vector<Identifier>{{"NORTH", "MR", "7001"}});
    CHECK_FALSE(event.correction);
    const ObligationClaim& claim = obligation(event);
    CHECK(claim.obligation_class == ObligationClass::ClinicVisit);
    CHECK(claim.status == ObligationStatus::Scheduled);
    CHECK(claim.start == utc("2026-07-10T14:00:00Z"));
    CHECK(claim.end == utc("2026-07-10T14:45:00Z"));
    CHECK(claim.location.id == "CLINIC3");
    CHECK(claim.provider == Party{"D9", "", "ATND"});
    CHECK(claim.owner_org == "NORTH");
    CHECK(claim.placer_id == "P5");
    CHECK(claim.filler_id == "F7");
    CHECK(claim.reason_code.empty());
}

TEST_CASE("each scheduling trigger has its kind and status", "[clinic][siu]") {
    struct Row {
        const char* trigger;
        EventKind kind;
        ObligationStatus status;
        bool correction;
    };
    const Row table[] = {
        {"S12", EventKind::AppointmentBooked, ObligationStatus::Scheduled, false},
        {"S13", EventKind::AppointmentRescheduled, ObligationStatus::Scheduled, false},
        {"S14", EventKind::AppointmentModified, ObligationStatus::Unset, false},
        {"S15", EventKind::AppointmentCancelled, ObligationStatus::Cancelled, false},
        {"S16", EventKind::AppointmentDiscontinued, ObligationStatus::Discontinued, false},
        {"S17", EventKind::AppointmentDeleted, ObligationStatus::EnteredInError, true},
        {"S26", EventKind::AppointmentNoShow, ObligationStatus::Missed, false}};
    for (const Row& row : table) {
        INFO(row.trigger);
        const Submission event = only_event(read_siu(row.trigger, sch({{2, "F7"}, {11, kStart}})));
        CHECK(event.kind == row.kind);
        CHECK(obligation(event).status == row.status);
        CHECK(event.correction == row.correction);
        CHECK(event.business_key == "northside|CLINIC|F7");
    }
}

TEST_CASE("a status that says more than the trigger wins, whatever its case", "[clinic][siu]") {
    const std::pair<const char*, EventKind> table[] = {
        {"NOSHOW", EventKind::AppointmentNoShow},
        {"complete", EventKind::AppointmentCompleted},
        {"Started", EventKind::AppointmentArrived},
        {"Cancelled", EventKind::AppointmentCancelled},
        {"DC", EventKind::AppointmentDiscontinued},
        {"Deleted", EventKind::AppointmentDeleted},
        {"Overbook", EventKind::AppointmentModified},
        {"Pending", EventKind::AppointmentModified}};
    for (const auto& [status, kind] : table) {
        INFO(status);
        CHECK(only_event(read_siu("S14", sch({{2, "F7"}, {11, kStart}, {25, status}}))).kind ==
              kind);
    }
    CHECK(only_event(read_siu("S17", sch({{2, "F7"}, {11, kStart}, {25, "Booked"}}))).kind ==
          EventKind::AppointmentDeleted);
}

TEST_CASE("AIS-10 speaks when SCH-25 is silent", "[clinic][siu]") {
    const Submission event = only_event(read_siu("S14", sch({{2, "F7"}, {11, kStart}}),
                                                 segment("AIS", {{3, "X"}, {10, "Noshow"}})));
    CHECK(event.kind == EventKind::AppointmentNoShow);
}

TEST_CASE("a no-show reported as a cancel is a no-show", "[clinic][siu]") {
    for (const char* reason : {"NOSHOW", "no show", "DNA", "X^Did not attend", "FTKA"}) {
        INFO(reason);
        const Submission event =
            only_event(read_siu("S15", sch({{2, "F7"}, {6, reason}, {11, kStart}})));
        CHECK(event.kind == EventKind::AppointmentNoShow);
        CHECK(obligation(event).status == ObligationStatus::Missed);
    }
    CHECK(only_event(read_siu("S15", sch({{2, "F7"}, {11, kStart}, {25, "Noshow"}}))).kind ==
          EventKind::AppointmentNoShow);
    CHECK(only_event(read_siu("S15", sch({{2, "F7"}, {6, "WEATHER"}, {11, kStart}}))).kind ==
          EventKind::AppointmentCancelled);
}

TEST_CASE("TQ1 wins over SCH-11, and SCH-11 over the resources", "[clinic][siu]") {
    const std::string schedule = sch({{2, "F7"}, {11, kStart}});
    const Reading tq1 =
        read(message_of({msh("S12"), schedule, "TQ1|||||||202607111000|202607111030", kPid}));
    CHECK(obligation(only_event(tq1)).start == utc("2026-07-11T14:00:00Z"));
    CHECK(obligation(only_event(tq1)).end == utc("2026-07-11T14:30:00Z"));
    CHECK(has_finding(tq1, "SCH-11.4"));
    const Reading resource =
        read_siu("S12", schedule, segment("AIS", {{3, "X"}, {4, "202607101200"}}));
    CHECK(obligation(only_event(resource)).start == utc("2026-07-10T14:00:00Z"));
    CHECK(has_finding(resource, "AIS-4"));
}

TEST_CASE("an end of SCH-11 does not finish a start of TQ1", "[clinic][siu]") {
    const Reading reading =
        read(message_of({msh("S12"), sch({{2, "F7"}, {9, "20"}, {10, "MIN"}, {11, kStart}}),
                         "TQ1|||||||202607100900", kPid}));
    CHECK(obligation(only_event(reading)).end == utc("2026-07-10T13:20:00Z"));
}

TEST_CASE("the earliest resource less its offset is the start of last resort", "[clinic][siu]") {
    const Reading reading = read(message_of(
        {msh("S12"), sch({{2, "F7"}}), kPid,
         segment("AIS",
                 {{3, "X"}, {4, "202607101015"}, {5, "15"}, {6, "min"}, {7, "40"}, {8, "min"}}),
         segment("AIP", {{3, "D9"}, {6, "202607100945"}, {7, "-15"}, {8, "min"}})}));
    CHECK(obligation(only_event(reading)).start == utc("2026-07-10T14:00:00Z"));
    CHECK(obligation(only_event(reading)).end == utc("2026-07-10T14:55:00Z"));
}

TEST_CASE("durations are read in every way they are written", "[clinic][siu]") {
    const auto minutes = [](Fields fields) {
        const ObligationClaim claim = obligation(only_event(read_siu("S12", sch(fields))));
        return std::chrono::duration_cast<std::chrono::minutes>(claim.end - claim.start).count();
    };
    CHECK(minutes({{2, "F7"}, {9, "60"}, {10, "m"}, {11, "^^^202607101000"}}) == 60);
    CHECK(minutes({{2, "F7"}, {9, "1"}, {10, "HR"}, {11, "^^^202607101000"}}) == 60);
    CHECK(minutes({{2, "F7"}, {9, "30^MIN"}, {11, "^^^202607101000"}}) == 30);
    CHECK(minutes({{2, "F7"}, {11, "^^M20^202607101000"}}) == 20);
    CHECK(minutes({{2, "F7"}, {9, "2700"}, {11, "^^^202607101000"}}) == 45);
    CHECK(minutes({{2, "F7"}, {9, "45"}, {11, "^^^202607101000"}}) == 45);
    CHECK(minutes({{2, "F7"}, {11, "^^2 hours^202607101000"}}) == 30);
}

TEST_CASE("an assumed duration is flagged, a told one is not", "[clinic][siu]") {
    const auto flags = [](Fields fields) {
        return only_event(read_siu("S12", sch(fields))).time_flags;
    };
    CHECK(flags({{2, "F7"}, {11, "^^^202607101000"}}).has(TimeFlag::AssumedDuration));
    CHECK(flags({{2, "F7"}, {9, "45"}, {11, "^^^202607101000"}}).has(TimeFlag::AssumedDuration));
    CHECK(flags({{2, "F7"}, {9, "45"}, {10, "MIN"}, {11, "^^^202607101000"}}).empty());
    CHECK(flags({{2, "F7"}, {11, "^^^202607101000^202607100900"}}).has(TimeFlag::AssumedDuration));
}

TEST_CASE("a day without a time stays a day", "[clinic][siu]") {
    const Submission event = only_event(read_siu("S12", sch({{2, "F7"}, {11, "^^^20260710"}})));
    CHECK(obligation(event).date == parse_iso_date("2026-07-10"));
    CHECK(obligation(event).end == kUnknownTime);
    CHECK(event.time_flags.has(TimeFlag::DateOnly));
}

TEST_CASE("a group session is one event for each patient", "[clinic][siu]") {
    const Reading reading =
        read(message_of({msh("S12"), sch({{2, "F7"}, {11, kStart}}), kPid, "PV1|1|O|GROUPROOM",
                         "PID|2||7002^^^NORTH^MR", "PID|3||||NOBODY", "RGS|1"}));
    REQUIRE(reading.parsed.events.size() == 2);
    CHECK(reading.parsed.events[0].identifiers[0].value == "7001");
    CHECK(reading.parsed.events[1].identifiers[0].value == "7002");
    CHECK(reading.parsed.events[0].business_key == reading.parsed.events[1].business_key);
    CHECK(reading.parsed.events[0].source_msg_id != reading.parsed.events[1].source_msg_id);
    CHECK(obligation(reading.parsed.events[0]).location.id == "GROUPROOM");
    CHECK(has_finding(reading, "PID-3"));
}

TEST_CASE("occurrences of a series have keys of their own", "[clinic][siu]") {
    const Submission event =
        only_event(read_siu("S12", sch({{2, "F7"}, {3, "4"}, {11, kStart}, {24, "F1"}})));
    CHECK(event.business_key == "northside|CLINIC|F7|4");
    CHECK(obligation(event).occurrence == 4);
    CHECK(obligation(event).series);
}

TEST_CASE("an occurrence names its series by the key of the parent's own messages",
          "[clinic][siu]") {
    const auto series_of = [](Fields fields) {
        return obligation(only_event(read_siu("S12", sch(fields)))).parent_id;
    };
    const auto parent = only_event(read_siu("S12", sch({{2, "F1^^1.2.3^ISO"}, {11, kStart}})));
    CHECK(series_of({{2, "F7"}, {11, kStart}, {24, "F1^^1.2.3^ISO"}}) == parent.business_key);
    CHECK(series_of({{2, "F1^^1.2.3^ISO"}, {3, "4"}, {11, kStart}}) == parent.business_key);
    CHECK(series_of({{2, "F7"}, {11, kStart}, {23, "P1"}}) == "northside|CLINIC|P1");
    CHECK(series_of({{2, "F7"}, {11, kStart}, {23, "P1"}, {24, "F1"}}) == "northside|CLINIC|F1");
    CHECK(series_of({{2, "F7"}, {11, kStart}}).empty());
    CHECK_FALSE(obligation(parent).series);
}

TEST_CASE("the placer's id serves where the filler gives none", "[clinic][siu]") {
    CHECK(only_event(read_siu("S12", sch({{1, "P5^^1.2.3^ISO"}, {11, kStart}}))).business_key ==
          "northside|1.2.3|P5");
}

TEST_CASE("the class of an appointment comes from the site's codes", "[clinic][siu]") {
    Site site = test_site();
    site.obligation_classes = {{"IOP", ObligationClass::TreatmentSession},
                               {"UDS", ObligationClass::DrugTest},
                               {"DOSING", ObligationClass::MedicationDosing}};
    const auto class_of = [&](const std::string& schedule, const std::string& service,
                              const std::string& place) {
        const Reading reading =
            read(message_of({msh("S12"), schedule, kPid, service, place}), site);
        return obligation(only_event(reading)).obligation_class;
    };
    const std::string plain = sch({{2, "F7"}, {11, kStart}});
    CHECK(class_of(sch({{2, "F7"}, {8, "IOP^Group"}, {11, kStart}}), "AIS|1||UDS",
                   "AIL|1||DOSING") == ObligationClass::TreatmentSession);
    CHECK(class_of(plain, "AIS|1||UDS", "AIL|1||DOSING") == ObligationClass::DrugTest);
    CHECK(class_of(plain, "AIS|1||X", "AIL|1||DOSING") == ObligationClass::MedicationDosing);
    CHECK(class_of(plain, "AIS|1||X", "AIL|1||X") == ObligationClass::ClinicVisit);
}

TEST_CASE("an appointment of the dead is closed and the death told", "[clinic][siu]") {
    const std::string dead = segment("PID", {{3, "7001^^^NORTH^MR"}, {30, "Y"}});
    const Reading reading = read(message_of({msh("S14"), sch({{2, "F7"}, {11, kStart}}), dead}));
    REQUIRE(reading.parsed.events.size() == 2);
    CHECK(reading.parsed.events[0].kind == EventKind::AppointmentCancelled);
    CHECK(obligation(reading.parsed.events[0]).status == ObligationStatus::Cancelled);
    CHECK(reading.parsed.events[1].kind == EventKind::ClientDeceased);
}

TEST_CASE("a slot that is blocked or has no patient obliges nobody", "[clinic][siu]") {
    CHECK(read_siu("S14", sch({{2, "F7"}, {11, kStart}, {25, "Blocked"}})).disposal ==
          Disposal::NotActedOn);
    CHECK(read(message_of({msh("S12"), sch({{2, "F7"}, {11, kStart}}), "RGS|1"})).disposal ==
          Disposal::NotActedOn);
}

TEST_CASE("an appointment without id, start or patient id is refused with its place",
          "[clinic][siu]") {
    const auto place_of = [](const Reading& reading) {
        REQUIRE(reading.disposal == Disposal::Refused);
        return reading.parsed.refusals.at(0).refusal.field;
    };
    CHECK(place_of(read_siu("S12", sch({{11, kStart}}))) == "SCH-2");
    CHECK(place_of(read_siu("S12", sch({{2, "F7"}}))) == "SCH-11.4");
    CHECK(place_of(read_siu("S12", sch({{2, "F7"}, {11, "^^^202613"}}))) == "SCH-11.4");
    CHECK(place_of(read(message_of(
              {msh("S12"), sch({{2, "F7"}, {11, kStart}}), "PID|1||||DOE"}))) == "PID-3");
}

TEST_CASE("a change of resources modifies the appointment, and the status still decides",
          "[clinic][siu]") {
    for (const std::string trigger : {"S18", "S19", "S20", "S21", "S22"}) {
        INFO(trigger);
        CHECK(only_event(read_siu(trigger, sch({{2, "F7"}, {11, kStart}}))).kind ==
              EventKind::AppointmentModified);
        CHECK(only_event(read_siu(trigger, sch({{2, "F7"}, {11, kStart}, {25, "Noshow"}}))).kind ==
              EventKind::AppointmentNoShow);
    }
}

TEST_CASE("the broadcast of what is booked books it anew", "[clinic][siu]") {
    const Submission event = only_event(read_siu("S27", sch({{2, "F7"}, {11, kStart}})));
    CHECK(event.kind == EventKind::AppointmentBooked);
    CHECK(obligation(event).status == ObligationStatus::Scheduled);
}

TEST_CASE("time of a schedule is closed and opened about nobody", "[clinic][siu]") {
    const Reading reading =
        read(message_of({msh("S23"), sch({{2, "F7"}, {5, "ROOM-A"}, {11, kStart}}), "RGS|1",
                         "AIL|1||CLINIC3", "AIP|1||D9"}));
    const Submission event = only_event(reading);
    CHECK(event.kind == EventKind::ScheduleBlocked);
    CHECK(event.identifiers.empty());
    const auto& claim = std::get<ResourceClaim>(event.payload);
    CHECK(claim.schedule_id == "ROOM-A");
    CHECK(claim.from == utc("2026-07-10T14:00:00Z"));
    CHECK(claim.to == utc("2026-07-10T14:45:00Z"));
    CHECK(claim.provider.id == "D9");
    CHECK(claim.location.id == "CLINIC3");
    const Submission opened = only_event(
        read(message_of({msh("S24"), sch({{2, "F7"}, {11, kStart}}), "RGS|1", "AIP|1||D9"})));
    CHECK(opened.kind == EventKind::ScheduleUnblocked);
    CHECK(std::get<ResourceClaim>(opened.payload).schedule_id == "D9");
    const Reading unnamed = read(message_of({msh("S23"), sch({{2, "F7"}, {11, kStart}})}));
    REQUIRE(unnamed.problem);
    CHECK(unnamed.problem->where == hl7::Location{"SCH", 5});
}

TEST_CASE("a sender's own status and lengths come before the tables", "[clinic][siu]") {
    Site site = test_site();
    site.statuses["KEPT"] = ObligationStatus::Completed;
    site.durations["IOP"] = std::chrono::minutes{180};
    const std::string message = message_of(
        {msh("S14"), sch({{2, "F7"}, {8, "iop"}, {11, "^^^202607101000"}, {25, "Kept"}}), kPid});
    const Submission event = only_event(read(message, site));
    CHECK(event.kind == EventKind::AppointmentCompleted);
    CHECK(obligation(event).end == utc("2026-07-10T17:00:00Z"));
    CHECK(event.time_flags.has(TimeFlag::AssumedDuration));
}

TEST_CASE("midnight is a time, or the day alone where the sender prints it so", "[clinic][siu]") {
    const std::string message =
        message_of({msh("S12"), sch({{2, "F7"}, {11, "^^^202607100000"}}), kPid});
    CHECK_FALSE(obligation(only_event(read(message))).date);
    Site site = test_site();
    site.midnight_is_date = true;
    const Submission event = only_event(read(message, site));
    CHECK(obligation(event).date == parse_iso_date("2026-07-10"));
    CHECK(event.time_flags.has(TimeFlag::DateOnly));
}

TEST_CASE("appointments whose ids are longer than the hub takes stay apart", "[clinic][siu]") {
    const std::string base(300, 'F');
    const auto key = [&](const std::string& id) {
        return only_event(read_siu("S12", sch({{2, id}, {11, kStart}}))).business_key;
    };
    CHECK(key(base + "1") != key(base + "2"));
    CHECK(read_siu("S12", sch({{1, "^PLACER"}, {2, "^FILLER"}, {11, kStart}})).problem);
}

TEST_CASE("more patients than are read refuse the message: an acceptance means all of it",
          "[clinic][siu]") {
    std::string message = message_of({msh("S12"), sch({{2, "F7"}, {11, kStart}})});
    for (std::size_t i = 0; i <= kPatientsMax; ++i) {
        message += "PID|1||" + std::to_string(i) + "^^^NORTH^MR\r";
    }
    const Reading reading = read(message);
    REQUIRE(reading.problem);
    CHECK(reading.problem->reason == RefusalReason::TooManyItems);
}

TEST_CASE("a protected place is protected wherever the message names it", "[clinic][siu]") {
    Site site = test_site();
    site.labels["SUD1"].add(SecurityLabel::Part2);
    const auto is_protected = [&](std::string_view trigger, const std::string& resource) {
        const Reading reading = read(
            message_of({msh(trigger), sch({{2, "F7"}, {5, "X"}, {11, kStart}}), kPid, resource}),
            site);
        return only_event(reading).labels.has(SecurityLabel::Part2);
    };
    CHECK(is_protected("S12", "AIL|1|A|SUD1"));
    CHECK(is_protected("S12", "AIL|1|A|ROOM^^^SUD1"));
    CHECK(is_protected("S23", "AIL|1|A|SUD1"));
    CHECK_FALSE(is_protected("S12", "AIL|1|A|ROOM"));
}
