#include "hub/rules/shared/about.hpp"

#include "hub/base/mix.hpp"

namespace carehub::rules {
namespace {

class FunctionRule final : public core::Rule {
public:
    FunctionRule(const core::RuleInfo& info, Evaluate function) : Rule(info), evaluate_(function) {}
    void evaluate(const core::CaseView& view, core::Findings& findings) const override {
        evaluate_(view, findings);
    }

private:
    Evaluate evaluate_;
};

Finding begin(RuleId rule, const Hash128& subject, Sequence evidence) {
    Finding finding;
    finding.rule = rule;
    finding.subject.value = subject;
    if (evidence.value != 0) {
        finding.evidence = {evidence};
    }
    return finding;
}

}  // namespace

Finding about(RuleId rule, const Obligation& obligation) {
    Finding finding = begin(rule, obligation.id.value, obligation.last);
    finding.obligations = {obligation.id};
    finding.flags = obligation.time_flags;
    finding.material =
        Mix128().add(obligation.start).add(obligation.end).add(obligation.place.value).value();
    return finding;
}

Finding about(RuleId rule, const Stay& stay) {
    Finding finding = begin(rule, stay.id.value, stay.last);
    finding.stays = {stay.id};
    finding.material = Mix128().add(stay.start).add(stay.end).value();
    return finding;
}

Finding about(RuleId rule, const Matter& matter) {
    Finding finding = begin(rule, matter.id.value, matter.last);
    finding.matters = {matter.id};
    finding.material = Mix128()
                           .add(matter.since)
                           .add(matter.due_at)
                           .add(static_cast<std::uint64_t>(matter.grade))
                           .value();
    return finding;
}

Finding about_client(RuleId rule, const core::CaseView& view, Sequence evidence) {
    return begin(rule, view.client().id.value, evidence);
}

void suggest(Finding& finding, SuggestedAction action, Mover who, bool needs_consent) {
    Suggestion suggestion;
    suggestion.action = action;
    suggestion.obligation =
        finding.obligations.empty() ? ObligationId{} : finding.obligations.front();
    suggestion.by = finding.act_by;
    suggestion.who = who;
    suggestion.needs_consent = needs_consent;
    finding.suggestions.push_back(suggestion);
}

bool lasts(const Matter& matter) { return !matter.withdrawn && matter.until == kNever; }

bool is_history(const Matter& matter, std::chrono::days age) {
    return matter.told_at - matter.since > age;
}

std::unique_ptr<const core::Rule> make_rule(const core::RuleInfo& info, Evaluate evaluate) {
    return std::make_unique<FunctionRule>(info, evaluate);
}

}  // namespace carehub::rules
