#include "hub/codec/control.hpp"

#include "hub/codec/receipt.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/codec/filler.hpp"

namespace carehub::codec {
namespace {

template <class Message>
void require_round_trips(Result<Bytes> (*encode)(const Message&),
                         Result<Message> (*decode)(ByteView)) {
    Prng prng(11);
    for (int i = 0; i < 200; ++i) {
        const auto message = random_record<Message>(prng);
        const auto bytes = encode(message);
        REQUIRE(bytes);
        const auto decoded = decode(*bytes);
        REQUIRE(decoded);
        CHECK(*decoded == message);
    }
}

TEST_CASE("every control message comes back as it was sent", "[codec][control][property]") {
    require_round_trips(encode_hello, decode_hello);
    require_round_trips(encode_welcome, decode_welcome);
    require_round_trips(encode_credit, decode_credit);
    require_round_trips(encode_heartbeat, decode_heartbeat);
    require_round_trips(encode_subscribe, decode_subscribe);
    require_round_trips(encode_acknowledge, decode_acknowledge);
    require_round_trips(encode_question, decode_question);
    require_round_trips(encode_answer_part, decode_answer_part);
    require_round_trips(encode_goodbye, decode_goodbye);
}

TEST_CASE("a receipt comes back as it was sent", "[codec][receipt][property]") {
    require_round_trips(encode_receipt, decode_receipt);
}

TEST_CASE("one control message is not taken for another", "[codec][control]") {
    const Bytes credit = *encode_credit({1});
    CHECK_FALSE(decode_heartbeat(credit));
    CHECK_FALSE(decode_acknowledge(credit));
}

TEST_CASE("a hello with an unknown purpose is refused", "[codec][control]") {
    const auto hello = decode_hello(*encode_hello({1, 1, static_cast<Purpose>(5), "client"}));
    REQUIRE_FALSE(hello);
    CHECK(hello.error().context.find("InvalidField at purpose") != std::string::npos);
}

TEST_CASE("an answer too large for a frame is not encoded", "[codec][control]") {
    AnswerPart part;
    part.lines.assign(8, std::string(16'000, 'x'));
    CHECK_FALSE(encode_answer_part(part));
    part.lines.resize(4);
    CHECK(decode_answer_part(*encode_answer_part(part)));
}

}  // namespace
}  // namespace carehub::codec
