// A referral to housing has no result (HMIS 4.20): the loop is open.
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{32};
constexpr core::Setting kSettings[] = {
    {"answer_days", 14, 2, 90, "days within which a result is expected"}};
constexpr core::RuleInfo kInfo{
    kId,
    "ReferralNoResult",
    1,
    "a place offered is lost because nobody answered",
    "ask the provider what became of the referral",
    "14 days after the referral",
    "Medium",
    "{teller} referred the client to housing on {day}; no result is recorded.",
    "",
    false,
    kSettings};

using std::chrono::days;
constexpr days kHistory{60};

void evaluate(const CaseView& view, Findings& findings) {
    const days answer_within{setting_of(view, kInfo, 0)};
    const auto ask_after = std::chrono::duration_cast<Micros>(answer_within) / 2;
    for (const Matter& referral : view.matters()) {
        if (referral.kind != MatterKind::Referral || !lasts(referral) ||
            is_history(referral, kHistory)) {
            continue;
        }
        findings.wake_at(referral.since + ask_after);
        if (view.now() < referral.since + ask_after) {
            continue;
        }
        Finding finding = about(kId, referral);
        finding.severity = Severity::Medium;
        finding.act_by = referral.since + answer_within;
        suggest(finding, SuggestedAction::Confirm, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_referral_no_result() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
