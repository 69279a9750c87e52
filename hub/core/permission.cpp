// How `permit` answers: needs in the order of domain/08, and what meets them.
#include <algorithm>

#include "hub/core/permit.hpp"

namespace carehub::core {
namespace {

/// The consent that meets the need, or how near the nearest one came.
struct Met {
    const Consent* consent = nullptr;
    Miss miss = Miss::Discloser;
};

Met meet(const Sought& sought, Need need, std::optional<PurposeOfUse> purpose) {
    Met met;
    for (const Consent& consent : sought.subject.consents) {
        const Miss miss = miss_of(sought, consent, need, purpose);
        if (miss == Miss::None) {
            return {&consent, miss};
        }
        met.miss = std::max(met.miss, miss);
    }
    return met;
}

/// The rules of one need: nothing fits, it was revoked, it has ended, it has another purpose, it says
/// no end where it must.
struct DenyingRules {
    PermitRule none;
    PermitRule revoked;
    PermitRule expired;
    PermitRule purpose;
    PermitRule endless;
};

DenyingRules rules_of(Need need, PartnerKind recipient) {
    using enum PermitRule;
    switch (need) {
        case Need::Victim:
            return {NoVictimRelease, VictimReleaseRevoked, VictimReleaseExpired,
                    VictimReleasePurpose, NoVictimRelease};
        case Need::Part2:
            return is_justice(recipient)
                       ? DenyingRules{NoReferral, ReferralRevoked, ReferralExpired, ReferralPurpose,
                                      ReferralEndless}
                       : DenyingRules{NoPart2Consent, Part2ConsentRevoked, Part2ConsentExpired,
                                      Part2ConsentPurpose, Part2ConsentEndless};
        case Need::Justice:
            return {NoJusticeConsent, JusticeConsentRevoked, JusticeConsentExpired,
                    JusticeConsentPurpose, NoJusticeConsent};
        case Need::Authorization: break;
    }
    return {NothingCovers, AuthorizationRevoked, AuthorizationExpired, NothingCovers,
            NothingCovers};
}

PermitRule rule_of(Need need, PartnerKind recipient, Miss miss) {
    const DenyingRules rules = rules_of(need, recipient);
    switch (miss) {
        case Miss::Revoked: return rules.revoked;
        case Miss::Expired: return rules.expired;
        case Miss::Purpose: return rules.purpose;
        case Miss::Endless: return rules.endless;
        case Miss::None:
        case Miss::Discloser:
        case Miss::Recipient:
        case Miss::Kind:
        case Miss::Event:
        case Miss::Date:
        case Miss::NotYet: break;
    }
    return rules.none;
}

Form form_of(const Agreement* agreement, Labels labels) {
    const Form agreed = agreement != nullptr ? agreement->form : Form::Full;
    // Domain/08: where a protected client may be found never travels.
    return hides_place(labels) ? std::max(agreed, Form::Reduced) : agreed;
}

/// One answer: under this agreement, or, where there is none, under consents alone.
class Question {
public:
    Question(const Sought& sought, Labels labels, const Agreement* agreement)
        : sought_(sought), labels_(labels), needs_(needs_of(labels, sought.recipient.kind)) {
        answer_.agreement = agreement;
        answer_.route.recipient = sought.recipient.name;
    }

    Permission ask() {
        const bool may = meets_victim() && meets_part2() && meets_justice() && meets_default();
        if (may) {
            permit();
        }
        return answer_;
    }

private:
    [[nodiscard]] std::optional<PurposeOfUse> purpose() const {
        return answer_.agreement == nullptr ? std::nullopt
                                            : std::optional(answer_.agreement->purpose);
    }
    bool meets(Need need, const Consent*& by) {
        answer_.need = need;
        const Met met = meet(sought_, need, purpose());
        by = met.consent;
        return met.consent != nullptr || deny(rule_of(need, sought_.recipient.kind, met.miss));
    }
    bool meets_victim() { return !needs_.victim || meets(Need::Victim, answer_.release); }
    bool meets_part2() {
        if (needs_.part2 && purpose() == PurposeOfUse::Legal) {
            answer_.need = Need::Part2;
            return deny(PermitRule::LegalPurpose);
        }
        return !needs_.part2 || meets(Need::Part2, answer_.consent);
    }
    bool meets_justice() { return !needs_.justice || meets(Need::Justice, answer_.consent); }

