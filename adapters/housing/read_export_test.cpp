#include "adapters/housing/read_export.hpp"

#include <algorithm>

#include "adapters/housing/test_export.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

namespace {

constexpr const char* kAnn = "c1,Ann,Reed,1,1980-05-06,1,2026-06-01 10:00:00";
constexpr const char* kAnnEnters = "e1,c1,P3,2026-01-05,h1,116,2026-02-01,,2026-02-02 09:00:00,";
constexpr const char* kAnnExits = "x1,e1,c1,2026-06-01,116,,2026-06-02 08:00:00,";

TestExport one_client() { return TestExport().client(kAnn).enrollment(kAnnEnters); }

std::vector<EventKind> kinds(const Parsed& parsed) {
    std::vector<EventKind> result;
    for (const Submission& event : parsed.events) {
        result.push_back(event.kind);
    }
    return result;
}

/// The one refusal of an export that gives no event.
RecordRefusal only_refusal(const Parsed& parsed) {
    CHECK(parsed.events.empty());
    REQUIRE(parsed.refusals.size() == 1);
    return parsed.refusals[0];
}

}  // namespace

TEST_CASE("a client, an enrollment with move-in and an exit become events in order of time",
          "[housing]") {
    const Parsed parsed = read(one_client().exit(kAnnExits));
    CHECK(parsed.refusals.empty());
    CHECK(kinds(parsed) == std::vector{EventKind::PersonUpserted,
                                       EventKind::HousingEnrollmentStarted,
                                       EventKind::HousingMoveIn, EventKind::HousingExit,
                                       EventKind::HousingLossReported});

    const Submission& started = parsed.events[1];
    CHECK(started.feed == "shelter");
    CHECK(started.business_key == "shelter|Harbor HMIS|enrollment|e1");
    CHECK(started.identifiers == std::vector{Identifier{"Harbor HMIS", "HMIS", "c1"}});
    CHECK(to_iso(started.occurred_at) == "2026-01-05T05:00:00Z");
    CHECK(started.occurred_precision == Precision::Day);
    CHECK(started.time_flags.has(TimeFlag::DateOnly));
    CHECK(to_iso(started.recorded_at) == "2026-02-02T14:00:00Z");
    CHECK(started.zone == "America/New_York");
    CHECK(started.source_msg_id.starts_with("Harbor HMIS/Enrollment/e1/"));
    CHECK(claim_of(started).project == "P3");
    CHECK(claim_of(started).project_type == 3);
    CHECK(claim_of(started).household == "h1");
    CHECK(claim_of(started).situation == 116);

    CHECK(parsed.events[2].source_msg_id == started.source_msg_id + "/move-in");
    CHECK(claim_of(parsed.events[2]).move_in == *parse_iso_date("2026-02-01"));

    const HousingClaim& exit = claim_of(parsed.events[3]);
    CHECK(exit.destination == 116);
    CHECK(exit.situation_class == SituationClass::Homeless);
    CHECK(exit.grade == HousingLossGrade::Unset);
    CHECK(to_iso(parsed.events[3].occurred_at) == "2026-06-01T04:00:00Z");

    const Submission& loss = parsed.events[4];
    CHECK(claim_of(loss).grade == HousingLossGrade::Lost);
    CHECK(loss.business_key == "shelter|Harbor HMIS|enrollment|e1/L1");
    CHECK(loss.source_msg_id == parsed.events[3].source_msg_id + "/L1");
}

TEST_CASE("a person carries names and birth date of full quality, and nothing else", "[housing]") {
    const Parsed parsed = read(one_client()
                                   .client("c2,Bo,Lee,2,1970-01-01,2,2026-06-01 10:00:00")
                                   .enrollment("e2,c2,S1,2026-06-01,h2,,,,2026-06-01 10:00:00,"));
    const auto people = of_kind(parsed, EventKind::PersonUpserted);
    REQUIRE(people.size() == 2);
    const auto& ann = std::get<PersonClaim>(people[0].payload);
    CHECK(ann.names == std::vector{PersonName{"Reed", "Ann", ""}});
    CHECK(ann.birth == *parse_iso_date("1980-05-06"));
    CHECK(to_iso(people[0].occurred_at) == "2026-06-01T14:00:00Z");
    CHECK(std::get<PersonClaim>(people[1].payload) == PersonClaim{});
}

