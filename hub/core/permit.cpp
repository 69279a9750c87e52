#include "hub/core/permit.hpp"

#include <algorithm>

#include "hub/core/addressee.hpp"
#include "hub/core/keyed.hpp"
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

/// A protection that only its own kind of consent opens.
enum class Need { Any, Victim, Part2 };

/// The kinds of consent that open it for such a recipient.
bool is_fit(const Consent& consent, Need need, const Recipient& recipient) {
    switch (need) {
        case Need::Victim: return consent.kind == ConsentKind::VawaRelease;
        case Need::Part2:
            // 42 CFR 2.33(a)(1): the criminal justice system receives under 2.35 only.
            if (is_justice(recipient.kind)) {
                return consent.kind == ConsentKind::CriminalJusticeReferral;
            }
            // 42 CFR 2.31(d): use in legal proceedings is never part of another consent.
            return consent.purpose != PurposeOfUse::Legal &&
                   (consent.kind == ConsentKind::Part2Specific ||
                    consent.kind == ConsentKind::Part2Tpo);
        case Need::Any: break;
    }
    return consent.kind != ConsentKind::VawaRelease;
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

bool covers_date(const State& state, const Case& subject, const Consent& consent, UtcTime time) {
    if (!consent.scope_from && !consent.scope_to) {
        return true;
    }
    const Date occurred = day_of(state, subject, time);
    return (!consent.scope_from || occurred >= *consent.scope_from) &&
           (!consent.scope_to || occurred <= *consent.scope_to);
}

struct ConsentAnswer {
    const Consent* consent = nullptr;
    Withheld reason = Withheld::NoConsent;  ///< why none holds: the nearest miss
};

ConsentAnswer find_consent(const State& state, const Case& subject, const Disclosed& disclosed,
                           const Partner& discloser, const Recipient& recipient, Need need,
                           Date today, UtcTime now) {
    ConsentAnswer answer;
    for (const Consent& consent : subject.consents) {
        const bool names_both = names_discloser(state, consent.discloser, discloser) &&
                                std::ranges::any_of(consent.recipients, [&](Symbol named) {
                                    return names_recipient(state, named, recipient);
                                });
        if (!names_both || !is_fit(consent, need, recipient) ||
            !covers_kind(consent.kinds, disclosed.kind) ||
            !covers_date(state, subject, consent, disclosed.occurred_at)) {
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

std::vector<Need> needs_of(const Disclosed& disclosed, const Recipient& recipient) {
    std::vector<Need> needs;
    if (disclosed.labels.has(SecurityLabel::DvProtected)) {
        needs.push_back(Need::Victim);
    }
    if (disclosed.labels.has(SecurityLabel::Part2)) {
        needs.push_back(Need::Part2);
    }
    if (needs.empty() && is_justice(recipient.kind)) {
        needs.push_back(Need::Any);
    }
    return needs;
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

Disclosed disclosed_of(const Matter& matter) {
    return {matter.partner, matter.last_kind, matter.labels, matter.since};
}

Route permit(const State& state, const Case& subject, const Disclosed& disclosed,
             const Recipient& recipient, UtcTime now) {
    const Partner* discloser = state.partner(disclosed.discloser);
    if (discloser == nullptr) {
        return withheld(recipient, Withheld::NoAgreement);
    }
    const Date today = day_of(state, subject, now);
    const Agreement* agreement = find_agreement(state, disclosed, *discloser, recipient, today);
    const bool part2 = disclosed.labels.has(SecurityLabel::Part2);
    if (part2 && agreement != nullptr && agreement->purpose == PurposeOfUse::Legal) {
        return withheld(recipient, Withheld::LegalPurpose);
    }
    // Each protection wants its own consent: one does not open the other.
    ConsentAnswer consent;
    const std::vector<Need> needs = needs_of(disclosed, recipient);
    for (const Need need : needs) {
        consent = find_consent(state, subject, disclosed, *discloser, recipient, need, today, now);
        if (consent.consent == nullptr) {
            return withheld(recipient,
                            need == Need::Victim ? Withheld::VictimProtected : consent.reason);
        }
    }
    if (needs.empty()) {
        consent =
            find_consent(state, subject, disclosed, *discloser, recipient, Need::Any, today, now);
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

bool staff_may_see(const State& state, const Case& subject, const Disclosed& disclosed, Symbol name,
                   UtcTime now) {
    const Partner* discloser = state.partner(disclosed.discloser);
    // Who told it knows it: that is no disclosure to another party.
    const bool own =
        discloser != nullptr && discloser->kind == PartnerKind::Staff && discloser->name == name;
    return name.value == 0 || own ||
           permit(state, subject, disclosed, {name, PartnerKind::Staff}, now).form != Form::Unset;
}

bool staff_may_see(const State& state, const Case& subject, const Finding& finding, Symbol name,
                   UtcTime now) {
    if (subject.client.id.is_none()) {
        return true;  // the office's own affairs are nobody's disclosure
    }
    const auto sees = [&](const auto* record) {
        // What left the case belongs to somebody else; what no partner told, the hub noted itself.
        return record != nullptr &&
               (record->partner.value == 0 ||
                staff_may_see(state, subject, disclosed_of(*record), name, now));
    };
    return std::ranges::all_of(
               finding.obligations,
               [&](ObligationId id) { return sees(find(subject.obligations, id)); }) &&
           std::ranges::all_of(finding.stays,
                               [&](StayId id) { return sees(find(subject.stays, id)); }) &&
           std::ranges::all_of(finding.matters,
                               [&](MatterId id) { return sees(find(subject.matters, id)); });
}

bool owner_may_see(const State& state, const Case& subject, const Disclosed& disclosed,
                   UtcTime now) {
    return staff_may_see(state, subject, disclosed,
                         addressee(state, subject.client, Audience::Owner), now);
}

bool owner_may_see(const State& state, const Case& subject, const Finding& finding, UtcTime now) {
    return staff_may_see(state, subject, finding, addressee(state, subject.client, Audience::Owner),
                         now);
}

bool may_touch(const State& state, PartnerId actor, const Case& subject, UtcTime now) {
    const Partner* partner = state.partner(actor);
    return partner == nullptr || partner->kind != PartnerKind::Staff ||
           partner->role != StaffRole::CaseManager ||
           stands_for(state, subject, partner->name, now);
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
