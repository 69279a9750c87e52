// Records of one client's case as State holds them: clear codes, times and hashes, nothing sealed.
//
// Contract: plain data; equality decides what changed. `first`/`last` are the entries in whose
// sealed inputs the readable details stand. A record replaces the one with the same key.
#pragma once

#include <vector>

#include "hub/model/ids.hpp"
#include "hub/model/submission.hpp"

namespace carehub {

struct Client {
    ClientId id;
    Symbol owner;  ///< the case manager
    Symbol team;
    CaseModel model = CaseModel::Unset;
    RiskTier tier = RiskTier::Unset;
    Transport transport = Transport::Unset;
    bool aside = false;  ///< no client: what was told under an identifier that a person took away
    Symbol zone;
    UtcTime deceased_at = kUnknownTime;
    UtcTime wake_at = kNever;  ///< when time alone next changes what a rule would say
    Sequence source;           ///< the roster entry: its sealed input holds the client's names
    UtcTime known_since = kUnknownTime;  ///< when the roster first told of the client
    UtcTime informed_at = kUnknownTime;  ///< when the client was last told what is ahead
    Sequence death;                      ///< the entry that told of it
    LinkNumber death_under;              ///< as Obligation::told_under
    LinkNumber informed_under;
    Sequence informed;  ///< the entry that told of it
    Sequence hold;      ///< the entry that placed the oldest legal hold that stands; 0: none
    Sequence erased;    ///< the entry that erased it: nothing else is known of it
    std::vector<Sequence> later_holds;   ///< entries that placed the others, oldest first
    UtcTime unbooked_at = kUnknownTime;  ///< when the hub last heard that a commitment is off
    friend bool operator==(const Client&, const Client&) = default;
};

/// A dated claim that an identifier belongs to a client. Keyed by subject: a new claim takes the
/// place of the ended one, which the journal remembers. Where that client was merged, it belongs to
/// the one it was merged into (core/links.hpp).
struct Link {
    SubjectHash subject;
    ClientId client;
    LinkMethod method = LinkMethod::Unset;
    PartnerId asserted_by;
    UtcTime valid_from = kUnknownTime;
    Sequence source;
    UtcTime valid_until = kUnknownTime;  ///< a person ended it; kUnknownTime: it holds
    Sequence first_told;                 ///< the first event under it that somebody was told
    Symbol partner;                      ///< whose identifier it is, as the roster says
    SchemeMark scheme;                   ///< of its authority and type
    /// PartnerAsserted: the client's identifier that the partner named it with; none: not kept then.
    SubjectHash through = {};
    [[nodiscard]] bool holds() const { return valid_until == kUnknownTime; }
    friend bool operator==(const Link&, const Link&) = default;
};

/// A person said that an identifier is not that client's: no machine joins the two again. Keyed by
/// both.
struct Separation {
    SubjectHash subject;
    ClientId client;
    UtcTime since = kUnknownTime;
    Sequence source;
    bool lifted = false;  ///< a person said later that it is
    friend bool operator==(const Separation&, const Separation&) = default;
};

/// A person said that this client is the same person as another one, whose case has from then on
/// what is told of either. Keyed by the client; its links and its own columns stay as they are.
struct Merge {
    ClientId client;
    ClientId into;
    UtcTime since = kUnknownTime;
    Sequence source;
    bool ended = false;  ///< they are two again
    friend bool operator==(const Merge&, const Merge&) = default;
};

/// All that was told of the client is erased: State forgets it, and the keys of these subjects are
/// destroyed (Entry::keys_to).
struct Erasure {
    ClientId client;
    std::vector<Hash128> subjects;  ///< the client itself, and the identifiers that are its own
    friend bool operator==(const Erasure&, const Erasure&) = default;
};

/// When a client was last told of: its data are kept for years from then on.
struct LastHeard {
    ClientId client;
    UtcTime at = kUnknownTime;
    friend bool operator==(const LastHeard&, const LastHeard&) = default;
};

/// Who has the client and at which tier, as last told under that link; none: as the roster tells.
/// Kept once an event told of it, so that it goes when its link does (core/assignments.hpp).
struct Assignment {
    LinkNumber told_under;
    Symbol owner;
    Symbol team;
    CaseModel model = CaseModel::Unset;
    Sequence
        assigned;  ///< the entry that told owner, team and model; 0: nobody did under this link
    RiskTier tier = RiskTier::Unset;
    Sequence tiered;  ///< the entry that told the tier
    friend bool operator==(const Assignment&, const Assignment&) = default;
};

struct Consent {
    ConsentId id;
    ClientId client;
    ConsentKind kind = ConsentKind::Unset;
    Symbol discloser;
    std::vector<Symbol> recipients;  ///< partners, kinds of partner, or "owner"
    PurposeOfUse purpose = PurposeOfUse::Unset;
    std::vector<EventKind> kinds;  ///< empty: every kind
    std::optional<Date> scope_from;
    std::optional<Date> scope_to;
    Date signed_on{};
    std::optional<Date> expires;  ///< first day on which it no longer holds
    std::optional<Date> revocable_from;
    UtcTime revoked_at = kUnknownTime;
    bool general_designation = false;
    LinkNumber told_under;
    Sequence source;
    bool ends_upon_event = false;  ///< an event or condition, which its grant words, ends it
    friend bool operator==(const Consent&, const Consent&) = default;
};

/// One source's version counter: arrival order wins within a session, `asserted_at` between them.
struct Version {
    UtcTime asserted_at = kUnknownTime;  ///< recorded_at, else occurred_at
    std::uint64_t session = 0;
    friend bool operator==(const Version&, const Version&) = default;
};

/// First four bytes of the id of the obligation that is the series: enough to tell the few of one
/// client apart, a quarter of the memory.
using SeriesMark = std::uint32_t;
inline constexpr SeriesMark kNoSeries = 0;

/// The same of a stay's id.
using StayMark = std::uint32_t;
inline constexpr StayMark kNoStay = 0;

struct Obligation {
    ObligationId id;
    PartnerId partner;
    ObligationClass obligation_class = ObligationClass::Unset;
    ObligationStatus status = ObligationStatus::Unset;
    EventKind last_kind = EventKind::Unset;  ///< the event that gave the status
    UtcTime start = kUnknownTime;
    UtcTime end = kUnknownTime;
    TimeFlags time_flags;
    Symbol zone;
    Symbol place;  ///< the partner's place code
    bool remote = false;
    bool mandatory = false;
    bool transparent = false;
    bool tentative = false;
    bool rebooked = false;  ///< booked as another was cancelled: probably that one, rescheduled
    Mover mover = Mover::Unset;
    Labels labels;
    UtcTime booked_at = kUnknownTime;  ///< when the present start was first asserted
    Version version;
    Sequence first;
    Sequence last;  ///< the entry that last told of it: words are read from there
    SeriesMark series = kNoSeries;
    LinkNumber told_under;  ///< the link whose identifier it was last told with
    StayMark kept_by =
        kNoStay;  ///< the stay that shows that the client came; none: its source told
    friend bool operator==(const Obligation&, const Obligation&) = default;
};

/// A stay somewhere: an encounter, or custody.
struct Stay {
    StayId id;
    PartnerId partner;
    EncounterClass encounter_class = EncounterClass::Unset;
    bool custody = false;
    bool cancelled = false;
    UtcTime start = kUnknownTime;
    UtcTime end = kNever;
    Disposition disposition = Disposition::Unset;
    Program program = Program::Unset;
    std::optional<std::uint8_t> age;  ///< as EncounterClaim::age
    Symbol facility;
    Symbol place;
    Symbol zone;
    Labels labels;
    LinkNumber told_under;  ///< as in Obligation
    Version version;
    Sequence first;
    Sequence last;
    Sequence ended_by;  ///< the entry of the discharge: trigger of its duties
    UtcTime end_received_at = kUnknownTime;
    UtcTime planned_end = kUnknownTime;  ///< when a discharge is planned
    friend bool operator==(const Stay&, const Stay&) = default;
};

/// What a Matter is.
enum class MatterKind : std::uint8_t {
    Unset,
    Enrollment,     ///< in a housing project; `code` is its HMIS type
    Situation,      ///< where the client lived on a day
    HousingLoss,    ///< a home that was or may be lost
    TenancyNotice,  ///< a landlord's or provider's notice
    TenancyKept,    ///< a tenancy was secured
    Referral,       ///< to housing; ended by its result
    Move,           ///< planned
    MoveNotice,     ///< an officer was told of a move
    Supervision,    ///< a term of it
    Warrant,
    IdentityConflict,  ///< of the office: identifiers of one event belong to two clients
    FeedAnomaly,       ///< of the office: a partner's adapter found its feed wrong
    VictimFeed,        ///< of the office: rows of a victim service provider were offered
    LinkBreach,        ///< somebody was told under a link that a person ended
    BreakGlass,  ///< somebody read about the client in an emergency, who is not its case manager
};
template <>
inline constexpr std::string_view kEnumNames<MatterKind>[] = {
    "Unset",       "Enrollment", "Situation",  "HousingLoss", "TenancyNotice", "TenancyKept",
    "Referral",    "Move",       "MoveNotice", "Supervision", "Warrant",       "IdentityConflict",
    "FeedAnomaly", "VictimFeed", "LinkBreach", "BreakGlass"};

/// Something of a client's life that a partner told of and that is neither a date nor a stay.
struct Matter {
    MatterId id;
    PartnerId partner;
    LinkNumber told_under;  ///< as in Obligation
    MatterKind kind = MatterKind::Unset;
    EventKind last_kind = EventKind::Unset;
    bool withdrawn = false;  ///< its source took it back
    HousingLossGrade grade = HousingLossGrade::Unset;
    SituationClass situation = SituationClass::Unset;
    std::uint8_t code = 0;  ///< HMIS 2.02.6 of an enrollment, 4.20 of a referral
    UtcTime since = kUnknownTime;
    UtcTime until = kNever;          ///< kNever: it lasts
    UtcTime due_at = kUnknownTime;   ///< the first instant after the day it names
    UtcTime told_at = kUnknownTime;  ///< when the hub first heard of it as it is now
    Symbol zone;
    Labels labels;
    Version version;
    Sequence first;
    Sequence last;
    friend bool operator==(const Matter&, const Matter&) = default;
};

struct Contact {
    Sequence source;
    UtcTime at = kUnknownTime;
    ContactKind kind = ContactKind::Unset;
    bool two_way = false;
    bool made = false;  ///< false: attempted only
    LinkNumber told_under;
    friend bool operator==(const Contact&, const Contact&) = default;
};

/// A follow-up duty: a window opened by a trigger, closed by a qualifying contact. Keyed by both
/// ids.
struct Duty {
    StayId stay;
    DutyProgram program = DutyProgram::Unset;
    DutyState state = DutyState::Unset;
    Date open{};  ///< day 0, local date of the facility
    Date due{};   ///< last day on which it can be met in time
    UtcTime at_risk_at = kUnknownTime;
    UtcTime due_at = kUnknownTime;  ///< the first instant after the last day
    Symbol zone;
    Sequence trigger;
    Sequence closed_by;
    friend bool operator==(const Duty&, const Duty&) = default;
};

enum class SuggestedAction : std::uint8_t {
    Unset,
    ConfirmDuplicate,  ///< is one of the two already cancelled or the same appointment?
    Reschedule,
    Convert,  ///< to telephone or video
    AskOfficer,
    AskTime,
    ArrangeTransport,
    ChooseWithClient,
    Rebook,
    Contact,
    BookVisit,
    Notify,
    CallCounsel,
    Inform,     ///< tell the client
    Confirm,    ///< ask the partner whether it is so
    FindPlace,  ///< a place to stay
    Renew,      ///< a consent, before it lapses
    Assign,     ///< a case manager
    Review,     ///< look at it and decide
};
template <>
inline constexpr std::string_view kEnumNames<SuggestedAction>[] = {"Unset",
                                                                   "ConfirmDuplicate",
                                                                   "Reschedule",
                                                                   "Convert",
                                                                   "AskOfficer",
                                                                   "AskTime",
                                                                   "ArrangeTransport",
                                                                   "ChooseWithClient",
                                                                   "Rebook",
                                                                   "Contact",
                                                                   "BookVisit",
                                                                   "Notify",
                                                                   "CallCounsel",
                                                                   "Inform",
                                                                   "Confirm",
                                                                   "FindPlace",
                                                                   "Renew",
                                                                   "Assign",
                                                                   "Review"};

/// To whom an alert goes first.
enum class Audience : std::uint8_t {
    Unset,
    Owner,  ///< the assigned case manager; without one, the supervisor
    Supervisor,
    Integration,
};
template <>
inline constexpr std::string_view kEnumNames<Audience>[] = {"Unset", "Owner", "Supervisor",
                                                            "Integration"};

struct Suggestion {
    SuggestedAction action = SuggestedAction::Unset;
    ObligationId obligation;  ///< the one to act on; none when the action is about the client
    UtcTime by = kUnknownTime;
    Mover who = Mover::Unset;
    bool needs_consent = false;
    std::uint8_t rank = 0;  ///< of the obligation that stays (glossary 7): the reason
    friend bool operator==(const Suggestion&, const Suggestion&) = default;
};

/// What a rule found: the part of an alert that rules decide.
struct Finding {
    RuleId rule;
    SubjectKey subject;
    Severity severity = Severity::Unset;
    bool latched = false;    ///< a hard fact: only a person closes it
    bool informing = false;  ///< clearing condition is "seen"
    UtcTime act_by = kUnknownTime;
    std::vector<ObligationId> obligations;
    std::vector<StayId> stays;
    std::vector<Sequence> evidence;       ///< ascending, without repeats
    std::vector<Suggestion> suggestions;  ///< best first
    std::uint32_t minutes = 0;            ///< overlap, or travel and buffer, by rule
    DutyProgram program = DutyProgram::Unset;
    TimeFlags flags;  ///< TimeUncertain and the like, told in the text
    /// What must change for a closed alert to come back: time, place, party, severity.
    Hash128 material{};
    std::vector<MatterId> matters;
    Audience audience = Audience::Owner;
    std::uint32_t about = 0;  ///< of the office: the Symbol of a feed or a member of staff
    PartnerId partner;        ///< of the office: whose feed
    friend bool operator==(const Finding&, const Finding&) = default;
};

struct Alert {
    AlertId id;
    Finding finding;
    AlertState state = AlertState::Unset;
    Symbol owner;
    UtcTime raised_at = kUnknownTime;
    UtcTime updated_at = kUnknownTime;
    UtcTime cleared_at = kUnknownTime;  ///< when the condition went away
    UtcTime acknowledged_at = kUnknownTime;
    PartnerId acknowledged_by;
    UtcTime shelved_until = kUnknownTime;
    AlertOutcome outcome = AlertOutcome::Unset;
    std::uint32_t count = 1;  ///< how many events told of this situation
    bool history = false;     ///< suppressed because it was past when a backfill told of it
    std::uint32_t reopened = 0;
    std::uint8_t escalation = 0;  ///< how many steps of core/escalation.hpp were taken
    Symbol claimed_by;            ///< who of the team said "mine"
    UtcTime claimed_until = kUnknownTime;
    std::uint8_t accepted = 0;  ///< the suggestion that was chosen, from 1; 0: none
    friend bool operator==(const Alert&, const Alert&) = default;
};

/// A record of a case with the client it belongs to: case records have keys within a client.
template <class Record>
struct OwnedRecord {
    ClientId client;
    Record record;
    friend bool operator==(const OwnedRecord&, const OwnedRecord&) = default;
};

template <class Key>
struct OwnedKey {
    ClientId client;
    Key key;
    friend bool operator==(const OwnedKey&, const OwnedKey&) = default;
};

}  // namespace carehub
