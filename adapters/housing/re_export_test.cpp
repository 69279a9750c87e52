// What a second export says when the first one is known.
#include <algorithm>
#include <set>

#include "adapters/housing/limits.hpp"
#include "adapters/housing/test_export.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

namespace {

constexpr const char* kClient = "c1,Ann,Reed,1,1980-05-06,1,2026-06-01 10:00:00";
constexpr const char* kEnrollment = "e1,c1,P3,2026-01-05,h1,116,2026-02-01,,2026-02-02 09:00:00,";

TestExport with_exit(const std::string& rest) {
    return TestExport().client(kClient).enrollment(kEnrollment).exit("x1,e1,c1," + rest);
}

const char* const kExit = "2026-06-01,116,,2026-06-02 08:00:00,";

}  // namespace

TEST_CASE("an unchanged export read again tells nothing", "[housing]") {
    KnownRows known;
    CHECK(read(with_exit(kExit), known).events.size() == 5);
    const KnownRows after_first = known;
    CHECK(read(with_exit(kExit), known).events.empty());
    CHECK(known == after_first);
}

TEST_CASE("rows are counted, told before or not, and so are refused ones beyond their lines",
          "[housing]") {
    KnownRows known;
    CHECK(read(with_exit(kExit), known).records == 3);
    CHECK(read(with_exit(kExit), known).records == 3);

    TestExport many = with_exit(kExit);
    constexpr std::uint64_t kBad = kRefusalsToldMax + 5;
    for (std::uint64_t n = 0; n < kBad; ++n) {
        many.client("b" + std::to_string(n) + ",Ann,Reed,1,no-date,1,2026-06-01 10:00:00,,");
    }
    const Parsed parsed = read(many);
    CHECK(parsed.records == 3 + kBad);
    CHECK(parsed.refusals.size() + parsed.refused_untold == kBad);
}

TEST_CASE("the export's own id is not part of a row's meaning", "[housing]") {
    KnownRows known;
    static_cast<void>(read(with_exit(kExit), known));
    TestExport next = with_exit(kExit);
    next.replace("Export.csv", "1,77,2026-06-30", "2,77,2026-07-01");
    next.replace("Exit.csv", "08:00:00,,1", "08:00:00,,2");
    CHECK(read(next, known).events.empty());
}

TEST_CASE("the same rows have the same ids wherever they are read", "[housing]") {
    CHECK(read(with_exit(kExit)).events == read(with_exit(kExit)).events);
    std::set<std::string> ids;
    for (const Submission& event : read(with_exit(kExit)).events) {
        CHECK(ids.insert(event.source_msg_id).second);
    }
}

TEST_CASE("one changed row gives one event that names what it replaces", "[housing]") {
    KnownRows known;
    const TestExport first = TestExport().client(kClient).enrollment(
        "e1,c1,S1,2026-01-05,h1,116,,,2026-02-02 09:00:00,");
    const Parsed before = read(first, known);
    const TestExport second = TestExport().client(kClient).enrollment(
        "e1,c1,S1,2026-01-06,h1,116,,,2026-02-03 09:00:00,");
    const Parsed after = read(second, known);
    REQUIRE(after.events.size() == 1);
    CHECK(after.events[0].kind == EventKind::HousingEnrollmentStarted);
    CHECK_FALSE(after.events[0].correction);
    CHECK(after.events[0].supersedes_key ==
          of_kind(before, EventKind::HousingEnrollmentStarted)[0].source_msg_id);
    CHECK(after.events[0].source_msg_id != after.events[0].supersedes_key);
    CHECK(read(second, known).events.empty());
}

TEST_CASE("a later move-in changes what an old exit means", "[housing]") {
    KnownRows known;
    TestExport early = with_exit(kExit);
    early.replace("Enrollment.csv", "2026-02-01", "");
    CHECK(of_kind(read(early, known), EventKind::HousingLossReported).empty());
    const Parsed late = read(with_exit(kExit), known);
    CHECK(of_kind(late, EventKind::HousingMoveIn).size() == 1);
    CHECK(of_kind(late, EventKind::HousingLossReported).size() == 1);
}

