#include "tests/unit/gateway/door.hpp"

namespace carehub::gateway {
namespace {

using codec::FrameType;
using codec::GoodbyeCode;
using codec::Purpose;

/// Core's answer to the one ResumeInput that is waiting.
Released answer_resume(Door& door, std::uint64_t session, std::vector<Delivery> deliveries) {
    REQUIRE(door.take_inputs(InputKind::Resume).size() == 1);
    Released released;
    released.resumed.push_back({Door::kCourt, session, std::move(deliveries)});
    return released;
}

/// A subscribed court session that has caught up.
std::uint64_t open_caught_up(Door& door, const std::string& connection, std::uint32_t credit) {
    const auto session = door.open(connection, Door::kCourt, Purpose::Watch).session;
    door.subscribe(connection, 0, credit);
    REQUIRE(door.gateway.release(answer_resume(door, session, {})));
    return session;
}

TEST_CASE("Receipts leave in frames of at most 64, in order of release", "[gateway]") {
    Door door;
    const auto session = door.open("r1", Door::kClinic, Purpose::Adapter).session;
    Released released;
    for (std::uint64_t ticket = 1; ticket <= 150; ++ticket) {
        released.receipts.push_back(
            {session, {ticket, ReceiptStatus::Accepted, {ticket + 10}, {}, {}}});
    }
    REQUIRE(door.gateway.release(released));
    const auto sent = door.take_sent("r1");
    REQUIRE(sent.size() == 3);
    std::uint64_t next = 1;
    for (const auto& frame : sent) {
        REQUIRE(frame.type == FrameType::Receipts);
        REQUIRE(frame.slices.size() <= kBatchSlicesMax);
        for (const Bytes& slice : frame.slices) {
            const auto receipt = codec::decode_receipt(slice);
            REQUIRE(receipt);
            REQUIRE(receipt->ticket == next);
            REQUIRE(receipt->sequence.value == next + 10);
            ++next;
        }
    }
    REQUIRE(next == 151);
}

TEST_CASE("Receipts for a full connection wait and then leave in order", "[gateway]") {
    Door door;
    const auto session = door.open("r1", Door::kClinic, Purpose::Adapter).session;
    door.port.set_room("r1", 0);
    for (std::uint64_t ticket = 1; ticket <= 3; ++ticket) {
        Released released;
        released.receipts.push_back({session, {ticket, ReceiptStatus::Accepted, {ticket}, {}, {}}});
        REQUIRE(door.gateway.release(released));
    }
    REQUIRE(door.take_sent("r1").empty());
    door.port.set_room("r1", 10);
    door.step();
    const auto sent = door.take_sent("r1");
    REQUIRE(sent.size() == 3);
    REQUIRE(codec::decode_receipt(sent[2].slices[0])->ticket == 3);
}

TEST_CASE("A receipt for a session that ended is dropped", "[gateway]") {
    Door door;
    const auto session = door.open("r1", Door::kClinic, Purpose::Adapter).session;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    Released released;
    released.receipts.push_back({session, {1, ReceiptStatus::Accepted, {1}, {}, {}}});
    REQUIRE(door.gateway.release(released));
    REQUIRE(door.take_sent("r1").empty());
}

TEST_CASE("A subscription asks core first and then receives live", "[gateway]") {
    Door door;
    const auto session = door.open("w1", Door::kCourt, Purpose::Watch).session;
    door.subscribe("w1", 3, 10);
    const auto asked = door.take_inputs(InputKind::Resume);
    REQUIRE(asked.size() == 1);
    REQUIRE(asked[0].principal == Door::kCourt);
    REQUIRE(asked[0].session == session);
    REQUIRE(std::get<ResumeInput>(asked[0].body).after == 3);
    REQUIRE(std::get<ResumeInput>(asked[0].body).count_max == 10);

    // Released while core has not answered: it will be part of the answer.
    REQUIRE(door.gateway.release(door.release_of(40, Door::kCourt, 4)));
    REQUIRE(door.take_sent("w1").empty());

    Released answer = door.release_of(41, Door::kCourt, 5);
    answer.resumed.push_back({Door::kCourt, session, {Door::delivery_of(40, Door::kCourt, 4)}});
    REQUIRE(door.gateway.release(answer));
    const auto notices = door.take_notices("w1");
    REQUIRE(notices.size() == 2);
    REQUIRE(notices[0].number == 4);
    REQUIRE(notices[1].number == 5);
}

TEST_CASE("CaughtUp comes once, after the last notice that was owed", "[gateway]") {
    Door door;
    const auto session = door.open("w1", Door::kCourt, Purpose::Watch).session;
    door.subscribe("w1", 0, 2);
    Released first = door.release_of(40, Door::kCourt, 1);
    first.resumed.push_back({Door::kCourt, session, {Door::delivery_of(40, Door::kCourt, 1)}});
    first.deliveries.clear();
    REQUIRE(door.take_inputs(InputKind::Resume).size() == 1);
    REQUIRE(door.gateway.release(first));
    const auto sent = door.take_all("w1");
    REQUIRE(sent.size() == 2);
    REQUIRE(sent[0].type == FrameType::Notices);
    REQUIRE(sent[1].type == FrameType::CaughtUp);
    REQUIRE(codec::decode_caught_up(sent[1].slices[0])->number == 1);

    REQUIRE(door.gateway.release(door.release_of(41, Door::kCourt, 2)));
    const auto live = door.take_all("w1");
    REQUIRE(live.size() == 1);
    REQUIRE(live[0].type == FrameType::Notices);
}

TEST_CASE("While something is owed and credit is used up there is no CaughtUp", "[gateway]") {
    Door door;
    const auto session = door.open("w1", Door::kCourt, Purpose::Watch).session;
    door.subscribe("w1", 0, 1);
    Released released = door.release_of(40, Door::kCourt, 1);
    released.deliveries.clear();
    released.resumed.push_back({Door::kCourt, session, {Door::delivery_of(40, Door::kCourt, 1)}});
    released.resumed[0].more = true;
    REQUIRE(door.take_inputs(InputKind::Resume).size() == 1);
    REQUIRE(door.gateway.release(released));
    const auto sent = door.take_all("w1");
    REQUIRE(sent.size() == 1);
    REQUIRE(sent[0].type == FrameType::Notices);
}

TEST_CASE("What a resume has already sent does not come again live", "[gateway]") {
    Door door;
    const auto session = door.open("w1", Door::kCourt, Purpose::Watch).session;
    door.subscribe("w1", 0, 10);
    Released answer = door.release_of(41, Door::kCourt, 1);
    REQUIRE(door.take_inputs(InputKind::Resume).size() == 1);
    answer.resumed.push_back({Door::kCourt, session, {Door::delivery_of(41, Door::kCourt, 1)}});
    REQUIRE(door.gateway.release(answer));
    REQUIRE(door.take_notices("w1").size() == 1);
}

TEST_CASE("Without credit nothing leaves, and credit brings it from the backlog", "[gateway]") {
    Door door;
    const auto session = open_caught_up(door, "w1", 1);
    REQUIRE(door.gateway.release(door.release_of(10, Door::kCourt, 1)));
    REQUIRE(door.gateway.release(door.release_of(11, Door::kCourt, 2)));
    REQUIRE(door.take_notices("w1").size() == 1);
    door.step();
    REQUIRE(door.take_inputs(InputKind::Resume).empty());
    door.deliver("w1", FrameType::Credit, codec::encode_credit({5}));
    REQUIRE(door.gateway.release(
        answer_resume(door, session, {Door::delivery_of(11, Door::kCourt, 2)})));
    const auto notices = door.take_notices("w1");
    REQUIRE(notices.size() == 1);
    REQUIRE(notices[0].number == 2);
}

TEST_CASE("When core says that more is owed it is asked again", "[gateway]") {
    Door door;
    const auto session = door.open("w1", Door::kCourt, Purpose::Watch).session;
    [[maybe_unused]] const auto unused = door.release_of(10, Door::kCourt, 1);
    door.subscribe("w1", 0, 1);
    Released more = answer_resume(door, session, {Door::delivery_of(10, Door::kCourt, 1)});
    more.resumed[0].more = true;
    REQUIRE(door.gateway.release(more));
    door.deliver("w1", FrameType::Credit, codec::encode_credit({3}));
    const auto asked = door.take_inputs(InputKind::Resume);
    REQUIRE(asked.size() == 1);
    REQUIRE(std::get<ResumeInput>(asked[0].body).after == 1);
}

TEST_CASE("Notices for a full connection wait and then leave in order", "[gateway]") {
    Door door;
    open_caught_up(door, "w1", 10);
    door.port.set_room("w1", 0);
    for (std::uint64_t number = 1; number <= 3; ++number) {
        REQUIRE(door.gateway.release(door.release_of(9 + number, Door::kCourt, number)));
    }
    door.port.set_room("w1", 10);
    door.step();
    const auto notices = door.take_notices("w1");
    REQUIRE(notices.size() == 3);
    REQUIRE(notices[2].number == 3);
    REQUIRE(door.take_inputs(InputKind::Resume).empty());
}

TEST_CASE("What is withdrawn while it waits for room does not leave, and its credit comes back",
          "[gateway]") {
    Door door;
    open_caught_up(door, "w1", 3);
    door.port.set_room("w1", 0);
    for (std::uint64_t number = 1; number <= 3; ++number) {
        REQUIRE(door.gateway.release(door.release_of(9 + number, Door::kCourt, number)));
    }
    Released revoked;
    revoked.deliveries.push_back(Door::delivery_of(11, Door::kCourt, 2));
    revoked.deliveries[0].state = DeliveryState::Withdrawn;
    REQUIRE(door.gateway.release(revoked));
    door.port.set_room("w1", 10);
    door.step();
    const auto notices = door.take_notices("w1");
    REQUIRE(notices.size() == 2);
    REQUIRE(notices[0].number == 1);
    REQUIRE(notices[1].number == 3);
    REQUIRE(door.gateway.release(door.release_of(13, Door::kCourt, 4)));
    REQUIRE(door.take_notices("w1").size() == 1);
}

TEST_CASE("A connection that takes no more falls behind when too much waits", "[gateway]") {
    Door door;
    const auto session = open_caught_up(door, "w1", kNoticeCreditMax);
    door.port.set_room("w1", 0);
    std::uint64_t number = 0;
    // Large notices, so that bytes run out before credit does.
    while (number < kNoticeCreditMax) {
        ++number;
        REQUIRE(door.gateway.release(door.large_release_of(9 + number, Door::kCourt, number)));
    }
    door.port.set_room("w1", 1'000'000);
    door.step();
    const auto sent = door.take_notices("w1");
    REQUIRE(sent.size() > 64);
    REQUIRE(sent.size() < number);
    door.step();
    const auto asked = door.take_inputs(InputKind::Resume);
    REQUIRE(asked.size() == 1);
    REQUIRE(asked[0].session == session);
    REQUIRE(std::get<ResumeInput>(asked[0].body).after == sent.back().number);
}

TEST_CASE("A delivery withdrawn in the batch that queued it does not leave", "[gateway]") {
    Door door;
    open_caught_up(door, "w1", 10);
    Released released = door.release_of(10, Door::kCourt, 1);
    released.deliveries.push_back(released.deliveries[0]);
    released.deliveries[1].state = DeliveryState::Withdrawn;
    REQUIRE(door.gateway.release(released));
    REQUIRE(door.take_sent("w1").empty());
}

TEST_CASE("The answer to an earlier subscription does not count for the present one", "[gateway]") {
    Door door;
    const auto session = door.open("w1", Door::kCourt, Purpose::Watch).session;
    [[maybe_unused]] const auto unused = door.release_of(10, Door::kCourt, 9);
    door.subscribe("w1", 8, 10);
    door.subscribe("w1", 0, 0);
    Released stale;
    stale.resumed.push_back({Door::kCourt, session, {Door::delivery_of(10, Door::kCourt, 9)}});
    REQUIRE(door.gateway.release(stale));
    REQUIRE(door.take_sent("w1").empty());
}

TEST_CASE("Every session of a principal receives, each within its own credit", "[gateway]") {
    Door door;
    open_caught_up(door, "w1", 10);
    open_caught_up(door, "w2", 0 + 1);
    REQUIRE(door.gateway.release(door.release_of(10, Door::kCourt, 1)));
    REQUIRE(door.gateway.release(door.release_of(11, Door::kCourt, 2)));
    REQUIRE(door.take_notices("w1").size() == 2);
    REQUIRE(door.take_notices("w2").size() == 1);
}

TEST_CASE("An acknowledgement becomes an input; one without the right to it ends the session",
          "[gateway]") {
    Door door;
    open_caught_up(door, "w1", 10);
    door.deliver("w1", FrameType::Acknowledge, codec::encode_acknowledge({4}));
    const auto inputs = door.take_inputs(InputKind::Acknowledge);
    REQUIRE(inputs.size() == 1);
    REQUIRE(std::get<AcknowledgeInput>(inputs[0].body).number == 4);
    door.deliver("w1", FrameType::Subscribe, codec::encode_subscribe({0, {}, true}));
    door.deliver("w1", FrameType::Acknowledge, codec::encode_acknowledge({5}));
    REQUIRE(door.only_goodbye("w1") == GoodbyeCode::ProtocolError);
}

TEST_CASE("Only the kinds subscribed to are sent, and the others use no credit", "[gateway]") {
    Door door;
    const auto session = door.open("w1", Door::kCourt, Purpose::Watch).session;
    door.deliver("w1", FrameType::Subscribe,
                 codec::encode_subscribe({0, {EventKind::HearingScheduled}, false}));
    door.deliver("w1", FrameType::Credit, codec::encode_credit({1}));
    REQUIRE(door.gateway.release(answer_resume(door, session, {})));
    REQUIRE(door.gateway.release(door.release_of(10, Door::kCourt, 1)));
    REQUIRE(door.gateway.release(door.release_of(11, Door::kCourt, 2)));
    REQUIRE(door.take_sent("w1").empty());
    door.step();
    REQUIRE(door.take_inputs(InputKind::Resume).empty());
}

TEST_CASE("A question reaches the handler and its answer the asker, in parts when it is long",
          "[gateway]") {
    Door door;
    const auto session = door.open("m1", Door::kManager, Purpose::Staff).session;
    door.deliver("m1", FrameType::Question,
                 codec::encode_question({3, "alerts", {{"owner", "cm.lee"}}}));
    const auto question = door.questions.try_pop();
    REQUIRE(question);
    REQUIRE(question->name == "alerts");
    REQUIRE(question->asker.name == "cm.lee");
    REQUIRE(question->arguments.size() == 1);
    const std::vector<std::string> lines(3'000, std::string(100, 'x'));
    REQUIRE(door.gateway.answer({session, 3, lines, {}}));
    std::vector<std::string> received;
    const auto sent = door.take_sent("m1");
    REQUIRE(sent.size() > 1);
    for (std::size_t i = 0; i < sent.size(); ++i) {
        const auto part = codec::decode_answer_part(sent[i].slices[0]);
        REQUIRE(part);
        REQUIRE(part->ticket == 3);
        REQUIRE(part->more == (i + 1 < sent.size()));
        received.insert(received.end(), part->lines.begin(), part->lines.end());
    }
    REQUIRE(received == lines);
}

TEST_CASE("A refusal too long for the wire is told without its end", "[gateway]") {
    Door door;
    const auto session = door.open("m1", Door::kManager, Purpose::Staff).session;
    door.deliver("m1", FrameType::Question, codec::encode_question({3, "alerts", {}}));
    REQUIRE(door.questions.try_pop());
    std::string fix;
    while (fix.size() < 2'000) {
        fix += "\u00e4";  // two bytes: the bound may fall between them
    }
    REQUIRE(door.gateway.answer({session, 3, {}, {RefusalReason::InvalidField, "x" + fix, fix}}));
    const auto sent = door.take_sent("m1");
    REQUIRE(sent.size() == 1);
    const auto part = codec::decode_answer_part(sent[0].slices[0]);
    REQUIRE(part);
    CHECK(part->refusal.reason == RefusalReason::InvalidField);
    CHECK(part->refusal.fix.size() == 500);
    CHECK(fix.starts_with(part->refusal.fix));
}

TEST_CASE("A partner that is no staff gets its question refused by number", "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    door.deliver("r1", FrameType::Question, codec::encode_question({3, "alerts", {}}));
    const auto part = codec::decode_answer_part(door.only_slice("r1", FrameType::Answer));
    REQUIRE(part);
    REQUIRE(part->refusal.reason == RefusalReason::NotAllowed);
    REQUIRE_FALSE(door.questions.try_pop());
}

TEST_CASE("A hub that stops says so to every session", "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    door.open("w1", Door::kCourt, Purpose::Watch);
    REQUIRE(door.gateway.stop());
    REQUIRE(door.only_goodbye("r1") == GoodbyeCode::Stopping);
    REQUIRE(door.only_goodbye("w1") == GoodbyeCode::Stopping);
    REQUIRE(door.gateway.session_count() == 0);
}

}  // namespace
}  // namespace carehub::gateway
