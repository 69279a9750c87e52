#include "hub/rules/shared/duties.hpp"

#include <algorithm>

#include "hub/base/mix.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;

Severity one_step_graver(Severity severity) {
    return severity == Severity::Critical || severity == Severity::Unset
               ? severity
               : static_cast<Severity>(static_cast<std::uint8_t>(severity) - 1);
}

/// The first qualifying visit still ahead inside the window, or null.
const Obligation* booked_visit(const CaseView& view, const Duty& duty) {
    for (const Obligation* visit : view.obligations()) {
        if (visit->status == ObligationStatus::Scheduled && view.is_care_visit(*visit) &&
            visit->start > view.now() && visit->start < duty.due_at) {
            return visit;
        }
    }
    return nullptr;
}

Finding duty_finding(const CaseView& view, const Duty& duty, const DutyRule& rule) {
    const bool overdue = view.now() >= duty.due_at;
    Finding finding;
    finding.rule = rule.rule;
    finding.subject.value =
        Mix128().add(duty.stay.value).add(static_cast<std::uint64_t>(duty.program)).value();
    finding.severity = overdue ? one_step_graver(rule.severity) : rule.severity;
    finding.act_by = duty.due_at;
    finding.stays = {duty.stay};
    finding.evidence = {duty.trigger};
    finding.program = duty.program;
    finding.suggestions = {{rule.action, {}, duty.due_at, Mover::CaseManager, false, 0}};
    finding.material = Mix128().add(duty.due_at).value();
    return finding;
}

}  // namespace

void find_duties_at_risk(const CaseView& view, const DutyRule& rule, core::Findings& findings) {
    for (const Duty& duty : view.duties()) {
        if (duty.program != rule.program || duty.state != DutyState::Open) {
            continue;
        }
        findings.wake_at(duty.at_risk_at);
        findings.wake_at(duty.due_at);
        if (view.now() < duty.at_risk_at) {
            continue;
        }
        const Obligation* booked = rule.booking_reassures ? booked_visit(view, duty) : nullptr;
        if (booked != nullptr) {
            findings.wake_at(booked->start);
            continue;
        }
        findings.add(duty_finding(view, duty, rule));
    }
}

}  // namespace carehub::rules
