#include "adapters/housing/loss_rules.hpp"

#include "adapters/housing/codes.hpp"
#include "adapters/housing/limits.hpp"

namespace carehub::adapters::housing {
namespace {

using std::chrono::days;

/// L5: a jail, or a psychiatric, treatment, hospital or long-term care stay; foster care is none.
bool interrupts_tenancy(std::uint16_t situation) {
    return (situation >= 204 && situation <= 207) || situation == 225;
}

bool was_housed_by_project(const ExitFacts& facts) {
    return is_permanent_housing(facts.project_type) && facts.move_in.has_value() &&
           *facts.move_in <= facts.exit_date;
}

Loss loss(LossRule rule, HousingLossGrade grade) { return {rule, grade, std::nullopt}; }

}  // namespace

std::optional<Loss> judge_exit(const ExitFacts& facts) {
    if (facts.destination == kSituationDeceased || facts.is_transfer) {
        return std::nullopt;
    }
    if (facts.exit_reason == kExitReasonEviction) {
        return loss(LossRule::L3, HousingLossGrade::Lost);
    }
    const bool housed = was_housed_by_project(facts);
    const SituationClass destination = situation_class(facts.destination);
    if (housed && destination == SituationClass::Homeless) {
        return loss(LossRule::L1, HousingLossGrade::Lost);
    }
    if (housed && destination == SituationClass::Temporary) {
        return loss(LossRule::L4, HousingLossGrade::Unstable);
    }
    if (interrupts_tenancy(facts.destination)) {
        return loss(LossRule::L5, HousingLossGrade::Interrupted);
    }
    // A destination that was not told asks for the same telephone call as "not collected".
    if (housed && destination == SituationClass::Other) {
        return loss(LossRule::L6, HousingLossGrade::Unknown);
    }
    return std::nullopt;
}

std::optional<Loss> judge_situation(const SituationFacts& facts) {
    if (situation_class(facts.situation) == SituationClass::Homeless &&
        facts.last_known == SituationClass::Permanent) {
        return loss(LossRule::L2, HousingLossGrade::Lost);
    }
    if (facts.leave_14d == Answer::Yes && facts.subsequent_residence == 0) {
        return Loss{LossRule::L7, HousingLossGrade::AtRisk, facts.date + days{kImminentLossDays}};
    }
    if (interrupts_tenancy(facts.situation)) {
        return loss(LossRule::L5, HousingLossGrade::Interrupted);
    }
    return std::nullopt;
}

std::optional<Loss> judge_enrollment(const EnrollmentFacts& facts) {
    if (is_homeless_project(facts.project_type) && facts.last_known == SituationClass::Permanent) {
        return loss(LossRule::L2, HousingLossGrade::Lost);
    }
    if (facts.project_type != kProjectTypePrevention || !facts.time_to_loss ||
        *facts.time_to_loss > 1) {
        return std::nullopt;
    }
    // Codes 0 and 1 are ranges, 1 to 6 and 7 to 13 days: the first day of the range is safe.
    const days first_day{*facts.time_to_loss == 0 ? 1 : 7};
    return Loss{LossRule::L8, HousingLossGrade::AtRisk, facts.entry + first_day};
}

}  // namespace carehub::adapters::housing
