#include "hub/rules/shared/housing.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

/// Rows told so long after their day are kept and raise nothing (domain/04, guards).
constexpr std::chrono::days kHistory{60};
/// HMIS 2.02.6: permanent housing, rapid re-housing.
constexpr std::array<std::uint8_t, 4> kPermanentHousing{3, 9, 10, 13};

/// Where somebody went at an exit is part of what was lost then, not what came of it.
bool comes_after(const Matter& situation, const Matter& loss) {
    return situation.since > loss.since ||
           (situation.since == loss.since && situation.last_kind != EventKind::HousingExit);
}

bool is_permanent(const Matter& matter) { return matter.situation == SituationClass::Permanent; }

}  // namespace

HousingStanding::HousingStanding(const core::CaseView& view) {
    for (const Matter& matter : view.matters()) {
        if (matter.withdrawn) {
            continue;
        }
        const bool loss =
            matter.kind == MatterKind::HousingLoss || matter.kind == MatterKind::TenancyNotice;
        if (loss && !is_history(matter, kHistory)) {
            losses_.push_back(&matter);
        } else if (matter.kind == MatterKind::Situation || matter.kind == MatterKind::TenancyKept) {
            situations_.push_back(&matter);
        } else if (matter.kind == MatterKind::Enrollment &&
                   std::ranges::find(kPermanentHousing, matter.code) != kPermanentHousing.end()) {
            enrollments_.push_back(&matter);
        }
    }
}

const Matter* HousingStanding::latest_after(const Matter& loss) const {
    const Matter* latest = nullptr;
    for (const Matter* situation : situations_) {
        const bool later = latest == nullptr || std::tie(situation->since, situation->last) >
                                                    std::tie(latest->since, latest->last);
        if (comes_after(*situation, loss) && later) {
            latest = situation;
        }
    }
    return latest;
}

bool HousingStanding::is_placed(const Matter& loss) const {
    return std::ranges::any_of(situations_, [&](const Matter* situation) {
        return comes_after(*situation, loss) && is_permanent(*situation);
    });
}

bool HousingStanding::is_sheltered(const Matter& loss) const {
    const Matter* latest = latest_after(loss);
    return latest != nullptr && latest->situation == SituationClass::Temporary && !is_placed(loss);
}

const Matter* HousingStanding::outside_again(const Matter& loss) const {
    const Matter* shelter = nullptr;
    const Matter* outside = nullptr;
    for (const Matter* situation : situations_) {
        if (situation->situation == SituationClass::Temporary && comes_after(*situation, loss) &&
            (shelter == nullptr || situation->since > shelter->since)) {
            shelter = situation;
        }
    }
    for (const Matter* situation : situations_) {
        if (shelter != nullptr && situation->since > shelter->since &&
            (outside == nullptr || situation->since < outside->since)) {
            outside = situation;
        }
    }
    return outside;
}

bool HousingStanding::is_secured(const Matter& risk) const {
    return std::ranges::any_of(situations_, [&](const Matter* situation) {
        const bool says = situation->kind == MatterKind::TenancyKept ||
                          situation->last_kind != EventKind::LivingSituationRecorded;
        return says && situation->since >= risk.since && comes_after(*situation, risk) &&
               is_permanent(*situation);
    });
}

bool HousingStanding::is_out_of_institution(const Matter& loss) const {
    return std::ranges::any_of(situations_, [&](const Matter* situation) {
        return situation->since > loss.since && situation->situation != SituationClass::Institution;
    });
}

bool HousingStanding::is_known(const Matter& loss) const {
    return std::ranges::any_of(situations_, [&](const Matter* situation) {
        return comes_after(*situation, loss) && situation->situation != SituationClass::Unset &&
               situation->situation != SituationClass::Other;
    });
}

bool HousingStanding::had_home(const Matter& loss) const {
    const bool enrolled = std::ranges::any_of(enrollments_, [&](const Matter* enrollment) {
        return enrollment->since <= loss.since && enrollment->until >= loss.since;
    });
    const Matter* before = nullptr;
    for (const Matter* situation : situations_) {
        if (situation->since < loss.since &&
            (before == nullptr || situation->since >= before->since)) {
            before = situation;
        }
    }
    return enrolled || (before != nullptr && is_permanent(*before));
}

}  // namespace carehub::rules
