#include "hub/core/escalation.hpp"

#include <algorithm>

#include "hub/core/addressee.hpp"
#include "hub/core/limits.hpp"

namespace carehub::core {
namespace {

UtcTime in_duty_hours(const CaseView& view, Severity severity, UtcTime raised) {
    switch (severity) {
        case Severity::Critical: return view.duty_time_from(raised, kRespondCritical);
        case Severity::High: return view.same_business_day(raised);
        case Severity::Medium: return view.business_days_from(raised, 1);
        case Severity::Low:
        case Severity::Unset: break;
    }
    return kNever;
}

/// Half of the way; of a Critical alert half of the duty time.
UtcTime half_way(const CaseView& view, const Alert& alert, UtcTime whole) {
    if (alert.finding.severity == Severity::Critical) {
        return std::min(whole, view.duty_time_from(alert.raised_at, kRespondCritical / 2));
    }
    // In duty hours: at night and on free days the team is not called for it.
    const UtcTime half = alert.raised_at + (whole - alert.raised_at) / 2;
    return std::min(whole, view.duty_time_from(half, std::chrono::minutes{0}));
}

/// Outside duty hours the person on call hears of a critical alert at once.
UtcTime on_call_due(const CaseView& view, const Alert& alert, UtcTime whole) {
    return view.on_duty(alert.raised_at) ? whole : alert.raised_at;
}

}  // namespace

UtcTime respond_by(const CaseView& view, const Alert& alert) {
    const UtcTime whole = in_duty_hours(view, alert.finding.severity, alert.raised_at);
    const bool sooner = alert.finding.act_by > alert.raised_at && alert.finding.act_by < whole;
    return sooner && whole != kNever ? alert.finding.act_by : whole;
}

EscalationNow escalation_of(const CaseView& view, const Alert& alert) {
    EscalationNow now;
    const UtcTime whole = respond_by(view, alert);
    if (whole == kNever) {
        return now;
    }
    const auto step = [&](Escalation who, UtcTime at) {
        if (at <= view.now()) {
            now.steps = static_cast<std::uint8_t>(now.steps | static_cast<std::uint8_t>(who));
        } else {
            now.next_at = std::min(now.next_at, at);
        }
    };
    step(Escalation::Team, half_way(view, alert, whole));
    step(Escalation::Supervisor, whole);
    if (alert.finding.severity == Severity::Critical) {
        const UtcTime due = on_call_due(view, alert, whole);
        const UtcTime turn = view.next_on_call();
        step(Escalation::OnCall, due > view.now() ? due : turn);
    }
    return now;
}

UtcTime attended_from(const State& state, const Case& subject, const Alert& alert, UtcTime now) {
    UtcTime next = kNever;
    for (const Symbol name : people_of(state, subject.client, alert, now)) {
        next = std::min(next, at_work_from(state, name, now));
    }
    if (alert.finding.severity == Severity::Critical && next > now) {
        const CaseView view(state, subject, now);
        const UtcTime due = on_call_due(view, alert, respond_by(view, alert));
        next = std::min(next, next_on_call(state, subject.client.team, std::max(now, due)));
    }
    return next;
}

}  // namespace carehub::core
