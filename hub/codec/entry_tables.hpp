// The fields of decisions and of a journal entry, in the order of decisions.fbs and entry.fbs.
#pragma once

#include "hub/codec/case_tables.hpp"
#include "hub/codec/registry_tables.hpp"
#include "hub/model/entry.hpp"
#include "schemas/entry_generated.h"

namespace carehub::codec {

template <>
struct Wire<Decisions> {
    using Table = record::Decisions;
    static auto fields(auto& r) {
        return fields_of(r.symbols, r.zones, r.partners, r.staff, r.absences, r.on_call, r.places,
                         r.calendar_days, r.agreements, r.clients, r.links, r.consents,
                         r.obligations, r.stays, r.contacts, r.duties, r.alerts, r.alerts_forgotten,
                         r.inbox, r.deliveries, r.acknowledged, r.poison, r.poison_forgotten, r.now,
                         r.routes, r.client, r.refused, r.suspects, r.lanes, r.dead_letters,
                         r.replays, r.outboxes, r.day_ends, r.matters, r.rule_settings, r.heard,
                         r.feeds, r.separations, r.departures, r.assignments, r.merges, r.erasures,
                         r.last_heard, r.free_times);
    }
};

template <>
struct Wire<Entry> {
    using Table = record::Entry;
    static auto fields(auto& r) {
        return fields_of(r.sequence, r.at, r.input_kind, r.principal, r.event_kind, r.subject,
                         r.decisions, r.keys_to, r.sealed_hash);
    }
};

}  // namespace carehub::codec
