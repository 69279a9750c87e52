// The fields of a case's records and of routing, in the order of schemas/decisions.fbs. Records
// that have keys within a client are written with the client as their first field.
#pragma once

#include "hub/codec/wire_table.hpp"
#include "hub/model/case_records.hpp"
#include "hub/model/routing.hpp"
#include "schemas/decisions_generated.h"

namespace carehub::codec {

template <>
struct Struct<Version> {
    using Type = record::Version;
    static Type to_wire(const Version& v) {
        return {v.asserted_at.time_since_epoch().count(), v.session};
    }
    static Version from_wire(const Type& value) {
        return {UtcTime(Micros(value.asserted_at())), value.session()};
    }
};

template <>
struct Wire<Client> {
    using Table = record::Client;
    static auto fields(auto& r) {
        return fields_of(r.id, r.owner, r.team, r.model, r.tier, r.transport, r.zone, r.deceased_at,
                         r.wake_at, r.source, r.known_since, r.informed_at, r.death, r.death_under,
                         r.informed_under, r.aside, r.informed, r.hold, r.erased, r.later_holds,
                         r.unbooked_at);
    }
};

template <>
struct Wire<Link> {
    using Table = record::Link;
    static auto fields(auto& r) {
        return fields_of(r.subject, r.client, r.method, r.asserted_by, r.valid_from, r.source,
                         r.valid_until, r.first_told, r.partner, r.scheme, r.through);
    }
};

template <>
struct Wire<Separation> {
    using Table = record::Separation;
    static auto fields(auto& r) {
        return fields_of(r.subject, r.client, r.since, r.source, r.lifted);
    }
};

template <>
struct Wire<OwnedKey<LinkNumber>> {
    using Table = record::Departure;
    static auto fields(auto& owned) { return fields_of(owned.client, owned.key); }
};

template <>
struct Wire<Merge> {
    using Table = record::Merge;
    static auto fields(auto& r) { return fields_of(r.client, r.into, r.since, r.source, r.ended); }
};

template <>
struct Wire<Erasure> {
    using Table = record::Erasure;
    static auto fields(auto& r) { return fields_of(r.client, r.subjects); }
};

template <>
struct Wire<LastHeard> {
    using Table = record::LastHeard;
    static auto fields(auto& r) { return fields_of(r.client, r.at); }
};

template <>
struct Wire<OwnedRecord<Assignment>> {
    using Table = record::Assignment;
    static auto fields(auto& owned) {
        auto& r = owned.record;
        return fields_of(owned.client, r.told_under, r.owner, r.team, r.model, r.assigned, r.tier,
                         r.tiered);
    }
};

template <>
struct Wire<Consent> {
    using Table = record::Consent;
    static auto fields(auto& r) {
        return fields_of(r.id, r.client, r.kind, r.discloser, r.recipients, r.purpose, r.kinds,
                         r.scope_from, r.scope_to, r.signed_on, r.expires, r.revocable_from,
                         r.revoked_at, r.general_designation, r.source, r.told_under,
                         r.ends_upon_event);
    }
};

template <>
struct Wire<OwnedRecord<Obligation>> {
    using Table = record::Obligation;
    static auto fields(auto& owned) {
        auto& r = owned.record;
        return fields_of(owned.client, r.id, r.partner, r.obligation_class, r.status, r.last_kind,
                         r.start, r.end, r.time_flags, r.zone, r.place, r.remote, r.mandatory,
                         r.transparent, r.tentative, r.mover, r.labels, r.booked_at, r.version,
                         r.first, r.last, r.series, r.rebooked, r.told_under, r.kept_by);
    }
};

template <>
struct Wire<OwnedRecord<Stay>> {
    using Table = record::Stay;
    static auto fields(auto& owned) {
        auto& r = owned.record;
        return fields_of(owned.client, r.id, r.partner, r.encounter_class, r.custody, r.cancelled,
                         r.start, r.end, r.disposition, r.program, r.facility, r.place, r.zone,
                         r.labels, r.version, r.first, r.last, r.ended_by, r.end_received_at,
                         r.planned_end, r.told_under, r.age);
    }
};

template <>
struct Wire<OwnedRecord<Contact>> {
    using Table = record::Contact;
    static auto fields(auto& owned) {
        auto& r = owned.record;
        return fields_of(owned.client, r.source, r.at, r.kind, r.two_way, r.made, r.told_under);
    }
};

template <>
struct Wire<OwnedRecord<Matter>> {
    using Table = record::Matter;
    static auto fields(auto& owned) {
        auto& r = owned.record;
        return fields_of(owned.client, r.id, r.partner, r.kind, r.last_kind, r.withdrawn, r.grade,
                         r.situation, r.code, r.since, r.until, r.due_at, r.told_at, r.zone,
                         r.labels, r.version, r.first, r.last, r.told_under);
    }
};

template <>
struct Wire<OwnedRecord<Duty>> {
    using Table = record::Duty;
    static auto fields(auto& owned) {
        auto& r = owned.record;
        return fields_of(owned.client, r.stay, r.program, r.state, r.open, r.due, r.at_risk_at,
                         r.due_at, r.zone, r.trigger, r.closed_by);
    }
};

template <>
struct Wire<Suggestion> {
    using Table = record::Suggestion;
    static auto fields(auto& r) {
        return fields_of(r.action, r.obligation, r.by, r.who, r.needs_consent, r.rank);
    }
};

template <>
struct Wire<Finding> {
    using Table = record::Finding;
    static auto fields(auto& r) {
        return fields_of(r.rule, r.subject, r.severity, r.latched, r.informing, r.act_by,
                         r.obligations, r.stays, r.evidence, r.suggestions, r.minutes, r.program,
                         r.flags, r.material, r.matters, r.audience, r.about, r.partner);
    }
};

template <>
struct Wire<OwnedRecord<Alert>> {
    using Table = record::Alert;
    static auto fields(auto& owned) {
        auto& r = owned.record;
        return fields_of(owned.client, r.id, r.finding, r.state, r.owner, r.raised_at, r.updated_at,
                         r.cleared_at, r.acknowledged_at, r.acknowledged_by, r.shelved_until,
                         r.outcome, r.count, r.history, r.reopened, r.escalation, r.claimed_by,
                         r.claimed_until, r.accepted);
    }
};

template <>
struct Wire<OwnedKey<AlertId>> {
    using Table = record::AlertForgotten;
    static auto fields(auto& owned) { return fields_of(owned.client, owned.key); }
};

template <>
struct Wire<InboxMark> {
    using Table = record::InboxMark;
    static auto fields(auto& r) { return fields_of(r.id, r.body, r.sequence); }
};

template <>
struct Wire<Delivery> {
    using Table = record::Delivery;
    static auto fields(auto& r) {
        return fields_of(r.recipient, r.number, r.state, r.entry, r.client, r.form, r.is_alert,
                         r.alert, r.kind, r.discloser, r.labels, r.occurred_at, r.attempt,
                         r.first_number, r.history, r.told_under, r.about);
    }
};

template <>
struct Wire<Acknowledged> {
    using Table = record::Acknowledged;
    static auto fields(auto& r) { return fields_of(r.recipient, r.number, r.entry); }
};

template <>
struct Wire<Suspect> {
    using Table = record::Suspect;
    static auto fields(auto& r) { return fields_of(r.recipient, r.number, r.attempts); }
};

template <>
struct Wire<Lane> {
    using Table = record::Lane;
    static auto fields(auto& r) {
        return fields_of(r.recipient, r.client, r.active, r.due_at, r.held);
    }
};

template <>
struct Wire<DeadLetter> {
    using Table = record::DeadLetter;
    static auto fields(auto& r) {
        return fields_of(r.delivery, r.state, r.stage, r.reason, r.attempts, r.at, r.told_by);
    }
};

template <>
struct Wire<Replay> {
    using Table = record::Replay;
    static auto fields(auto& r) { return fields_of(r.delivery, r.due_at); }
};

template <>
struct Wire<OutboxMark> {
    using Table = record::OutboxMark;
    static auto fields(auto& r) {
        return fields_of(r.recipient, r.acknowledged, r.last_number, r.position, r.settled,
                         r.minute, r.minute_count, r.minute_before, r.next_replay_at);
    }
};

template <>
struct Wire<DayEnd> {
    using Table = record::DayEnd;
    static auto fields(auto& r) { return fields_of(r.day, r.last); }
};

template <>
struct Wire<PoisonMark> {
    using Table = record::PoisonMark;
    static auto fields(auto& r) {
        return fields_of(r.fingerprint, r.parked_until, r.lane, r.entry);
    }
};

template <>
struct Wire<Route> {
    using Table = record::Route;
    static auto fields(auto& r) {
        return fields_of(r.recipient, r.form, r.withheld, r.consent, r.agreement, r.rule);
    }
};

}  // namespace carehub::codec