    /// 13-decisions: courts and supervision receive only under an agreement and a consent. Who else
    /// needs neither of the client's signatures above needs an agreement or an authorization.
    bool meets_default() {
        const bool is_agreed = answer_.agreement != nullptr;
        if (!is_agreed && is_justice(sought_.recipient.kind)) {
            return deny(PermitRule::NoJusticeAgreement);
        }
        if (!needs_.none()) {
            return true;
        }
        const Met met = meet(sought_, Need::Authorization, purpose());
        answer_.consent = met.consent;
        return is_agreed || met.consent != nullptr ||
               deny(rule_of(Need::Authorization, sought_.recipient.kind, met.miss));
    }

    bool deny(PermitRule rule) {
        answer_ = Permission{{}, answer_.agreement, nullptr, nullptr, answer_.need};
        answer_.route.recipient = sought_.recipient.name;
        answer_.route.rule = rule;
        answer_.route.withheld = withheld_by(rule);
        return false;
    }
    void permit() {
        Route& route = answer_.route;
        route.form = form_of(answer_.agreement, labels_);
        route.agreement = answer_.agreement != nullptr ? answer_.agreement->number : 0;
        const Consent* named = answer_.consent != nullptr ? answer_.consent : answer_.release;
        route.consent = named != nullptr ? named->id : ConsentId{};
        route.rule = permitting_rule();
    }
    [[nodiscard]] PermitRule permitting_rule() const {
        using enum PermitRule;
        const bool is_referral = is_justice(sought_.recipient.kind);
        if (needs_.victim) {
            return !needs_.part2 ? VictimRelease
                   : is_referral ? VictimReleaseAndReferral
                                 : VictimReleaseAndPart2Consent;
        }
        if (needs_.part2) {
            const bool is_tpo = answer_.consent->kind == ConsentKind::Part2Tpo;
            return is_referral ? JusticeReferral : is_tpo ? Part2Tpo : Part2Consent;
        }
        return needs_.justice                 ? AgreementAndConsent
               : answer_.agreement != nullptr ? Agreement
                                              : Authorization;
    }

    const Sought& sought_;
    Labels labels_;
    Needs needs_;
    Permission answer_;
};

}  // namespace

Sought sought_of(const State& state, const Case& subject, const Partner& discloser,
                 const Disclosed& disclosed, const Recipient& recipient, UtcTime now) {
    return {state,
            subject,
            discloser,
            recipient,
            disclosed.kind,
            disclosed.occurred_at,
            now,
            day_of(state, subject, now)};
}

Permission permission(const State& state, const Case& subject, const Disclosed& disclosed,
                      const Recipient& recipient, UtcTime now) {
    const Partner* discloser = state.partner(disclosed.discloser);
    if (discloser == nullptr) {
        Permission unknown;
        unknown.route = {recipient.name,
                         Form::Unset,
                         withheld_by(PermitRule::UnknownDiscloser),
                         {},
                         0,
                         PermitRule::UnknownDiscloser};
        return unknown;
    }
    const Sought sought = sought_of(state, subject, *discloser, disclosed, recipient, now);
    std::optional<Permission> denied;
    for (const auto& [number, agreement] : state.agreements) {
        if (!is_covered(sought, agreement)) {
            continue;
        }
        Permission answer = Question(sought, disclosed.labels, &agreement).ask();
        if (answer.may()) {
            return answer;
        }
        denied = denied ? denied : answer;
    }
    return denied ? *denied : Question(sought, disclosed.labels, nullptr).ask();
}

}  // namespace carehub::core
