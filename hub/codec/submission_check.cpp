// The required fields of schemas/event.fbs, and which payload each kind asks for.
#include "hub/codec/submission.hpp"

namespace carehub::codec {
namespace {

using Fault = std::optional<Refusal>;

/// One required field: its path, and whether it is told.
struct Required {
    std::string_view path;
    bool told;
};

template <std::size_t N>
Fault first_missing(const Required (&fields)[N]) {
    for (const Required& field : fields) {
        if (!field.told) {
            return Refusal{RefusalReason::MissingField, std::string(field.path),
                           "give this field a value"};
        }
    }
    return std::nullopt;
}

bool told(const std::string& text) { return !text.empty(); }
bool told(UtcTime time) { return time != kUnknownTime; }
bool told(Date date) { return date != Date{}; }
template <class T>
bool told(const std::vector<T>& items) {
    return !items.empty();
}
template <class E>
requires std::is_enum_v<E>
bool told(E value) { return value != E::Unset; }

Fault check(const Submission& /*s*/, const std::monostate& /*none*/) { return std::nullopt; }

/// A change may leave the status as it is known.
bool needs_status(EventKind kind) { return kind != EventKind::AppointmentModified; }

/// What becomes of an appointment does at the time that is known; a change may leave that too.
bool needs_start(EventKind kind) {
    return kind != EventKind::AppointmentCancelled && kind != EventKind::AppointmentDiscontinued &&
           kind != EventKind::AppointmentDeleted && kind != EventKind::AppointmentNoShow &&
           kind != EventKind::AppointmentModified && kind != EventKind::AppointmentArrived &&
           kind != EventKind::AppointmentCompleted;
}

Fault check(const Submission& s, const ObligationClaim& claim) {
    const bool has_start = told(claim.start) || claim.date.has_value();
    return first_missing({{"business_key", told(s.business_key)},
                          {"payload.obligation_class", told(claim.obligation_class)},
                          {"payload.status", told(claim.status) || !needs_status(s.kind)},
                          {"payload.start", has_start || !needs_start(s.kind)},
                          {"payload.owner_org", told(claim.owner_org)}});
}

Fault check(const Submission& /*s*/, const ResourceClaim& claim) {
    return first_missing({{"payload.schedule_id", told(claim.schedule_id)},
                          {"payload.from", told(claim.from)},
                          {"payload.to", told(claim.to)}});
}

Fault check(const Submission& /*s*/, const SnapshotClaim& claim) {
    return first_missing({{"payload.window_from", told(claim.window_from)},
                          {"payload.window_to", told(claim.window_to)}});
}

Fault check(const Submission& /*s*/, const EncounterClaim& claim) {
    return first_missing({{"payload.encounter_class", told(claim.encounter_class)},
                          {"payload.facility", told(claim.facility)}});
}

Fault check(const Submission& /*s*/, const PersonClaim& /*claim*/) { return std::nullopt; }

Fault check(const Submission& /*s*/, const IdentityClaim& claim) {
    return first_missing({{"payload.survivor", told(claim.survivor)},
                          {"payload.prior", told(claim.prior)},
                          {"payload.level", told(claim.level)},
                          {"payload.trigger", told(claim.trigger)}});
}

Fault check(const Submission& /*s*/, const HousingClaim& claim) {
    return first_missing(
        {{"payload.project", told(claim.project)}, {"payload.date", told(claim.date)}});
}

Fault check(const Submission& /*s*/, const JusticeClaim& /*claim*/) { return std::nullopt; }

Fault check(const Submission& /*s*/, const CaseworkClaim& claim) {
    return first_missing({{"payload.owner", told(claim.owner)}});
}

Fault check(const Submission& s, const ConsentClaim& claim) {
    if (s.kind != EventKind::ConsentGranted) {
        return first_missing({{"payload.consent", told(claim.consent)},
                              {"payload.revoked_at",
                               s.kind != EventKind::ConsentRevoked || told(claim.revoked_at)}});
    }
    return first_missing({{"payload.consent", told(claim.consent)},
                          {"payload.kind", told(claim.kind)},
                          {"payload.discloser", told(claim.discloser)},
                          {"payload.recipients", told(claim.recipients)},
                          {"payload.purpose", told(claim.purpose)},
                          {"payload.signed_on", told(claim.signed_on)}});
}

Fault check_identifiers(const Submission& s) {
    const auto kind = payload_of(s.kind);
    const bool about_nobody =
        kind == PayloadKind::Resource || kind == PayloadKind::Snapshot || kind == PayloadKind::None;
    if (s.identifiers.empty() && !about_nobody) {
        return Refusal{RefusalReason::MissingField, "identifiers",
                       "say by which identifier you know the client"};
    }
    for (std::size_t i = 0; i < s.identifiers.size(); ++i) {
        if (s.identifiers[i].authority.empty() || s.identifiers[i].value.empty()) {
            return Refusal{RefusalReason::MissingField, "identifiers[" + std::to_string(i) + "]",
                           "give both authority and value"};
        }
    }
    return std::nullopt;
}

Fault check_head(const Submission& s) {
    if (s.schema != kSubmissionSchema) {
        return Refusal{RefusalReason::WrongVersion, "schema", "send events of schema version 1"};
    }
    return first_missing({{"kind", told(s.kind)},
                          {"feed", told(s.feed)},
                          {"source_msg_id", told(s.source_msg_id)},
                          {"occurred_at", told(s.occurred_at)},
                          {"occurred_precision", told(s.occurred_precision)}});
}

}  // namespace

std::optional<Refusal> check_submission(const Submission& submission) {
    if (auto fault = check_head(submission)) {
        return fault;
    }
    if (auto fault = check_identifiers(submission)) {
        return fault;
    }
    if (submission.payload.index() != static_cast<std::size_t>(payload_of(submission.kind))) {
        return Refusal{RefusalReason::PayloadMismatch, "payload",
                       "send the payload that the kind asks for"};
    }
    return std::visit([&submission](const auto& claim) { return check(submission, claim); },
                      submission.payload);
}

}  // namespace carehub::codec
