// An appointment is over for two business days, and nobody said what became of it.
//
// It is not missed: absence of news says nothing (glossary 2, Unconfirmed).
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{14};
constexpr core::Setting kSettings[] = {
    {"wait_business_days", 2, 1, 20, "business days after the end"}};
constexpr core::RuleInfo kInfo{kId,
                               "OutcomeUnknown",
                               1,
                               "a missed visit goes unseen, or a kept one is counted as missed",
                               "ask the partner whether the client came, and have it recorded",
                               "5 business days",
                               "Low",
                               "It is not known whether the client came: {1}.",
                               "",
                               false,
                               kSettings};

constexpr int kRespondBusinessDays = 5;
constexpr std::chrono::days kAskedFor{30};  ///< then nobody remembers

void ask(const CaseView& view, const Obligation& over, int wait, Findings& findings) {
    const UtcTime asked_at = view.business_days_from(over.end, wait);
    findings.wake_at(asked_at);
    findings.wake_at(over.end + kAskedFor + std::chrono::seconds{1});
    if (view.now() < asked_at) {
        return;
    }
    Finding finding = about(kId, over);
    finding.severity = Severity::Low;
    finding.act_by = view.business_days_from(view.now(), kRespondBusinessDays);
    suggest(finding, SuggestedAction::Confirm, Mover::CaseManager);
    findings.add(std::move(finding));
}

void evaluate(const CaseView& view, Findings& findings) {
    const int wait = static_cast<int>(setting_of(view, kInfo, 0));
    // Who arrived came: domain/02 asks for an arrival, a completion or a cancel.
    for (const auto status : {ObligationStatus::Scheduled, ObligationStatus::Unconfirmed}) {
        UtcTime next_end = kNever;
        for (const Obligation* one : view.obligations(status)) {
            if (one->start >= next_end) {
                break;  // it ends later still
            }
            if (one->transparent || one->tentative || view.now() > one->end + kAskedFor) {
                continue;
            }
            if (one->end > view.now()) {
                next_end = std::min(next_end, one->end);
                findings.wake_at(one->end);
            } else {
                ask(view, *one, wait, findings);
            }
        }
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_outcome_unknown() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
