// What an export says by being a delta or a full refresh: rows gone, merged, older, left out.
#include <algorithm>
#include <set>

#include "adapters/housing/test_export.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

namespace {

constexpr const char* kAnn = "c1,Ann,Reed,1,1980-05-06,1,2026-06-01 10:00:00";
constexpr const char* kBo = "c2,Bo,Lee,1,1970-01-01,1,2026-06-01 10:00:00";
constexpr const char* kEnters = "e1,c1,P3,2026-01-05,h1,116,2026-02-01,,2026-02-02 09:00:00,";
constexpr const char* kExits = "x1,e1,c1,2026-06-01,116,,2026-06-02 08:00:00,";

TestExport ann() { return TestExport().client(kAnn).enrollment(kEnters); }
TestExport full(TestExport test_export, const std::string& day = "2026-06-30") {
    return test_export.period("3", "2", "2026-01-01", "2026-06-30").exported(day);
}
TestExport delta(TestExport test_export, const std::string& day = "2026-07-01") {
    return test_export.period("1", "1", "2026-06-30", "2026-07-01").exported(day);
}

bool all_withdrawn(const Parsed& parsed) {
    return std::ranges::all_of(parsed.events, &Submission::correction);
}

bool refuses(const Parsed& parsed, RefusalReason reason) {
    return std::ranges::any_of(parsed.refusals, [reason](const RecordRefusal& refusal) {
        return refusal.refusal.reason == reason;
    });
}

TestExport with_nights(TestExport test_export, int nights) {
    for (int night = 1; night <= nights; ++night) {
        test_export.service("n" + std::to_string(night) +
                            ",e1,c1,2026-03-01,200,2026-03-02 08:00:00,");
    }
    return test_export;
}

}  // namespace

TEST_CASE("a row gone from a full refresh is withdrawn, and told anew when it comes back",
          "[housing]") {
    KnownRows known;
    const Parsed first = read(full(ann().exit(kExits)), known);
    REQUIRE(of_kind(first, EventKind::HousingLossReported).size() == 1);
    REQUIRE(read(full(ann(), "2026-07-01"), known).events.empty());  // a header alone, as yet
    const Parsed gone = read(full(ann(), "2026-07-02"), known);
    REQUIRE(gone.events.size() == 2);
    CHECK(all_withdrawn(gone));
    const Submission exit = of_kind(gone, EventKind::HousingExit).at(0);
    const Submission told = of_kind(first, EventKind::HousingExit)[0];
    CHECK(exit.supersedes_key == told.source_msg_id);
    CHECK(exit.business_key == told.business_key);
    CHECK(exit.identifiers == told.identifiers);
    CHECK(to_iso(exit.recorded_at) == "2026-07-02T05:00:00Z");
    CHECK(of_kind(gone, EventKind::HousingLossReported).size() == 1);
    CHECK(read(full(ann(), "2026-07-03"), known).events.empty());

    const Parsed back = read(full(ann().exit(kExits), "2026-07-04"), known);
    REQUIRE(back.events.size() == 2);
    CHECK(back.events[0].source_msg_id != told.source_msg_id);
    CHECK(back.events[0].supersedes_key.empty());
    CHECK(read(full(ann().exit(kExits), "2026-07-05"), known).events.empty());
}

TEST_CASE("absence says nothing outside a full refresh, its period, projects and whole tables",
          "[housing]") {
    KnownRows known;
    static_cast<void>(read(full(ann().exit(kExits)), known));
    SECTION("a delta") { CHECK(read(delta(TestExport()), known).events.empty()); }
    SECTION("another directive") {
        CHECK(read(ann().period("3", "3", "2026-01-01", "2026-06-30"), known).events.empty());
    }
    SECTION("another period") {
        CHECK(read(ann().period("3", "2", "2026-01-01", "2026-05-31"), known).events.empty());
    }
    SECTION("the table is missing") {
        CHECK(read(full(ann().without("Exit.csv"), "2026-07-01"), known).events.empty());
    }
    SECTION("a row of the table cannot be read") {
        CHECK(read(full(ann().exit("x\"2,e1"), "2026-07-01"), known).events.empty());
    }
    SECTION("an id of the table cannot be read") {
        CHECK(read(full(ann().exit(",e1,c1,2026-06-01,116,,2026-06-02 08:00:00,"), "2026-07-01"),
                   known)
                  .events.empty());
    }
    SECTION("the row is there and refused") {
        const TestExport odd = ann().exit("x1,e1,c1,2026-02-30,116,,2026-06-02 08:00:00,");
        CHECK(read(full(odd, "2026-07-01"), known).events.empty());
    }
}

