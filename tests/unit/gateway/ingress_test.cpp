#include "hub/base/prng.hpp"
#include "tests/unit/gateway/door.hpp"

namespace carehub::gateway {
namespace {

using codec::FrameType;
using codec::GoodbyeCode;
using codec::Purpose;

TEST_CASE("Hello is answered with a session, credit and the principal's own name", "[gateway]") {
    Door door;
    const auto welcome = door.open("r1", Door::kClinic, Purpose::Adapter);
    REQUIRE(welcome.session == 100);
    REQUIRE(welcome.submit_credit == kSubmitCreditMax);
    REQUIRE(welcome.principal == "clinic");
    REQUIRE(welcome.time == door.clock.now_);
}

TEST_CASE("Another protocol version is sent away by number", "[gateway]") {
    Door door;
    door.port.connect("r1", Door::user_id_of(Door::kClinic));
    door.deliver("r1", FrameType::Hello, codec::encode_hello({7, 2, Purpose::Adapter, "test"}));
    REQUIRE(door.only_goodbye("r1") == GoodbyeCode::WrongVersion);
    REQUIRE(door.gateway.session_count() == 0);
}

TEST_CASE("Anything before Hello is answered with HelloFirst", "[gateway]") {
    Door door;
    door.port.connect("r1", Door::user_id_of(Door::kClinic));
    door.submit_events("r1", 1, 1);
    REQUIRE(door.only_goodbye("r1") == GoodbyeCode::HelloFirst);
    REQUIRE(door.take_inputs().empty());
}

TEST_CASE("A key nobody owns gets no session even when the connection stands", "[gateway]") {
    Door door;
    door.port.connect("r1", "not a key");
    door.deliver("r1", FrameType::Hello, codec::encode_hello({7, 1, Purpose::Adapter, "test"}));
    REQUIRE(door.only_goodbye("r1") == GoodbyeCode::NotAllowed);
}

TEST_CASE("A submission becomes an input with the sender's identity, hashes and time",
          "[gateway]") {
    Door door;
    const auto welcome = door.open("r1", Door::kClinic, Purpose::Adapter);
    door.submit_events("r1", 5, 2);
    const auto inputs = door.take_inputs();
    REQUIRE(inputs.size() == 3);
    REQUIRE(inputs[0].kind() == InputKind::Zone);
    const Input& input = inputs[2];
    REQUIRE(input.kind() == InputKind::Submission);
    REQUIRE(input.principal == Door::kClinic);
    REQUIRE(input.session == welcome.session);
    REQUIRE(input.ticket == 6);
    REQUIRE(input.received_at == door.clock.now_);
    const auto& body = std::get<SubmissionInput>(input.body);
    REQUIRE(body.claim == make_submission("e6"));
    REQUIRE(body.subjects == std::vector{door.fingerprints.subject({"CLINIC", "MR", "12345"})});
    REQUIRE(body.source == door.fingerprints.source(Door::kClinic, "front-desk", "e6"));
    REQUIRE(body.business_key == door.fingerprints.business_key(Door::kClinic, "front-desk|e6"));
    REQUIRE(body.body == input.fingerprint);
    REQUIRE(codec::decode_submission(input.wire) == body.claim);
}

TEST_CASE("A zone is introduced once and an invented one is refused", "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    door.submit_events("r1", 1, 1);
    door.submit_events("r1", 2, 1);
    REQUIRE(door.take_inputs(InputKind::Zone).size() == 1);
    Submission lost = make_submission("lost");
    lost.zone = "Mars/Olympus";
    door.submit("r1", 3, {*codec::encode_submission(lost)});
    const auto refused = door.take_inputs(InputKind::Refused);
    REQUIRE(refused.size() == 1);
    REQUIRE(std::get<RefusedInput>(refused[0].body).refusal.reason == RefusalReason::UnknownZone);
}

TEST_CASE("received_at never goes back when the clock does", "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    door.submit_events("r1", 1, 1);
    const UtcTime before = door.clock.now_;
    door.clock.now_ -= std::chrono::hours{1};
    door.submit_events("r1", 2, 1);
    const auto inputs = door.take_inputs(InputKind::Submission);
    REQUIRE(inputs.size() == 2);
    REQUIRE(inputs[1].received_at == before);
}

TEST_CASE("A truncated event is refused by number and its neighbours go in", "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    const Bytes whole = *codec::encode_submission(make_submission("a"));
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2));
    door.submit("r1", 1, {whole, cut, *codec::encode_submission(make_submission("b"))});
    const auto inputs = door.take_inputs();
    REQUIRE(inputs.size() == 4);
    REQUIRE(std::get<RefusedInput>(inputs[2].body).refusal.reason == RefusalReason::Malformed);
    REQUIRE(inputs[2].ticket == 2);
    REQUIRE(inputs[2].wire.empty());
    REQUIRE(inputs[3].ticket == 3);
    REQUIRE(door.take_sent("r1").empty());
}

