// What staff and operators tell the hub outside the feeds (schemas/command.fbs): one registry row
// or one act on an alert. A command that changes nothing is answered `Duplicate`.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "hub/model/ids.hpp"
#include "hub/model/receipt.hpp"
#include "hub/model/submission.hpp"

namespace carehub {

struct PartnerCommand {
    std::string name;
    PartnerKind kind = PartnerKind::Unset;
    StaffRole role = StaffRole::Unset;
    Hash256 public_key{};
    std::string calendar;
    UtcTime backfill_until = kUnknownTime;
    bool removed = false;
    bool rehearsal = false;
    friend bool operator==(const PartnerCommand&, const PartnerCommand&) = default;
};

struct StaffCommand {
    std::string staff;
    StaffRole role = StaffRole::Unset;
    std::string team;
    std::string supervisor;
    std::string calendar;
    std::string zone;
    std::string email;
    std::uint16_t caseload_limit = 0;
    std::uint16_t quiet_from_min = 0;
    std::uint16_t quiet_until_min = 0;
    friend bool operator==(const StaffCommand&, const StaffCommand&) = default;
};

struct AbsenceCommand {
    std::string staff;
    Date from{};
    Date until{};
    std::string deputy;
    friend bool operator==(const AbsenceCommand&, const AbsenceCommand&) = default;
};

struct OnCallCommand {
    std::string team;
    UtcTime from = kUnknownTime;
    UtcTime until = kUnknownTime;
    std::string staff;
    friend bool operator==(const OnCallCommand&, const OnCallCommand&) = default;
};

struct PlaceCommand {
    std::string partner;
    std::string code;
    std::string site;
    std::string city;
    std::string zone;
    std::int32_t lat_e7 = 0;  ///< sealed; 0, 0 when not told
    std::int32_t lon_e7 = 0;
    Program program = Program::Unset;
    Labels labels;
    friend bool operator==(const PlaceCommand&, const PlaceCommand&) = default;
};

struct CalendarCommand {
    std::string calendar;
    Date date{};
    std::uint8_t weekday = 0;
    bool open = false;
    std::uint16_t from_min = 0;
    std::uint16_t until_min = 0;
    friend bool operator==(const CalendarCommand&, const CalendarCommand&) = default;
};

/// One row of roster.csv: an identifier of a client, and the client's columns.
struct RosterCommand {
    std::string client;
    Identifier identifier;
    std::string owner;
    std::string team;
    CaseModel model = CaseModel::Unset;
    RiskTier tier = RiskTier::Unset;
    Transport transport = Transport::Unset;
    std::string zone;
    std::string family_name;
    std::string given_name;
    std::optional<Date> birth_date;
    std::string partner;  ///< whose identifier it is
    friend bool operator==(const RosterCommand&, const RosterCommand&) = default;
};

struct AgreementCommand {
    std::string discloser;
    std::string recipient;
    PurposeOfUse purpose = PurposeOfUse::Unset;
    std::vector<EventKind> kinds;
    Form form = Form::Unset;
    std::string basis;
    Date valid_from{};
    Date valid_until{};
    friend bool operator==(const AgreementCommand&, const AgreementCommand&) = default;
};

enum class AlertAct : std::uint8_t {
    Unset,
    Acknowledge,
    Shelve,
    Close,
    Claim,    ///< of a team's alert: the first one has it
    Release,  ///< gives a claim back
    Accept,   ///< one of the suggestions is what will be done
};

struct AlertCommand {
    AlertId alert;
    AlertAct act = AlertAct::Unset;
    UtcTime until = kUnknownTime;  ///< Shelve
    AlertOutcome outcome = AlertOutcome::Unset;
    std::string reason;           ///< shelving reason or closing note: sealed
    std::uint8_t suggestion = 0;  ///< Accept: which one, from 1
    friend bool operator==(const AlertCommand&, const AlertCommand&) = default;
};

/// Simulation folders only: move business time.
struct ClockCommand {
    UtcTime to = kUnknownTime;
    friend bool operator==(const ClockCommand&, const ClockCommand&) = default;
};

/// Both ways stop, or go on: what the partner sends is refused `Paused`, what it is owed waits.
struct PauseCommand {
    std::string name;  ///< of the partner
    bool paused = false;
    std::string reason;  ///< sealed
    friend bool operator==(const PauseCommand&, const PauseCommand&) = default;
};

enum class DeadLetterAct : std::uint8_t { Unset, Replay, Discard };

/// What becomes of a dead letter, or of an input that was refused as poison.
struct DeadLetterCommand {
    std::string recipient;     ///< whose delivery it is; empty with `entry`
    std::uint64_t number = 0;  ///< of the delivery
    Sequence entry;            ///< of the refusal of a poison input: Replay lets it be sent again
    DeadLetterAct act = DeadLetterAct::Unset;
    std::string reason;  ///< sealed
    friend bool operator==(const DeadLetterCommand&, const DeadLetterCommand&) = default;
};

/// The operator accepts that a restored hub has lost what came after this entry.
struct RestoreCommand {
    Sequence last;                   ///< of the backup
    UtcTime made_at = kUnknownTime;  ///< of the backup
    std::string reason;              ///< sealed
    friend bool operator==(const RestoreCommand&, const RestoreCommand&) = default;
};

/// A threshold of a rule, or the rule itself, is set.
struct RuleCommand {
    std::string rule;
    std::string setting;  ///< its name, or "enabled"
    std::int64_t value = 0;
    std::string reason;  ///< sealed
    friend bool operator==(const RuleCommand&, const RuleCommand&) = default;
};

enum class LinkAct : std::uint8_t {
    Unset,
    Link,         ///< the identifier is this client's from now on, whatever was said before
    Unlink,       ///< it is not this client's: what was told under it leaves the case
    Split,        ///< it is another client's, and so is what was told under it
    Merge,        ///< the other client is the same person: from now on one case
    Unmerge,      ///< they are two: each has again what was told under its own identifiers
    Distinguish,  ///< the identifier, or the other client, is somebody else: never proposed again
};

/// A person says whose an identifier is.
struct LinkCommand {
    LinkAct act = LinkAct::Unset;
    std::string client;  ///< its name in the roster
    Identifier identifier;
    std::string to;      ///< Split: whose it is; Merge, Unmerge, Distinguish: the other client
    std::string reason;  ///< sealed
    friend bool operator==(const LinkCommand&, const LinkCommand&) = default;
};

enum class RetentionAct : std::uint8_t {
    Unset,
    Hold,     ///< one more legal hold: while any stands, nothing of the client is erased
    Release,  ///< the one that stands, the one named, or all
    Erase,    ///< what was told of the client becomes unreadable for ever
    Purge,    ///< the same, of a client whose years are over
};

/// How long a client's data are kept.
struct RetentionCommand {
    RetentionAct act = RetentionAct::Unset;
    std::string client;              ///< its name in the roster; empty in what the journal keeps
    std::string reason;              ///< of an erasure it stays readable
    std::uint8_t years = 0;          ///< Purge: after the last event
    std::uint8_t housing_years = 0;  ///< Purge: of a client with records of housing
    ClientId client_id;              ///< in what the journal keeps: in place of the name
    Sequence hold;                   ///< Release: the entry that placed it; 0: the only one
    bool all = false;                ///< Release: every one
    friend bool operator==(const RetentionCommand&, const RetentionCommand&) = default;
};

using CommandBody = std::variant<PartnerCommand, StaffCommand, AbsenceCommand, OnCallCommand,
                                 PlaceCommand, CalendarCommand, RosterCommand, AgreementCommand,
                                 AlertCommand, ClockCommand, PauseCommand, DeadLetterCommand,
                                 RestoreCommand, RuleCommand, LinkCommand, RetentionCommand>;

}  // namespace carehub