TEST_CASE("a full refresh that lacks suspiciously much is believed only the second time",
          "[housing]") {
    KnownRows known;
    static_cast<void>(read(full(with_nights(ann(), 30)), known));
    const Parsed suspicious = read(full(with_nights(ann(), 1), "2026-07-01"), known);
    CHECK(suspicious.events.empty());
    CHECK(refuses(suspicious, RefusalReason::SnapshotSuspicious));
    const Parsed same_again = read(full(with_nights(ann(), 1), "2026-07-01"), known);
    CHECK(same_again.events.empty());
    CHECK(refuses(same_again, RefusalReason::SnapshotSuspicious));
    const Parsed believed = read(full(with_nights(ann(), 1), "2026-07-02"), known);
    CHECK(believed.events.size() == 29);
    CHECK(all_withdrawn(believed));
}

TEST_CASE("a table that has only a header, and had rows, is believed only the second time",
          "[housing]") {
    KnownRows known;
    static_cast<void>(read(full(ann().exit(kExits)), known));
    const Parsed empty = read(full(ann(), "2026-07-01"), known);
    CHECK(empty.events.empty());
    CHECK(refuses(empty, RefusalReason::SnapshotSuspicious));
    SECTION("by the next newer export") {
        const Parsed believed = read(full(ann(), "2026-07-02"), known);
        CHECK(believed.events.size() == 2);
        CHECK(all_withdrawn(believed));
    }
    SECTION("and not when the rows are there again") {
        CHECK(read(full(ann().exit(kExits), "2026-07-02"), known).events.empty());
        CHECK(read(full(ann(), "2026-07-03"), known).events.empty());
    }
    SECTION("the same export again confirms nothing") {
        CHECK(read(full(ann(), "2026-07-01"), known).events.empty());
    }
}

TEST_CASE("a delta's rows are read against what earlier exports told", "[housing]") {
    KnownRows known;
    const Parsed first = read(full(ann()), known);
    TestExport change = TestExport().exit(kExits);
    const bool is_bare = GENERATE(false, true);
    if (is_bare) {
        change.without("Client.csv").without("Enrollment.csv").without("Project.csv");
    }
    const Parsed after = read(delta(change), known);
    CHECK(after.refusals.empty());
    REQUIRE(after.events.size() == 2);
    const HousingClaim& exit = claim_of(after.events[0]);
    CHECK(exit.project == "P3");
    CHECK(exit.project_type == 3);
    CHECK(exit.household == "h1");
    CHECK(exit.move_in == *parse_iso_date("2026-02-01"));
    CHECK(after.events[1].kind == EventKind::HousingLossReported);

    // A delta deletes by saying so.
    const TestExport deleted =
        TestExport().exit("x1,e1,c1,2026-06-01,116,,2026-07-02 08:00:00,2026-07-02 08:00:00");
    const Parsed withdrawn = read(delta(deleted, "2026-07-02"), known);
    CHECK(withdrawn.events.size() == 2);
    CHECK(all_withdrawn(withdrawn));
}

TEST_CASE("a death that is deleted is withdrawn, and not told again", "[housing]") {
    KnownRows known;
    const Parsed died =
        read(full(ann().exit("x1,e1,c1,2026-06-01,24,,2026-06-02 08:00:00,")), known);
    REQUIRE(of_kind(died, EventKind::ClientDeceased).size() == 1);
    const bool is_deleted = GENERATE(true, false);
    const std::string exit = is_deleted
                                 ? "x1,e1,c1,2026-06-01,24,,2026-07-02 08:00:00,2026-07-02 08:00:00"
                                 : "x1,e1,c1,2026-06-01,116,,2026-07-02 08:00:00,";
    const auto withdrawn = of_kind(read(delta(TestExport().exit(exit), "2026-07-02"), known),
                                   EventKind::ClientDeceased);
    REQUIRE(withdrawn.size() == 1);
    CHECK(withdrawn[0].correction);
    CHECK(std::get<PersonClaim>(withdrawn[0].payload).deceased_at == kUnknownTime);
}