TEST_CASE("An event above its bound is refused as too large and the session lives", "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    door.submit("r1", 1, {Bytes(kEventBytesMax + 1, 0)});
    const auto refused = door.take_inputs(InputKind::Refused);
    REQUIRE(refused.size() == 1);
    REQUIRE(std::get<RefusedInput>(refused[0].body).refusal.reason == RefusalReason::TooLarge);
    REQUIRE(door.gateway.session_count() == 1);
}

TEST_CASE("Random bytes end the session with ProtocolError and nobody else's", "[gateway]") {
    Door door;
    door.open("quiet", Door::kCourt, Purpose::Adapter);
    Prng prng(20260709);
    for (int round = 0; round < 200; ++round) {
        door.open("r1", Door::kClinic, Purpose::Adapter);
        Bytes noise(prng.below(200) + 1);
        for (std::uint8_t& byte : noise) {
            byte = static_cast<std::uint8_t>(prng.below(256));
        }
        door.port.deliver("r1", noise);
        door.step();
        REQUIRE(door.only_goodbye("r1") == GoodbyeCode::ProtocolError);
    }
    REQUIRE(door.take_inputs().empty());
    REQUIRE(door.gateway.session_count() == 1);
}

TEST_CASE("A frame cut at any byte is never taken", "[gateway]") {
    Door door;
    codec::FrameWriter writer(FrameType::Submit, 1);
    REQUIRE(writer.add(*codec::encode_submission(make_submission("a"))));
    const Bytes whole = writer.finish();
    for (std::size_t length = 0; length < whole.size(); length += 7) {
        door.open("r1", Door::kClinic, Purpose::Adapter);
        door.port.deliver(
            "r1", Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)));
        door.step();
        REQUIRE(door.only_goodbye("r1") == GoodbyeCode::ProtocolError);
    }
    REQUIRE(door.take_inputs().empty());
}

TEST_CASE("More submissions than credit end the session", "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    std::uint64_t ticket = 1;
    for (; ticket + kBatchSlicesMax <= kSubmitCreditMax + 1; ticket += kBatchSlicesMax) {
        door.submit("r1", ticket, std::vector<Bytes>(kBatchSlicesMax, Bytes{1}));
        REQUIRE(door.take_inputs(InputKind::Refused).size() == kBatchSlicesMax);
    }
    REQUIRE(door.take_sent("r1").empty());
    door.submit("r1", ticket, {Bytes{1}});
    REQUIRE(door.only_goodbye("r1") == GoodbyeCode::CreditExceeded);
    REQUIRE(door.take_inputs().empty());
}

TEST_CASE("A receipt gives its credit back", "[gateway]") {
    Door door;
    const auto session = door.open("r1", Door::kClinic, Purpose::Adapter).session;
    std::uint64_t ticket = 1;
    for (std::uint64_t sent = 0; sent < 2 * kSubmitCreditMax; sent += kBatchSlicesMax) {
        door.submit("r1", ticket, std::vector<Bytes>(kBatchSlicesMax, Bytes{1}));
        Released released;
        for (const Input& input : door.take_inputs(InputKind::Refused)) {
            released.receipts.push_back(
                {session, {input.ticket, ReceiptStatus::Refused, {1}, {}, {}}});
        }
        REQUIRE(door.gateway.release(released));
        ticket += kBatchSlicesMax;
    }
    for (const auto& sent : door.take_sent("r1")) {
        REQUIRE(sent.type == FrameType::Receipts);
    }
    REQUIRE(door.gateway.session_count() == 1);
}

