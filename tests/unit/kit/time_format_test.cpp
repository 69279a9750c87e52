#include "adapters/kit/time_format.hpp"

#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace std::chrono_literals;

namespace {

std::optional<CivilTime> read(const char* pattern, const char* text) {
    const auto format = TimeFormat::create(pattern);
    REQUIRE(format);
    return format->read(text);
}

}  // namespace

TEST_CASE("dates are read as their pattern says", "[kit]") {
    const Date ninth = *make_date(2026, 7, 9);
    CHECK(read("MM/DD/YYYY", "07/09/2026") == CivilTime{ninth, {}});
    CHECK(read("M/D/YYYY", "7/9/2026") == CivilTime{ninth, {}});
    CHECK(read("YYYY-MM-DD", " 2026-07-09 ") == CivilTime{ninth, {}});
    CHECK(read("YYYYMMDD", "20260709") == CivilTime{ninth, {}});
    CHECK(read("YYYY-MM-DD HH:mm:ss UTC", "2026-07-09 01:02:03 UTC") ==
          CivilTime{ninth, 1h + 2min + 3s});
}

TEST_CASE("times of day are read on either clock", "[kit]") {
    CHECK(read("HH:mm", "09:05") == CivilTime{{}, 9h + 5min});
    CHECK(read("h:mm am/pm", "2:00 pm") == CivilTime{{}, 14h});
    CHECK(read("h:mm am/pm", "12:00 AM") == CivilTime{{}, 0h});
    CHECK(read("h:mm am/pm", "12:30 pm") == CivilTime{{}, 12h + 30min});
    CHECK(read("hh:mmam/pm", "11:59PM") == CivilTime{{}, 23h + 59min});
}

TEST_CASE("dates and times are read as offices in the United States write them", "[kit]") {
    const Date fifth = *make_date(2027, 1, 5);
    CHECK(read("MM/DD/YY", "01/05/27") == CivilTime{fifth, {}});
    CHECK(read("DD-MMM-YY", "05-JAN-27") == CivilTime{fifth, {}});
    CHECK(read("dddd, MMMM D, YYYY", "Tuesday, January 5, 2027") == CivilTime{fifth, {}});
    CHECK(read("ddd MM/DD/YYYY", "Tue 01/05/2027") == CivilTime{fifth, {}});
    CHECK_FALSE(read("ddd MM/DD/YYYY", "Wed 01/05/2027"));
    for (const char* text : {"9:00 a.m.", "9:00 A.M", "9:00a", "9:00 AM", "9:00am"}) {
        INFO(text);
        CHECK(read("h:mm am/pm", text) == CivilTime{{}, 9h});
    }
    CHECK(read("h:mm am/pm", "1:30 p.m.") == CivilTime{{}, 13h + 30min});
    CHECK(read("Hmm", "900") == CivilTime{{}, 9h});
    CHECK(read("Hmm", "1330") == CivilTime{{}, 13h + 30min});
    CHECK_FALSE(read("Hmm", "90"));
    CHECK_FALSE(read("HHmm", "900"));
    CHECK(read("DMMYYYY", "5012027") == CivilTime{fifth, {}});
}

TEST_CASE("what does not match or does not exist is nothing", "[kit]") {
    for (const char* text : {"", "7/9/2026", "02/30/2026", "13/01/2026", "07/09/26", "07/09/2026x",
                             "07-09-2026", "0a/09/2026", "07/09/0000"}) {
        INFO(text);
        CHECK_FALSE(read("MM/DD/YYYY", text));
    }
    for (const char* text : {"13:00 pm", "0:30 am", "2:60 pm", "2:00", "2:00 xm", "2:00 ap"}) {
        INFO(text);
        CHECK_FALSE(read("h:mm am/pm", text));
    }
    CHECK_FALSE(read("HH:mm", "24:00"));
    CHECK_FALSE(read("HH:mm:ss", "23:59:60"));
}

TEST_CASE("a pattern that cannot give a date or a time is refused", "[kit]") {
    for (const char* pattern : {"", "text", "MM/DD", "YYYY", "h:mm", "HH:mm am/pm", "mm:ss",
                                "MM/DD/YYYY MM", "HH hh am/pm"}) {
        INFO(pattern);
        CHECK_FALSE(TimeFormat::create(pattern));
    }
}
