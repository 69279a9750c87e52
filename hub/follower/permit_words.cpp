#include "hub/follower/permit_words.hpp"

#include <algorithm>

namespace carehub::follower {
namespace {

namespace json = boost::json;

constexpr std::string_view kDefault = "default deny";
constexpr std::string_view kHipaa = "HIPAA, 45 CFR 164.502 and 164.508";
constexpr std::string_view kJustice = "HIPAA, 45 CFR 164.512; the hub's own rule for courts";
constexpr std::string_view kPart2 = "42 CFR 2.31 and 2.33";
constexpr std::string_view kReferral = "42 CFR 2.35";
constexpr std::string_view kProceedings = "42 CFR 2.12 and 2.33(b)";
constexpr std::string_view kVictim = "34 U.S.C. 12291(b)(2)";

/// In the order of PermitRule.
constexpr RuleWords kWords[] = {
    {"", ""},
    {"An agreement covers this kind of event, and nothing protects it further.", kHipaa},
    {"The client's own authorization names both and covers this event.", kHipaa},
    {"Courts, supervision agencies and jails receive what an agreement and a consent both name; "
     "both do.",
     kJustice},
    {"A part 2 record: the client's consent names both, this kind of event and the purpose.",
     kPart2},
    {"A part 2 record: the client's consent to treatment, payment and operations covers it.",
     kPart2},
    {"A part 2 record: the client's consent to a criminal justice referral covers it.", kReferral},
    {"It is about a victim, who released it in writing for a limited time.", kVictim},
    {"It is about a victim and a part 2 record: release and consent both cover it.", kVictim},
    {"It is about a victim and a part 2 record: release and referral both cover it.", kVictim},
    {"Nobody knows who told it.", kDefault},
    {"No agreement and no authorization names both and covers this kind of event today.", kDefault},
    {"The authorization it rested on was revoked, and no agreement covers it.", kHipaa},
    {"The authorization it rested on has ended, and no agreement covers it.", kHipaa},
    {"Courts, supervision agencies and jails receive only under an agreement too; there is none.",
     kJustice},
    {"Courts, supervision agencies and jails receive only with the client's consent; there is none "
     "that covers it.",
     kJustice},
    {"Courts, supervision agencies and jails receive only with the client's consent; it was "
     "revoked.",
     kJustice},
    {"Courts, supervision agencies and jails receive only with the client's consent; it has ended.",
     kJustice},
    {"Courts, supervision agencies and jails receive only with the client's consent; it was signed "
     "for another purpose than the agreement's.",
     kJustice},
    {"A part 2 record, and the agreement is for legal use, which no consent of this kind opens.",
     kProceedings},
    {"A part 2 record, and no consent to its disclosure covers it.", kPart2},
    {"A part 2 record, and the consent to its disclosure was revoked.", kPart2},
    {"A part 2 record, and the consent to its disclosure has ended.", kPart2},
    {"A part 2 record, and the consent was signed for another purpose than the agreement's.",
     kPart2},
    {"A part 2 record: the criminal justice system receives it only under a referral consent; "
     "there is none that covers it.",
     kReferral},
    {"A part 2 record: the criminal justice system receives it only under a referral consent; it "
     "was revoked.",
     kReferral},
    {"A part 2 record: the criminal justice system receives it only under a referral consent; it "
     "has ended.",
     kReferral},
    {"A part 2 record: the referral consent was signed for another purpose than the agreement's.",
     kReferral},
    {"It is about a victim, and no release covers it.", kVictim},
    {"It is about a victim, and the release was revoked.", kVictim},
    {"It is about a victim, and the release has ended.", kVictim},
    {"It is about a victim, and the release was signed for another purpose than the agreement's.",
     kVictim},
    {"A part 2 record, and the consent says neither on which day nor upon which event it ends.",
     kPart2},
    {"A part 2 record: the referral consent says neither on which day nor upon which event it "
     "ends.",
     kReferral}};
static_assert(std::size(kWords) == enum_count<PermitRule>());

std::vector<const Agreement*> covering(const core::Sought& sought) {
    std::vector<const Agreement*> found;
    for (const auto& [number, agreement] : sought.state.agreements) {
        if (core::is_covered(sought, agreement)) {
            found.push_back(&agreement);
        }
    }
    return found;
}

/// Under one agreement that could carry it, or under none.
bool is_met(const core::Sought& sought, core::Need need,
            const std::vector<const Agreement*>& agreements) {
    const auto met_for = [&](std::optional<PurposeOfUse> purpose) {
        return std::ranges::any_of(sought.subject.consents, [&](const Consent& consent) {
            return core::miss_of(sought, consent, need, purpose) == core::Miss::None;
        });
    };
    return agreements.empty() ? met_for(std::nullopt)
                              : std::ranges::any_of(agreements, [&](const Agreement* agreement) {
                                    return met_for(agreement->purpose);
                                });
}

json::array fitting_kinds(core::Need need, PartnerKind recipient) {
    json::array kinds;
    for (std::size_t i = 1; i < enum_count<ConsentKind>(); ++i) {
        const auto kind = static_cast<ConsentKind>(i);
        if (core::is_fit(kind, need, recipient)) {
            kinds.emplace_back(name_of(kind));
        }
    }
    return kinds;
}

std::string joined(const json::array& words) {
    std::string text;
    for (const json::value& word : words) {
        text += (text.empty() ? "" : " or ") + std::string(word.as_string());
    }
    return text;
}

json::object needed_consent(const core::Sought& sought, core::Need need,
                            const std::vector<const Agreement*>& agreements) {
    const core::State& state = sought.state;
    const json::array kinds = fitting_kinds(need, sought.recipient.kind);
    const std::string discloser(state.text(sought.discloser.name));
    const std::string recipient(state.text(sought.recipient.name));
    const std::string event_kind(name_of(sought.kind));
    const std::string date = to_iso(core::day_of(state, sought.subject, sought.occurred_at));
    const std::string purpose(agreements.empty() ? "" : name_of(agreements.front()->purpose));
    std::string text = "a consent of kind " + joined(kinds) + ", signed and in force, that names " +
                       discloser + " as discloser and " + recipient + " as recipient and covers " +
                       event_kind + " of " + date;
    text += purpose.empty() ? "" : ", for the purpose " + purpose;
    return {{"what", "consent"},
            {"kinds", kinds},
            {"discloser", discloser},
            {"recipient", recipient},
            {"event_kind", event_kind},
            {"event_date", date},
            {"purpose", purpose.empty() ? json::value() : json::value(purpose)},
            {"text", text}};
}

json::object needed_agreement(const core::Sought& sought, bool not_legal) {
    const std::string discloser(sought.state.text(sought.discloser.name));
    const std::string recipient(sought.state.text(sought.recipient.name));
    const std::string event_kind(name_of(sought.kind));
    return {{"what", "agreement"},
            {"discloser", discloser},
            {"recipient", recipient},
            {"event_kind", event_kind},
            {"text", "an agreement from " + discloser + " to " + recipient + " that covers " +
                         event_kind + " today" +
                         (not_legal ? ", for another purpose than Legal" : "")}};
}

}  // namespace

RuleWords words_of(PermitRule rule) {
    return is_known(rule) ? kWords[static_cast<std::size_t>(rule)] : RuleWords{};
}

std::string words_of(core::Miss miss, const Consent& consent) {
    switch (miss) {
        case core::Miss::None: return "it would serve";
        case core::Miss::Discloser: return "it names another discloser";
        case core::Miss::Recipient: return "it names other recipients";
        case core::Miss::Kind:
            return consent.purpose == PurposeOfUse::Legal ? "it is for legal use"
                                                          : "another kind of consent is needed";
        case core::Miss::Event: return "it names other kinds of event";
        case core::Miss::Date: return "it covers other dates";
        case core::Miss::NotYet: return "it is signed for " + to_iso(consent.signed_on);
        case core::Miss::Endless:
            return "it says neither on which day nor upon which event it ends: grant it again with "
                   "--expires or --expiry-event";
        case core::Miss::Revoked: return "it was revoked";
        case core::Miss::Expired:
            return "it ended on " + to_iso(core::end_of(consent).value_or(consent.signed_on));
        case core::Miss::Purpose:
            return "it is for " + std::string(name_of(consent.purpose)) +
                   ", the agreement is for something else";
    }
    return "";
}

json::array needed_for(const core::Sought& sought, Labels labels) {
    json::array needed;
    std::vector<const Agreement*> agreements = covering(sought);
    const bool any = !agreements.empty();
    if (labels.has(SecurityLabel::Part2)) {
        std::erase_if(agreements, [](const Agreement* agreement) {
            return agreement->purpose == PurposeOfUse::Legal;
        });
    }
    const core::Needs needs = core::needs_of(labels, sought.recipient.kind);
    for (const auto& [is_needed, need] : {std::pair{needs.victim, core::Need::Victim},
                                          {needs.part2, core::Need::Part2},
                                          {needs.justice, core::Need::Justice}}) {
        if (is_needed && !is_met(sought, need, agreements)) {
            needed.push_back(needed_consent(sought, need, agreements));
        }
    }
    const bool only_legal = any && agreements.empty();
    if (only_legal || (!any && core::is_justice(sought.recipient.kind))) {
        needed.push_back(needed_agreement(sought, only_legal));
    } else if (!any && needs.none() && !is_met(sought, core::Need::Authorization, agreements)) {
        needed.push_back(needed_agreement(sought, false));
        json::object consent = needed_consent(sought, core::Need::Authorization, agreements);
        consent["text"] = "or " + std::string(consent.at("text").as_string());
        consent["instead"] = true;
        needed.push_back(std::move(consent));
    }
    return needed;
}

}  // namespace carehub::follower
