#include "hub/base/utc_time.hpp"

#include "tests/support/catch.hpp"

using namespace carehub;

TEST_CASE("an instant is written and read back", "[base]") {
    const auto time = parse_iso_time("2026-07-09T10:00:00-04:00");
    REQUIRE(time);
    CHECK(to_iso(*time) == "2026-07-09T14:00:00Z");
    CHECK(to_iso(*time, std::chrono::hours{-4}) == "2026-07-09T10:00:00-04:00");
    CHECK(to_iso(*parse_iso_time("2026-07-09T14:00:00.25Z")) == "2026-07-09T14:00:00.250000Z");
}

TEST_CASE("what is no instant is refused, never rolled over", "[base]") {
    for (const char* text :
         {"", "2026-07-09", "2026-02-30T10:00:00Z", "2026-13-01T00:00:00Z", "2026-07-09T24:00:00Z",
          "2026-07-09T10:00:00", "2026-07-09T10:00:00+4:00", "2026-07-09T10:00:00.Z",
          "2026-07-09T10:00:00.1234567Z", "2026-07-09 10:00:00Z"}) {
        INFO(text);
        CHECK_FALSE(parse_iso_time(text));
    }
    CHECK_FALSE(parse_iso_date("2026-02-29"));
    CHECK(parse_iso_date("2028-02-29"));
}
