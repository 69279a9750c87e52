#include "hub/rules/shared/duties.hpp"

#include <algorithm>
#include <tuple>

#include "hub/base/mix.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;

/// The day on which a duty after a discharge is over (core/limits.hpp, kFollowUpLasts).
constexpr std::chrono::days kOverAfter{31};

Severity one_step_graver(Severity severity) {
    return severity == Severity::Critical || severity == Severity::Unset
               ? severity
               : static_cast<Severity>(static_cast<std::uint8_t>(severity) - 1);
}

/// Whether keeping that date would meet such a duty.
bool would_meet(const CaseView& view, const Obligation& date, DutyProgram program) {
    const ObligationClass kind = date.obligation_class;
    if (program == DutyProgram::InitialReport) {
        return kind == ObligationClass::SupervisionCheckIn;
    }
    if (program == DutyProgram::ContactInterval) {
        return kind == ObligationClass::CaseManagerMeeting;
    }
    if (program == DutyProgram::HousingMeeting) {
        return kind == ObligationClass::CaseManagerMeeting ||
               kind == ObligationClass::HousingMeeting;
    }
    return view.is_care_visit(date);
}

}  // namespace

Finding duty_finding(const CaseView& view, const Duty& duty, const DutyRule& rule) {
    const bool overdue = view.now() >= duty.due_at;
    Finding finding;
    finding.rule = rule.rule;
    finding.subject.value =
        Mix128().add(duty.stay.value).add(static_cast<std::uint64_t>(duty.program)).value();
    finding.severity = overdue ? one_step_graver(rule.severity) : rule.severity;
    finding.act_by = duty.due_at;
    if (view.stay(duty.stay) != nullptr) {
        finding.stays = {duty.stay};
    } else {
        // A duty of a matter names the entry that began it.
        for (const Matter& matter : view.matters()) {
            if (matter.first == duty.trigger) {
                finding.matters = {matter.id};
            }
        }
    }
    finding.evidence = {duty.trigger};
    finding.program = duty.program;
    finding.suggestions = {{rule.action, {}, duty.due_at, Mover::CaseManager, false, 0}};
    finding.material = Mix128().add(duty.due_at).value();
    return finding;
}

const Obligation* first_booked(const CaseView& view, const Duty& duty, ObligationStatus status) {
    for (const Obligation* date : view.obligations(status)) {
        if (date->start >= duty.due_at) {
            break;
        }
        if (would_meet(view, *date, duty.program) && date->end + kToldAfter > view.now()) {
            return date;
        }
    }
    return nullptr;
}

const Obligation* booked_for(const CaseView& view, const Duty& duty) {
    const Obligation* ahead = first_booked(view, duty, ObligationStatus::Scheduled);
    const Obligation* begun = first_booked(view, duty, ObligationStatus::InProgress);
    const bool begun_first =
        begun != nullptr &&
        (ahead == nullptr || std::tie(begun->start, begun->id) < std::tie(ahead->start, ahead->id));
    return begun_first ? begun : ahead;
}

void find_duties_at_risk(const CaseView& view, const DutyRule& rule, core::Findings& findings) {
    for (const Duty& duty : view.duties()) {
        if (duty.program != rule.program) {
            continue;
        }
        findings.wake_at(duty.due_at);  // a monthly duty that was met opens again then
        if (duty.state != DutyState::Open) {
            continue;
        }
        findings.wake_at(duty.at_risk_at);
        if (core::is_after_discharge(duty.program)) {
            findings.wake_at(view.start_of_day(duty.zone, duty.open + kOverAfter));
        }
        if (view.now() < duty.at_risk_at) {
            continue;
        }
        const Obligation* booked = rule.booking_reassures ? booked_for(view, duty) : nullptr;
        if (booked != nullptr) {
            findings.wake_at(booked->end + kToldAfter);
            continue;
        }
        findings.add(duty_finding(view, duty, rule));
    }
}

}  // namespace carehub::rules
