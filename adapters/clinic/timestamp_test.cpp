#include "adapters/clinic/hl7/timestamp.hpp"

#include "adapters/clinic/test_site.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;
using hl7::parse_timestamp;

namespace {

hl7::Instant resolve(std::string_view text,
                     std::optional<std::chrono::seconds> message_offset = std::nullopt) {
    const Site site = test_site();
    return hl7::MessageClock(site.zone, message_offset)
        .resolve(parse_timestamp(text).value())
        .value();
}

}  // namespace

TEST_CASE("the precision of a time is what was printed", "[clinic][hl7]") {
    CHECK(parse_timestamp("2026")->precision == Precision::Year);
    CHECK(parse_timestamp("202607")->precision == Precision::Month);
    CHECK(parse_timestamp("20260709")->precision == Precision::Day);
    CHECK(parse_timestamp("2026070914")->precision == Precision::Hour);
    CHECK(parse_timestamp("202607091430")->precision == Precision::Minute);
    CHECK(parse_timestamp("20260709143015")->precision == Precision::Second);
    CHECK(parse_timestamp("20260709143015.1234")->precision == Precision::Milli);
    CHECK(parse_timestamp("20260709143015123")->local - parse_timestamp("20260709143015")->local ==
          std::chrono::milliseconds{123});
}

TEST_CASE("impossible times are refused, never rolled over", "[clinic][hl7]") {
    for (const char* text : {"20260230", "20261301", "20260709246000", "2026070924",
                             "20260709143060", "Aug 15, 1942", "202607091", "20260709143015.",
                             "20260709.5", "20260709+1", "20260709+0560", "", "-0500"}) {
        INFO(text);
        CHECK_FALSE(parse_timestamp(text));
    }
    CHECK(parse_timestamp("20240229"));
}

TEST_CASE("a time's own offset wins, then MSH-7's, then the site's zone", "[clinic][hl7]") {
    CHECK(resolve("202607091000+0200", std::chrono::hours{-5}).time == utc("2026-07-09T08:00:00Z"));
    CHECK(resolve("202607091000", std::chrono::hours{-4}).time == utc("2026-07-09T14:00:00Z"));
    CHECK(resolve("202607091000").time == utc("2026-07-09T14:00:00Z"));
    CHECK(resolve("202601091000").time == utc("2026-01-09T15:00:00Z"));
    CHECK(resolve("202607091000+0215").time == utc("2026-07-09T07:45:00Z"));
}

TEST_CASE("an offset of MSH-7 that is not the zone's at that time is flagged", "[clinic][hl7]") {
    CHECK(resolve("202607091000", std::chrono::hours{-4}).flags.empty());
    CHECK(resolve("202607091000", std::chrono::hours{-5}).flags.has(TimeFlag::AssumedZone));
}

TEST_CASE("local times of the two odd nights are read and flagged", "[clinic][hl7]") {
    const auto twice = resolve("202611010130");
    CHECK(twice.time == utc("2026-11-01T05:30:00Z"));
    CHECK(twice.flags.has(TimeFlag::Ambiguous));
    const auto never = resolve("202603080230");
    CHECK(never.time == utc("2026-03-08T07:30:00Z"));
    CHECK(never.flags.has(TimeFlag::Skipped));
}

TEST_CASE("a date is a day of the site's zone, and no midnight appointment", "[clinic][hl7]") {
    const auto day = resolve("20260709");
    CHECK(day.time == utc("2026-07-09T04:00:00Z"));
    CHECK(day.flags.has(TimeFlag::DateOnly));
    CHECK(resolve("20260709+0000").time == utc("2026-07-09T04:00:00Z"));
    CHECK(resolve("20260709-1000").time == utc("2026-07-09T04:00:00Z"));
    CHECK_FALSE(resolve("202607090000").flags.has(TimeFlag::DateOnly));
}

TEST_CASE("a year or a month is no date", "[clinic][hl7]") {
    const Site site = test_site();
    const hl7::MessageClock clock(site.zone, std::nullopt);
    CHECK_FALSE(clock.resolve(*parse_timestamp("2026")));
    CHECK_FALSE(clock.resolve(*parse_timestamp("202607")));
}
