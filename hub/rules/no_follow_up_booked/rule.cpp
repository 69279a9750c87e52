// The third day of a follow-up window has come and no visit is booked in it: the early warning.
#include <algorithm>

#include "hub/rules/shared/about.hpp"
#include "hub/rules/shared/duties.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{23};
constexpr core::RuleInfo kInfo{kId,
                               "NoFollowUpBooked",
                               1,
                               "the window passes because nobody booked",
                               "book a visit inside the window",
                               "day 5 after discharge",
                               "Medium",
                               "{left}; no follow-up visit is booked."};

using std::chrono::days;
constexpr days kEarlyWarning{3};
constexpr days kRespondBy{5};

bool is_visit(DutyProgram program) {
    return core::is_after_discharge(program) && program != DutyProgram::GeneralDischargeContact;
}

/// When the hub last heard of what may leave it without a visit: a booking that was taken away, or
/// the discharge itself, told late and before the visit that was booked since.
UtcTime heard_at(const CaseView& view, const Duty& duty) {
    const Stay* stay = view.stay(duty.stay);
    const UtcTime told = stay == nullptr ? kUnknownTime : stay->end_received_at;
    return std::max(told, view.client().unbooked_at);
}

void evaluate(const CaseView& view, Findings& findings) {
    for (const Duty& duty : view.duties()) {
        if (!is_visit(duty.program) || duty.state != DutyState::Open) {
            continue;
        }
        const UtcTime warn_at = view.start_of_day(duty.zone, duty.open + kEarlyWarning);
        findings.wake_at(warn_at);
        if (view.now() < warn_at || view.now() >= duty.due_at) {
            continue;
        }
        if (const Obligation* booked = booked_for(view, duty)) {
            findings.wake_at(booked->end + kToldAfter);
            continue;
        }
        Finding finding = duty_finding(
            view, duty, {kId, duty.program, Severity::Medium, SuggestedAction::BookVisit, true});
        finding.act_by = view.start_of_day(duty.zone, duty.open + kRespondBy + days{1});
        findings.add_absence(std::move(finding), heard_at(view, duty));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_no_follow_up_booked() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
