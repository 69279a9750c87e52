// Everything the machine knows, and the one way it changes: evolve(state, decisions).
//
// Contract: State is a set of tables of plain records (model/registry.hpp, case_records.hpp,
// routing.hpp). It holds no sealed field: names of people, identifier values and texts stand only in
// the sealed inputs of the journal. Iteration order of the hash tables is never observable: whatever
// leaves State in order is sorted first (core/snapshot.hpp).
// Threads: confined to the thread of its Machine or follower.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/base/time_zone.hpp"
#include "hub/model/decision.hpp"

namespace carehub::core {

/// All records of one client. Vectors are ordered by key.
struct Case {
    Client client;
    std::vector<Consent> consents;
    std::vector<Obligation> obligations;
    std::vector<Stay> stays;
    std::vector<Contact> contacts;
    std::vector<Duty> duties;
    std::vector<Alert> alerts;
};

/// What one principal is owed: `pending` holds exactly acknowledged + 1 .. last_number.
struct Outbox {
    std::uint64_t last_number = 0;
    std::uint64_t acknowledged = 0;
    std::deque<Delivery> pending;  ///< ascending by number
};

struct Calendar {
    std::map<std::uint8_t, CalendarDay>
        weekdays;                       ///< ISO 1..7; a day not told follows Monday-Friday
    std::map<Date, CalendarDay> dates;  ///< exceptions win over weekdays
};

using PlaceKey = std::pair<Symbol, Symbol>;  ///< partner, place code

struct State {
    Sequence last;
    UtcTime now = kUnknownTime;

    std::vector<std::string> symbol_texts;  ///< text of Symbol n stands at n - 1
    std::unordered_map<std::string, Symbol> symbol_ids;
    std::unordered_map<Symbol, TimeZone> zones;
    std::map<PartnerId, Partner> partners;
    std::map<Symbol, Staff> staff;
    std::vector<Absence> absences;
    std::vector<OnCall> on_call;
    std::map<PlaceKey, PlaceInfo> places;
    std::map<Symbol, Calendar> calendars;
    std::map<std::uint32_t, Agreement> agreements;

    std::unordered_map<ClientId, Case> cases;
    std::unordered_map<SubjectHash, Link> links;
    std::unordered_map<SourceId, InboxMark> inbox;
    std::map<PartnerId, Outbox> outboxes;
    std::map<Hash128, PoisonMark> poison;

    // Derived from the records above, never decided: indexes
    std::set<std::pair<UtcTime, ClientId>> wakes;
    std::map<AlertId, ClientId> alert_clients;

    [[nodiscard]] std::string_view text(Symbol symbol) const;
    /// The symbol of a text already known; none otherwise.
    [[nodiscard]] Symbol symbol(std::string_view text) const;
    [[nodiscard]] const Partner* partner(PartnerId id) const;
    /// The principal of that name that is not removed.
    [[nodiscard]] const Partner* partner_named(Symbol name) const;
    [[nodiscard]] const Case* find_case(ClientId id) const;
    /// The place, else the partner's default place (empty code), else null.
    [[nodiscard]] const PlaceInfo* place(Symbol partner_name, Symbol code) const;
};

/// Applies what was decided. The only function that changes State; never fails: a decision that
/// cannot be applied is a programmer's error.
void evolve(State& state, Sequence sequence, const Decisions& decisions);

}  // namespace carehub::core