TEST_CASE("a hashed export links by PersonalID and never uses a name", "[housing]") {
    const char* status = GENERATE("2", "3", "4", "", "x");
    CAPTURE(status);
    const Parsed parsed = read(one_client().hash_status(status));
    REQUIRE(of_kind(parsed, EventKind::PersonUpserted).size() == 1);
    const Submission person = of_kind(parsed, EventKind::PersonUpserted)[0];
    CHECK(std::get<PersonClaim>(person.payload) == PersonClaim{});
    CHECK(person.identifiers[0].value == "c1");
    CHECK(of_kind(parsed, EventKind::HousingEnrollmentStarted).size() == 1);
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals[0].refusal.reason == RefusalReason::HashedIdentity);
    CHECK(parsed.refusals[0].refusal.field == "HashStatus");
}

TEST_CASE("a client without an enrollment gives no event and a finding", "[housing]") {
    const Parsed parsed = read(TestExport().client(kAnn));
    CHECK(parsed.events.empty());
    CHECK(parsed.refusals.empty());
    CHECK(has_finding(parsed, "Client.csv", "PersonalID"));
}

TEST_CASE("FY2024 and FY2026 give the same events", "[housing]") {
    const TestExport newer = TestExport(2026)
                                 .client("c1,Ann,Reed,1,1980-05-06,1,,2026-06-01 10:00:00")
                                 .enrollment(kAnnEnters)
                                 .exit(kAnnExits);
    CHECK(read(one_client().exit(kAnnExits)).events == read(newer).events);
}

TEST_CASE("FY2026 tells the sex; the gender columns of FY2024 are not read as sex", "[housing]") {
    const Parsed parsed = read(TestExport(2026)
                                   .client("c1,Ann,Reed,1,1980-05-06,1,0,2026-06-01 10:00:00")
                                   .enrollment(kAnnEnters));
    CHECK(std::get<PersonClaim>(parsed.events[0].payload).sex == Sex::Female);
}

TEST_CASE("another version is refused as a whole, with the reason", "[housing]") {
    const char* version = GENERATE("FY2022", "2022", "2020 v1.8", "2028 v1.0");
    CAPTURE(version);
    const RecordRefusal refusal = only_refusal(read(one_client().csv_version(version)));
    CHECK(refusal.refusal.reason == RefusalReason::FormatVersion);
    CHECK(refusal.refusal.field == "CSVVersion");
    CHECK(refusal.file == "Export.csv");
}

TEST_CASE("an empty version is told from the columns", "[housing]") {
    CHECK(read(one_client().csv_version("")).events == read(one_client()).events);
    CHECK(read(TestExport(2026)
                   .csv_version("")
                   .client("c1,,,,,,,2026-06-01 10:00:00")
                   .enrollment(kAnnEnters))
              .events.size() == 3);
    const RecordRefusal refusal = only_refusal(
        read(one_client().csv_version("").replace("Enrollment.csv", "RentalSubsidyType", "Other")));
    CHECK(refusal.refusal.reason == RefusalReason::FormatVersion);
}

TEST_CASE("an export without a required file is refused by that file's name", "[housing]") {
    const std::string name = GENERATE("Export.csv", "Project.csv", "Client.csv", "Enrollment.csv");
    const RecordRefusal refusal = only_refusal(read(one_client().without(name)));
    CHECK(refusal.file == name);
    CHECK(refusal.refusal.reason == RefusalReason::FormatUnreadable);
}

TEST_CASE("an export without Exit.csv infers no exit and says so", "[housing]") {
    KnownRows known;
    static_cast<void>(read(one_client().exit(kAnnExits), known));
    const Parsed parsed = read(one_client().without("Exit.csv"), known);
    CHECK(parsed.events.empty());
    CHECK(has_finding(parsed, "Exit.csv", ""));
}

TEST_CASE("a table that breaks off inside a quote refuses the whole export", "[housing]") {
    KnownRows known;
    const Parsed parsed = read(one_client().exit("\"x1,e1,c1"), known);
    CHECK(only_refusal(parsed).refusal.reason == RefusalReason::FormatUnreadable);
    CHECK(known.sets().empty());
}

