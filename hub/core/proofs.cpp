#include "hub/core/proofs.hpp"

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

bool is_outpatient_visit(const Stay& stay) {
    return !stay.cancelled && !stay.custody &&
           (stay.encounter_class == EncounterClass::Outpatient ||
            stay.encounter_class == EncounterClass::Home ||
            stay.encounter_class == EncounterClass::Virtual);
}

}  // namespace

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

bool is_followed_by(const Stay& stay, const Stay& other) {
    return other.id != stay.id && other.start >= stay.start && other.end > stay.end;
}

void keep_earlier(Proof& proof, UtcTime at, Sequence source) {
    if (at < proof.at) {
        proof = {at, source};
    }
}

Proof first_visit(const CaseView& view, UtcTime from) {
    Proof proof;
    for (const Obligation* visit : view.obligations(ObligationStatus::Completed, from)) {
        if (view.is_care_visit(*visit)) {
            keep_earlier(proof, visit->start, visit->last);
            break;
        }
    }
    for (const Stay& stay : view.stays()) {
        if (is_outpatient_visit(stay) && stay.start >= from) {
            keep_earlier(proof, stay.start, stay.first);
        }
    }
    return proof;
}

Proof first_contact(const CaseView& view, UtcTime from) {
    Proof proof = first_visit(view, from);
    for (const Contact& contact : view.contacts()) {
        if (contact.made && contact.two_way && contact.at >= from) {
            keep_earlier(proof, contact.at, contact.source);
        }
    }
    return proof;
}

}  // namespace carehub::core
