// One input of the machine, complete: everything `decide` may know is in it or in State.
//
// Contract: made at the door (gateway ingress), where identity, time and keyed hashes are settled.
// Inputs enter in one order; `received_at` never goes back.
#pragma once

#include <variant>
#include <vector>

#include "hub/base/time_zone.hpp"
#include "hub/model/command.hpp"
#include "hub/model/ids.hpp"
#include "hub/model/routing.hpp"

namespace carehub {

/// An identifier as core knows it.
struct NamedSubject {
    SubjectHash subject;
    SchemeMark scheme;
    friend bool operator==(const NamedSubject&, const NamedSubject&) = default;
};

struct SubmissionInput {
    Submission claim;
    std::vector<SubjectHash> subjects;  ///< of claim.identifiers, same order
    SourceId source;
    SourceId supersedes;                 ///< none when the claim supersedes nothing
    Hash128 body{};                      ///< keyed hash of the encoded submission
    Hash128 business_key{};              ///< keyed hash; read as ObligationId or StayId by payload
    Hash128 series_key{};                ///< of ObligationClaim::parent_id; none when empty
    Hash128 appointment_key{};           ///< of EncounterClaim::appointment_key; none when empty
    ConsentId consent;                   ///< kinds 118 to 120 only
    std::vector<NamedSubject> survivor;  ///< of an IdentityClaim, in its order
    std::vector<NamedSubject> prior;
    /// The id's mark where State no longer keeps it (looked up in the files of old ids).
    std::optional<InboxMark> earlier;
};

struct CommandInput {
    CommandBody command;
    // Of a RosterCommand, a LinkCommand or, the client alone, a RetentionCommand
    ClientId client;           ///< derived from the roster name
    SubjectHash subject;       ///< of its identifier; none when there is none that may be linked
    SubjectHash self;          ///< of {carehub, CLIENT, roster name}
    ClientId other{};          ///< LinkCommand: the client it names as `to`
    SubjectHash other_self{};  ///< of that client's own name
    SchemeMark scheme{};       ///< of `subject`
};

/// Time passes; journalled only when it decides something.
struct TickInput {};

/// A principal acknowledges its deliveries up to a number.
struct AcknowledgeInput {
    std::uint64_t number = 0;
    Sequence entry;  ///< of that delivery, as the door sent it; none when it did not
};

/// A principal (re)connects or has credit again: which of its deliveries may leave now?
struct ResumeInput {
    std::uint64_t after = 0;
    std::uint32_t count_max = 0;
    std::uint64_t sent = 0;   ///< highest number this run gave an earlier session of it
    bool looks_only = false;  ///< it acknowledges nothing: that is no failed attempt
    bool history = false;     ///< told again on purpose: `backlog` may be acknowledged already
    std::vector<Delivery> backlog;  ///< read from the journal where State keeps them no more
    std::vector<EventKind> kinds;   ///< what the session is told; empty: every kind
};

/// A principal could not take a delivery, or says that its own system has it.
struct VerdictInput {
    Delivery delivery;  ///< as the door sent it
    VerdictOutcome outcome = VerdictOutcome::Unset;
    RefusalReason reason = RefusalReason::None;  ///< Refused only
    bool unrenderable = false;                   ///< the door's own verdict: it never left
};

/// A zone the next inputs need, read from the system's database at the door.
struct ZoneInput {
    TimeZone zone;
};

/// At start: this input was being decided when the process died.
struct PoisonInput {
    Hash128 fingerprint{};
    SubjectHash lane;  ///< first identifier of a submission; none for other inputs
};

/// What the door itself refused: counted and told, its bytes not kept.
struct RefusedInput {
    Refusal refusal;
};

/// A member of staff reads about a client, or is refused to; journalled before the answer leaves.
struct ReadInput {
    std::string question;      ///< name of the question: "alerts", "client", "trail", ...
    ClientId client;           ///< none when the question is about no single client
    bool break_glass = false;  ///< it tells why it reads, in an emergency, of whosever client
    Refusal refused{};         ///< what the door found that the answer is; none: it is told
};

enum class InputKind : std::uint8_t {
    Unset,
    Submission,
    Command,
    Tick,
    Acknowledge,
    Resume,
    Zone,
    Poison,
    Refused,
    Read,
    Verdict,
};
template <>
inline constexpr std::string_view kEnumNames<InputKind>[] = {
    "Unset", "Submission", "Command", "Tick", "Acknowledge", "Resume",
    "Zone",  "Poison",     "Refused", "Read", "Verdict"};

/// Order = InputKind - 1.
using InputBody =
    std::variant<SubmissionInput, CommandInput, TickInput, AcknowledgeInput, ResumeInput, ZoneInput,
                 PoisonInput, RefusedInput, ReadInput, VerdictInput>;

struct Input {
    UtcTime received_at = kUnknownTime;
    PartnerId principal;        ///< none: the hub itself
    std::uint64_t session = 0;  ///< the gateway's number of the connection; 0: none
    std::uint64_t ticket = 0;   ///< the sender's number, returned in the receipt
    Hash128 fingerprint{};      ///< keyed hash of the whole message: names a poison input
    Bytes wire;                 ///< as received; what the journal seals
    InputBody body;

    [[nodiscard]] InputKind kind() const { return static_cast<InputKind>(body.index() + 1); }
};

}  // namespace carehub
