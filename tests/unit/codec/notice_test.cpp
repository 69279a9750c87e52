#include "hub/codec/notice.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/codec/filler.hpp"

namespace carehub::codec {
namespace {

TEST_CASE("every notice comes back as it was sent", "[codec][notice][property]") {
    Prng prng(13);
    for (int i = 0; i < 500; ++i) {
        const auto notice = random_record<Notice>(prng);
        const auto bytes = encode_notice(notice);
        REQUIRE(bytes);
        const auto decoded = decode_notice(*bytes);
        REQUIRE(decoded);
        CHECK(*decoded == notice);
    }
}

TEST_CASE("an event reduced below what could be submitted can still be delivered",
          "[codec][notice]") {
    Notice notice;
    notice.event.kind = EventKind::HearingScheduled;
    notice.event.payload = ObligationClaim{};
    const auto decoded = decode_notice(*encode_notice(notice));
    REQUIRE(decoded);
    CHECK(*decoded == notice);
}

TEST_CASE("a notice of an alert carries no event", "[codec][notice]") {
    Notice notice;
    notice.alert.emplace().alert_id = "a-1-0";
    const auto decoded = decode_notice(*encode_notice(notice));
    REQUIRE(decoded);
    CHECK(*decoded == notice);
    CHECK(decoded->event == Submission{});
}

}  // namespace
}  // namespace carehub::codec
