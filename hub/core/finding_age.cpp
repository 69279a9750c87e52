#include "hub/core/finding_age.hpp"

#include <algorithm>

#include "hub/core/keyed.hpp"
#include "hub/core/limits.hpp"

namespace carehub::core {
namespace {

/// The time to act of a rule about what was told runs from the raise: the records say how old the
/// news is.
bool lies_days_before(const Case& subject, const Finding& finding, UtcTime time) {
    UtcTime latest = kUnknownTime;
    for (const ObligationId id : finding.obligations) {
        const Obligation* one = find(subject.obligations, id);
        latest = one == nullptr ? latest : std::max(latest, one->end);
    }
    for (const StayId id : finding.stays) {
        const Stay* one = find(subject.stays, id);
        latest = one == nullptr ? latest : std::max(latest, one->end);
    }
    for (const MatterId id : finding.matters) {
        const Matter* one = find(subject.matters, id);
        // A warrant that nobody cleared is of today, whenever it was issued.
        const bool lasts = one != nullptr && one->kind == MatterKind::Warrant;
        latest = one == nullptr ? latest : lasts ? kNever : std::max(latest, one->since);
    }
    return latest != kUnknownTime && latest < time - kBackfillNews;
}

}  // namespace

bool is_past(const Case& subject, const Finding& finding, UtcTime now) {
    return finding.act_by <= now || lies_days_before(subject, finding, now);
}

bool was_past_in_rehearsal(const State& state, const Case& subject, const Finding& finding) {
    const auto past = [&](const auto* record) {
        const Partner* partner = record == nullptr ? nullptr : state.partner(record->partner);
        return partner != nullptr && partner->live_since != kUnknownTime &&
               is_past(subject, finding, partner->live_since);
    };
    return std::ranges::any_of(
               finding.obligations,
               [&](ObligationId id) { return past(find(subject.obligations, id)); }) ||
           std::ranges::any_of(finding.stays,
                               [&](StayId id) { return past(find(subject.stays, id)); });
}

}  // namespace carehub::core
