// When an appointment is: repetitions, repeat patterns, numbers and dates as senders write them.
#include "adapters/clinic/test_site.hpp"
#include "hub/base/zone_database.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

const std::string kMsh = "MSH|^~\\&|SCHED|NORTH|HUB|COUNTY|20260701090000||SIU^S12|S1|P|2.5.1";
const std::string kPid = "PID|1||7001^^^NORTH^MR";

Reading booked(const std::string& sch_11, const std::string& more = "RGS|1",
               std::string_view sch_9 = "", std::string_view sch_10 = "") {
    return read(message_of(
        {kMsh, segment("SCH", {{2, "F7"}, {9, sch_9}, {10, sch_10}, {11, sch_11}}), more, kPid}));
}

const ObligationClaim& claim_of(const Reading& reading) {
    REQUIRE(reading.parsed.events.size() == 1);
    return std::get<ObligationClaim>(reading.parsed.events[0].payload);
}

std::int64_t minutes_of(const Reading& reading) {
    const ObligationClaim& claim = claim_of(reading);
    return std::chrono::duration_cast<std::chrono::minutes>(claim.end - claim.start).count();
}

}  // namespace

TEST_CASE("of several times the first counts and the others are told", "[clinic][siu]") {
    const Reading tq = booked("^^^202607101000^202607101045~^^^202607171000^202607171045");
    CHECK(claim_of(tq).start == utc("2026-07-10T14:00:00Z"));
    CHECK(minutes_of(tq) == 45);
    CHECK(has_finding(tq, "SCH-11"));
    const Reading tq1 = booked("",
                               "TQ1|1||||||202607101000|202607101030\r"
                               "TQ1|2||||||202607171000|202607171030");
    CHECK(claim_of(tq1).start == utc("2026-07-10T14:00:00Z"));
    CHECK(has_finding(tq1, "TQ1"));
    CHECK_FALSE(has_finding(booked("^^^202607101000~^^^202607101000"), "SCH-11"));
}

TEST_CASE("a time in a later repetition is a time", "[clinic][siu]") {
    const Reading tq = booked("1^^^^^R~1^^^202607101000^202607101045");
    CHECK(claim_of(tq).start == utc("2026-07-10T14:00:00Z"));
    CHECK(minutes_of(tq) == 45);
    const Reading tq1 = booked("", "TQ1|1||||||||R\rTQ1|2|||||20^min|202607101000");
    CHECK(claim_of(tq1).start == utc("2026-07-10T14:00:00Z"));
    CHECK(minutes_of(tq1) == 20);
}

TEST_CASE("the end of a series is no end of its first appointment", "[clinic][siu]") {
    const Reading tq = booked("^Q7D^M30^202607101000^202608071000");
    CHECK(minutes_of(tq) == 30);
    CHECK(has_finding(tq, "SCH-11"));
    const Reading tq1 = booked("", "TQ1|1||Q7D||4|50^min|202607101000|202608071000");
    CHECK(minutes_of(tq1) == 50);
    CHECK(has_finding(tq1, "TQ1"));
    const Reading assumed = booked("", "TQ1|1||Q7D||||202607101000|202608071000");
    CHECK(minutes_of(assumed) == 30);
    CHECK(assumed.parsed.events[0].time_flags.has(TimeFlag::AssumedDuration));
    const Reading same_day = booked("", "TQ1|1||Q7D||||202607101000|202607101120");
    CHECK(minutes_of(same_day) == 80);
    const Reading once = booked("", "TQ1|1||Once||||202607101000|202607101120");
    CHECK(minutes_of(once) == 80);
    CHECK_FALSE(has_finding(once, "TQ1"));
}

TEST_CASE("a number may have a sign and decimals", "[clinic][siu]") {
    const std::string start = "^^^202607101000";
    CHECK(minutes_of(booked(start, "RGS|1", "1.5", "HR")) == 90);
    CHECK(minutes_of(booked(start, "RGS|1", "+30", "min")) == 30);
    CHECK(minutes_of(booked(start, "RGS|1", "45.0", "MIN")) == 45);
    CHECK(minutes_of(booked(start, "RGS|1", ".5", "h")) == 30);
    CHECK(minutes_of(booked("", "TQ1|1|||||1.5^h|202607101000")) == 90);
    const Reading offset =
        booked("", segment("AIS", {{3, "X"}, {4, "202607101015"}, {5, "+0.25"}, {6, "h"}}));
    CHECK(claim_of(offset).start == utc("2026-07-10T14:00:00Z"));
}

TEST_CASE("a duration that is none is a finding, never silence", "[clinic][siu]") {
    const std::string start = "^^^202607101000";
    for (const char* told : {"00:45", "half", "1e3", "--5", "5-", "0", "-10", "99999999"}) {
        INFO(told);
        const Reading reading = booked(start, "RGS|1", told, "min");
        CHECK(minutes_of(reading) == 30);
        CHECK(has_finding(reading, "SCH-9"));
    }
    CHECK(has_finding(booked("^^PT45M^202607101000"), "SCH-11.3"));
    CHECK(has_finding(booked("", segment("AIS", {{3, "X"}, {4, "202607101000"}, {5, "soon"}})),
                      "AIS-5"));
}

