// Still no visit when the thirty days after a discharge come to their end: the last chance that
// FUH-30 counts, whatever became of the seventh or fourteenth day.
#include "hub/rules/shared/about.hpp"
#include "hub/rules/shared/duties.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{20};
constexpr core::RuleInfo kInfo{kId,
                               "DischargeVisitDue30",
                               1,
                               "a month after the discharge nobody has seen the client",
                               "book a visit inside the thirty days",
                               "day 30 after discharge",
                               "Medium",
                               "{left}; no follow-up visit is recorded, and the thirty days end."};

using std::chrono::days;
constexpr int kWindowDays = 30;

bool is_visit_after_stay(DutyProgram program) {
    return program == DutyProgram::PsychiatricVisit7 || program == DutyProgram::TcmVisit7 ||
           program == DutyProgram::GeneralDischargeVisit;
}

void evaluate(const CaseView& view, Findings& findings) {
    for (const Duty& duty : view.duties()) {
        if (!is_visit_after_stay(duty.program) || duty.state != DutyState::Open) {
            continue;
        }
        const Date last = duty.open + days{kWindowDays};
        const UtcTime at_risk = view.start_of_day(duty.zone, last - days{1});
        const UtcTime due_at = view.start_of_day(duty.zone, last + days{1});
        findings.wake_at(at_risk);
        findings.wake_at(due_at);
        if (view.now() < at_risk || view.now() >= due_at) {
            continue;
        }
        Duty month = duty;
        month.due_at = due_at;
        if (booked_for(view, month) != nullptr) {
            findings.wake_at(booked_for(view, month)->end + kToldAfter);
            continue;
        }
        findings.add(duty_finding(
            view, month, {kId, duty.program, Severity::Medium, SuggestedAction::BookVisit, true}));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_discharge_visit_due_30() {
    return make_rule(kInfo, evaluate);
}

}  // namespace carehub::rules