TEST_CASE("a loss that a corrected exit no longer supports is withdrawn", "[housing]") {
    KnownRows known;
    const Parsed before = read(with_exit(kExit), known);
    const Parsed after = read(with_exit("2026-06-01,410,,2026-06-05 08:00:00,"), known);
    const auto losses = of_kind(after, EventKind::HousingLossReported);
    REQUIRE(losses.size() == 1);
    CHECK(losses[0].correction);
    CHECK(losses[0].supersedes_key ==
          of_kind(before, EventKind::HousingLossReported)[0].source_msg_id);
    CHECK(losses[0].business_key ==
          of_kind(before, EventKind::HousingLossReported)[0].business_key);
    const auto exits = of_kind(after, EventKind::HousingExit);
    REQUIRE(exits.size() == 1);
    CHECK_FALSE(exits[0].correction);
    CHECK(after.events.size() == 2);
}

TEST_CASE("a loss that another one replaces does not take it along", "[housing]") {
    KnownRows known;
    const Parsed before = read(with_exit("2026-06-01,99,,2026-06-02 08:00:00,"), known);
    const auto unknown = of_kind(before, EventKind::HousingLossReported);
    REQUIRE(unknown.size() == 1);  // L6: where to is not known
    const Parsed after = read(with_exit("2026-06-01,116,,2026-06-05 08:00:00,"), known);
    const auto losses = of_kind(after, EventKind::HousingLossReported);
    REQUIRE(losses.size() == 2);
    for (const Submission& loss : losses) {
        const bool is_old = loss.business_key == unknown[0].business_key;
        CHECK(loss.correction == is_old);
        CHECK(std::get<HousingClaim>(loss.payload).grade ==
              (is_old ? HousingLossGrade::Unset : HousingLossGrade::Lost));
    }
    CHECK(losses[0].business_key != losses[1].business_key);
}

TEST_CASE("a deleted row withdraws all that it told", "[housing]") {
    KnownRows known;
    const Parsed before = read(with_exit(kExit), known);
    const TestExport deleted = with_exit("2026-06-01,116,,2026-06-09 08:00:00,2026-06-09 08:00:00");
    const Parsed after = read(deleted, known);
    REQUIRE(after.events.size() == 2);
    std::set<std::string> withdrawn;
    for (const Submission& event : after.events) {
        CHECK(event.correction);
        withdrawn.insert(event.supersedes_key);
    }
    CHECK(withdrawn == std::set{of_kind(before, EventKind::HousingExit)[0].source_msg_id,
                                of_kind(before, EventKind::HousingLossReported)[0].source_msg_id});
    CHECK(read(deleted, known).events.empty());

    // The row comes back: it is told anew, as something that replaces nothing.
    const Parsed back = read(with_exit("2026-06-01,116,,2026-06-10 08:00:00,"), known);
    REQUIRE(back.events.size() == 2);
    CHECK(back.events[0].supersedes_key.empty());
}

TEST_CASE("a deleted row that was never told gives nothing and a finding", "[housing]") {
    const Parsed parsed =
        read(with_exit("2026-06-01,116,,2026-06-09 08:00:00,2026-06-09 08:00:00"));
    CHECK(of_kind(parsed, EventKind::HousingExit).empty());
    CHECK(has_finding(parsed, "Exit.csv", "DateDeleted"));
}

TEST_CASE("what the feed keeps between exports may be text", "[housing]") {
    const TemporaryFolder folder;
    with_exit(kExit).write_to(folder);
    std::string state;
    CHECK(read_export(folder.path(), test_site(), state)->events.size() == 5);
    CHECK_FALSE(state.empty());
    CHECK(read_export(folder.path(), test_site(), state)->events.empty());

    state = "torn";
    CHECK(read_export(folder.path(), test_site(), state).error().code == ErrorCode::Damaged);
}