TEST_CASE("a delta keeps protection and providers that only an earlier export told", "[housing]") {
    KnownRows known;
    const TestExport fleeing = ann().file(
        "HealthAndDV.csv", "HealthAndDVID,EnrollmentID,PersonalID,CurrentlyFleeing\n1,e1,c1,1\n");
    static_cast<void>(read(full(fleeing), known));
    const Parsed exit = read(delta(TestExport().exit(kExits)), known);
    REQUIRE_FALSE(exit.events.empty());
    CHECK(exit.events[0].labels.has(SecurityLabel::DvProtected));

    TestExport provider =
        TestExport().client(kBo).enrollment("e9,c2,X1,2026-06-05,h9,116,,,2026-06-05 09:00:00,");
    provider.without("Project.csv").without("Organization.csv");
    const Parsed refused = read(delta(provider), known);
    CHECK(refused.events.empty());
    CHECK(refuses(refused, RefusalReason::VictimServiceProvider));
}

TEST_CASE("a provider stays one until an export tells that it is none", "[housing]") {
    constexpr const char* kEntersHaven = "e9,c2,X1,2026-06-05,h9,116,,,2026-06-05 09:00:00,";
    const auto at_haven = [&] { return TestExport().client(kBo).enrollment(kEntersHaven); };
    KnownRows known;
    static_cast<void>(read(full(ann()), known));
    SECTION("a full refresh without Organization.csv") {
        const Parsed told = read(full(at_haven().without("Organization.csv"), "2026-07-01"), known);
        CHECK(all_withdrawn(told));  // of the first, who is gone
        CHECK(refuses(told, RefusalReason::VictimServiceProvider));
    }
    SECTION("an Organization.csv that lacks it, or its flag") {
        const std::string instead = GENERATE("", "O2,Haven,\n");
        const TestExport lacking = at_haven().replace("Organization.csv", "O2,Haven,1\n", instead);
        CHECK(refuses(read(full(lacking, "2026-07-01"), known),
                      RefusalReason::VictimServiceProvider));
    }
    SECTION("a delta with its project alone") {
        const Parsed told = read(delta(at_haven().without("Organization.csv")), known);
        CHECK(told.events.empty());
        CHECK(refuses(told, RefusalReason::VictimServiceProvider));
    }
    SECTION("told to be none") {
        const TestExport none =
            TestExport().replace("Organization.csv", "O2,Haven,1", "O2,Haven,0");
        static_cast<void>(read(full(none, "2026-07-01"), known));
        const Parsed told =
            read(delta(at_haven().without("Organization.csv"), "2026-07-02"), known);
        CHECK_FALSE(refuses(told, RefusalReason::VictimServiceProvider));
        CHECK_FALSE(told.events.empty());
    }
}

TEST_CASE("protection told before stands while HealthAndDV.csv is missing or not whole",
          "[housing]") {
    const std::string header = "HealthAndDVID,EnrollmentID,PersonalID,CurrentlyFleeing\n";
    KnownRows known;
    static_cast<void>(read(full(ann().file("HealthAndDV.csv", header + "1,e1,c1,1\n")), known));
    const auto labels_after = [&](const TestExport& next) {
        const Parsed told = read(full(next, "2026-07-01"), known);
        REQUIRE_FALSE(told.events.empty());
        CHECK(has_finding(told, "HealthAndDV.csv", "CurrentlyFleeing"));
        return told.events[0].labels;
    };
    const TestExport next = ann().exit(kExits);
    SECTION("missing") { CHECK(labels_after(next).has(SecurityLabel::DvProtected)); }
    SECTION("a row that cannot be read") {
        TestExport broken = next;
        broken.file("HealthAndDV.csv", header + "1,e1,c1\n");
        CHECK(labels_after(broken).has(SecurityLabel::DvProtected));
    }
    SECTION("whole, and she is not fleeing any more") {
        TestExport whole = next;
        whole.file("HealthAndDV.csv", header + "1,e1,c1,0\n");
        const Parsed told = read(full(whole, "2026-07-01"), known);
        REQUIRE_FALSE(told.events.empty());
        CHECK_FALSE(told.events.back().labels.has(SecurityLabel::DvProtected));
    }
}

