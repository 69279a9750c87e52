// The supervision agency says that the client missed a check-in or test.
//
// Only the same check-in clears it, rescheduled or confirmed by the officer: the next regular date
// says nothing about the one that was missed, and liberty can hang on it.
#include "hub/core/rule.hpp"

#include "hub/base/mix.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{10};

constexpr core::RuleInfo kInfo{
    kId,
    "CheckInMissed",
    1,
    "a violation report, a sanction, loss of liberty",
    "reach the client; let the client or, with consent, the case manager call the officer",
    "same business day",
    "High",
    "The agency reports a missed check-in: {1}."};

class CheckInMissed final : public core::Rule {
public:
    CheckInMissed() : Rule(kInfo) {}

    void evaluate(const CaseView& view, Findings& findings) const override {
        for (const Obligation* missed : view.obligations(ObligationStatus::Missed)) {
            if (missed->last_kind == EventKind::CheckInMissed) {
                findings.add(finding(view, *missed));
            }
        }
    }

private:
    static Finding finding(const CaseView& view, const Obligation& missed) {
        Finding finding;
        finding.rule = kId;
        finding.subject.value = missed.id.value;
        finding.severity = Severity::High;
        finding.act_by = view.same_business_day(view.now());
        finding.obligations = {missed.id};
        finding.evidence = {missed.last};
        const std::uint8_t rank = view.rank(missed);
        finding.suggestions = {
            {SuggestedAction::Contact, missed.id, finding.act_by, Mover::CaseManager, false, rank},
            {SuggestedAction::AskOfficer, missed.id, finding.act_by, Mover::Officer, true, rank}};
        finding.material = Mix128().add(missed.start).value();
        return finding;
    }
};

}  // namespace

std::unique_ptr<const core::Rule> make_check_in_missed() {
    return std::make_unique<CheckInMissed>();
}

}  // namespace carehub::rules
