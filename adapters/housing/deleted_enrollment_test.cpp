// What hangs on an enrollment that is deleted goes with it.
#include <algorithm>
#include <set>

#include "adapters/housing/test_export.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

namespace {

constexpr const char* kStands = "2026-02-02 09:00:00,";
constexpr const char* kDeleted = "2026-07-01 09:00:00,2026-07-01 09:00:00";

TestExport enrolled(const std::string& updated) {
    return TestExport()
        .client("c1,Ann,Reed,1,1980-05-06,1,2026-06-01 10:00:00")
        .enrollment("e1,c1,P3,2026-01-05,h1,116,2026-02-01,," + updated);
}

TestExport ann(const std::string& updated) {
    return enrolled(updated)
        .exit("x1,e1,c1,2026-06-01,116,,2026-06-02 08:00:00,")
        .situation("s1,e1,c1,2026-03-01,410,1,0,2026-03-01 10:00:00,")
        .referral("r1,e1,c1,2026-04-01,13,,,2026-04-01 08:00:00,");
}

TestExport full(TestExport made, const std::string& day) {
    return made.period("3", "2", "2026-01-01", "2026-06-30").exported(day);
}

std::set<std::string> ids_of(const Parsed& parsed) {
    std::set<std::string> ids;
    for (const Submission& event : parsed.events) {
        if (event.kind != EventKind::PersonUpserted) {
            ids.insert(event.source_msg_id);
        }
    }
    return ids;
}

void check_all_withdrawn(const Parsed& first, const Parsed& after) {
    std::set<std::string> withdrawn;
    for (const Submission& event : after.events) {
        CHECK(event.correction);
        CHECK(withdrawn.insert(event.supersedes_key).second);
    }
    CHECK(withdrawn == ids_of(first));
}

}  // namespace

TEST_CASE("rows of a deleted enrollment are not told, which a finding says", "[housing]") {
    KnownRows known;
    const Parsed parsed = read(ann(kDeleted), known);
    CHECK(ids_of(parsed).empty());
    CHECK(has_finding(parsed, "Exit.csv", "EnrollmentID"));
    CHECK(has_finding(parsed, "CurrentLivingSituation.csv", "EnrollmentID"));
    CHECK(has_finding(parsed, "Event.csv", "EnrollmentID"));
    CHECK(read(ann(kDeleted), known).events.empty());
}

TEST_CASE("a deleted enrollment takes along what was told of it, and brings it back", "[housing]") {
    KnownRows known;
    const Parsed first = read(full(ann(kStands), "2026-06-30"), known);
    REQUIRE(ids_of(first).size() == 7);
    SECTION("its rows are in the export still") {
        check_all_withdrawn(first, read(full(ann(kDeleted), "2026-07-01"), known));
    }
    SECTION("its rows are gone") {
        check_all_withdrawn(first, read(full(enrolled(kDeleted), "2026-07-01"), known));
    }
    SECTION("a delta tells the deletion alone") {
        TestExport delta = enrolled(kDeleted).period("1", "1", "2026-06-30", "2026-07-01");
        const Parsed after = read(delta.exported("2026-07-01"), known);
        check_all_withdrawn(first, after);
        CHECK(has_finding(after, "Exit.csv", "EnrollmentID"));
    }
    CHECK(read(full(ann(kDeleted), "2026-07-02"), known).events.empty());

    const Parsed back = read(full(ann(kStands), "2026-07-03"), known);
    const std::set<std::string> told = ids_of(first);
    const std::set<std::string> again = ids_of(back);
    CHECK(again.size() == told.size());
    CHECK(std::ranges::none_of(again, [&](const std::string& id) { return told.contains(id); }));
    CHECK(std::ranges::none_of(back.events, &Submission::correction));
}

TEST_CASE("a deleted enrollment does not tell where its person lived", "[housing]") {
    const auto later = [](const char* updated) {
        return TestExport()
            .client("c1,Ann,Reed,1,1980-05-06,1,2026-06-01 10:00:00")
            .enrollment(std::string("e1,c1,V12,2026-01-05,h1,,,,") + updated)
            .exit("x1,e1,c1,2026-06-01,410,,2026-06-02 08:00:00,")
            .enrollment("e2,c1,S1,2026-06-20,h1,,,,2026-06-20 09:00:00,");
    };
    CHECK(of_kind(read(later(kStands)), EventKind::HousingLossReported).size() == 1);
    CHECK(of_kind(read(later(kDeleted)), EventKind::HousingLossReported).empty());
}

TEST_CASE("an older export deletes nothing that a newer one told", "[housing]") {
    KnownRows known;
    static_cast<void>(read(full(ann(kStands), "2026-07-02"), known));
    CHECK(read(full(enrolled(kDeleted), "2026-07-01"), known).events.empty());
}
