// Services, referrals and assessments.
#include "adapters/housing/test_export.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

namespace {

TestExport one_client() {
    return TestExport()
        .client("c1,Ann,Reed,1,1980-05-06,1,2026-06-01 10:00:00")
        .enrollment("e1,c1,S1,2026-01-05,h1,116,,,2026-02-02 09:00:00,");
}

}  // namespace

TEST_CASE("a service is told, and of its kind only a night in a bed", "[housing]") {
    const Parsed parsed = read(one_client()
                                   .service("s1,e1,c1,2026-03-01,200,2026-03-02 08:00:00,")
                                   .service("s2,e1,c1,2026-03-02,144,2026-03-02 08:00:00,")
                                   .service("s3,e1,c1,2026-03-03,143,2026-03-03 08:00:00,")
                                   .service("s4,e1,c1,2026-03-04,141,2026-03-04 08:00:00,"));
    const auto services = of_kind(parsed, EventKind::HousingServiceProvided);
    REQUIRE(services.size() == 4);
    CHECK(services[0].business_key == "shelter|Harbor HMIS|service|s1");
    CHECK(to_iso(services[0].occurred_at) == "2026-03-01T05:00:00Z");
    CHECK(claim_of(services[0]).event_code == 200);
    CHECK(claim_of(services[1]).event_code == 0);
    CHECK(claim_of(services[0]).enrollment == "e1");
    CHECK(services[2].labels.has(SecurityLabel::Hiv));
    CHECK(services[3].labels.has(SecurityLabel::MentalHealth));
}

TEST_CASE("a referral tells its result under the same key", "[housing]") {
    KnownRows known;
    const Parsed first =
        read(one_client().referral("r1,e1,c1,2026-04-01,13,,,2026-04-01 08:00:00,"), known);
    const auto made = of_kind(first, EventKind::HousingReferral);
    REQUIRE(made.size() == 1);
    CHECK(claim_of(made[0]).event_code == 13);
    CHECK(claim_of(made[0]).result == 0);
    const Parsed second = read(
        one_client().referral("r1,e1,c1,2026-04-01,13,1,2026-04-20,2026-04-20 08:00:00,"), known);
    REQUIRE(second.events.size() == 1);
    CHECK(second.events[0].business_key == made[0].business_key);
    CHECK(second.events[0].supersedes_key == made[0].source_msg_id);
    CHECK(claim_of(second.events[0]).result == 1);
    CHECK(claim_of(second.events[0]).result_date == *parse_iso_date("2026-04-20"));

    // Corrected to a kind of event that is no referral to housing: withdrawn.
    const Parsed third =
        read(one_client().referral("r1,e1,c1,2026-04-01,2,,,2026-04-21 08:00:00,"), known);
    REQUIRE(third.events.size() == 1);
    CHECK(third.events[0].correction);
    CHECK(has_finding(third, "Event.csv", "Event"));
}

TEST_CASE("an assessment tells its level and whether the person is on the list", "[housing]") {
    const Parsed parsed =
        read(one_client().assessment("a1,e1,c1,2026-04-01,2,1,2026-04-01 08:00:00,"));
    const auto assessments = of_kind(parsed, EventKind::HousingAssessmentRecorded);
    REQUIRE(assessments.size() == 1);
    CHECK(assessments[0].business_key == "shelter|Harbor HMIS|assessment|a1");
    CHECK(claim_of(assessments[0]).event_code == 2);
    CHECK(claim_of(assessments[0]).result == 1);
}

TEST_CASE("a code of no list refuses the row, in an optional column the cell", "[housing]") {
    const Parsed parsed = read(one_client()
                                   .service("s1,e1,c1,2026-03-01,999,2026-03-02 08:00:00,")
                                   .referral("r1,e1,c1,2026-04-01,19,,,2026-04-01 08:00:00,")
                                   .referral("r2,e1,c1,2026-04-01,10,7,,2026-04-01 08:00:00,"));
    CHECK(parsed.refusals.size() == 2);
    REQUIRE(of_kind(parsed, EventKind::HousingReferral).size() == 1);
    CHECK(claim_of(of_kind(parsed, EventKind::HousingReferral)[0]).result == 0);
    CHECK(has_finding(parsed, "Event.csv", "ReferralResult"));
}

TEST_CASE("an export's social security numbers are nowhere in its events", "[housing]") {
    TestExport telling = one_client();
    telling.replace("Client.csv", "DateUpdated,ExportID", "DateUpdated,SSN");
    telling.replace("Client.csv", "10:00:00,1", "10:00:00,123456780");
    KnownRows known;
    CHECK(read(telling, known).events == read(one_client()).events);
    CHECK(known.to_text().find("123456780") == std::string::npos);
}

TEST_CASE("a table that is no table is refused in bounded memory, and nothing is read half",
          "[housing]") {
    const std::string header = "ServicesID,EnrollmentID,PersonalID,DateProvided,RecordType\n";
    std::string table;
    SECTION("a million columns") { table.append(header).append(1'000'000, ','); }
    SECTION("a million columns in the header") { table.append(1'000'000, ','); }
    SECTION("a quote that never ends") {
        table.append(header).append("\"s1,").append(200'000, 'x');
    }
    SECTION("a very long line") { table.append(header).append(4'000'000, 'x'); }
    table.push_back('\n');
    const Parsed parsed = read(one_client().file("Services.csv", table));
    CHECK(parsed.events.empty());
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals[0].refusal.reason == RefusalReason::FormatUnreadable);
    CHECK(parsed.refusals[0].why.find("Services.csv") == 0);
}

TEST_CASE("a row with NUL bytes is refused alone", "[housing]") {
    const Parsed parsed = read(one_client().file(
        "Services.csv", std::string("ServicesID,EnrollmentID,PersonalID,DateProvided,RecordType\n"
                                    "s\0,e1,c1,2026-03-01,200\ns2,e1,c1,2026-03-01,200\n",
                                    59 + 24 + 24)));
    CHECK(parsed.refusals.size() == 1);
    CHECK(of_kind(parsed, EventKind::HousingServiceProvided).size() == 1);
}
