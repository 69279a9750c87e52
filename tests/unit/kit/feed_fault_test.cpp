#include "adapters/kit/feed_fault.hpp"

#include "adapters/kit/feed_state.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;

namespace {

using Faults = std::set<FeedFault>;

Parsed with(RefusalReason reason, std::size_t count, std::uint64_t records) {
    Parsed parsed;
    parsed.records = records;
    for (std::size_t i = 0; i < count; ++i) {
        parsed.refusals.push_back({"list.csv", i + 1, {reason, "column", "Fill it in."}, "Empty."});
    }
    return parsed;
}

FaultyFile file(std::uint64_t number) {
    return {"docket", number, "ab12", UtcTime{std::chrono::seconds(60)}};
}

}  // namespace

TEST_CASE("more than two of a hundred records refused is the feed's fault", "[kit][feed]") {
    CHECK(faults_of(with(RefusalReason::RowIncomplete, 2, 100), 98).empty());
    CHECK(faults_of(with(RefusalReason::RowIncomplete, 3, 100), 97) ==
          Faults{FeedFault::RecordsRefused});
    // A kind that does not count its records.
    CHECK(faults_of(with(RefusalReason::RowIncomplete, 1, 0), 49).empty());
    CHECK(faults_of(with(RefusalReason::RowIncomplete, 1, 0), 48) ==
          Faults{FeedFault::RecordsRefused});
    // A file that cannot be read at all.
    CHECK(faults_of(with(RefusalReason::FormatUnreadable, 1, 0), 0) ==
          Faults{FeedFault::RecordsRefused});
    CHECK(faults_of({}, 0).empty());
}

TEST_CASE("rows lost and victims' rows are faults of their own, not refused records",
          "[kit][feed]") {
    CHECK(faults_of(with(RefusalReason::SnapshotSuspicious, 1, 0), 0) ==
          Faults{FeedFault::RowsLost});
    CHECK(faults_of(with(RefusalReason::VictimServiceProvider, 90, 100), 10) ==
          Faults{FeedFault::VictimRows});
}

TEST_CASE("a fault is told when it begins and when it is over", "[kit][feed]") {
    Faults told;
    auto events = tell_faults(file(1), {FeedFault::RowsLost}, told);
    REQUIRE(events.size() == 1);
    CHECK(events[0].kind == EventKind::FeedAnomaly);
    CHECK(events[0].feed == "docket");
    CHECK(events[0].business_key == "docket/RowsLost");
    CHECK(events[0].source_msg_id == "FeedAnomaly/RowsLost/1/ab12");
    CHECK(events[0].occurred_at == UtcTime{std::chrono::seconds(60)});
    CHECK_FALSE(events[0].correction);
    CHECK(events[0].identifiers.empty());

    CHECK(tell_faults(file(2), {FeedFault::RowsLost}, told).empty());

    events = tell_faults(file(3), {FeedFault::RecordsRefused}, told);
    REQUIRE(events.size() == 2);
    CHECK(events[0].business_key == "docket/RowsLost");
    CHECK(events[0].correction);
    CHECK(events[0].source_msg_id == "FeedAnomaly/RowsLost/3/ab12");
    CHECK(events[1].business_key == "docket/RecordsRefused");
    CHECK_FALSE(events[1].correction);
    CHECK(told == Faults{FeedFault::RecordsRefused});
}

TEST_CASE("each file with victims' rows is told, and never taken back", "[kit][feed]") {
    Faults told;
    for (const std::uint64_t number : {1U, 2U}) {
        const auto events = tell_faults(file(number), {FeedFault::VictimRows}, told);
        REQUIRE(events.size() == 1);
        CHECK(events[0].labels.has(SecurityLabel::DvProtected));
        CHECK(events[0].business_key == "docket/VictimRows/ab12");
    }
    CHECK(tell_faults(file(3), {}, told).empty());
}

TEST_CASE("a feed's state remembers which faults stand", "[kit][feed]") {
    FeedState state;
    state.faults = {FeedFault::RowsLost, FeedFault::RecordsRefused};
    const auto read = feed_state_from(to_text(state));
    REQUIRE(read);
    CHECK(*read == state);
}
