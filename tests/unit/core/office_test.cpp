// What is about no client: bounded, and over when a person says so.
#include "hub/core/limits.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/world.hpp"

using namespace carehub;
using namespace carehub::test;

namespace {

Receipt find_feed(World& world, const std::string& partner, const std::string& key,
                  bool right = false) {
    Submission claim;
    claim.kind = EventKind::FeedAnomaly;
    claim.business_key = key;
    claim.correction = right;
    return world.submit(partner, "", claim);
}

}  // namespace

TEST_CASE("one partner's faults push nobody else's out of sight", "[core][office]") {
    World world{*parse_iso_time("2026-07-06T12:00:00Z")};
    for (std::size_t n = 0; n < core::kAnomaliesPerPartnerMax; ++n) {
        CHECK(find_feed(world, "court", std::to_string(n)).status == ReceiptStatus::Accepted);
    }
    const Receipt beyond = find_feed(world, "court", "one more");
    CHECK(beyond.status == ReceiptStatus::Refused);
    CHECK(beyond.refusal.reason == RefusalReason::TooManyItems);
    // Told again, another partner's, and what takes the place of one that is over.
    CHECK(find_feed(world, "court", "0").status == ReceiptStatus::Accepted);
    CHECK(find_feed(world, "clinic", "0").status == ReceiptStatus::Accepted);
    CHECK(find_feed(world, "court", "0", true).status == ReceiptStatus::Accepted);
    CHECK(find_feed(world, "court", "one more").status == ReceiptStatus::Accepted);
}
