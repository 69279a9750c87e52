#include "hub/rules/shared/housing.hpp"

#include <algorithm>

#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

/// Rows told so long after their day are kept and raise nothing (domain/04, guards).
constexpr std::chrono::days kHistory{60};

/// Where somebody went at an exit is part of what was lost then, not what came of it.
bool is_part_of_loss(const Matter& situation, UtcTime time) {
    return situation.since == time && situation.last_kind == EventKind::HousingExit;
}

/// The latest of that day or later; null when nothing was told since.
const Matter* latest_since(const std::vector<const Matter*>& situations, UtcTime time) {
    const Matter* latest = nullptr;
    for (const Matter* situation : situations) {
        if (situation->since >= time && !is_part_of_loss(*situation, time) &&
            (latest == nullptr || situation->since >= latest->since)) {
            latest = situation;
        }
    }
    return latest;
}

bool is_now(const std::vector<const Matter*>& situations, UtcTime time, SituationClass wanted) {
    const Matter* latest = latest_since(situations, time);
    return latest != nullptr && latest->situation == wanted;
}

}  // namespace

bool HousingStanding::placed_since(UtcTime time) const {
    return is_now(situations, time, SituationClass::Permanent);
}

bool HousingStanding::sheltered_since(UtcTime time) const {
    return is_now(situations, time, SituationClass::Temporary);
}

bool HousingStanding::out_of_institution_since(UtcTime time) const {
    const Matter* latest = latest_since(situations, time);
    return latest != nullptr && latest->since > time &&
           latest->situation != SituationClass::Institution;
}

bool HousingStanding::known_since(UtcTime time) const {
    const Matter* latest = latest_since(situations, time);
    return latest != nullptr && latest->situation != SituationClass::Unset &&
           latest->situation != SituationClass::Other;
}

HousingStanding housing_standing(const core::CaseView& view) {
    HousingStanding standing;
    for (const Matter& matter : view.matters()) {
        if (matter.withdrawn) {
            continue;
        }
        const bool loss =
            matter.kind == MatterKind::HousingLoss || matter.kind == MatterKind::TenancyNotice;
        if (loss && !is_history(matter, kHistory)) {
            standing.losses.push_back(&matter);
        } else if (matter.kind == MatterKind::Situation || matter.kind == MatterKind::TenancyKept) {
            standing.situations.push_back(&matter);
        }
    }
    return standing;
}

}  // namespace carehub::rules
