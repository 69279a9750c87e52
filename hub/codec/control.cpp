#include "hub/codec/control.hpp"

#include "hub/codec/control_tables.hpp"
#include "hub/codec/wire_buffer.hpp"

namespace carehub::codec {
namespace {

/// File identifier and name of a control message: a schema file can declare one identifier only, so
/// frame.fbs tells these beside its tables.
struct Root {
    const char* identifier;
    std::string_view name;
};

constexpr Root kHello{"CHHL", "hello"};
constexpr Root kWelcome{"CHWL", "welcome"};
constexpr Root kCredit{"CHCR", "credit"};
constexpr Root kHeartbeat{"CHHB", "heartbeat"};
constexpr Root kSubscribe{"CHSU", "subscribe"};
constexpr Root kAcknowledge{"CHAK", "acknowledge"};
constexpr Root kVerdict{"CHVD", "verdict"};
constexpr Root kCaughtUp{"CHCU", "caught_up"};
constexpr Root kQuestion{"CHQU", "question"};
constexpr Root kAnswer{"CHAN", "answer"};
constexpr Root kGoodbye{"CHBY", "goodbye"};

template <class Message>
Result<Bytes> encode(const Message& message, const Root& root) {
    return write_message(message, root.identifier, root.name, kSliceBytesMax);
}

template <class Message>
Result<Message> decode(ByteView buffer, const Root& root) {
    return read_message<Message>(buffer, root.identifier, root.name);
}

}  // namespace

Result<Bytes> encode_hello(const Hello& message) { return encode(message, kHello); }
Result<Hello> decode_hello(ByteView buffer) { return decode<Hello>(buffer, kHello); }
Result<Bytes> encode_welcome(const Welcome& message) { return encode(message, kWelcome); }
Result<Welcome> decode_welcome(ByteView buffer) { return decode<Welcome>(buffer, kWelcome); }
Result<Bytes> encode_credit(const Credit& message) { return encode(message, kCredit); }
Result<Credit> decode_credit(ByteView buffer) { return decode<Credit>(buffer, kCredit); }
Result<Bytes> encode_heartbeat(const Heartbeat& message) { return encode(message, kHeartbeat); }
Result<Heartbeat> decode_heartbeat(ByteView buffer) {
    return decode<Heartbeat>(buffer, kHeartbeat);
}
Result<Bytes> encode_subscribe(const Subscribe& message) { return encode(message, kSubscribe); }
Result<Subscribe> decode_subscribe(ByteView buffer) {
    return decode<Subscribe>(buffer, kSubscribe);
}
Result<Bytes> encode_acknowledge(const Acknowledge& message) {
    return encode(message, kAcknowledge);
}
Result<Acknowledge> decode_acknowledge(ByteView buffer) {
    return decode<Acknowledge>(buffer, kAcknowledge);
}
Result<Bytes> encode_verdict(const Verdict& message) { return encode(message, kVerdict); }
Result<Verdict> decode_verdict(ByteView buffer) { return decode<Verdict>(buffer, kVerdict); }
Result<Bytes> encode_caught_up(const CaughtUp& message) { return encode(message, kCaughtUp); }
Result<CaughtUp> decode_caught_up(ByteView buffer) { return decode<CaughtUp>(buffer, kCaughtUp); }
Result<Bytes> encode_question(const Question& message) { return encode(message, kQuestion); }
Result<Question> decode_question(ByteView buffer) { return decode<Question>(buffer, kQuestion); }
Result<Bytes> encode_answer_part(const AnswerPart& message) { return encode(message, kAnswer); }
Result<AnswerPart> decode_answer_part(ByteView buffer) {
    return decode<AnswerPart>(buffer, kAnswer);
}
Result<Bytes> encode_goodbye(const Goodbye& message) { return encode(message, kGoodbye); }
Result<Goodbye> decode_goodbye(ByteView buffer) { return decode<Goodbye>(buffer, kGoodbye); }

}  // namespace carehub::codec
