// Where an event went, and why not: decided by core, kept in the journal, sent by the gateway.
#pragma once

#include "hub/model/case_records.hpp"
#include "hub/model/refusal.hpp"

namespace carehub {

enum class Withheld : std::uint8_t {
    Unset,
    NoAgreement,  ///< nothing between these parties covers this kind of event today
    NoConsent,    ///< a protected event or recipient, and no consent that names both
    ConsentExpired,
    ConsentRevoked,
    VictimProtected,  ///< only a release signed by the client opens this
    LegalPurpose,     ///< 42 CFR part 2 bars use in proceedings
    RecipientPaused,
    NotLinked,  ///< the client is not known: routed to nobody
    Rehearsal,  ///< the sender's feed is in rehearsal: routed to nobody yet
};
template <>
inline constexpr std::string_view kEnumNames<Withheld>[] = {
    "Unset",           "NoAgreement",  "NoConsent",       "ConsentExpired", "ConsentRevoked",
    "VictimProtected", "LegalPurpose", "RecipientPaused", "NotLinked",      "Rehearsal"};

/// By which rule `permit` answered (domain/08, 13-decisions): every answer has one. Numbered as in
/// schemas/decisions.fbs; append only.
enum class PermitRule : std::uint8_t {
    Unset,  ///< nobody was asked about: paused, not linked, in rehearsal
    // It may be told
    Agreement,            ///< under an agreement; nothing protects it
    Authorization,        ///< under the client's written word alone
    AgreementAndConsent,  ///< to a court, supervision agency or jail, which both name
    Part2Consent,         ///< 42 CFR 2.31, 2.33
    Part2Tpo,             ///< 42 CFR 2.33(b): treatment, payment, operations
    JusticeReferral,      ///< 42 CFR 2.35
    VictimRelease,        ///< 34 U.S.C. 12291(b)(2)
    VictimReleaseAndPart2Consent,
    VictimReleaseAndReferral,
    // It may not
    UnknownDiscloser,
    NothingCovers,  ///< the default
    AuthorizationRevoked,
    AuthorizationExpired,
    NoJusticeAgreement,
    NoJusticeConsent,
    JusticeConsentRevoked,
    JusticeConsentExpired,
    JusticeConsentPurpose,
    LegalPurpose,  ///< part 2 records are not for proceedings
    NoPart2Consent,
    Part2ConsentRevoked,
    Part2ConsentExpired,
    Part2ConsentPurpose,
    NoReferral,
    ReferralRevoked,
    ReferralExpired,
    ReferralPurpose,
    NoVictimRelease,
    VictimReleaseRevoked,
    VictimReleaseExpired,
    VictimReleasePurpose,
    Part2ConsentEndless,  ///< 42 CFR 2.31(a)(7): it says neither a day nor an event that ends it
    ReferralEndless,      ///< 42 CFR 2.35(b)
};
template <>
inline constexpr std::string_view kEnumNames<PermitRule>[] = {"Unset",
                                                              "Agreement",
                                                              "Authorization",
                                                              "AgreementAndConsent",
                                                              "Part2Consent",
                                                              "Part2Tpo",
                                                              "JusticeReferral",
                                                              "VictimRelease",
                                                              "VictimReleaseAndPart2Consent",
                                                              "VictimReleaseAndReferral",
                                                              "UnknownDiscloser",
                                                              "NothingCovers",
                                                              "AuthorizationRevoked",
                                                              "AuthorizationExpired",
                                                              "NoJusticeAgreement",
                                                              "NoJusticeConsent",
                                                              "JusticeConsentRevoked",
                                                              "JusticeConsentExpired",
                                                              "JusticeConsentPurpose",
                                                              "LegalPurpose",
                                                              "NoPart2Consent",
                                                              "Part2ConsentRevoked",
                                                              "Part2ConsentExpired",
                                                              "Part2ConsentPurpose",
                                                              "NoReferral",
                                                              "ReferralRevoked",
                                                              "ReferralExpired",
                                                              "ReferralPurpose",
                                                              "NoVictimRelease",
                                                              "VictimReleaseRevoked",
                                                              "VictimReleaseExpired",
                                                              "VictimReleasePurpose",
                                                              "Part2ConsentEndless",
                                                              "ReferralEndless"};

/// The reason people and partners are told for a rule that withholds; Unset for one that permits.
[[nodiscard]] Withheld withheld_by(PermitRule rule);

/// The fate of one event towards one recipient. Part of an entry, not of State.
struct Route {
    Symbol recipient;                     ///< a partner's or a staff member's name
    Form form = Form::Unset;              ///< set when it may see the event
    Withheld withheld = Withheld::Unset;  ///< set when it may not
    ConsentId consent;
    std::uint32_t agreement = 0;
    PermitRule rule = PermitRule::Unset;
    friend bool operator==(const Route&, const Route&) = default;
};

enum class DeliveryState : std::uint8_t {
    Unset,
    Queued,
    Withdrawn,     ///< no longer permitted: it does not leave
    Refused,       ///< the recipient could not take it; another attempt has a number of its own
    DeadLettered,  ///< given up; a person decides (DeadLetter)
    Shown,         ///< to who only looks, or again as history: recorded first; as owed as before
};

/// One notice owed to one principal, until it is acknowledged. Keyed by (recipient, number): a
/// further attempt, and a replay, is a delivery of its own with the next number.
struct Delivery {
    PartnerId recipient;
    std::uint64_t number = 0;  ///< counted per recipient from 1: the sequence it sees
    DeliveryState state = DeliveryState::Unset;
    Sequence entry;  ///< where the event or alert stands
    ClientId client;
    Form form = Form::Unset;
    bool is_alert = false;
    AlertId alert;
    // What core must know to ask again whether it may leave; unset for alerts
    EventKind kind = EventKind::Unset;
    PartnerId discloser;
    Labels labels;
    UtcTime occurred_at = kUnknownTime;
    std::uint8_t attempt = 1;
    std::uint64_t first_number = 0;  ///< of its first attempt; 0: this is it
    bool history = false;            ///< told again on purpose: no news
    LinkNumber told_under;           ///< of an event: the link whose identifier it came with
    /// Of an event: the entry that first told of the record it speaks of; none: its own.
    Sequence about = {};
    friend bool operator==(const Delivery&, const Delivery&) = default;
};

/// A recipient acknowledged everything up to and including `number`.
struct Acknowledged {
    PartnerId recipient;
    std::uint64_t number = 0;
    Sequence entry;  ///< where that delivery was decided: what is still owed stands there or later
    friend bool operator==(const Acknowledged&, const Acknowledged&) = default;
};

/// The oldest unacknowledged delivery was sent, and the connection ended without an answer: so
/// often. Keyed by recipient; one number at a time is suspected.
struct Suspect {
    PartnerId recipient;
    std::uint64_t number = 0;
    std::uint8_t attempts = 0;
    friend bool operator==(const Suspect&, const Suspect&) = default;
};

/// A delivery the recipient refused, and what waits behind it so that the client's order is kept.
/// Keyed by (recipient, client); gone when `active` has no recipient.
struct Lane {
    PartnerId recipient;
    ClientId client;
    Delivery active;             ///< as last sent, or as it will be sent at due_at
    UtcTime due_at = kNever;     ///< of the next attempt; kNever while one is out
    std::vector<Delivery> held;  ///< not numbered yet, in order
    friend bool operator==(const Lane&, const Lane&) = default;
};

enum class DeadLetterStage : std::uint8_t {
    Unset,
    Recipient,       ///< refused by the recipient, every time
    Unacknowledged,  ///< sent every time, and the connection ended without an answer
    Rendering,       ///< the hub cannot put it into a message
    LaneFull,        ///< too much waited behind it
};
template <>
inline constexpr std::string_view kEnumNames<DeadLetterStage>[] = {
    "Unset", "Recipient", "Unacknowledged", "Rendering", "LaneFull"};

enum class DeadLetterState : std::uint8_t { Unset, Parked, Replayed, Discarded };
template <>
inline constexpr std::string_view kEnumNames<DeadLetterState>[] = {"Unset", "Parked", "Replayed",
                                                                   "Discarded"};

/// A delivery the hub gave up. Keyed by (recipient, number); one that is no longer Parked is gone
/// from State and stays in the trail.
struct DeadLetter {
    Delivery delivery;
    DeadLetterState state = DeadLetterState::Unset;
    DeadLetterStage stage = DeadLetterStage::Unset;
    RefusalReason reason = RefusalReason::None;  ///< the recipient's last one
    std::uint8_t attempts = 0;
    UtcTime at = kUnknownTime;
    Sequence told_by;  ///< the entry whose sealed input holds the recipient's words; none: no words
    friend bool operator==(const DeadLetter&, const DeadLetter&) = default;
};

/// A delivery to be told again, when replays are a small enough share of live traffic. Keyed by
/// (recipient, first_number of its delivery). While it waits the delivery's state is Unset; when it
/// left, Queued or Withdrawn, it is gone.
struct Replay {
    Delivery delivery;
    UtcTime due_at = kNever;  ///< of one that left: when the recipient's next one may
    friend bool operator==(const Replay&, const Replay&) = default;
};

/// What an outbox is beside the deliveries it keeps at hand: for snapshots. Keyed by recipient.
struct OutboxMark {
    PartnerId recipient;
    std::uint64_t acknowledged = 0;
    std::uint64_t last_number = 0;
    Sequence position;                   ///< Acknowledged::entry of the last acknowledgement
    std::vector<std::uint64_t> settled;  ///< numbers above `acknowledged` that are no longer owed
    UtcTime minute = kUnknownTime;       ///< the minute that is being counted
    std::uint32_t minute_count = 0;      ///< live deliveries in it
    std::uint32_t minute_before = 0;     ///< and in the minute before
    UtcTime next_replay_at = kUnknownTime;  ///< before this no Replay leaves
    friend bool operator==(const OutboxMark&, const OutboxMark&) = default;
};

/// The mark that makes a repeat a duplicate. Keyed by id.
struct InboxMark {
    SourceId id;
    Hash128 body{};
    Sequence sequence;
    friend bool operator==(const InboxMark&, const InboxMark&) = default;
};

/// The last entry of a UTC day: how far the inbox forgets when the day is old. For snapshots.
struct DayEnd {
    Date day{};
    Sequence last;
    friend bool operator==(const DayEnd&, const DayEnd&) = default;
};

/// An input that stopped the hub, and the lane it parked. Keyed by fingerprint.
struct PoisonMark {
    Hash128 fingerprint{};
    UtcTime parked_until = kUnknownTime;
    SubjectHash lane;  ///< the identifier whose client's events wait meanwhile; none: nobody's
    Sequence entry;    ///< of the first refusal, which holds the input; none: it did not come again
    friend bool operator==(const PoisonMark&, const PoisonMark&) = default;
};

}  // namespace carehub
