// The hospital plans a discharge: the time to prepare what comes after it. Informing.
#include "hub/base/mix.hpp"
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{16};
constexpr core::RuleInfo kInfo{
    kId,
    "DischargePlanned",
    1,
    "a discharge nobody prepared ends in the street or in hospital again",
    "agree what happens on the day: transport, medication, a place, a first visit",
    "before the planned discharge",
    "Medium",
    "A discharge is planned for {planned}."};

void evaluate(const CaseView& view, Findings& findings) {
    for (const Stay& stay : view.stays()) {
        if (stay.cancelled || stay.end != kNever || stay.planned_end <= view.now()) {
            continue;
        }
        Finding finding = about(kId, stay);
        finding.severity = Severity::Medium;
        finding.informing = true;
        finding.act_by = view.act_before(stay.planned_end);
        finding.material = Mix128().add(stay.planned_end).value();
        suggest(finding, SuggestedAction::BookVisit, Mover::CaseManager);
        findings.wake_at(stay.planned_end);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_discharge_planned() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
