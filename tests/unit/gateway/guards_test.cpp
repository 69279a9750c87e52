// What the door asks before it lets a client or an event in: its history, its disk, whose question.
#include "tests/unit/gateway/door.hpp"

namespace carehub::gateway {
namespace {

using codec::FrameType;
using codec::GoodbyeCode;
using codec::Purpose;

codec::Welcome hello_with_receipt(Door& door, std::uint64_t sequence) {
    door.port.connect("r1", Door::user_id_of(Door::kClinic));
    codec::Hello hello{7, 1, Purpose::Adapter, "test", sequence, {}};
    hello.last_root.fill(5);
    door.deliver("r1", FrameType::Hello, codec::encode_hello(hello));
    const auto welcome = codec::decode_welcome(door.only_slice("r1", FrameType::Welcome));
    REQUIRE(welcome);
    return *welcome;
}

TEST_CASE("A client that holds no receipt is believed", "[gateway]") {
    Door door;
    door.history.says = Recall::Lost;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    REQUIRE(door.history.told.value == 0);
}

TEST_CASE("A receipt of this history is nothing to speak of", "[gateway]") {
    Door door;
    REQUIRE_FALSE(hello_with_receipt(door, 12).resend);
    REQUIRE(door.history.told.value == 12);
    REQUIRE(door.history.root.front() == 5);
    REQUIRE(door.history.who == "clinic");
}

TEST_CASE("A receipt the hub's history does not hold is answered HistoryDiffers, and no session",
          "[gateway]") {
    Door door;
    door.history.says = Recall::Lost;
    door.port.connect("r1", Door::user_id_of(Door::kClinic));
    codec::Hello hello{7, 1, Purpose::Adapter, "test", 12, {}};
    door.deliver("r1", FrameType::Hello, codec::encode_hello(hello));
    REQUIRE(door.only_goodbye("r1") == GoodbyeCode::HistoryDiffers);
    REQUIRE(door.gateway.session_count() == 0);
}

TEST_CASE("Once the loss is accepted the client is welcome and asked to send again", "[gateway]") {
    Door door;
    door.history.says = Recall::LossAccepted;
    REQUIRE(hello_with_receipt(door, 12).resend);
}

TEST_CASE(
    "While the disk is low an event is refused at once, by a reason that comes again, and "
    "reaches nobody",
    "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    door.disk.low = true;
    door.submit_events("r1", 5, 3);
    const auto sent = door.take_sent("r1");
    REQUIRE(sent.size() == 1);
    REQUIRE(sent[0].slices.size() == 3);
    for (std::uint64_t i = 0; i < 3; ++i) {
        const auto receipt = codec::decode_receipt(sent[0].slices[i]);
        REQUIRE(receipt);
        REQUIRE(receipt->ticket == 5 + i);
        REQUIRE(receipt->status == ReceiptStatus::Refused);
        REQUIRE(receipt->refusal.reason == RefusalReason::DiskLow);
        REQUIRE(is_retryable(receipt->refusal.reason));
        REQUIRE(receipt->sequence.value == 0);
    }
    REQUIRE(door.take_inputs().empty());
    door.disk.low = false;
    door.clock.steady_ += kNoRoomHold;
    door.submit_events("r1", 8, 1);
    REQUIRE(door.take_inputs(InputKind::Submission).size() == 1);
}

TEST_CASE("What a client had under way when it was refused does not overtake what comes again",
          "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    door.open("r2", Door::kCourt, Purpose::Adapter);
    door.disk.low = true;
    door.submit_events("r1", 1, 1);
    door.disk.low = false;
    door.clock.steady_ += kNoRoomHold - std::chrono::milliseconds{1};
    door.submit_events("r1", 2, 1);
    REQUIRE(door.take_inputs(InputKind::Submission).empty());
    door.submit_events("r2", 1, 1);  // of whom nothing was refused
    REQUIRE(door.take_inputs(InputKind::Submission).size() == 1);
    door.clock.steady_ += std::chrono::milliseconds{1};
    door.submit_events("r1", 3, 2);
    REQUIRE(door.take_inputs(InputKind::Submission).size() == 2);
}

TEST_CASE("A low disk gives every credit back, however much is refused", "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    door.disk.low = true;
    std::uint64_t ticket = 1;
    for (std::size_t sent = 0; sent < 3 * kSubmitCreditMax; sent += 64, ticket += 64) {
        door.submit_events("r1", ticket, 64);
        (void)door.port.take_sent("r1");
    }
    REQUIRE(door.gateway.session_count() == 1);
}

TEST_CASE("While the disk is low commands, acknowledgements and questions go on", "[gateway]") {
    Door door;
    door.open("r3", Door::kManager, Purpose::Staff);
    door.disk.low = true;
    StaffCommand staff;
    staff.staff = "cm.lee";
    staff.role = StaffRole::CaseManager;
    codec::FrameWriter writer(FrameType::Command, 1);
    REQUIRE(writer.add(*codec::encode_command(CommandBody{staff})));
    door.port.deliver("r3", writer.finish());
    door.step();
    REQUIRE(door.take_inputs(InputKind::Command).size() == 1);
    door.deliver("r3", FrameType::Question, codec::encode_question({1, "alerts", {}}));
    REQUIRE(door.questions.try_pop());
}

TEST_CASE("A partner may ask for the fate of its own events, and nothing else", "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Send);
    door.deliver("r1", FrameType::Question, codec::encode_question({1, "fate_of", {{"id", "e1"}}}));
    const auto asked = door.questions.try_pop();
    REQUIRE(asked);
    REQUIRE(asked->name == "fate_of");
    REQUIRE(asked->asker.id == Door::kClinic);
    for (const std::string name : {"fate", "alerts", "health", "deadletters", "status"}) {
        door.deliver("r1", FrameType::Question, codec::encode_question({2, name, {}}));
        const auto part = codec::decode_answer_part(door.only_slice("r1", FrameType::Answer));
        REQUIRE(part);
        REQUIRE(part->refusal.reason == RefusalReason::NotAllowed);
        REQUIRE_FALSE(door.questions.try_pop());
    }
}

}  // namespace
}  // namespace carehub::gateway
