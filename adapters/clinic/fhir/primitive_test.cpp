// Times, references and codes as FHIR R4 prints them.
#include <fstream>

#include <boost/json/parse.hpp>

#include "adapters/clinic/corpus_walk.hpp"
#include "adapters/clinic/fhir/codes.hpp"
#include "adapters/clinic/fhir/date_time.hpp"
#include "adapters/clinic/fhir/references.hpp"
#include "adapters/clinic/fhir/test_document.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic::fhir;
using carehub::adapters::clinic::find_corpus;

TEST_CASE("an instant tells seconds and an offset", "[clinic][fhir]") {
    CHECK(parse_instant("2026-07-09T10:00:00-04:00")->time == utc("2026-07-09T14:00:00Z"));
    CHECK(parse_instant("2026-07-09T10:00:00Z")->precision == Precision::Second);
    CHECK(parse_instant("2026-07-09T10:00:00.5Z")->precision == Precision::Milli);
    const auto nanos = parse_instant("2020-08-18T03:46:17.181063999+00:00");
    REQUIRE(nanos);
    CHECK(nanos->time == utc("2020-08-18T03:46:17.181063Z"));
    CHECK(nanos->precision == Precision::Micro);
    CHECK(parse_instant("2016-12-31T23:59:60Z")->time == utc("2017-01-01T00:00:00Z"));
    CHECK(parse_instant("2026-07-09T10:00:00+14:00"));
}

TEST_CASE("what is no instant is none, and is never rolled over", "[clinic][fhir]") {
    for (const char* text :
         {"2026-07-09T10:00:00", "2026-07-09T10:00Z", "2026-07-09", "2026-02-30T10:00:00Z",
          "2026-13-01T10:00:00Z", "2026-07-09T24:00:00Z", "2026-07-09T10:61:00Z",
          "2026-07-09T10:00:61Z", "2026-07-09T10:00:00.Z", "2026-07-09T10:00:00+14:01",
          "2026-07-09T10:00:00+99:00", "2026-07-09 10:00:00Z", "", "T", "0000-01-01T00:00:00Z",
          "1970-01-01T00:00:00Z", "2026-07-09T10:00:00Z ", "20260709T100000Z"}) {
        INFO(text);
        CHECK_FALSE(parse_instant(text));
    }
}

TEST_CASE("a dateTime may be a date alone, which is that day's first moment", "[clinic][fhir]") {
    const Site site = test_site();
    const auto day = parse_date_time("2026-07-09", site.zone);
    REQUIRE(day);
    CHECK(day->time == utc("2026-07-09T04:00:00Z"));
    CHECK(day->precision == Precision::Day);
    CHECK(day->flags.has(TimeFlag::DateOnly));
    CHECK(parse_date_time("2026-07-09T10:00:00Z", site.zone)->flags.empty());
    for (const char* text :
         {"2026", "2026-07", "2026-02-29", "2026-00-01", "2026-07-09T10:00:00"}) {
        INFO(text);
        CHECK_FALSE(parse_date_time(text, site.zone));
    }
}

TEST_CASE("ids are those of section 2.24.0.1", "[clinic][fhir]") {
    CHECK(is_fhir_id("8472"));
    CHECK(is_fhir_id("5fe62cd5-bfcf-4d3b-a1e9-80d6f75d6f82"));
    CHECK(is_fhir_id(std::string(64, 'a')));
    for (const std::string& text :
         {std::string(), std::string("a b"), std::string("a|b"), std::string("a/b"),
          std::string(65, 'a'), std::string("\0", 1)}) {
        CHECK_FALSE(is_fhir_id(text));
    }
}

TEST_CASE("every code of the two status value sets is known, no other is", "[clinic][fhir]") {
    for (const char* code : {"proposed", "pending", "booked", "arrived", "fulfilled", "cancelled",
                             "noshow", "entered-in-error", "checked-in", "waitlist"}) {
        CHECK(appointment_status_of(code));
    }
    for (const char* code : {"planned", "arrived", "triaged", "in-progress", "onleave", "finished",
                             "cancelled", "entered-in-error", "unknown"}) {
        REQUIRE(encounter_status_of(code));
        CHECK(encounter_status_of(code)->is_r4);
    }
    CHECK_FALSE(appointment_status_of("Booked"));
    CHECK_FALSE(appointment_status_of(""));
    CHECK_FALSE(encounter_status_of("finished "));
    CHECK_FALSE(encounter_status_of("completed")->is_r4);
}

TEST_CASE("the literals of a validator's own tests are read as it reads them",
          "[clinic][fhir][corpus]") {
    const auto corpus = find_corpus(CAREHUB_SOURCE_DIR);
    if (!corpus) {
        return;
    }
    const Site site = test_site();
    const auto folder = *corpus / "malformed" / "fhir-google-validation";
    std::size_t read = 0;
    for (const std::string file :
         {"instant.valid", "instant.invalid", "date_time.valid", "date_time.invalid"}) {
        std::ifstream lines(folder / (file + ".ndjson"));
        for (std::string line; std::getline(lines, line);) {
            const auto value = boost::json::parse(line);
            Findings findings;
            const Element element(value, "Test", findings);
            const bool is_instant = file.rfind("instant", 0) == 0;
            const auto time = is_instant ? instant_of(element) : date_time_of(element, site.zone);
            INFO(file << " " << line);
            const bool too_vague = line == "\"3000\"" || line == "\"1800-02\"";
            const bool valid = file.find("invalid") == std::string::npos && element.exists();
            CHECK(time.has_value() == (valid && !too_vague));
            CHECK(findings.take().empty() == (time.has_value() || !element.exists()));
            ++read;
        }
    }
    CHECK(read >= 15);
}
