#include "hub/core/claim_context.hpp"

#include <algorithm>

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
    // A sender's clock that runs ahead makes nothing late (13-decisions).
    return {std::min(asserted, draft_.now()), input_.session};
}

Version ClaimContext::version_over(const Version& known) const {
    Version told = version();
    if (is_stale(known, told)) {
        told.asserted_at = known.asserted_at;
    }
    return told;
}

Labels ClaimContext::labels() const {
    const Partner* partner = draft_.before().partner(input_.principal);
    Labels labels =
        partner == nullptr ? claim_.labels : labels_of(draft_.before(), *partner, claim_);
    labels.add(labels_related(draft_.before(), subject_, submission_));
    return labels;
}

UtcTime ClaimContext::beginning_of(Date day) const {
    const auto zone = draft_.before().zones.find(draft_.before().symbol(claim_.zone));
    return zone == draft_.before().zones.end() ? UtcTime{day} : start_of_day(zone->second, day);
}

bool ClaimContext::is_outdated(const Version& known) const {
    return is_stale(known, version()) && !applies_when_older(claim_.kind, claim_.correction);
}

void forget_death(Client& client) {
    client.deceased_at = kUnknownTime;
    client.death = {};
    client.death_under = {};
}

bool ClaimContext::may_take_back_death() const {
    const State& state = draft_.before();
    const LinkNumber told = subject_.client.death_under;
    const Partner* speaker = state.partner(input_.principal);
    if (told == told_under_ || (speaker != nullptr && speaker->kind == PartnerKind::Staff)) {
        return true;
    }
    if (told.value == 0 || told_under_.value == 0) {
        return false;
    }
    const Symbol whose = state.links.item(told.value - 1).record.partner;
    return whose != Symbol{} && whose == state.links.item(told_under_.value - 1).record.partner;
}

void ClaimContext::take_back_death() {
    if (may_take_back_death()) {
        forget_death(subject_.client);
    }
}

}  // namespace carehub::core
