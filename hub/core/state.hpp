// Everything the machine knows, and the one way it changes: evolve(state, decisions).
//
// Contract: State is a set of tables of plain records (model/registry.hpp, case_records.hpp,
// routing.hpp). It holds no sealed field: names of people, identifier values and texts stand only
// in the sealed inputs of the journal. Tables by id keep the order of arrival, which a replay
// repeats; the order of other hash tables is never observable (core/snapshot.hpp).
// Threads: confined to the thread of its Machine or follower.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "hub/base/time_zone.hpp"
#include "hub/core/id_table.hpp"
#include "hub/core/inbox.hpp"
#include "hub/core/records.hpp"
#include "hub/core/start_order.hpp"
#include "hub/model/decision.hpp"

namespace carehub::core {

/// All records of one client, each kind ordered by key.
struct Case {
    Client client;
    Records<Consent> consents;
    Records<Assignment> assignments;
    Records<Obligation> obligations;
    Records<Stay> stays;
    Records<Contact> contacts;
    Records<Matter> matters;
    Records<Duty> duties;
    Records<Alert> alerts;
    StartOrder order;  ///< of the obligations; State's own cases only
    /// When the client was last told of, or somebody was told an event; State's own cases only.
    UtcTime heard_at = kUnknownTime;
};

/// What one principal is owed, as a position in the journal and the exceptions from it.
///
/// Owed is every number above `acknowledged` up to `last_number` that is not settled. `pending`
/// holds the first of them, without a gap and at most kOutboxPendingMax; what follows stands in the
/// decisions of the journal alone, in entries from `position` on. So a subscriber that takes
/// nothing costs bounded memory. `acknowledged` passes over what is settled.
struct Outbox {
    std::uint64_t last_number = 0;
    std::uint64_t acknowledged = 0;
    Sequence position;                ///< what is owed was decided there or later
    std::deque<Delivery> pending;     ///< ascending by number
    std::set<std::uint64_t> settled;  ///< above `acknowledged`: withdrawn, refused, given up
    Suspect suspect;                  ///< attempts 0: none

    std::map<ClientId, Lane> lanes;                    ///< of clients with a refused delivery
    std::map<std::uint64_t, DeadLetter> dead_letters;  ///< parked, by number
    std::map<std::uint64_t, Replay> replays;           ///< waiting, by first number
    UtcTime next_replay_at = kUnknownTime;             ///< before this none of them leaves

    UtcTime minute = kUnknownTime;    ///< live deliveries are counted by minutes of business time
    std::uint32_t minute_count = 0;   ///< in that minute
    std::uint32_t minute_before = 0;  ///< in the one before it
};

struct Calendar {
    std::map<std::uint8_t, CalendarDay>
        weekdays;                       ///< ISO 1..7; a day not told follows Monday-Friday
    std::map<Date, CalendarDay> dates;  ///< exceptions win over weekdays
};

/// Texts are looked up as views: no copy is made to ask.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};

using PlaceKey = std::pair<Symbol, Symbol>;  ///< partner, place code

struct State {
    Sequence last;
    UtcTime now = kUnknownTime;

    std::vector<std::string> symbol_texts;  ///< text of Symbol n stands at n - 1
    std::unordered_map<std::string, Symbol, TextHash, std::equal_to<>> symbol_ids;
    std::unordered_map<Symbol, TimeZone> zones;
    std::map<PartnerId, Partner> partners;
    std::map<Symbol, Staff> staff;
    std::vector<Absence> absences;
    std::vector<OnCall> on_call;
    std::map<PlaceKey, PlaceInfo> places;
    std::map<Symbol, Calendar> calendars;
    std::map<std::uint32_t, Agreement> agreements;

    std::map<std::pair<RuleId, std::uint8_t>, RuleSetting> rule_settings;
    std::map<std::pair<PartnerId, Symbol>, Feed> feeds;
    std::map<std::pair<PartnerId, Hash128>, FreeTime> free_times;  ///< core/free_times.hpp

    IdTable<ClientId, Case> cases;
    /// What is about no client: feeds, caseloads, identities in conflict. Its client's id is none.
    Case office;
    IdTable<SubjectHash, Link> links;
    std::map<std::pair<SubjectHash, ClientId>, Separation> separations;
    std::map<ClientId, Merge> merges;  ///< of clients that are one with another
    /// What was told under identifiers that a person took from a client and nobody has, by an id
    /// derived of the identifier (core/links.hpp): nobody's, until it is somebody's again.
    std::map<ClientId, Case> aside;
    Inbox inbox;
    /// The last entry of each UTC day the inbox remembers, and of the newest day it has forgotten.
    std::map<Date, Sequence> day_ends;
    std::map<PartnerId, Outbox> outboxes;
    std::map<Hash128, PoisonMark> poison;

    // Derived from the records above, never decided: indexes
    std::set<std::pair<UtcTime, ClientId>> wakes;
    std::map<AlertId, ClientId> alert_clients;
    std::set<std::tuple<UtcTime, PartnerId, ClientId>> lane_wakes;
    std::set<std::pair<UtcTime, PartnerId>> replay_wakes;  ///< of recipients with replays
    std::set<PartnerId> rehearsing;
    std::set<Sequence> erasures;                ///< entries that erased clients
    std::map<Symbol, std::uint32_t> caseloads;  ///< clients of each owner, without those who died

    /// Its text was decided by an entry that is applied.
    [[nodiscard]] bool knows(Symbol symbol) const { return symbol.value <= symbol_texts.size(); }
    [[nodiscard]] std::string_view text(Symbol symbol) const;
    /// The symbol of a text already known; none otherwise.
    [[nodiscard]] Symbol symbol(std::string_view text) const;
    [[nodiscard]] const Partner* partner(PartnerId id) const;
    /// The principal of that name that is not removed.
    [[nodiscard]] const Partner* partner_named(Symbol name) const;
    [[nodiscard]] const Case* find_case(ClientId id) const;
    /// The client that this one is one with; itself at most times.
    [[nodiscard]] ClientId effective(ClientId id) const;
    /// The case of that client, or what stands aside by that id; the office for none.
    [[nodiscard]] const Case* case_or_office(ClientId id) const;
    /// Its years begin anew (core/retention.hpp); nothing of who is no client.
    void hear_of(ClientId client, UtcTime now);
    /// Of a partner that has one; else null.
    [[nodiscard]] const Calendar* calendar_of(PartnerId partner) const;
    /// The place, else the partner's default place (empty code), else null.
    [[nodiscard]] const PlaceInfo* place(Symbol partner_name, Symbol code) const;
};

/// What was told under that link leaves the case, as evolve takes it away.
void remove_departed(Case& subject, LinkNumber link);

/// Applies what was decided. The only function that changes State; never fails: a decision that
/// cannot be applied is a programmer's error.
void evolve(State& state, Sequence sequence, const Decisions& decisions);

}  // namespace carehub::core
