// What recipients say of notices they were sent.
#include "tests/unit/gateway/door.hpp"

namespace carehub::gateway {
namespace {

using codec::FrameType;
using codec::GoodbyeCode;
using codec::Purpose;

/// A court session that was sent notices 1 to `count`, of entries 11 and on.
struct Told {
    Door door;

    explicit Told(std::uint64_t count, bool no_acknowledge = false) {
        const auto session = door.open("w1", Door::kCourt, Purpose::Watch).session;
        door.deliver("w1", FrameType::Subscribe, codec::encode_subscribe({0, {}, no_acknowledge}));
        door.deliver("w1", FrameType::Credit, codec::encode_credit({kNoticeCreditMax}));
        REQUIRE(door.take_inputs(InputKind::Resume).size() == 1);
        Released released;
        released.resumed.push_back({Door::kCourt, session, {}});
        REQUIRE(door.gateway.release(released));
        for (std::uint64_t number = 1; number <= count; ++number) {
            if (number % kNoticeCreditMax == 0) {
                door.deliver("w1", FrameType::Credit, codec::encode_credit({kNoticeCreditMax}));
            }
            Released one = door.release_of(10 + number, Door::kCourt, number);
            door.backlog.decided.push_back(one.deliveries[0]);
            REQUIRE(door.gateway.release(one));
        }
        (void)door.take_all("w1");
    }
    void judge(std::uint64_t number, VerdictOutcome outcome) {
        codec::Verdict verdict;
        verdict.number = number;
        verdict.outcome = outcome;
        if (outcome == VerdictOutcome::Refused) {
            verdict.refusal = {RefusalReason::InvalidField, "start", "Not in our calendar."};
        }
        door.deliver("w1", FrameType::Verdict, codec::encode_verdict(verdict));
    }
};

TEST_CASE("A verdict becomes an input with the delivery it is about and the words as they came",
          "[gateway][verdict]") {
    Told told(3);
    told.judge(2, VerdictOutcome::Refused);
    const auto inputs = told.door.take_inputs(InputKind::Verdict);
    REQUIRE(inputs.size() == 1);
    const auto& verdict = std::get<VerdictInput>(inputs[0].body);
    REQUIRE(inputs[0].principal == Door::kCourt);
    REQUIRE(verdict.delivery == Door::delivery_of(12, Door::kCourt, 2));
    REQUIRE(verdict.outcome == VerdictOutcome::Refused);
    REQUIRE(verdict.reason == RefusalReason::InvalidField);
    REQUIRE(codec::decode_verdict(inputs[0].wire)->refusal.fix == "Not in our calendar.");
}

TEST_CASE("A notice is judged once", "[gateway][verdict]") {
    Told told(1);
    told.judge(1, VerdictOutcome::Refused);
    told.judge(1, VerdictOutcome::Refused);
    REQUIRE(told.door.take_inputs(InputKind::Verdict).size() == 1);
    REQUIRE(told.door.gateway.session_count() == 1);
}

TEST_CASE("What was acknowledged can still be confirmed", "[gateway][verdict]") {
    Told told(2);
    told.door.deliver("w1", FrameType::Acknowledge, codec::encode_acknowledge({2}));
    told.judge(1, VerdictOutcome::Confirmed);
    REQUIRE(told.door.take_inputs(InputKind::Verdict).size() == 1);
}

TEST_CASE("A verdict on a notice that was not sent, or by who only looks, ends the session",
          "[gateway][verdict]") {
    const std::uint64_t number = GENERATE(std::uint64_t{0}, std::uint64_t{4});
    Told told(3);
    told.judge(number, VerdictOutcome::Confirmed);
    REQUIRE(told.door.only_goodbye("w1") == GoodbyeCode::ProtocolError);
    Told looks(1, true);
    looks.judge(1, VerdictOutcome::Refused);
    REQUIRE(looks.door.only_goodbye("w1") == GoodbyeCode::ProtocolError);
}

TEST_CASE("A verdict without an outcome ends the session", "[gateway][verdict]") {
    Told told(1);
    told.judge(1, VerdictOutcome::Unset);
    REQUIRE(told.door.only_goodbye("w1") == GoodbyeCode::ProtocolError);
}

TEST_CASE("An acknowledgement names the entry of the last notice it covers", "[gateway]") {
    Told told(3);
    told.door.deliver("w1", FrameType::Acknowledge, codec::encode_acknowledge({2}));
    const auto inputs = told.door.take_inputs(InputKind::Acknowledge);
    REQUIRE(inputs.size() == 1);
    REQUIRE(std::get<AcknowledgeInput>(inputs[0].body).entry == Sequence{12});
}

TEST_CASE("A verdict on a notice sent long ago finds it in the journal", "[gateway][verdict]") {
    Told told(kSentKeptMax + 10);
    told.judge(5, VerdictOutcome::Refused);
    const auto inputs = told.door.take_inputs(InputKind::Verdict);
    REQUIRE(inputs.size() == 1);
    REQUIRE(std::get<VerdictInput>(inputs[0].body).delivery.number == 5);
}

TEST_CASE("What cannot be worded is told to core, and the next one goes on", "[gateway][verdict]") {
    Told told(0);
    Released damaged = told.door.release_of(50, Door::kCourt, 1);
    auto entry = std::make_shared<Entry>(*damaged.entries[0]);
    entry->input = {1, 2, 3};  // of an erased person, or damaged
    damaged.entries[0] = entry;
    REQUIRE(told.door.gateway.release(damaged));
    REQUIRE(told.door.gateway.release(told.door.release_of(51, Door::kCourt, 2)));
    REQUIRE(told.door.take_notices("w1").size() == 1);
    told.door.step();
    const auto inputs = told.door.take_inputs(InputKind::Verdict);
    REQUIRE(inputs.size() == 1);
    REQUIRE(inputs[0].principal == Door::kCourt);
    REQUIRE(std::get<VerdictInput>(inputs[0].body).unrenderable);
    REQUIRE(std::get<VerdictInput>(inputs[0].body).delivery.number == 1);
}

TEST_CASE("A notice says which attempt it is, of which first one, and whether it is history",
          "[gateway]") {
    Told told(0);
    Released again = told.door.release_of(50, Door::kCourt, 7);
    again.deliveries[0].attempt = 3;
    again.deliveries[0].first_number = 4;
    again.deliveries[0].history = true;
    REQUIRE(told.door.gateway.release(again));
    const auto notices = told.door.take_notices("w1");
    REQUIRE(notices.size() == 1);
    REQUIRE(notices[0].attempt == 3);
    REQUIRE(notices[0].first_number == 4);
    REQUIRE(notices[0].history);
}

}  // namespace
}  // namespace carehub::gateway