TEST_CASE("the authority is the site's, else ImplementationID, else SourceID", "[housing]") {
    const auto authority = [](const Parsed& parsed) {
        return parsed.events.at(0).identifiers.at(0).authority;
    };
    CHECK(authority(read(one_client().implementation(" Harbor HMIS"))) == "Harbor HMIS");
    CHECK(authority(read(one_client().implementation(""))) == "77");

    const TemporaryFolder folder;
    one_client().write_to(folder);
    Site site = test_site();
    site.authority = "COUNTY";
    KnownRows known;
    CHECK(authority(read_export(folder.path(), site, known).value()) == "COUNTY");

    const RecordRefusal refusal =
        only_refusal(read(one_client().implementation("").replace("Export.csv", "1,77,", "1,,")));
    CHECK(refusal.refusal.field == "ImplementationID");
}

TEST_CASE("a victim service provider's rows are refused and leave nothing behind", "[housing]") {
    KnownRows known;
    const Parsed parsed = read(one_client()
                                   .client("c9,Vera,Hill,1,1990-01-01,1,2026-06-01 10:00:00")
                                   .enrollment("e9,c9,X1,2026-01-05,h9,116,,,2026-01-05 09:00:00,")
                                   .exit("x9,e9,c9,2026-06-01,116,,2026-06-02 08:00:00,")
                                   .situation("s9,e9,c9,2026-03-01,101,1,0,2026-03-01 08:00:00,"),
                               known);
    CHECK(parsed.events.size() == 3);
    std::vector<std::string> files;
    for (const RecordRefusal& refusal : parsed.refusals) {
        CHECK(refusal.refusal.reason == RefusalReason::VictimServiceProvider);
        files.push_back(refusal.file);
    }
    CHECK(files == std::vector<std::string>{"Organization.csv", "Client.csv", "Enrollment.csv",
                                            "Exit.csv", "CurrentLivingSituation.csv"});
    CHECK(parsed.refusals[0].why.find("ALARM") == 0);
    CHECK(has_finding(parsed, "Project.csv", "OrganizationID"));
    CHECK(known.to_text().find("c9") == std::string::npos);
    CHECK(known.to_text().find("e9") == std::string::npos);
    CHECK(known.to_text().find("e1") != std::string::npos);
}

TEST_CASE("a provider flag that is neither yes nor no keeps the data out", "[housing]") {
    const char* flag = GENERATE("99", "Yes", "8");
    TestExport odd = one_client();
    odd.replace("Organization.csv", "O1,Harbor,0", std::string("O1,Harbor,") + flag);
    CHECK(read(odd).events.empty());
}

TEST_CASE("an organisation not known to be a victim service provider is accepted with a finding",
          "[housing]") {
    TestExport empty = one_client();
    empty.replace("Organization.csv", "O1,Harbor,0", "O1,Harbor,");
    CHECK(read(empty).events.size() == 3);
    CHECK(has_finding(read(empty), "Organization.csv", "VictimServiceProvider"));

    const Parsed absent = read(one_client().without("Organization.csv"));
    CHECK(absent.events.size() == 3);
    CHECK(has_finding(absent, "Organization.csv", ""));
}

TEST_CASE("a project whose organisation's row cannot be read is refused", "[housing]") {
    TestExport damaged = one_client();
    damaged.replace("Organization.csv", "O1,Harbor,0", "O1,Har\"bor,0");
    const Parsed parsed = read(damaged);
    CHECK(parsed.events.empty());
    CHECK(std::ranges::any_of(parsed.refusals, [](const RecordRefusal& refusal) {
        return refusal.file == "Project.csv" && refusal.refusal.field == "OrganizationID";
    }));
}

