#include "hub/core/rights.hpp"

#include <algorithm>

#include "hub/core/limits.hpp"
#include "hub/model/kind_word.hpp"

namespace carehub::core {
namespace {

/// A name that this very entry brings is in no State yet: only symbols are compared.
bool is_word(const State& state, Symbol named, std::string_view word) {
    return named.value != 0 && named == state.symbol(word);
}

bool covers_kind(const std::vector<EventKind>& kinds, EventKind kind) {
    return kinds.empty() || std::ranges::find(kinds, kind) != kinds.end();
}

bool covers_date(const Sought& sought, const Consent& consent) {
    if (!consent.scope_from && !consent.scope_to) {
        return true;
    }
    const Date occurred = day_of(sought.state, sought.subject, sought.occurred_at);
    return (!consent.scope_from || occurred >= *consent.scope_from) &&
           (!consent.scope_to || occurred <= *consent.scope_to);
}

/// 42 CFR 2.31(a)(4)(ii): a general designation reaches providers who treat the client, no others.
bool treats(const Sought& sought) {
    const PartnerKind kind = sought.recipient.kind;
    const Partner* provider = sought.state.partner_named(sought.recipient.name);
    const auto told = [provider](const auto& record) { return record.partner == provider->id; };
    return provider != nullptr && (kind == PartnerKind::Clinic || kind == PartnerKind::Hospital) &&
           (std::ranges::any_of(sought.subject.obligations, told) ||
            std::ranges::any_of(sought.subject.stays, told));
}

bool designates(const Sought& sought, const Consent& consent, Symbol named) {
    const bool by_name = named == sought.recipient.name;
    const bool is_general =
        consent.general_designation && sought.recipient.kind != PartnerKind::Staff;
    return by_name || (names_recipient(sought.state, named, sought.recipient) &&
                       (!is_general || treats(sought)));
}

/// 42 CFR 2.31(a)(5): "at the request of the patient" is purpose enough; a consent to treatment,
/// payment and operations opens these, and care coordination is part of them (45 CFR 164.501).
/// Legal proceedings are opened by nothing that was signed for something else.
bool serves(const Consent& consent, PurposeOfUse purpose) {
    if (consent.purpose == purpose || purpose == PurposeOfUse::Legal) {
        return consent.purpose == purpose;
    }
    const bool is_tpo = purpose == PurposeOfUse::Treatment || purpose == PurposeOfUse::Payment ||
                        purpose == PurposeOfUse::Operations ||
                        purpose == PurposeOfUse::CareCoordination;
    return consent.purpose == PurposeOfUse::ClientRequest ||
           (consent.kind == ConsentKind::Part2Tpo && is_tpo);
}

}  // namespace

bool is_justice(PartnerKind kind) {
    return kind == PartnerKind::Court || kind == PartnerKind::SupervisionAgency ||
           kind == PartnerKind::Jail;
}

Needs needs_of(Labels labels, PartnerKind recipient) {
    Needs needs;
    needs.victim = labels.has(SecurityLabel::DvProtected);
    needs.part2 = labels.has(SecurityLabel::Part2);
    needs.justice = !needs.victim && !needs.part2 && is_justice(recipient);
    return needs;
}

bool is_fit(ConsentKind kind, Need need, PartnerKind recipient) {
    switch (kind) {
        case ConsentKind::VawaRelease: return need == Need::Victim;
        // 42 CFR 2.35: to those in the criminal justice system, who receive part 2 records by
        // nothing else.
        case ConsentKind::CriminalJusticeReferral:
            return is_justice(recipient) && (need == Need::Part2 || need == Need::Justice);
        case ConsentKind::Part2Specific:
            return need != Need::Victim && !(need == Need::Part2 && is_justice(recipient));
        // 42 CFR 2.31(a)(4): treating providers, and people helping to operate the programme.
        case ConsentKind::Part2Tpo:
            return need != Need::Victim &&
                   (recipient == PartnerKind::Clinic || recipient == PartnerKind::Hospital ||
                    recipient == PartnerKind::Staff);
        case ConsentKind::HipaaAuthorization:
        case ConsentKind::HmisRoi: return need == Need::Authorization || need == Need::Justice;
        case ConsentKind::Unset: break;
    }
    return false;
}

Miss miss_of(const Sought& sought, const Consent& consent, Need need,
             std::optional<PurposeOfUse> purpose) {
    if (!names_discloser(sought.state, consent.discloser, sought.discloser)) {
        return Miss::Discloser;
    }
    if (std::ranges::none_of(consent.recipients,
                             [&](Symbol named) { return designates(sought, consent, named); })) {
        return Miss::Recipient;
    }
    // 42 CFR 2.31(d): consent to use in legal proceedings is never part of another one.
    const bool is_legal = need == Need::Part2 && consent.purpose == PurposeOfUse::Legal;
    if (is_legal || !is_fit(consent.kind, need, sought.recipient.kind)) {
        return Miss::Kind;
    }
    if (!covers_kind(consent.kinds, sought.kind)) {
        return Miss::Event;
    }
    if (!covers_date(sought, consent)) {
        return Miss::Date;
    }
    if (consent.revoked_at != kUnknownTime && consent.revoked_at <= sought.now) {
        return Miss::Revoked;
    }
    const std::optional<Date> end = end_of(consent);
    if (end && sought.today >= *end) {
        return Miss::Expired;
    }
    if (lacks_end(consent)) {
        return Miss::Endless;
    }
    if (consent.signed_on > sought.today) {
        return Miss::NotYet;
    }
    return purpose && !serves(consent, *purpose) ? Miss::Purpose : Miss::None;
}

std::optional<Date> end_of(const Consent& consent) {
    if (!consent.expires && consent.kind == ConsentKind::VawaRelease) {
        return consent.signed_on + kVictimReleaseLasts;
    }
    return consent.expires;
}

bool must_end(ConsentKind kind) {
    return kind == ConsentKind::Part2Specific || kind == ConsentKind::CriminalJusticeReferral;
}

bool lacks_end(const Consent& consent) {
    return must_end(consent.kind) && !consent.expires && !consent.ends_upon_event;
}

std::optional<FormFault> fault_of(const Consent& form) {
    if (lacks_end(form)) {
        return FormFault{RefusalReason::MissingField, "expires", kSayEnd};
    }
    if (form.expires && *form.expires <= form.signed_on) {
        return FormFault{RefusalReason::InvalidField, "expires",
                         "this is the first day on which the consent no longer holds: give one "
                         "after the day of signature"};
    }
    if (form.scope_from && form.scope_to && *form.scope_to < *form.scope_from) {
        return FormFault{RefusalReason::InvalidField, "scope_to",
                         "the scope ends before it begins: give a day not before scope_from"};
    }
    if (form.revocable_from && form.kind != ConsentKind::CriminalJusticeReferral) {
        return FormFault{RefusalReason::InvalidField, "revocable_from",
                         "only a CriminalJusticeReferral says from when it can be revoked (42 CFR "
                         "2.35(c)); any other consent can be revoked at any time: leave it out"};
    }
    return std::nullopt;
}

bool is_covered(const Sought& sought, const Agreement& agreement) {
    return names_discloser(sought.state, agreement.discloser, sought.discloser) &&
           names_recipient(sought.state, agreement.recipient, sought.recipient) &&
           covers_kind(agreement.kinds, sought.kind) && sought.today >= agreement.valid_from &&
           sought.today <= agreement.valid_until;
}

bool names_recipient(const State& state, Symbol named, const Recipient& recipient) {
    if (named == recipient.name) {
        return true;
    }
    return is_word(state, named,
                   recipient.kind == PartnerKind::Staff ? kOwnerWord : kind_word(recipient.kind));
}

bool names_discloser(const State& state, Symbol named, const Partner& discloser) {
    return named == discloser.name || is_word(state, named, kind_word(discloser.kind));
}

Date day_of(const State& state, const Case& subject, UtcTime time) {
    const auto zone = state.zones.find(subject.client.zone);
    return zone == state.zones.end() ? std::chrono::floor<std::chrono::days>(time)
                                     : local_date(zone->second, time);
}

UtcTime beginning_of(const State& state, const Case& subject, Date day) {
    const auto zone = state.zones.find(subject.client.zone);
    return zone == state.zones.end() ? UtcTime{day} : start_of_day(zone->second, day);
}

}  // namespace carehub::core
