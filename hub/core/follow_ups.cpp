#include "hub/core/follow_ups.hpp"

#include <algorithm>

#include "hub/core/keyed.hpp"
#include "hub/core/limits.hpp"

namespace carehub::core {
namespace {

/// Domain/07 inclusion rule 1: discharged to the community, where someone must follow up.
bool is_community(Disposition disposition) {
    switch (disposition) {
        case Disposition::Unset:
        case Disposition::Unknown:
        case Disposition::Home:
        case Disposition::HomeHealth:
        case Disposition::AgainstAdvice: return true;
        case Disposition::OtherFacility:
        case Disposition::Psychiatric:
        case Disposition::Rehab:
        case Disposition::Snf:
        case Disposition::LongTerm:
        case Disposition::Hospice:
        case Disposition::Custody:
        case Disposition::Deceased:
        case Disposition::Other: break;
    }
    return false;
}

bool is_admission(const Stay& stay) {
    return !stay.cancelled && !stay.custody &&
           (stay.encounter_class == EncounterClass::Inpatient ||
            stay.encounter_class == EncounterClass::Observation);
}

bool opens_duties(const Stay& stay) {
    const bool is_emergency =
        !stay.cancelled && !stay.custody && stay.encounter_class == EncounterClass::Emergency;
    return (is_admission(stay) || is_emergency) && stay.end != kNever &&
           is_community(stay.disposition);
}

bool is_outpatient_visit(const Stay& stay) {
    return !stay.cancelled && !stay.custody &&
           (stay.encounter_class == EncounterClass::Outpatient ||
            stay.encounter_class == EncounterClass::Home ||
            stay.encounter_class == EncounterClass::Virtual);
}

struct Proof {
    UtcTime at = kNever;
    Sequence source;
};

void keep_earlier(Proof& proof, UtcTime at, Sequence source) {
    if (at < proof.at) {
        proof = {at, source};
    }
}

Proof first_visit(const CaseView& view, UtcTime from) {
    Proof proof;
    for (const Obligation* visit : view.obligations()) {
        if (visit->status == ObligationStatus::Completed && view.is_care_visit(*visit) &&
            visit->start >= from) {
            keep_earlier(proof, visit->start, visit->last);
        }
    }
    for (const Stay& stay : view.stays()) {
        if (is_outpatient_visit(stay) && stay.start >= from) {
            keep_earlier(proof, stay.start, stay.first);
        }
    }
    return proof;
}

/// A visit is a two-way contact too.
Proof first_contact(const CaseView& view, UtcTime from) {
    Proof proof = first_visit(view, from);
    for (const Contact& contact : view.contacts()) {
        if (contact.made && contact.two_way && contact.at >= from) {
            keep_earlier(proof, contact.at, contact.source);
        }
    }
    return proof;
}

/// The admission inside the window that suspends or supersedes the duty, if there is one.
const Stay* readmission(const CaseView& view, const Stay& discharged, UtcTime due_at) {
    for (const Stay& stay : view.stays()) {
        if (is_admission(stay) && stay.id != discharged.id && stay.start >= discharged.end &&
            stay.start < due_at) {
            return &stay;
        }
    }
    return nullptr;
}

DutyState state_of(const CaseView& view, const Stay& stay, const Duty& duty, const Proof& proof) {
    if (proof.at != kNever) {
        return proof.at < duty.due_at ? DutyState::Met : DutyState::Late;
    }
    if (const Stay* again = readmission(view, stay, duty.due_at)) {
        return again->end == kNever ? DutyState::Suspended : DutyState::Withdrawn;
    }
    const bool history = stay.end_received_at - duty.due_at > kLateNoticeMax;
    return history ? DutyState::Withdrawn : DutyState::Open;
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

}  // namespace

void derive_duties(const CaseView& view, Case& subject) {
    std::vector<Duty> due;
    for (const Stay& stay : view.stays()) {
        if (!opens_duties(stay)) {
            continue;
        }
        put(due, contact_duty(view, stay));
        if (is_admission(stay)) {
            put(due, visit_duty(view, stay));
        }
    }
    for (const Duty& known : subject.duties) {
        if (find(due, key_of(known)) == nullptr) {
            Duty withdrawn = known;
            withdrawn.state = DutyState::Withdrawn;
            put(due, withdrawn);
        }
    }
    if (due != subject.duties.all()) {
        subject.duties = std::move(due);
    }
}

}  // namespace carehub::core
