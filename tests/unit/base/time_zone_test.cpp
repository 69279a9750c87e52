#include "hub/base/time_zone.hpp"

#include "hub/base/zone_database.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace std::chrono;

namespace {

LocalTime local(const char* date, int hour, int minute) {
    return LocalTime{parse_iso_date(date)->time_since_epoch()} + hours{hour} + minutes{minute};
}

}  // namespace

TEST_CASE("a weekly 09:00 keeps its local hour over both clock changes", "[base]") {
    const TimeZone zone = load_zone("America/New_York").value();
    CHECK(to_iso(to_utc(zone, local("2026-03-02", 9, 0)).time) == "2026-03-02T14:00:00Z");
    CHECK(to_iso(to_utc(zone, local("2026-03-09", 9, 0)).time) == "2026-03-09T13:00:00Z");
    CHECK(to_iso(to_utc(zone, local("2026-11-02", 9, 0)).time) == "2026-11-02T14:00:00Z");
}

TEST_CASE("an ambiguous local time takes its first reading and says so", "[base]") {
    const TimeZone zone = load_zone("America/New_York").value();
    const ResolvedLocal resolved = to_utc(zone, local("2026-11-01", 1, 30));
    CHECK(resolved.reading == LocalReading::Ambiguous);
    CHECK(to_iso(resolved.time) == "2026-11-01T05:30:00Z");
}

TEST_CASE("a skipped local time is shifted forward and says so", "[base]") {
    const TimeZone zone = load_zone("America/New_York").value();
    const ResolvedLocal resolved = to_utc(zone, local("2026-03-08", 2, 30));
    CHECK(resolved.reading == LocalReading::Skipped);
    CHECK(to_iso(zone, resolved.time) == "2026-03-08T03:30:00-04:00");
}

TEST_CASE("every quarter hour of three years reads back to itself", "[base]") {
    const TimeZone zone = load_zone("America/New_York").value();
    for (UtcTime t = *parse_iso_time("2026-01-01T00:00:00Z");
         t < *parse_iso_time("2029-01-01T00:00:00Z"); t += minutes{15}) {
        const ResolvedLocal back = to_utc(zone, to_local(zone, t));
        const bool same = back.time == t;
        const bool second_of_two =
            back.reading == LocalReading::Ambiguous && back.time == t - hours{1};
        REQUIRE((same || second_of_two));
    }
}

TEST_CASE("a discharge at 23:50 belongs to its local date", "[base]") {
    const TimeZone zone = load_zone("America/New_York").value();
    CHECK(to_iso(local_date(zone, *parse_iso_time("2026-07-03T03:50:00Z"))) == "2026-07-02");
}

TEST_CASE("an unknown zone is an error, not a guess", "[base]") {
    CHECK(load_zone("Mars/Olympus").error().code == ErrorCode::NotFound);
}