TEST_CASE("a day is a day of the place, whatever offset stands beside it", "[clinic][siu]") {
    for (const char* told : {"^^^20260710+0000", "^^^20260710-0800", "^^^20260710"}) {
        INFO(told);
        const Reading reading = booked(told);
        CHECK(claim_of(reading).date == parse_iso_date("2026-07-10"));
        CHECK(claim_of(reading).start == utc("2026-07-10T04:00:00Z"));
        CHECK(reading.parsed.events[0].time_flags.has(TimeFlag::DateOnly));
    }
}

TEST_CASE("a resource that comes or goes does not move the appointment", "[clinic][siu]") {
    const auto changed = [](const std::string& trigger, const std::string& resource,
                            const std::string& sch_11 = "") {
        return read(message_of(
            {"MSH|^~\\&|SCHED|NORTH|HUB|COUNTY|20260701090000||SIU^" + trigger + "|S1|P|2.5.1",
             segment("SCH", {{2, "F7"}, {11, sch_11}}), kPid, resource}));
    };
    for (const char* trigger : {"S18", "S19", "S20", "S21", "S22"}) {
        INFO(trigger);
        const Reading alone = changed(trigger, "AIS|2|U|LAB|202607101100|||30|MIN");
        CHECK(claim_of(alone).start == kUnknownTime);
        CHECK(claim_of(alone).end == kUnknownTime);
        const Reading with_time =
            changed(trigger, "AIS|2|A|LAB|202607101100|||30|MIN", "^^^202607101000^202607101130");
        CHECK(claim_of(with_time).start == utc("2026-07-10T14:00:00Z"));
        CHECK(minutes_of(with_time) == 90);
    }
    const Reading left =
        changed("S12", "AIS|1|D|LAB|202607100900|||30|MIN\rAIS|2|A|VISIT|202607101000|||45|MIN");
    CHECK(claim_of(left).start == utc("2026-07-10T14:00:00Z"));
    CHECK(minutes_of(left) == 45);
}

TEST_CASE("an appointment lasts until the last of its services ends", "[clinic][siu]") {
    const std::string lab = "AIS|1|A|LAB|202607100930|||15|MIN";
    const Reading apart = booked("", lab + "\rAIS|2|A|VISIT|202607101100|||30|MIN");
    CHECK(claim_of(apart).start == utc("2026-07-10T13:30:00Z"));
    CHECK(minutes_of(apart) == 120);
    CHECK(has_finding(apart, "AIS-4"));
    const Reading adjoining = booked("", lab + "\rAIS|2|A|VISIT|202607100945|||30|MIN");
    CHECK(minutes_of(adjoining) == 45);
    CHECK_FALSE(has_finding(adjoining, "AIS-4"));
    CHECK_FALSE(adjoining.parsed.events[0].time_flags.has(TimeFlag::AssumedDuration));
    const Reading open = booked("", lab + "\rAIS|2|A|VISIT|202607101100");
    CHECK(minutes_of(open) == 120);
    CHECK(open.parsed.events[0].time_flags.has(TimeFlag::AssumedDuration));
    CHECK(minutes_of(booked("", lab + "\rAIS|2|A|EXTRA|202607100930")) == 15);
    CHECK(minutes_of(booked("", lab + "\rAIS|2|A|VISIT|202607101100|||30|MIN", "60", "MIN")) == 60);
}

TEST_CASE("a change that names no place leaves the time where places have their own clocks",
          "[clinic][siu]") {
    Site site = test_site();
    auto mountain = load_zone("America/Denver");
    REQUIRE(mountain);
    site.zones["WEST"] = *mountain;
    const auto told = [&](const std::string& trigger, const std::string& resource,
                          const std::string& start = "202607101000") {
        return read(message_of({"MSH|^~\\&|SCHED|NORTH|HUB|COUNTY|20260701090000||SIU^" + trigger +
                                    "|S1|P|2.5.1",
                                segment("SCH", {{2, "F7"}, {11, "^^^" + start}}), kPid, resource}),
                    site);
    };
    const Reading unnamed = told("S14", "RGS|1");
    CHECK(claim_of(unnamed).start == kUnknownTime);
    CHECK(has_finding(unnamed, "AIL-3"));
    CHECK(claim_of(told("S14", "AIL|1|U|WEST")).start == utc("2026-07-10T16:00:00Z"));
    CHECK(claim_of(told("S14", "AIL|1|U|EAST")).start == utc("2026-07-10T14:00:00Z"));
    CHECK(claim_of(told("S14", "RGS|1", "202607101000-0600")).start == utc("2026-07-10T16:00:00Z"));
    const Reading moved = told("S13", "RGS|1");
    CHECK(claim_of(moved).start == utc("2026-07-10T14:00:00Z"));
    CHECK(has_finding(moved, "AIL-3"));
}
