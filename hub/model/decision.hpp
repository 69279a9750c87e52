// What the machine concluded from one input: the records that change, table by table, and the facts
// that only the trail keeps. `evolve` reads nothing else; a snapshot is the same thing written for
// the whole State (so decisions, snapshots and replay have one form).
//
// Contract: within one Decisions a key occurs at most once per table. Nothing here is sealed.
#pragma once

#include <vector>

#include "hub/model/case_records.hpp"
#include "hub/model/registry.hpp"
#include "hub/model/routing.hpp"

namespace carehub {

struct Decisions {
    // State: records put, each replacing the one with its key
    std::vector<SymbolText> symbols;
    std::vector<Zone> zones;
    std::vector<Partner> partners;
    std::vector<Staff> staff;
    std::vector<Absence> absences;
    std::vector<OnCall> on_call;
    std::vector<PlaceInfo> places;
    std::vector<CalendarDay> calendar_days;
    std::vector<Agreement> agreements;
    std::vector<RuleSetting> rule_settings;
    std::vector<Heard> heard;
    std::vector<Feed> feeds;  ///< snapshots only
    std::vector<FreeTime> free_times;
    std::vector<Client> clients;
    std::vector<Link> links;
    std::vector<Separation> separations;
    std::vector<Merge> merges;
    std::vector<Erasure> erasures;
    std::vector<LastHeard> last_heard;  ///< snapshots only
    /// What was told under that link leaves the client's case: applied before all records are put.
    std::vector<OwnedKey<LinkNumber>> departures;
    std::vector<Consent> consents;
    std::vector<OwnedRecord<Assignment>> assignments;
    std::vector<OwnedRecord<Obligation>> obligations;
    std::vector<OwnedRecord<Stay>> stays;
    std::vector<OwnedRecord<Contact>> contacts;
    std::vector<OwnedRecord<Matter>> matters;
    std::vector<OwnedRecord<Duty>> duties;
    std::vector<OwnedRecord<Alert>> alerts;
    std::vector<OwnedKey<AlertId>> alerts_forgotten;  ///< closed, and out of the reopening window
    std::vector<InboxMark> inbox;
    std::vector<Delivery> deliveries;
    std::vector<Acknowledged> acknowledged;
    std::vector<PoisonMark> poison;
    std::vector<Hash128> poison_forgotten;  ///< a person released them
    std::vector<Suspect> suspects;
    std::vector<Lane> lanes;
    std::vector<DeadLetter> dead_letters;
    std::vector<Replay> replays;
    std::vector<OutboxMark> outboxes;  ///< snapshots only
    std::vector<DayEnd> day_ends;      ///< snapshots only
    UtcTime now = kUnknownTime;        ///< business time after this entry

    // The trail's alone
    std::vector<Route> routes;
    ClientId client;  ///< effective client of the input; none when it has none
    RefusalReason refused = RefusalReason::None;

    friend bool operator==(const Decisions&, const Decisions&) = default;
};

}  // namespace carehub
