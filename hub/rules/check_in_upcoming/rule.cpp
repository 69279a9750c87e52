// A check-in or test within three days that nothing stands against: a line in the digest.
#include <algorithm>

#include "hub/rules/shared/about.hpp"
#include "hub/rules/shared/pairs.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{9};
constexpr core::Setting kSettings[] = {{"ahead_days", 3, 1, 14, "days before the check-in"}};
constexpr core::RuleInfo kInfo{kId,
                               "CheckInUpcoming",
                               1,
                               "a check-in that was forgotten becomes a violation report",
                               "remind the client at the next contact",
                               "before the check-in",
                               "Low",
                               "{1} is ahead.",
                               "",
                               false,
                               kSettings};

/// What stands against it is told as a conflict, so it is measured alike: a listing of the whole day
/// occupies the morning only. What has begun stands against it still.
bool stands_against(const CaseView& view, const Obligation& other, const Block& check_in) {
    if (&other == check_in.obligation || !blocks_time(view, other)) {
        return false;
    }
    const Block block = block_of(view, other);
    return block.start < check_in.end && check_in.start < block.end;
}

bool is_free(const CaseView& view, const Obligation& check_in) {
    const Block own = block_of(view, check_in);
    return !blocks_time(view, check_in) ||
           std::ranges::none_of(kMayStand, [&](ObligationStatus status) {
               return std::ranges::any_of(view.obligations(status), [&](const Obligation* other) {
                   return stands_against(view, *other, own);
               });
           });
}

void evaluate(const CaseView& view, Findings& findings) {
    const std::chrono::days ahead_days{setting_of(view, kInfo, 0)};
    for (const Obligation* check_in : view.obligations(ObligationStatus::Scheduled, view.now())) {
        const bool ahead = (check_in->obligation_class == ObligationClass::SupervisionCheckIn ||
                            check_in->obligation_class == ObligationClass::DrugTest) &&
                           check_in->start > view.now();
        if (!ahead) {
            continue;
        }
        findings.wake_at(check_in->start - ahead_days);
        findings.wake_at(check_in->start);
        if (check_in->start - view.now() > ahead_days) {
            break;
        }
        if (!is_free(view, *check_in)) {
            continue;
        }
        Finding finding = about(kId, *check_in);
        finding.severity = Severity::Low;
        finding.act_by = check_in->start;
        suggest(finding, SuggestedAction::Inform, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_check_in_upcoming() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