TEST_CASE("Tickets that do not ascend end the session", "[gateway]") {
    Door door;
    for (const std::uint64_t bad : {std::uint64_t{0}, std::uint64_t{2}, ~std::uint64_t{0}}) {
        door.open("r1", Door::kClinic, Purpose::Adapter);
        door.submit_events("r1", 1, 2);
        REQUIRE(door.take_sent("r1").empty());
        door.submit_events("r1", bad, 1);
        REQUIRE(door.only_goodbye("r1") == GoodbyeCode::ProtocolError);
    }
}

TEST_CASE("A second adapter of one partner replaces the first; a watcher does not", "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    door.open("w1", Door::kClinic, Purpose::Watch);
    REQUIRE(door.take_sent("r1").empty());
    door.open("r2", Door::kClinic, Purpose::Adapter);
    REQUIRE(door.only_goodbye("r1") == GoodbyeCode::Replaced);
    REQUIRE(door.take_sent("w1").empty());
    REQUIRE(door.gateway.session_count() == 2);
}

TEST_CASE("A principal may have only so many sessions", "[gateway]") {
    Door door;
    for (std::size_t i = 0; i < kSessionsPerPrincipalMax; ++i) {
        door.open("w" + std::to_string(i), Door::kClinic, Purpose::Watch);
    }
    door.port.connect("more", Door::user_id_of(Door::kClinic));
    door.deliver("more", FrameType::Hello, codec::encode_hello({7, 1, Purpose::Watch, "test"}));
    REQUIRE(door.only_goodbye("more") == GoodbyeCode::TooManySessions);
    door.open("r2", Door::kCourt, Purpose::Adapter);
}

TEST_CASE("A heartbeat is answered with its number, silence ends the session", "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    door.clock.steady_ += std::chrono::seconds{14};
    door.deliver("r1", FrameType::Heartbeat, codec::encode_heartbeat({42}));
    REQUIRE(codec::decode_heartbeat(door.only_slice("r1", FrameType::HeartbeatReply))->number ==
            42);
    door.clock.steady_ += std::chrono::seconds{14};
    door.step();
    REQUIRE(door.gateway.session_count() == 1);
    door.clock.steady_ += std::chrono::seconds{2};
    door.step();
    REQUIRE(door.only_goodbye("r1") == GoodbyeCode::Silent);
    REQUIRE(door.gateway.session_count() == 0);
}

TEST_CASE("A hub that could not read holds nobody silent who spoke meanwhile", "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    door.open("r2", Door::kCourt, Purpose::Adapter);
    const Bytes heartbeat = *codec::frame_of(FrameType::Heartbeat, *codec::encode_heartbeat({42}));
    for (std::size_t i = 0; i < kFramesPerStepMax; ++i) {
        door.port.deliver("r2", heartbeat);
    }
    door.port.deliver("r1", heartbeat);
    door.clock.steady_ += std::chrono::seconds{16};
    door.step();
    CHECK(door.gateway.session_count() == 2);
    door.step();
    CHECK(door.gateway.session_count() == 2);
    door.clock.steady_ += std::chrono::seconds{16};
    door.step();
    CHECK(door.gateway.session_count() == 0);
}

TEST_CASE("A removed partner's session ends at once, and so does one whose key was replaced",
          "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    door.open("r2", Door::kCourt, Purpose::Adapter);
    Released released;
    released.principals = {Door::clinic(), Door::court()};
    released.principals[0].removed = true;
    released.principals[1].public_key.fill(99);
    REQUIRE(door.gateway.release(released));
    REQUIRE(door.only_goodbye("r1") == GoodbyeCode::NotAllowed);
    REQUIRE(door.only_goodbye("r2") == GoodbyeCode::NotAllowed);
    REQUIRE_FALSE(door.keys.is_admitted(Door::key_of(Door::kClinic)));
    REQUIRE_FALSE(door.keys.is_admitted(Door::key_of(Door::kCourt)));
    REQUIRE(door.keys.is_admitted(released.principals[1].public_key));
    door.submit_events("r1", 1, 1);
    REQUIRE(door.only_goodbye("r1") == GoodbyeCode::NotAllowed);
    REQUIRE(door.take_inputs().empty());
}

