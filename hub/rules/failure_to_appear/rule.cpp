// The court recorded that the client did not appear. A hard fact: only a person closes it.
#include "hub/core/rule.hpp"

#include "hub/base/mix.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{7};
constexpr std::chrono::minutes kRespondWithin{60};
/// Courts tell by nightly files: the hour runs from when it was told, unless that is old history.

constexpr core::RuleInfo kInfo{kId,
                               "FailureToAppear",
                               1,
                               "a bench warrant can be issued within hours",
                               "reach the client and counsel; ask to be put back on the calendar",
                               "1 hour of duty time",
                               "Critical",
                               "The court recorded that the client did not appear: {1}."};

class FailureToAppear final : public core::Rule {
public:
    FailureToAppear() : Rule(kInfo) {}

    void evaluate(const CaseView& view, Findings& findings) const override {
        for (const Obligation* hearing : view.obligations(ObligationStatus::Missed)) {
            if (hearing->last_kind == EventKind::FailureToAppear) {
                findings.add(finding(view, *hearing));
            }
        }
    }

private:
    static Finding finding(const CaseView& view, const Obligation& hearing) {
        Finding finding;
        finding.rule = kId;
        finding.subject.value = hearing.id.value;
        finding.severity = Severity::Critical;
        finding.latched = true;
        finding.act_by = view.duty_time_from(view.now(), kRespondWithin);
        finding.obligations = {hearing.id};
        finding.evidence = {hearing.last};
        finding.suggestions = {
            {SuggestedAction::CallCounsel, hearing.id, finding.act_by, Mover::CaseManager, true, 1},
            {SuggestedAction::Contact, hearing.id, finding.act_by, Mover::CaseManager, false, 1}};
        finding.material = Mix128().add(hearing.start).value();
        return finding;
    }
};

}  // namespace

std::unique_ptr<const core::Rule> make_failure_to_appear() {
    return std::make_unique<FailureToAppear>();
}

}  // namespace carehub::rules
