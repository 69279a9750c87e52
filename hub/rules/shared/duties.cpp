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

/// 02, rule 4: so long after its end a visit may still be told as kept.
constexpr std::chrono::hours kToldAfter{2};

/// The first qualifying visit inside the window that is ahead or may still be told as kept, or
/// null.
const Obligation* booked_visit(const CaseView& view, const Duty& duty) {
    for (const Obligation* visit : view.obligations()) {
        const bool pending = visit->status == ObligationStatus::Scheduled ||
                             visit->status == ObligationStatus::InProgress;
        if (pending && view.is_care_visit(*visit) && visit->end + kToldAfter > view.now() &&
            visit->start < duty.due_at) {
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
            findings.wake_at(booked->end + kToldAfter);
            continue;
        }
        findings.add(duty_finding(view, duty, rule));
    }
}

}  // namespace carehub::rules
