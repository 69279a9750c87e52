// The JSON keys of a Submission, once, for reading and writing: a Form is a JsonReader or
// JsonWriter and is called with each key and the member behind it.
//
// Contract: keys are the glossary's. A reader refuses keys that are not named here.
#pragma once

#include "hub/model/submission.hpp"

namespace carehub::adapters {

/// T or const T, as the form reads or writes.
template <class Form, class T>
using Part = typename Form::template Part<T>;

template <class Form>
void describe(Form& form, Part<Form, Identifier>& part) {
    form("authority", part.authority);
    form("type", part.type);
    form("value", part.value);
}

template <class Form>
void describe(Form& form, Part<Form, Place>& part) {
    form("id", part.id);
    form("name", part.name);
    form("remote", part.remote);
}

template <class Form>
void describe(Form& form, Part<Form, Party>& part) {
    form("id", part.id);
    form("name", part.name);
    form("role", part.role);
}

template <class Form>
void describe(Form& form, Part<Form, PersonName>& part) {
    form("family", part.family);
    form("given", part.given);
    form("kind", part.kind);
}

template <class Form>
void describe(Form& /*form*/, Part<Form, std::monostate>& /*none*/) {}

template <class Form>
void describe(Form& form, Part<Form, ObligationClaim>& claim) {
    form("class", claim.obligation_class);
    form("status", claim.status);
    form("start", claim.start);
    form("date", claim.date);
    form("end", claim.end);
    form("prev_start", claim.prev_start);
    form("location", claim.location);
    form("provider", claim.provider);
    form("owner_org", claim.owner_org);
    form("placer_id", claim.placer_id);
    form("filler_id", claim.filler_id);
    form("parent_id", claim.parent_id);
    form("occurrence", claim.occurrence);
    form("mandatory", claim.mandatory);
    form("transparent", claim.transparent);
    form("tentative", claim.tentative);
    form("mover", claim.mover);
    form("reason_code", claim.reason_code);
    form("series", claim.series);
    form("accepted_by", claim.accepted_by);
}

template <class Form>
void describe(Form& form, Part<Form, ResourceClaim>& claim) {
    form("schedule_id", claim.schedule_id);
    form("from", claim.from);
    form("to", claim.to);
    form("provider", claim.provider);
    form("location", claim.location);
    form("class", claim.obligation_class);
}

template <class Form>
void describe(Form& form, Part<Form, SnapshotClaim>& claim) {
    form("window_from", claim.window_from);
    form("window_to", claim.window_to);
    form("rows", claim.rows);
    form("complete", claim.complete);
    form("file_time", claim.file_time);
}

template <class Form>
void describe(Form& form, Part<Form, EncounterClaim>& claim) {
    form("visit_number", claim.visit_number);
    form("class", claim.encounter_class);
    form("start", claim.start);
    form("end", claim.end);
    form("planned", claim.planned);
    form("location", claim.location);
    form("prior_location", claim.prior_location);
    form("disposition", claim.disposition);
    form("discharged_to", claim.discharged_to);
    form("facility", claim.facility);
    form("appointment_key", claim.appointment_key);
    form("age", claim.age);
}

template <class Form>
void describe(Form& form, Part<Form, PersonClaim>& claim) {
    form("names", claim.names);
    form("birth", claim.birth);
    form("sex", claim.sex);
    form("phones", claim.phones);
    form("reliability", claim.reliability);
    form("deceased_at", claim.deceased_at);
}

template <class Form>
void describe(Form& form, Part<Form, IdentityClaim>& claim) {
    form("survivor", claim.survivor);
    form("prior", claim.prior);
    form("level", claim.level);
    form("trigger", claim.trigger);
}

template <class Form>
void describe(Form& form, Part<Form, HousingClaim>& claim) {
    form("project", claim.project);
    form("project_type", claim.project_type);
    form("enrollment", claim.enrollment);
    form("household", claim.household);
    form("date", claim.date);
    form("situation", claim.situation);
    form("situation_class", claim.situation_class);
    form("subsidy", claim.subsidy);
    form("move_in", claim.move_in);
    form("destination", claim.destination);
    form("event_code", claim.event_code);
    form("result", claim.result);
    form("result_date", claim.result_date);
    form("leave_14d", claim.leave_14d);
    form("grade", claim.grade);
    form("deadline", claim.deadline);
    form("subsequent_residence", claim.subsequent_residence);
    form("time_to_loss", claim.time_to_loss);
    form("exit_reason", claim.exit_reason);
}

template <class Form>
void describe(Form& form, Part<Form, JusticeClaim>& claim) {
    form("case_number", claim.case_number);
    form("court", claim.court);
    form("category", claim.category);
    form("condition_text", claim.condition_text);
    form("mandatory", claim.mandatory);
    form("issued", claim.issued);
    form("effective", claim.effective);
    form("expires", claim.expires);
    form("officer", claim.officer);
    form("level", claim.level);
    form("custody_place", claim.custody_place);
}

template <class Form>
void describe(Form& form, Part<Form, CaseworkClaim>& claim) {
    form("owner", claim.owner);
    form("team", claim.team);
    form("model", claim.model);
    form("phase_from", claim.phase_from);
    form("phase_to", claim.phase_to);
    form("tier", claim.tier);
    form("signals", claim.signals);
    form("contact_kind", claim.contact_kind);
    form("two_way", claim.two_way);
    form("duration", claim.duration_min);
}

template <class Form>
void describe(Form& form, Part<Form, ConsentClaim>& claim) {
    form("consent", claim.consent);
    form("kind", claim.kind);
    form("discloser", claim.discloser);
    form("recipients", claim.recipients);
    form("general_designation", claim.general_designation);
    form("intermediary", claim.intermediary);
    form("scope_kinds", claim.scope_kinds);
    form("scope_from", claim.scope_from);
    form("scope_to", claim.scope_to);
    form("purpose", claim.purpose);
    form("signed", claim.signed_on);
    form("expires", claim.expires);
    form("expiry_event", claim.expiry_event);
    form("revocable_from", claim.revocable_from);
    form("revoked_at", claim.revoked_at);
    form("revoke_reason", claim.revoke_reason);
}

/// Everything but the payload, whose shape the kind decides.
template <class Form>
void describe(Form& form, Part<Form, Submission>& event) {
    form("id", event.source_msg_id);
    form("kind", event.kind);
    form("schema", event.schema);
    form("feed", event.feed);
    form("occurred_at", event.occurred_at);
    form("occurred_precision", event.occurred_precision);
    form("recorded_at", event.recorded_at);
    form("zone", event.zone);
    form("time_flags", event.time_flags);
    form("correction", event.correction);
    form("supersedes_key", event.supersedes_key);
    form("identifiers", event.identifiers);
    form("business_key", event.business_key);
    form("labels", event.labels);
    form("raw_sha256", event.raw_sha256);
}

}  // namespace carehub::adapters
