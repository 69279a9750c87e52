#include "hub/core/follow_ups.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "hub/base/mix.hpp"
#include "hub/core/alerts.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/proofs.hpp"
#include "hub/core/standing_duties.hpp"

namespace carehub::core {
namespace {

/// The admission inside the thirty days that suspends or supersedes the duty, if there is one
/// (domain/07, FUH: only the last discharge counts).
const Stay* readmission(const CaseView& view, const Stay& discharged, UtcTime over) {
    for (const Stay& stay : view.stays()) {
        if (is_admission(stay) && stay.start < over && is_followed_by(discharged, stay)) {
            return &stay;
        }
    }
    return nullptr;
}

DutyState state_of(const CaseView& view, const Stay& stay, const Duty& duty, const Proof& proof) {
    if (proof.at != kNever) {
        return proof.at < duty.due_at ? DutyState::Met : DutyState::Late;
    }
    // Domain/07: what was missed goes on to the thirtieth day, then nothing counts it any more.
    const UtcTime over = view.start_of_day(duty.zone, duty.open + kFollowUpLasts);
    if (const Stay* again = readmission(view, stay, over)) {
        return again->end == kNever ? DutyState::Suspended : DutyState::Withdrawn;
    }
    const bool history = stay.end_received_at - duty.due_at > kLateNoticeMax;
    if (history) {
        return DutyState::Withdrawn;
    }
    return view.now() < over ? DutyState::Open : DutyState::Missed;
}

Duty blank_duty(const CaseView& view, const Stay& stay, DutyProgram program) {
    Duty duty;
    duty.stay = stay.id;
    duty.program = program;
    duty.zone = stay.zone;
    duty.trigger = stay.ended_by;
    duty.open = view.local_date(stay.zone, stay.end);
    return duty;
}

Duty contact_duty(const CaseView& view, const Stay& stay) {
    Duty duty = blank_duty(view, stay, DutyProgram::GeneralDischargeContact);
    duty.due = view.add_business_days(duty.open, kContactBusinessDays);
    duty.due_at = view.start_of_day(duty.zone, duty.due + std::chrono::days{1});
    duty.at_risk_at = view.start_of_day(duty.zone, duty.due);
    const Proof proof = first_contact(view, stay.end);
    duty.state = state_of(view, stay, duty, proof);
    duty.closed_by = proof.source;
    return duty;
}

/// Glossary 6: seven days for a psychiatric stay (FUH-7) or a client at high risk (CPT 99496), else
/// fourteen (99495).
DutyProgram visit_program(const CaseView& view, const Stay& stay) {
    if (stay.program == Program::Psychiatric) {
        return DutyProgram::PsychiatricVisit7;
    }
    return view.client().tier == RiskTier::High ? DutyProgram::TcmVisit7
                                                : DutyProgram::GeneralDischargeVisit;
}

Duty visit_duty(const CaseView& view, const Stay& stay) {
    const DutyProgram program = visit_program(view, stay);
    Duty duty = blank_duty(view, stay, program);
    const bool general = program == DutyProgram::GeneralDischargeVisit;
    const std::chrono::days window{general ? kVisitDaysGeneral : kVisitDaysSoon};
    duty.due = duty.open + window;
    duty.due_at = view.start_of_day(duty.zone, duty.due + std::chrono::days{1});
    duty.at_risk_at = view.start_of_day(duty.zone, duty.due - std::chrono::days{1});
    // FUH: a visit on the day of discharge does not count.
    const Proof proof =
        first_visit(view, view.start_of_day(duty.zone, duty.open + std::chrono::days{1}));
    duty.state = state_of(view, stay, duty, proof);
    duty.closed_by = proof.source;
    return duty;
}

/// Domain/07: FUM and FUA only where the partner declares the programme of the place, and not of a
/// client who is told to be younger than they ask.
DutyProgram emergency_program(const Stay& stay) {
    const auto from_age = [&stay](std::uint8_t age, DutyProgram program) {
        return stay.age && *stay.age < age ? DutyProgram::Unset : program;
    };
    switch (stay.program) {
        case Program::Psychiatric: return from_age(kAgeMentalHealth, DutyProgram::EdMentalHealth);
        case Program::Sud:
        case Program::Detox: return from_age(kAgeSubstanceUse, DutyProgram::EdSubstanceUse);
        case Program::Unset:
        case Program::General:
        case Program::Emergency:
        case Program::Shelter:
        case Program::Court:
        case Program::Supervision:
        case Program::Jail:
        case Program::Other: break;
    }
    return DutyProgram::Unset;
}

/// FUM, FUA: the day of the visit is the first of eight, and a follow-up on it counts.
Duty emergency_duty(const CaseView& view, const Stay& stay, DutyProgram program) {
    Duty duty = blank_duty(view, stay, program);
    duty.due = duty.open + std::chrono::days{kVisitDaysSoon};
    duty.due_at = view.start_of_day(duty.zone, duty.due + std::chrono::days{1});
    duty.at_risk_at = view.start_of_day(duty.zone, duty.due - std::chrono::days{1});
    const Proof proof = first_visit(view, view.start_of_day(duty.zone, duty.open));
    duty.state = state_of(view, stay, duty, proof);
    duty.closed_by = proof.source;
    return duty;
}

/// 13-decisions: of several emergency visits within 31 days the first opens the duty; of two that end
/// together the one that began earlier, since ids tell nothing of time.
void put_emergency_duties(const CaseView& view, std::vector<const Stay*> visits,
                          std::vector<Duty>& due) {
    std::ranges::sort(visits, [](const Stay* a, const Stay* b) {
        return std::tie(a->end, a->start, a->id) < std::tie(b->end, b->start, b->id);
    });
    std::map<DutyProgram, Date> counted;
    for (const Stay* stay : visits) {
        const DutyProgram program = emergency_program(*stay);
        if (program == DutyProgram::Unset) {
            continue;
        }
        const Duty duty = emergency_duty(view, *stay, program);
        const auto before = counted.find(program);
        if (before != counted.end() &&
            duty.open - before->second < std::chrono::days{kEmergencyVisitsOneDutyDays}) {
            continue;
        }
        counted[program] = duty.open;
        put(due, duty);
    }
}

/// What was chosen to be done about an alert stays to be done until the situation is gone.
void put_accepted(const CaseView& view, const Case& subject, std::vector<Duty>& due) {
    for (const Alert& alert : subject.alerts) {
        if (alert.accepted == 0 || alert.accepted > alert.finding.suggestions.size()) {
            continue;
        }
        Duty duty;
        duty.stay = StayId{
            Mix128().add(alert.id.sequence.value).add(std::uint64_t{alert.id.index}).value()};
        duty.program = DutyProgram::AcceptedSuggestion;
        duty.zone = view.owner_zone();
        duty.trigger = alert.id.sequence;
        duty.open = view.local_date(duty.zone, alert.acknowledged_at);
        duty.due_at = alert.finding.suggestions[alert.accepted - 1U].by;
        duty.at_risk_at = duty.due_at;
        duty.due = view.local_date(duty.zone, duty.due_at);
        duty.state = is_open(alert.state) ? DutyState::Open : DutyState::Met;
        put(due, duty);
    }
}

}  // namespace

void derive_duties(const CaseView& view, Case& subject) {
    std::vector<Duty> due;
    std::vector<const Stay*> emergencies;
    for (const Stay& stay : view.stays()) {
        if (!opens_duties(stay)) {
            continue;
        }
        put(due, contact_duty(view, stay));
        if (is_admission(stay)) {
            put(due, visit_duty(view, stay));
        } else {
            emergencies.push_back(&stay);
        }
    }
    put_emergency_duties(view, std::move(emergencies), due);
    put_standing_duties(view, due);
    put_accepted(view, subject, due);
    for (const Duty& known : subject.duties) {
        if (find(due, key_of(known)) == nullptr) {
            Duty withdrawn = known;
            withdrawn.state = DutyState::Withdrawn;
            put(due, withdrawn);
        }
    }
    if (!std::ranges::equal(due, subject.duties)) {
        subject.duties = std::move(due);
    }
}

}  // namespace carehub::core