TEST_CASE("a bad row is refused alone, with its line, column, reason and fix", "[housing]") {
    struct Case {
        const char* exit;
        RefusalReason reason;
        const char* column;
    };
    const Case bad = GENERATE(
        Case{"x2,e1,c1,2026-02-30,116,,2026-06-02 08:00:00,", RefusalReason::InvalidField,
             "ExitDate"},
        Case{"x2,e1,c1,,116,,2026-06-02 08:00:00,", RefusalReason::RowIncomplete, "ExitDate"},
        Case{",e1,c1,2026-06-01,116,,2026-06-02 08:00:00,", RefusalReason::RowIncomplete, "ExitID"},
        Case{"x2,e1,c1,2026-06-01,sofa,,2026-06-02 08:00:00,", RefusalReason::InvalidField,
             "Destination"},
        Case{"x2,e1,c1,2026-06-01,16,,2026-06-02 08:00:00,", RefusalReason::InvalidField,
             "Destination"},
        Case{"x2,e1,c1,2026-06-01,431,,2026-06-02 08:00:00,", RefusalReason::InvalidField,
             "Destination"},
        Case{"x2,e7,c1,2026-06-01,116,,2026-06-02 08:00:00,", RefusalReason::UnknownReference,
             "EnrollmentID"},
        Case{"x2,e1,c7,2026-06-01,116,,2026-06-02 08:00:00,", RefusalReason::UnknownReference,
             "PersonalID"},
        Case{"x1,e1,c1,2026-06-03,410,,2026-06-02 08:00:00,", RefusalReason::IdReused, "ExitID"},
        Case{"x2,e1,c1,2026-06-01,116,,2026-06-02 08:00:00,,,", RefusalReason::RowIncomplete, ""},
        Case{"x2,e1", RefusalReason::RowIncomplete, ""},
        Case{"x\"2,e1,c1,2026-06-01,116,,2026-06-02 08:00:00,", RefusalReason::FormatUnreadable,
             ""});
    CAPTURE(bad.exit);
    const Parsed parsed = read(one_client().exit(kAnnExits).exit(bad.exit));
    CHECK(parsed.events == read(one_client().exit(kAnnExits)).events);
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals[0].file == "Exit.csv");
    CHECK(parsed.refusals[0].line == 3);
    CHECK(parsed.refusals[0].refusal.reason == bad.reason);
    CHECK(parsed.refusals[0].refusal.field == bad.column);
    CHECK_FALSE(parsed.refusals[0].why.empty());
    CHECK_FALSE(parsed.refusals[0].refusal.fix.empty());
}

TEST_CASE("an enrollment in an unknown project is refused, a person not in Client.csv is not",
          "[housing]") {
    const Parsed unknown = read(
        TestExport().client(kAnn).enrollment("e1,c1,P9,2026-01-05,h1,116,,,2026-02-02 09:00:00,"));
    REQUIRE(unknown.refusals.size() == 1);
    CHECK(unknown.refusals[0].refusal.reason == RefusalReason::UnknownReference);
    CHECK(unknown.refusals[0].refusal.field == "ProjectID");

    const Parsed orphan = read(TestExport().enrollment(kAnnEnters));
    CHECK(of_kind(orphan, EventKind::HousingEnrollmentStarted).size() == 1);
    CHECK(has_finding(orphan, "Enrollment.csv", "PersonalID"));
}

TEST_CASE("a move-in before the entry is told with a finding", "[housing]") {
    const Parsed parsed = read(TestExport().client(kAnn).enrollment(
        "e1,c1,P3,2026-01-05,h1,116,2026-01-04,,2026-02-02 09:00:00,"));
    CHECK(has_finding(parsed, "Enrollment.csv", "MoveInDate"));
}

TEST_CASE("a move-in outside permanent housing is ignored with a finding", "[housing]") {
    const Parsed parsed = read(TestExport().client(kAnn).enrollment(
        "e1,c1,S1,2026-01-05,h1,116,2026-02-01,,2026-02-02 09:00:00,"));
    CHECK(of_kind(parsed, EventKind::HousingMoveIn).empty());
    CHECK(of_kind(parsed, EventKind::HousingEnrollmentStarted).size() == 1);
    CHECK(has_finding(parsed, "Enrollment.csv", "MoveInDate"));
}

TEST_CASE("a death is told as a death, and as no loss", "[housing]") {
    const Parsed parsed = read(one_client().exit("x1,e1,c1,2026-06-01,24,,2026-06-02 08:00:00,"));
    CHECK(of_kind(parsed, EventKind::HousingLossReported).empty());
    const auto deaths = of_kind(parsed, EventKind::ClientDeceased);
    REQUIRE(deaths.size() == 1);
    CHECK(to_iso(std::get<PersonClaim>(deaths[0].payload).deceased_at) == "2026-06-01T04:00:00Z");
    CHECK(deaths[0].business_key == "shelter|Harbor HMIS|person|c1");
    CHECK(deaths[0].source_msg_id.ends_with("/deceased"));
}

