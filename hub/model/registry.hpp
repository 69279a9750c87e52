// Records of the registry and directory: who may do what, who works when, what a place is.
//
// Contract: immutable facts as State holds them. Nothing here is sealed: names are Symbols, people
// served do not appear. Each record replaces the one with the same key (first members).
#pragma once

#include <bitset>
#include <string>
#include <vector>

#include "hub/base/time_zone.hpp"
#include "hub/model/ids.hpp"
#include "hub/model/submission.hpp"

namespace carehub {

struct SymbolText {
    Symbol id;
    std::string text;
    friend bool operator==(const SymbolText&, const SymbolText&) = default;
};

/// A principal with its key. Keyed by id; names are unique among those not removed.
struct Partner {
    PartnerId id;
    Symbol name;
    PartnerKind kind = PartnerKind::Unset;
    StaffRole role = StaffRole::Unset;  ///< staff links only
    Hash256 public_key{};               ///< CURVE
    Symbol calendar;
    UtcTime backfill_until = kUnknownTime;
    bool paused = false;
    bool removed = false;
    Sequence source;                    ///< the entry that last wrote this record
    bool rehearsal = false;             ///< what it tells disturbs nobody (core/rehearsal.hpp)
    UtcTime live_since = kUnknownTime;  ///< when its rehearsal ended
    friend bool operator==(const Partner&, const Partner&) = default;
};

/// A time zone the hub calculates with, journalled so that replay repeats the arithmetic.
struct Zone {
    Symbol name;
    std::vector<ZoneTransition> transitions;
    friend bool operator==(const Zone&, const Zone&) = default;
};

struct Staff {
    Symbol name;
    StaffRole role = StaffRole::Unset;
    Symbol team;
    Symbol supervisor;
    Symbol calendar;
    Symbol zone;
    std::uint16_t caseload_limit = 0;   ///< 0: none told
    std::uint16_t quiet_from_min = 0;   ///< minutes after local midnight
    std::uint16_t quiet_until_min = 0;  ///< equal to quiet_from_min: none told
    friend bool operator==(const Staff&, const Staff&) = default;
};

struct Absence {
    Symbol staff;
    Date from{};
    Date until{};  ///< last day away
    Symbol deputy;
    UtcTime entered_at = kUnknownTime;  ///< nobody knew of it before
    friend bool operator==(const Absence&, const Absence&) = default;
};

struct OnCall {
    Symbol team;
    UtcTime from = kUnknownTime;
    UtcTime until = kUnknownTime;
    Symbol staff;
    UtcTime entered_at = kUnknownTime;
    friend bool operator==(const OnCall&, const OnCall&) = default;
};

/// places.csv; coordinates stay sealed in the entry.
struct PlaceInfo {
    Symbol partner;
    Symbol code;
    Symbol site;
    Symbol city;
    Symbol zone;
    Program program = Program::Unset;
    Labels labels;
    friend bool operator==(const PlaceInfo&, const PlaceInfo&) = default;
};

/// What a programme is for protects what it says of people (42 CFR 2.11 for substance use).
[[nodiscard]] inline Labels protection_of(Program program) {
    Labels labels;
    if (program == Program::Sud || program == Program::Detox) {
        labels.add(SecurityLabel::Part2);
    } else if (program == Program::Psychiatric) {
        labels.add(SecurityLabel::MentalHealth);
    }
    return labels;
}

/// A threshold of a rule as somebody set it; `setting` 0 switches the rule (1 on, 0 off), others
/// count its settings from 1. Keyed by both.
struct RuleSetting {
    RuleId rule;
    std::uint8_t setting = 0;
    std::int64_t value = 0;
    Sequence source;  ///< the command: who, when and why
    friend bool operator==(const RuleSetting&, const RuleSetting&) = default;
};

/// One feed of a partner and how it usually comes (core/rhythm.hpp). Keyed by both.
struct Feed {
    PartnerId partner;
    Symbol name;
    UtcTime last_at = kUnknownTime;
    std::vector<std::uint16_t> gaps;  ///< minutes, by week and hour of the week
    friend bool operator==(const Feed&, const Feed&) = default;
};

/// An event of that feed was accepted.
struct Heard {
    PartnerId partner;
    Symbol feed;
    friend bool operator==(const Heard&, const Heard&) = default;
};

/// Time that a partner offers for booking; it says nothing of a client. Keyed by partner and key.
struct FreeTime {
    PartnerId partner;
    Hash128 key{};  ///< keyed hash of its business key
    Symbol schedule;
    UtcTime from = kUnknownTime;
    UtcTime to = kUnknownTime;
    Symbol place;
    ObligationClass obligation_class = ObligationClass::Unset;  ///< Unset: for anything
    bool gone = false;                                          ///< taken, withdrawn, or past
    Sequence source;
    friend bool operator==(const FreeTime&, const FreeTime&) = default;
};

/// One weekday rule or one date of a calendar.
struct CalendarDay {
    Symbol calendar;
    Date date{};               ///< used when weekday is 0
    std::uint8_t weekday = 0;  ///< ISO: 1 Monday ... 7 Sunday; 0: a single date
    bool open = false;
    std::uint16_t from_min = 0;  ///< minutes after local midnight
    std::uint16_t until_min = 0;
    friend bool operator==(const CalendarDay&, const CalendarDay&) = default;
};

/// Organisations agree what may flow; keyed by number.
struct Agreement {
    std::uint32_t number = 0;
    Symbol discloser;  ///< a partner's name
    Symbol recipient;  ///< a partner's name, a kind of partner, or "owner"
    PurposeOfUse purpose = PurposeOfUse::Unset;
    std::vector<EventKind> kinds;  ///< empty: every kind
    Form form = Form::Unset;
    Symbol basis;
    Date valid_from{};
    Date valid_until{};  ///< last day
    Sequence source;
    friend bool operator==(const Agreement&, const Agreement&) = default;
};

}  // namespace carehub
