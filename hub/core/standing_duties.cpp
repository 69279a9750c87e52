#include "hub/core/standing_duties.hpp"

#include <algorithm>

#include "hub/base/mix.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/proofs.hpp"

namespace carehub::core {
namespace {

using std::chrono::days;

// HMIS 2.02.6, project types whose clients meet their case manager once a month (24 CFR 576.401).
constexpr std::uint8_t kHomelessnessPrevention = 12;
constexpr std::uint8_t kRapidRehousing = 13;

/// The rule whose settings say how long the intervals are (glossary 6).
constexpr RuleId kContactGap{34};

// --- First report: 72 hours after supervision begins, or after custody during a term of it ---

/// Of a day whose hour is not told its end counts: a report of that day may have followed.
UtcTime ends(const Obligation& report) {
    return report.time_flags.has(TimeFlag::DateOnly) ? report.end
                                                     : report.start + std::chrono::microseconds{1};
}

Proof first_report(const CaseView& view, UtcTime from) {
    Proof proof;
    for (const Obligation* report : view.obligations(ObligationStatus::Completed)) {
        if (report->obligation_class == ObligationClass::SupervisionCheckIn &&
            ends(*report) > from) {
            keep_earlier(proof, report->start, report->last);
            break;
        }
    }
    return proof;
}

/// Custody inside the window suspends the duty; the release opens its own.
const Stay* custody_within(const CaseView& view, UtcTime from, UtcTime until) {
    for (const Stay& stay : view.stays()) {
        if (stay.custody && !stay.cancelled && stay.start < until && stay.end > from) {
            return &stay;
        }
    }
    return nullptr;
}

Duty report_duty(const CaseView& view, StayId id, Symbol zone, UtcTime from, Sequence trigger) {
    Duty duty;
    duty.stay = id;
    duty.program = DutyProgram::InitialReport;
    duty.zone = zone;
    duty.trigger = trigger;
    duty.open = view.local_date(zone, from);
    duty.due_at = from + kInitialReport;
    duty.due = view.local_date(zone, duty.due_at);
    duty.at_risk_at = from + kInitialReport / 2;
    const Proof proof = first_report(view, from);
    duty.closed_by = proof.source;
    if (proof.at != kNever) {
        duty.state = proof.at < duty.due_at ? DutyState::Met : DutyState::Late;
    } else {
        const Stay* held = custody_within(view, from, duty.due_at);
        duty.state = held == nullptr       ? DutyState::Open
                     : held->end == kNever ? DutyState::Suspended
                                           : DutyState::Withdrawn;
    }
    return duty;
}

/// What was told so late that it is history opens no duty.
bool is_news(UtcTime told_at, UtcTime from) {
    return told_at - (from + kInitialReport) <= kLateNoticeMax;
}

void put_report_duties(const CaseView& view, std::vector<Duty>& due) {
    for (const Matter& term : view.matters()) {
        if (term.kind == MatterKind::Supervision && !term.withdrawn && term.until == kNever &&
            is_news(term.told_at, term.since)) {
            put(due, report_duty(view, StayId{term.id.value}, term.zone, term.since, term.first));
        }
    }
    for (const Stay& stay : view.stays()) {
        const bool released = stay.custody && !stay.cancelled && stay.end != kNever;
        const bool supervised = std::ranges::any_of(view.matters(), [&](const Matter& term) {
            return term.kind == MatterKind::Supervision && !term.withdrawn &&
                   term.until == kNever && term.since < stay.end;
        });
        if (released && supervised && is_news(stay.version.asserted_at, stay.end)) {
            put(due, report_duty(view, stay.id, stay.zone, stay.end, stay.last));
        }
    }
}

// --- Contact as the model of case management asks for it ---

/// Days between two contacts; 0: the model asks for none. Set with the rule that tells of gaps.
int contact_days(const CaseView& view, CaseModel model) {
    const auto days_of = [&](std::uint8_t setting, int otherwise) {
        return static_cast<int>(view.setting(kContactGap, setting, otherwise));
    };
    switch (model) {
        case CaseModel::Act: return days_of(1, kContactDaysAct);
        case CaseModel::Icm: return days_of(2, kContactDaysIcm);
        case CaseModel::Clinical: return days_of(3, kContactDaysClinical);
        case CaseModel::Standard: return days_of(4, kContactDaysStandard);
        case CaseModel::Brokerage:
        case CaseModel::Unset: break;
    }
    return 0;
}

void put_contact_duty(const CaseView& view, std::vector<Duty>& due) {
    const Client& client = view.client();
    const int interval = contact_days(view, client.model);
    UtcTime last = client.known_since;
    Sequence trigger = client.source;
    for (const Contact& contact : view.contacts()) {
        if (contact.made && contact.two_way && contact.at >= last) {
            last = contact.at;
            trigger = contact.source;
        }
    }
    if (interval == 0 || !view.has_owner() || client.deceased_at != kUnknownTime ||
        last == kUnknownTime) {
        return;
    }
    Duty duty;
    duty.stay = StayId{client.id.value};
    duty.program = DutyProgram::ContactInterval;
    duty.state = DutyState::Open;
    duty.zone = view.owner_zone();
    duty.trigger = trigger;
    duty.open = view.local_date(duty.zone, last);
    duty.due = duty.open + days{interval};
    duty.due_at = view.start_of_day(duty.zone, duty.due + days{1});
    // 13-decisions: half of the window; a window of two days is at risk on its last day.
    const int risk_after = std::max((interval + 1) / 2, interval <= 2 ? interval : 0);
    duty.at_risk_at = view.start_of_day(duty.zone, duty.open + days{risk_after});
    put(due, duty);
}

// --- The monthly meeting of a housing programme ---

/// The case manager and the client spoke, or met as it was planned.
Proof first_meeting(const CaseView& view, UtcTime from) {
    Proof proof;
    for (const Contact& contact : view.contacts()) {
        if (contact.made && contact.two_way && contact.at >= from) {
            keep_earlier(proof, contact.at, contact.source);
        }
    }
    for (const Obligation* date : view.obligations(ObligationStatus::Completed, from)) {
        const bool meeting = date->obligation_class == ObligationClass::CaseManagerMeeting ||
                             date->obligation_class == ObligationClass::HousingMeeting;
        if (meeting) {
            keep_earlier(proof, date->start, date->last);
            break;
        }
    }
    return proof;
}

void put_meeting(const CaseView& view, const Matter& enrollment, std::chrono::year_month month,
                 std::vector<Duty>& due) {
    Duty duty;
    duty.stay =
        StayId{Mix128()
                   .add(enrollment.id.value)
                   .add(static_cast<std::uint64_t>(Date{month / 1}.time_since_epoch().count()))
                   .value()};
    duty.program = DutyProgram::HousingMeeting;
    duty.zone = enrollment.zone;
    duty.trigger = enrollment.first;
    const Date last = Date{month / std::chrono::last};
    duty.open = std::max(Date{month / 1}, view.local_date(duty.zone, enrollment.since));
    if (duty.open > last) {
        return;  // not enrolled yet
    }
    duty.due = last;
    duty.due_at = view.start_of_day(duty.zone, last + days{1});
    duty.at_risk_at = view.start_of_day(duty.zone, duty.open + (last - duty.open) / 2);
    const bool told_late = enrollment.told_at >= duty.due_at;
    const Proof proof = first_meeting(view, view.start_of_day(duty.zone, duty.open));
    duty.state = proof.at == kNever       ? (told_late ? DutyState::Withdrawn : DutyState::Open)
                 : proof.at < duty.due_at ? DutyState::Met
                                          : DutyState::Late;
    duty.closed_by = proof.source;
    put(due, duty);
}

void put_meeting_duties(const CaseView& view, std::vector<Duty>& due) {
    for (const Matter& enrollment : view.matters()) {
        const bool meets =
            enrollment.kind == MatterKind::Enrollment && !enrollment.withdrawn &&
            enrollment.until == kNever &&
            (enrollment.code == kRapidRehousing || enrollment.code == kHomelessnessPrevention);
        if (!meets) {
            continue;
        }
        const std::chrono::year_month_day today{view.local_date(enrollment.zone, view.now())};
        const std::chrono::year_month month = today.year() / today.month();
        put_meeting(view, enrollment, month, due);
        // A month without a meeting stays to be made good until there is one.
        put_meeting(view, enrollment, month - std::chrono::months{1}, due);
    }
}

}  // namespace

void put_standing_duties(const CaseView& view, std::vector<Duty>& due) {
    put_report_duties(view, due);
    put_contact_duty(view, due);
    put_meeting_duties(view, due);
}

}  // namespace carehub::core