TEST_CASE("Commands of staff become inputs, those of others are refused by number", "[gateway]") {
    Door door;
    RosterCommand roster;
    roster.client = "C-0001";
    roster.identifier = {"CLINIC", "MR", "12345"};
    const Bytes command = *codec::encode_command(roster);
    codec::FrameWriter writer(FrameType::Command, 1);
    REQUIRE(writer.add(command));
    const Bytes frame = writer.finish();

    door.open("m1", Door::kManager, Purpose::Staff);
    door.port.deliver("m1", frame);
    door.step();
    const auto inputs = door.take_inputs(InputKind::Command);
    REQUIRE(inputs.size() == 1);
    const auto& body = std::get<CommandInput>(inputs[0].body);
    REQUIRE(body.client == door.fingerprints.client("C-0001"));
    REQUIRE(body.subject == door.fingerprints.subject({"CLINIC", "MR", "12345"}));
    REQUIRE(body.self == door.fingerprints.subject({"carehub", "CLIENT", "C-0001"}));

    door.open("r1", Door::kClinic, Purpose::Adapter);
    door.port.deliver("r1", frame);
    door.step();
    const auto refused = door.take_inputs(InputKind::Refused);
    REQUIRE(refused.size() == 1);
    REQUIRE(std::get<RefusedInput>(refused[0].body).refusal.reason == RefusalReason::NotAllowed);
}

TEST_CASE("When core is full the gateway stops reading, loses nothing and keeps the order",
          "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    std::uint64_t ticket = 1;
    for (; ticket <= 10; ++ticket) {
        door.submit_events("r1", ticket, 1);
    }
    REQUIRE_FALSE(door.gateway.wants_input());
    std::vector<std::uint64_t> tickets;
    for (int round = 0; round < 20; ++round) {
        for (const Input& input : door.take_inputs(InputKind::Submission)) {
            tickets.push_back(input.ticket);
        }
        door.step();
    }
    REQUIRE(tickets == std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    REQUIRE(door.gateway.wants_input());
}

}  // namespace

TEST_CASE("The newest checkpoint goes to every session at once, and to new ones after Welcome",
          "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    REQUIRE(door.gateway.tell_checkpoint("note 1", "key"));
    const auto told = [&](const std::string& connection) {
        const auto heartbeat =
            codec::decode_heartbeat(door.only_slice(connection, FrameType::Heartbeat));
        REQUIRE(heartbeat);
        CHECK(heartbeat->checkpoint_key == "key");
        return heartbeat->checkpoint;
    };
    CHECK(told("r1") == "note 1");
    door.port.connect("r2", Door::user_id_of(Door::kCourt));
    door.deliver("r2", FrameType::Hello, codec::encode_hello({7, 1, Purpose::Adapter, "test"}));
    const auto frames = door.port.take_sent("r2");
    REQUIRE(frames.size() == 2);
    CHECK(codec::parse_frame(frames[0])->type == FrameType::Welcome);
    CHECK(codec::parse_frame(frames[1])->type == FrameType::Heartbeat);
    REQUIRE(door.gateway.tell_checkpoint("note 2", "key"));
    CHECK(told("r1") == "note 2");
    CHECK(told("r2") == "note 2");
}

TEST_CASE("Partners ask about checkpoints as staff do, and nothing about people", "[gateway]") {
    Door door;
    door.open("r1", Door::kClinic, Purpose::Adapter);
    for (const std::string name : {"checkpoint", "consistency"}) {
        door.deliver("r1", FrameType::Question, codec::encode_question({9, name, {}}));
        const auto asked = door.questions.try_pop();
        REQUIRE(asked);
        CHECK(asked->name == name);
    }
    door.deliver("r1", FrameType::Question, codec::encode_question({9, "trail_export", {}}));
    CHECK_FALSE(door.questions.try_pop());
}

}  // namespace carehub::gateway