TEST_CASE("a row that is another person's now is withdrawn from the first", "[housing]") {
    KnownRows known;
    const Parsed first = read(full(ann()), known);
    const TestExport merged = TestExport().client(kAnn).client(kBo).enrollment(
        "e1,c2,P3,2026-01-05,h1,116,2026-02-01,,2026-02-02 09:00:00,");
    const Parsed after = read(full(merged, "2026-07-01"), known);
    std::vector<std::pair<std::string, bool>> told;
    for (const Submission& event : after.events) {
        told.emplace_back(event.identifiers.at(0).value, event.correction);
    }
    CHECK(told == std::vector<std::pair<std::string, bool>>{
                      {"c2", false}, {"c1", true}, {"c1", true}, {"c2", false}, {"c2", false}});
    CHECK(after.events.at(1).supersedes_key ==
          of_kind(first, EventKind::HousingEnrollmentStarted)[0].source_msg_id);
    CHECK(has_finding(after, "Enrollment.csv", "PersonalID"));
    CHECK(read(full(merged, "2026-07-02"), known).events.empty());
}

TEST_CASE("an export older than one read before changes nothing that is known", "[housing]") {
    KnownRows known;
    static_cast<void>(read(full(ann().exit(kExits)), known));
    const TestExport older = TestExport()
                                 .client(kAnn)
                                 .client(kBo)
                                 .enrollment("e1,c1,P3,2026-01-09,h1,116,,,2026-01-10 09:00:00,")
                                 .enrollment("e2,c2,S1,2026-02-01,h2,116,,,2026-02-01 09:00:00,");
    const Parsed late = read(full(older, "2026-03-01"), known);
    std::set<std::string> people;
    for (const Submission& event : late.events) {
        people.insert(event.identifiers.at(0).value);
    }
    CHECK(people == std::set<std::string>{"c2"});
    CHECK(has_finding(late, "Export.csv", "ExportDate"));
    CHECK(read(full(ann().exit(kExits), "2026-07-01"), known).events.size() == 1);
}

TEST_CASE("an export date ahead of the file itself does not make later exports older",
          "[housing]") {
    const TemporaryFolder folder;
    const auto read_written = [&](const TestExport& made, KnownRows& known, auto ago) {
        made.write_to(folder);
        const auto file = folder.path() / "Export.csv";
        std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - ago);
        return read_export(folder.path(), test_site(), known).value();
    };
    KnownRows known;
    const Parsed ahead = read_written(full(ann(), "2126-07-01"), known, std::chrono::hours{72});
    CHECK(ahead.events.size() == read(full(ann(), "2026-07-01")).events.size());
    CHECK(has_finding(ahead, "Export.csv", "ExportDate"));
    const Parsed next =
        read_written(full(ann().exit(kExits), "2126-07-02"), known, std::chrono::hours{1});
    KnownRows undisturbed;
    static_cast<void>(read(full(ann(), "2026-07-01"), undisturbed));
    CHECK(next.events.size() ==
          read(full(ann().exit(kExits), "2026-07-02"), undisturbed).events.size());
    CHECK_FALSE(next.events.empty());
}

TEST_CASE("the age of the data is that of the row, or else that of the export", "[housing]") {
    const Parsed parsed = read(ann().situation("s1,e1,c1,2026-03-01,410,,,,"));
    const auto situations = of_kind(parsed, EventKind::LivingSituationRecorded);
    REQUIRE(situations.size() == 1);
    CHECK(to_iso(situations[0].recorded_at) == "2026-06-30T05:00:00Z");
}