TEST_CASE("a shelter entry of someone last known to be housed is a loss (L2)", "[housing]") {
    const TestExport housed = one_client();
    const auto losses = [](const TestExport& test_export) {
        return of_kind(read(test_export), EventKind::HousingLossReported);
    };
    SECTION("housed by the move-in known from another row") {
        const auto found =
            losses(TestExport(housed).enrollment("e2,c1,S1,2026-06-01,h1,,,,2026-06-01 10:00:00,"));
        REQUIRE(found.size() == 1);
        CHECK(found[0].source_msg_id.ends_with("/L2"));
        CHECK(claim_of(found[0]).enrollment == "e2");
    }
    SECTION("the night before entry wins over what was known before") {
        CHECK(losses(TestExport(housed).enrollment(
                         "e2,c1,S1,2026-06-01,h1,116,,,2026-06-01 10:00:00,"))
                  .empty());
        CHECK(losses(TestExport().client(kAnn).enrollment(
                         "e2,c1,S1,2026-06-01,h1,410,,,2026-06-01 10:00:00,"))
                  .size() == 1);
    }
    SECTION("a situation on the street, and only the first one") {
        const auto found = losses(TestExport(housed)
                                      .situation("s1,e1,c1,2026-06-01,116,,,2026-06-01 10:00:00,")
                                      .situation("s2,e1,c1,2026-06-08,116,,,2026-06-08 10:00:00,"));
        REQUIRE(found.size() == 1);
        CHECK(found[0].business_key == "shelter|Harbor HMIS|cls|s1/L2");
    }
    SECTION("before the move-in it is none") {
        CHECK(losses(TestExport(housed).situation("s1,e1,c1,2026-01-20,116,,,2026-01-20 10:00:00,"))
                  .empty());
    }
}

TEST_CASE("an exit on the day of another entry to permanent housing is a transfer", "[housing]") {
    const Parsed parsed = read(
        one_client().exit(kAnnExits).enrollment("e2,c1,D3,2026-06-01,h1,,,,2026-06-01 10:00:00,"));
    CHECK(of_kind(parsed, EventKind::HousingLossReported).empty());
    CHECK(of_kind(parsed, EventKind::HousingExit).size() == 1);
}

TEST_CASE("a situation carries its answers, and unknown is never no", "[housing]") {
    const Parsed parsed = read(one_client()
                                   .situation("s1,e1,c1,2026-03-01,410,1,0,2026-03-01 10:00:00,")
                                   .situation("s2,e1,c1,2026-03-02,410,8,,2026-03-02 10:00:00,"));
    const auto situations = of_kind(parsed, EventKind::LivingSituationRecorded);
    REQUIRE(situations.size() == 2);
    CHECK(claim_of(situations[0]).leave_14d == Answer::Yes);
    CHECK(claim_of(situations[0]).subsequent_residence == 0);
    CHECK(claim_of(situations[1]).leave_14d == Answer::Unknown);
    CHECK(claim_of(situations[1]).subsequent_residence == 99);
    const auto losses = of_kind(parsed, EventKind::HousingLossReported);
    REQUIRE(losses.size() == 1);
    CHECK(claim_of(losses[0]).deadline == *parse_iso_date("2026-03-15"));
}

TEST_CASE("survivors' projects and people who flee are labelled", "[housing]") {
    const auto protected_labels = [](const Submission& event) {
        return event.labels.has(SecurityLabel::DvProtected) &&
               event.labels.has(SecurityLabel::LocationProtected);
    };
    const Parsed project = read(
        TestExport().client(kAnn).enrollment("e1,c1,D3,2026-01-05,h1,116,,,2026-02-02 09:00:00,"));
    CHECK(protected_labels(of_kind(project, EventKind::HousingEnrollmentStarted).at(0)));

    const Parsed fleeing = read(one_client().file(
        "HealthAndDV.csv", "HealthAndDVID,EnrollmentID,PersonalID,CurrentlyFleeing\n1,e1,c1,1\n"));
    CHECK(std::ranges::all_of(fleeing.events, protected_labels));
    CHECK(std::ranges::none_of(read(one_client()).events, protected_labels));
}

TEST_CASE("the order of rows does not change the events", "[housing]") {
    const TestExport forward =
        one_client().exit(kAnnExits).exit("x0,e1,c1,2026-05-01,99,,2026-06-02 08:00:00,");
    const TestExport backward = TestExport()
                                    .client(kAnn)
                                    .enrollment(kAnnEnters)
                                    .exit("x0,e1,c1,2026-05-01,99,,2026-06-02 08:00:00,")
                                    .exit(kAnnExits);
    CHECK(read(forward).events == read(backward).events);
}
