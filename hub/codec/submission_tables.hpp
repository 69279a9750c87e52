// The fields of a Submission and of its payloads, in the order of schemas/event.fbs.
#pragma once

#include "hub/codec/limits.hpp"
#include "hub/codec/wire_table.hpp"
#include "schemas/event_generated.h"

namespace carehub::codec {

template <>
struct Wire<Identifier> {
    using Table = wire::Identifier;
    static auto fields(auto& r) {
        return fields_of(text(r.authority, kIdentifierBytesMax), text(r.type, kIdentifierBytesMax),
                         text(r.value, kIdentifierBytesMax));
    }
};

template <>
struct Wire<Place> {
    using Table = wire::Place;
    static auto fields(auto& r) { return fields_of(r.id, r.name, r.remote); }
};

template <>
struct Wire<Party> {
    using Table = wire::Party;
    static auto fields(auto& r) { return fields_of(r.id, r.name, r.role); }
};

template <>
struct Wire<ObligationClaim> {
    using Table = wire::Obligation;
    static auto fields(auto& r) {
        return fields_of(r.obligation_class, r.status, r.start, r.date, r.end, r.prev_start,
                         r.location, r.provider, r.owner_org, r.placer_id, r.filler_id, r.parent_id,
                         r.occurrence, r.mandatory, r.transparent, r.tentative, r.mover,
                         r.reason_code, r.series, r.accepted_by);
    }
};

template <>
struct Wire<ResourceClaim> {
    using Table = wire::Resource;
    static auto fields(auto& r) {
        return fields_of(r.schedule_id, r.from, r.to, r.provider, r.location, r.obligation_class);
    }
};

template <>
struct Wire<SnapshotClaim> {
    using Table = wire::Snapshot;
    static auto fields(auto& r) {
        return fields_of(r.window_from, r.window_to, r.rows, r.complete, r.file_time);
    }
};

template <>
struct Wire<EncounterClaim> {
    using Table = wire::Encounter;
    static auto fields(auto& r) {
        return fields_of(r.visit_number, r.encounter_class, r.start, r.end, r.planned, r.location,
                         r.prior_location, r.disposition, r.discharged_to, r.facility,
                         text(r.appointment_key, kKeyBytesMax), r.age);
    }
};

template <>
struct Wire<PersonName> {
    using Table = wire::PersonName;
    static auto fields(auto& r) { return fields_of(r.family, r.given, r.kind); }
};

template <>
struct Wire<PersonClaim> {
    using Table = wire::Person;
    static auto fields(auto& r) {
        return fields_of(r.names, r.birth, r.sex, r.phones, r.reliability, r.deceased_at);
    }
};

template <>
struct Wire<IdentityClaim> {
    using Table = wire::Identity;
    static auto fields(auto& r) {
        return fields_of(list(r.survivor, kIdentifiersMax), list(r.prior, kIdentifiersMax), r.level,
                         r.trigger);
    }
};

template <>
struct Wire<HousingClaim> {
    using Table = wire::Housing;
    static auto fields(auto& r) {
        return fields_of(r.project, r.project_type, r.enrollment, r.household, r.date, r.situation,
                         r.situation_class, r.subsidy, r.move_in, r.destination, r.event_code,
                         r.result, r.result_date, r.leave_14d, r.grade, r.deadline,
                         r.subsequent_residence, r.time_to_loss, r.exit_reason);
    }
};

template <>
struct Wire<JusticeClaim> {
    using Table = wire::Justice;
    static auto fields(auto& r) {
        return fields_of(r.case_number, r.court, r.category,
                         text(r.condition_text, kFreeTextBytesMax), r.mandatory, r.issued,
                         r.effective, r.expires, r.officer, r.level, r.custody_place);
    }
};

template <>
struct Wire<CaseworkClaim> {
    using Table = wire::Casework;
    static auto fields(auto& r) {
        return fields_of(r.owner, r.team, r.model, r.phase_from, r.phase_to, r.tier, r.signals,
                         r.contact_kind, r.two_way, r.duration_min);
    }
};

template <>
struct Wire<ConsentClaim> {
    using Table = wire::Consent;
    static auto fields(auto& r) {
        return fields_of(r.consent, r.kind, r.discloser, r.recipients, r.general_designation,
                         r.intermediary, r.scope_kinds, r.scope_from, r.scope_to, r.purpose,
                         r.signed_on, r.expires, r.expiry_event, r.revocable_from, r.revoked_at,
                         text(r.revoke_reason, kFreeTextBytesMax));
    }
};

template <>
struct Wire<Submission> {
    using Table = wire::Submission;
    static auto fields(auto& r) {
        return fields_of(r.kind, r.schema, r.feed, text(r.source_msg_id, kKeyBytesMax),
                         text(r.business_key, kKeyBytesMax), list(r.identifiers, kIdentifiersMax),
                         r.occurred_at, r.occurred_precision, r.recorded_at, r.zone, r.time_flags,
                         text(r.supersedes_key, kKeyBytesMax), r.correction, r.labels, r.raw_sha256,
                         union_type(r.payload), union_body(r.payload));
    }
};

}  // namespace carehub::codec
