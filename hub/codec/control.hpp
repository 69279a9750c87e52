// Control messages: what crosses the wire around submissions, receipts, commands and notices
// (schemas/frame.fbs), as plain values, each alone in its frame (codec/frame.hpp).
//
// Errors: decode_* answers Invalid with the field's path when a buffer does not verify or a field
// is out of bounds; encode_* answers Invalid when the message would not fit into a frame.
// Threads: any thread.
#pragma once

#include <string>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/model/event_kind.hpp"
#include "hub/model/refusal.hpp"
#include "hub/model/submission.hpp"

namespace carehub::codec {

inline constexpr std::uint16_t kProtocolVersion = 1;

/// What a session is for.
enum class Purpose : std::uint8_t { Unset, Adapter, Watch, Send, Staff };

struct Hello {
    std::uint64_t nonce = 0;  ///< drawn by the client, not 0; comes back in Welcome
    std::uint16_t protocol_version = kProtocolVersion;
    Purpose purpose = Purpose::Unset;
    std::string software;
    std::uint64_t last_sequence = 0;  ///< of the newest receipt or checkpoint it holds; 0: none
    Hash256 last_root{};              ///< of that receipt or checkpoint
    friend bool operator==(const Hello&, const Hello&) = default;
};

struct Welcome {
    std::uint64_t nonce = 0;
    std::uint16_t protocol_version = kProtocolVersion;
    Hash128 hub_id{};
    std::uint64_t session = 0;
    std::uint32_t submit_credit = 0;  ///< submissions and commands that may be unanswered at a time
    UtcTime time = kUnknownTime;      ///< the hub's time, in a simulation folder its business time
    bool simulation = false;
    std::string principal;  ///< the name under which the hub knows the client's key
    bool resend = false;    ///< the hub lost what the client holds receipts for: send again
    friend bool operator==(const Welcome&, const Welcome&) = default;
};

struct Credit {
    std::uint32_t notices = 0;
    friend bool operator==(const Credit&, const Credit&) = default;
};

/// Heartbeat and HeartbeatReply: the reply repeats the number.
struct Heartbeat {
    std::uint64_t number = 0;
    std::string checkpoint = {};      ///< the hub's newest, a signed note; from the hub alone
    std::string checkpoint_key = {};  ///< what checks it
    friend bool operator==(const Heartbeat&, const Heartbeat&) = default;
};

struct Subscribe {
    std::uint64_t after = 0;
    std::vector<EventKind> kinds;  ///< empty: every kind
    bool no_acknowledge = false;   ///< the client only looks
    bool history = false;  ///< also what was acknowledged, above `after` and from `since` on
    UtcTime since = kUnknownTime;
    friend bool operator==(const Subscribe&, const Subscribe&) = default;
};

struct Acknowledge {
    std::uint64_t number = 0;
    friend bool operator==(const Acknowledge&, const Acknowledge&) = default;
};

struct Verdict {
    std::uint64_t number = 0;
    VerdictOutcome outcome = VerdictOutcome::Unset;
    Refusal refusal;  ///< Refused only: reason, field and the recipient's words
    friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// Sent once for each Subscribe: what was owed is sent.
struct CaughtUp {
    std::uint64_t number = 0;  ///< the last notice sent or passed over
    friend bool operator==(const CaughtUp&, const CaughtUp&) = default;
};

struct Argument {
    std::string name;
    std::string value;
    friend bool operator==(const Argument&, const Argument&) = default;
};

struct Question {
    std::uint64_t ticket = 0;  ///< the asker's own number, returned in the answers
    std::string name;
    std::vector<Argument> arguments;
    friend bool operator==(const Question&, const Question&) = default;
};

/// One part of the answer to a question; the frame type is Answer.
struct AnswerPart {
    std::uint64_t ticket = 0;
    std::vector<std::string> lines;  ///< each one JSON object
    bool more = false;               ///< another part follows
    Refusal refusal;                 ///< reason None: answered
    friend bool operator==(const AnswerPart&, const AnswerPart&) = default;
};

/// Why a session ends: numbered as in schemas/frame.fbs, never reused.
enum class GoodbyeCode : std::uint16_t {
    Unset,
    Stopping,
    Replaced,
    WrongVersion,
    ProtocolError,
    Silent,
    CreditExceeded,
    NotAllowed,
    TooManySessions,
    Leaving,
    HelloFirst,
    HistoryDiffers,
};

struct Goodbye {
    GoodbyeCode code = GoodbyeCode::Unset;
    std::string text;  ///< one sentence for an engineer
    friend bool operator==(const Goodbye&, const Goodbye&) = default;
};

[[nodiscard]] Result<Bytes> encode_hello(const Hello& message);
[[nodiscard]] Result<Hello> decode_hello(ByteView buffer);
[[nodiscard]] Result<Bytes> encode_welcome(const Welcome& message);
[[nodiscard]] Result<Welcome> decode_welcome(ByteView buffer);
[[nodiscard]] Result<Bytes> encode_credit(const Credit& message);
[[nodiscard]] Result<Credit> decode_credit(ByteView buffer);
[[nodiscard]] Result<Bytes> encode_heartbeat(const Heartbeat& message);
[[nodiscard]] Result<Heartbeat> decode_heartbeat(ByteView buffer);
[[nodiscard]] Result<Bytes> encode_subscribe(const Subscribe& message);
[[nodiscard]] Result<Subscribe> decode_subscribe(ByteView buffer);
[[nodiscard]] Result<Bytes> encode_acknowledge(const Acknowledge& message);
[[nodiscard]] Result<Acknowledge> decode_acknowledge(ByteView buffer);
[[nodiscard]] Result<Bytes> encode_verdict(const Verdict& message);
[[nodiscard]] Result<Verdict> decode_verdict(ByteView buffer);
[[nodiscard]] Result<Bytes> encode_caught_up(const CaughtUp& message);
[[nodiscard]] Result<CaughtUp> decode_caught_up(ByteView buffer);
[[nodiscard]] Result<Bytes> encode_question(const Question& message);
[[nodiscard]] Result<Question> decode_question(ByteView buffer);
[[nodiscard]] Result<Bytes> encode_answer_part(const AnswerPart& message);
[[nodiscard]] Result<AnswerPart> decode_answer_part(ByteView buffer);
[[nodiscard]] Result<Bytes> encode_goodbye(const Goodbye& message);
[[nodiscard]] Result<Goodbye> decode_goodbye(ByteView buffer);

}  // namespace carehub::codec
