#include "hub/core/permit.hpp"

#include <algorithm>

#include "hub/model/kind_word.hpp"

namespace carehub::core {
namespace {

constexpr std::string_view kOwnerWord = "owner";

bool names_recipient(const State& state, Symbol named, const Recipient& recipient) {
    if (named == recipient.name) {
        return true;
    }
    const std::string_view word = state.text(named);
    return recipient.kind == PartnerKind::Staff ? word == kOwnerWord
                                                : word == kind_word(recipient.kind);
}

bool names_discloser(const State& state, Symbol named, const Partner& discloser) {
    return named == discloser.name || state.text(named) == kind_word(discloser.kind);
}

bool covers_kind(const std::vector<EventKind>& kinds, EventKind kind) {
    return kinds.empty() || std::ranges::find(kinds, kind) != kinds.end();
}

bool is_justice(PartnerKind kind) {
    return kind == PartnerKind::Court || kind == PartnerKind::SupervisionAgency ||
           kind == PartnerKind::Jail;
}

/// The kinds of consent that open what is to be disclosed to such a recipient.
bool is_fit(ConsentKind kind, const Disclosed& disclosed, const Recipient& recipient) {
    if (disclosed.labels.has(SecurityLabel::DvProtected)) {
        return kind == ConsentKind::VawaRelease;
    }
    if (disclosed.labels.has(SecurityLabel::Part2)) {
        // 42 CFR 2.33(a)(1): the criminal justice system receives under 2.35 only.
        return is_justice(recipient.kind)
                   ? kind == ConsentKind::CriminalJusticeReferral
                   : kind == ConsentKind::Part2Specific || kind == ConsentKind::Part2Tpo;
    }
    return kind != ConsentKind::VawaRelease;
}

Withheld in_force(const Consent& consent, Date today, UtcTime now) {
    if (consent.revoked_at != kUnknownTime && consent.revoked_at <= now) {
        return Withheld::ConsentRevoked;
    }
    if (consent.expires && today >= *consent.expires) {
        return Withheld::ConsentExpired;
    }
    return consent.signed_on > today ? Withheld::NoConsent : Withheld::Unset;
}

bool covers_date(const Consent& consent, Date occurred) {
    return (!consent.scope_from || occurred >= *consent.scope_from) &&
           (!consent.scope_to || occurred <= *consent.scope_to);
}

struct ConsentAnswer {
    const Consent* consent = nullptr;
    Withheld reason = Withheld::NoConsent;  ///< why none holds: the nearest miss
};

ConsentAnswer find_consent(const State& state, const Case& subject, const Disclosed& disclosed,
                           const Partner& discloser, const Recipient& recipient, UtcTime now) {
    ConsentAnswer answer;
    if (subject.consents.empty()) {
        return answer;
    }
    const Date today = day_of(state, subject, now);
    const Date occurred = day_of(state, subject, disclosed.occurred_at);
    for (const Consent& consent : subject.consents) {
        const bool names_both = names_discloser(state, consent.discloser, discloser) &&
                                std::ranges::any_of(consent.recipients, [&](Symbol named) {
                                    return names_recipient(state, named, recipient);
                                });
        if (!names_both || !is_fit(consent.kind, disclosed, recipient) ||
            !covers_kind(consent.kinds, disclosed.kind) || !covers_date(consent, occurred)) {
            continue;
        }
        const Withheld reason = in_force(consent, today, now);
        if (reason == Withheld::Unset) {
            return {&consent, Withheld::Unset};
        }
        answer.reason = reason;
    }
    return answer;
}

const Agreement* find_agreement(const State& state, const Disclosed& disclosed,
                                const Partner& discloser, const Recipient& recipient, Date today) {
    for (const auto& [number, agreement] : state.agreements) {
        if (names_discloser(state, agreement.discloser, discloser) &&
            names_recipient(state, agreement.recipient, recipient) &&
            covers_kind(agreement.kinds, disclosed.kind) && today >= agreement.valid_from &&
            today <= agreement.valid_until) {
            return &agreement;
        }
    }
    return nullptr;
}

bool needs_consent(const Disclosed& disclosed, const Recipient& recipient) {
    return disclosed.labels.has(SecurityLabel::Part2) ||
           disclosed.labels.has(SecurityLabel::DvProtected) || is_justice(recipient.kind);
}

Route withheld(const Recipient& recipient, Withheld reason) {
    Route route;
    route.recipient = recipient.name;
    route.withheld = reason;
    return route;
}

Form form_of(const Agreement* agreement, const Disclosed& disclosed) {
    const Form agreed = agreement != nullptr ? agreement->form : Form::Full;
    // Domain/08: the place of a location-protected client never travels.
    return disclosed.labels.has(SecurityLabel::LocationProtected) ? std::max(agreed, Form::Reduced)
                                                                  : agreed;
}

}  // namespace

Date day_of(const State& state, const Case& subject, UtcTime time) {
    const auto zone = state.zones.find(subject.client.zone);
    return zone == state.zones.end() ? std::chrono::floor<std::chrono::days>(time)
                                     : local_date(zone->second, time);
}

UtcTime beginning_of(const State& state, const Case& subject, Date day) {
    const auto zone = state.zones.find(subject.client.zone);
    return zone == state.zones.end() ? UtcTime{day} : start_of_day(zone->second, day);
}

Disclosed disclosed_of(const Obligation& obligation) {
    return {obligation.partner, obligation.last_kind, obligation.labels, obligation.start};
}

Disclosed disclosed_of(const Stay& stay) {
    const EventKind kind = stay.custody         ? EventKind::CustodyStarted
                           : stay.end == kNever ? EventKind::EncounterStarted
                                                : EventKind::EncounterEnded;
    return {stay.partner, kind, stay.labels, stay.start};
}

Route permit(const State& state, const Case& subject, const Disclosed& disclosed,
             const Recipient& recipient, UtcTime now) {
    const Partner* discloser = state.partner(disclosed.discloser);
    if (discloser == nullptr) {
        return withheld(recipient, Withheld::NoAgreement);
    }
    const ConsentAnswer consent =
        find_consent(state, subject, disclosed, *discloser, recipient, now);
    const Agreement* agreement =
        find_agreement(state, disclosed, *discloser, recipient, day_of(state, subject, now));
    const bool part2 = disclosed.labels.has(SecurityLabel::Part2);
    if (part2 && agreement != nullptr && agreement->purpose == PurposeOfUse::Legal) {
        return withheld(recipient, Withheld::LegalPurpose);
    }
    if (needs_consent(disclosed, recipient) && consent.consent == nullptr) {
        const bool victim = disclosed.labels.has(SecurityLabel::DvProtected);
        return withheld(recipient, victim ? Withheld::VictimProtected : consent.reason);
    }
    if (agreement == nullptr && (consent.consent == nullptr || is_justice(recipient.kind))) {
        // 13-decisions: courts and supervision receive only under an agreement and a consent.
        return withheld(recipient, Withheld::NoAgreement);
    }
    Route route;
    route.recipient = recipient.name;
    route.form = form_of(agreement, disclosed);
    route.agreement = agreement != nullptr ? agreement->number : 0;
    route.consent = consent.consent != nullptr ? consent.consent->id : ConsentId{};
    return route;
}

std::vector<Recipient> recipients_of(const State& state, const Case& subject, PartnerId discloser) {
    std::vector<Recipient> recipients;
    if (subject.client.owner.value != 0) {
        recipients.push_back({subject.client.owner, PartnerKind::Staff});
    }
    const Partner* source = state.partner(discloser);
    for (const auto& [id, partner] : state.partners) {
        const Recipient candidate{partner.name, partner.kind};
        if (source == nullptr || partner.removed || partner.kind == PartnerKind::Staff ||
            id == discloser) {
            continue;
        }
        const bool agreed = std::ranges::any_of(state.agreements, [&](const auto& numbered) {
            return names_discloser(state, numbered.second.discloser, *source) &&
                   names_recipient(state, numbered.second.recipient, candidate);
        });
        const bool consented = std::ranges::any_of(subject.consents, [&](const Consent& consent) {
            return names_discloser(state, consent.discloser, *source) &&
                   std::ranges::any_of(consent.recipients, [&](Symbol named) {
                       return names_recipient(state, named, candidate);
                   });
        });
        if (agreed || consented) {
            recipients.push_back(candidate);
        }
    }
    return recipients;
}

}  // namespace carehub::core
