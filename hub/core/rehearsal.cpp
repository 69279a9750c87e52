#include "hub/core/rehearsal.hpp"

#include <algorithm>

#include "hub/core/follow_ups.hpp"

namespace carehub::core {
namespace {

std::vector<Finding> findings_of(const State& state, Case subject, const RuleSet& rules) {
    derive_duties(CaseView(state, subject, state.now), subject);
    const CaseView view(state, subject, state.now);
    Findings findings(state.now);
    for (const auto& rule : rules) {
        if (!rule->info().about_office) {
            rule->evaluate(view, findings);
        }
    }
    return std::move(findings.found());
}

bool same_situation(const Finding& a, const Finding& b) {
    return a.rule == b.rule && a.subject == b.subject;
}

}  // namespace

bool is_rehearsing(const State& state, PartnerId partner) {
    return state.rehearsing.contains(partner);
}

bool has_records_of(const Case& subject, PartnerId partner) {
    const auto told = [partner](const auto& record) { return record.partner == partner; };
    return std::ranges::any_of(subject.obligations, told) ||
           std::ranges::any_of(subject.stays, told) || std::ranges::any_of(subject.matters, told);
}

bool has_rehearsed(const State& state, const Case& subject) {
    return std::ranges::any_of(state.rehearsing,
                               [&](PartnerId partner) { return has_records_of(subject, partner); });
}

Case without_rehearsed(const State& state, const Case& subject, PartnerId shown) {
    Case live = subject;
    const auto hidden = [&](const auto& record) {
        return record.partner != shown && is_rehearsing(state, record.partner);
    };
    live.obligations.erase_if(hidden);
    live.stays.erase_if(hidden);
    live.matters.erase_if(hidden);
    return live;
}

std::vector<Finding> rehearsed_findings(const State& state, const Case& subject,
                                        const RuleSet& rules, PartnerId partner) {
    const std::vector<Finding> now = findings_of(state, without_rehearsed(state, subject), rules);
    std::vector<Finding> then =
        findings_of(state, without_rehearsed(state, subject, partner), rules);
    std::erase_if(then, [&](const Finding& finding) {
        return std::ranges::any_of(
            now, [&](const Finding& known) { return same_situation(known, finding); });
    });
    return then;
}

}  // namespace carehub::core
