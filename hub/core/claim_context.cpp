#include "hub/core/claim_context.hpp"

#include "hub/core/series.hpp"

namespace carehub::core {
namespace {

/// 13-decisions: these apply even when older, to the version they name.
bool applies_when_older(EventKind kind, bool correction) {
    return correction || kind == EventKind::AppointmentCancelled ||
           kind == EventKind::AppointmentDeleted || kind == EventKind::HearingCancelled ||
           kind == EventKind::EncounterStartCancelled || kind == EventKind::EncounterEndCancelled;
}

}  // namespace

Refusal missing(const std::string& field) {
    return {RefusalReason::MissingField, field, "give " + field};
}

Version ClaimContext::version() const {
    const UtcTime asserted =
        claim_.recorded_at != kUnknownTime ? claim_.recorded_at : claim_.occurred_at;
    return {asserted, input_.session};
}

Labels ClaimContext::labels() const {
    const Partner* partner = draft_.before().partner(input_.principal);
    return partner == nullptr ? claim_.labels : labels_of(draft_.before(), *partner, claim_);
}

UtcTime ClaimContext::beginning_of(Date day) const {
    const auto zone = draft_.before().zones.find(draft_.before().symbol(claim_.zone));
    return zone == draft_.before().zones.end() ? UtcTime{day} : start_of_day(zone->second, day);
}

bool ClaimContext::is_outdated(const Version& known) const {
    return is_stale(known, version()) && !applies_when_older(claim_.kind, claim_.correction);
}

}  // namespace carehub::core
