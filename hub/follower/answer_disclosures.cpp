// The question `disclosures`: the accounting of what was told of one client outside.
#include <algorithm>
#include <set>

#include "hub/core/keyed.hpp"
#include "hub/follower/accounting.hpp"
#include "hub/follower/disclosures.hpp"
#include "hub/follower/span.hpp"
#include "hub/model/kind_word.hpp"

namespace carehub::follower {
namespace {

/// What a disclosure told of, and the word it rests on.
struct Told {
    std::vector<Ground> grounds;
    std::set<Symbol> disclosers;
    Route route;  ///< of the event; of an alert the first of what it tells that has one
};

bool is_part2(const Entry& head) {
    const auto has = [](const auto& records) {
        return std::ranges::any_of(records, [](const auto& owned) {
            return owned.record.labels.has(SecurityLabel::Part2);
        });
    };
    const Decisions& decisions = head.decisions;
    return has(decisions.obligations) || has(decisions.stays) || has(decisions.matters) ||
           std::ranges::any_of(decisions.deliveries, [](const Delivery& delivery) {
               return delivery.labels.has(SecurityLabel::Part2);
           });
}

/// Words one client's disclosures.
class Accounting {
public:
    Accounting(const Answering& question, const core::Case& subject)
        : question_(question), state_(question.state), subject_(subject) {}

    [[nodiscard]] Told told_of(const Delivery& delivery) const {
        Told told;
        if (!delivery.is_alert) {
            add_event(delivery.entry, delivery, told);
            return told;
        }
        for (const Sequence evidence : evidence_of(delivery)) {
            add_event(evidence, delivery, told);
        }
        return told;
    }

    [[nodiscard]] json::object line(const Disclosure& disclosure, const Told& told,
                                    std::string_view exempt) const {
        const Delivery& delivery = disclosure.delivery;
        const Partner* recipient = state_.partner(delivery.recipient);
        const Agreement* agreement = agreement_of(told.route);
        return {{"at", local_iso(state_, subject_.client.zone, disclosure.at)},
                {"recipient", recipient == nullptr ? "" : state_.text(recipient->name)},
                {"recipient_kind", recipient == nullptr ? "" : kind_word(recipient->kind)},
                {"address", recipient == nullptr ? "" : address_of(*recipient)},
                {"disclosers", names_of(told.disclosers)},
                {"kind", kind_of(delivery)},
                {"form", delivery.is_alert ? "alert" : form_word(delivery.form)},
                {"purpose", purpose_word(told)},
                {"consent", consent_word(told.route)},
                {"agreement", agreement == nullptr ? "" : state_.text(agreement->basis)},
                {"regimes", regimes_of(told)},
                {"exempt", exempt},
                {"left", left_word(disclosure.left)},
                {"attempts", disclosure.attempts},
                {"event_id", event_id_of(delivery.entry)},
                {"alert_id", delivery.is_alert ? to_text(delivery.alert) : ""},
                {"number", delivery.first_number != 0 ? delivery.first_number : delivery.number}};
    }

    /// A case manager reads what may be disclosed to the owner, nothing more.
    [[nodiscard]] bool reader_sees(const Delivery& delivery) const {
        if (delivery.is_alert) {
            const Alert* alert = core::find(subject_.alerts, delivery.alert);
            return !question_.by_case_manager() ||
                   (alert != nullptr && question_.reader_sees(subject_, *alert));
        }
        return question_.reader_sees(
            subject_, core::Disclosed{delivery.discloser, delivery.kind, delivery.labels,
                                      delivery.occurred_at});
    }

private:
    [[nodiscard]] std::vector<Sequence> evidence_of(const Delivery& delivery) const {
        const auto head = question_.entries.head(delivery.entry);
        if (head) {
            for (const auto& owned : head->decisions.alerts) {
                if (owned.client == delivery.client && owned.record.id == delivery.alert) {
                    return owned.record.finding.evidence;
                }
            }
        }
        const Alert* alert = core::find(subject_.alerts, delivery.alert);
        return alert == nullptr ? std::vector<Sequence>{} : alert->finding.evidence;
    }

    void add_event(Sequence event, const Delivery& delivery, Told& told) const {
        const auto head = question_.entries.head(event);
        const Partner* recipient = state_.partner(delivery.recipient);
        const Partner* discloser = head ? state_.partner(head->principal) : nullptr;
        if (discloser == nullptr || recipient == nullptr) {
            return;
        }
        const Route route = route_to(head->decisions, *recipient);
        const bool is_better = told.route.form == Form::Unset && route.form != Form::Unset;
        told.route = is_better ? route : told.route;
        told.disclosers.insert(discloser->name);
        const Consent* consent = consent_of(route);
        Ground ground;
        ground.discloser = discloser->kind;
        ground.recipient = recipient->kind;
        ground.part2 = is_part2(*head);
        ground.consented = !route.consent.is_none();
        ground.consent = consent == nullptr ? ConsentKind::Unset : consent->kind;
        ground.purpose = purpose_of(route);
        told.grounds.push_back(ground);
    }

    /// What a supervisor is told of by an alert was routed to the owner.
    [[nodiscard]] static Route route_to(const Decisions& decisions, const Partner& recipient) {
        const auto found = std::ranges::find(decisions.routes, recipient.name, &Route::recipient);
        return found == decisions.routes.end() ? Route{} : *found;
    }

    [[nodiscard]] const Consent* consent_of(const Route& route) const {
        return route.consent.is_none() ? nullptr : core::find(subject_.consents, route.consent);
    }

    [[nodiscard]] const Agreement* agreement_of(const Route& route) const {
        const auto found = state_.agreements.find(route.agreement);
        return found == state_.agreements.end() ? nullptr : &found->second;
    }

    [[nodiscard]] PurposeOfUse purpose_of(const Route& route) const {
        if (const Agreement* agreement = agreement_of(route)) {
            return agreement->purpose;
        }
        const Consent* consent = consent_of(route);
        return consent == nullptr ? PurposeOfUse::Unset : consent->purpose;
    }

    [[nodiscard]] std::string_view purpose_word(const Told& told) const {
        const PurposeOfUse purpose = purpose_of(told.route);
        return purpose == PurposeOfUse::Unset ? "" : name_of(purpose);
    }

    /// The consent's name as its paper has it, and its kind.
    [[nodiscard]] std::string consent_word(const Route& route) const {
        if (route.consent.is_none()) {
            return "";
        }
        const Consent* consent = consent_of(route);
        if (consent == nullptr) {
            return "a consent that is no longer kept";
        }
        const auto event = question_.entries.submission(consent->source);
        const auto* claim = event ? std::get_if<ConsentClaim>(&event->payload) : nullptr;
        return (claim == nullptr ? "" : claim->consent + ", ") +
               std::string(name_of(consent->kind));
    }

    [[nodiscard]] std::string kind_of(const Delivery& delivery) const {
        if (!delivery.is_alert) {
            return std::string(name_of(delivery.kind));
        }
        const Alert* alert = core::find(subject_.alerts, delivery.alert);
        const core::RuleInfo* rule =
            alert == nullptr ? nullptr : question_.follower.rule(alert->finding.rule);
        return rule == nullptr ? "Alert" : std::string(rule->name);
    }

    /// Where the partner is, as places.csv tells: its own place, else the first of its sites.
    [[nodiscard]] std::string address_of(const Partner& partner) const {
        if (partner.kind == PartnerKind::Staff) {
            const auto staff = state_.staff.find(partner.name);
            const bool has_team = staff != state_.staff.end() && staff->second.team.value != 0;
            return has_team ? "team " + std::string(state_.text(staff->second.team)) : "";
        }
        const auto first = state_.places.lower_bound({partner.name, Symbol{}});
        if (first == state_.places.end() || first->second.partner != partner.name) {
            return "";
        }
        std::string text(state_.text(first->second.site));
        const std::string_view city = state_.text(first->second.city);
        text += !text.empty() && !city.empty() ? ", " : "";
        return text.append(city);
    }

    [[nodiscard]] json::array names_of(const std::set<Symbol>& symbols) const {
        json::array names;
        for (const Symbol symbol : symbols) {
            names.emplace_back(state_.text(symbol));
        }
        return names;
    }

    [[nodiscard]] static json::array regimes_of(const Told& told) {
        json::array regimes;
        for (const auto& [regime, word] :
             {std::pair{Regime::Hipaa, "hipaa"}, std::pair{Regime::Part2, "part2"}}) {
            const Regime law = regime;
            if (std::ranges::any_of(told.grounds,
                                    [law](const Ground& g) { return is_subject(g, law); })) {
                regimes.emplace_back(word);
            }
        }
        return regimes;
    }

    const Answering& question_;
    const core::State& state_;
    const core::Case& subject_;
};

/// Without another wish as far back as the law goes.
Span asked_by_law(const Answering& question, const core::Case& subject, Regime regime) {
    const std::chrono::year_month_day today{
        core::day_of(question.state, subject, question.state.now)};
    std::chrono::year_month_day first = today - look_back(regime);
    if (!first.ok()) {  // 29 February
        first = first.year() / first.month() / std::chrono::last;
    }
    return {core::beginning_of(question.state, subject, Date{first}), kNever};
}

}  // namespace

Answer answer_disclosures(const Answering& question) {
    const auto subject = question.told_case();
    if (!subject) {
        return subject.error();
    }
    const auto regime = parse_regime(question.argument("regime"));
    if (!regime) {
        return refuse(RefusalReason::InvalidField, "regime", "say hipaa, part2 or all");
    }
    const auto span = span_of(question, *subject, asked_by_law(question, **subject, *regime));
    if (!span) {
        return span.error();
    }
    if (question.only_whether) {
        return {};
    }
    const bool with_exempt = question.argument("exempt") == "yes";
    const bool with_owed = question.argument("owed") == "yes";
    const Accounting accounting(question, **subject);
    Answer answer;
    for (const Disclosure& disclosure : disclosures_of(question, question.client)) {
        const bool is_asked = span->holds(disclosure.at) &&
                              (with_owed || disclosure.left != Left::Owed) &&
                              accounting.reader_sees(disclosure.delivery);
        if (!is_asked) {
            continue;
        }
        const Told told = accounting.told_of(disclosure.delivery);
        const bool is_subject_to = std::ranges::any_of(
            told.grounds, [&](const Ground& ground) { return is_subject(ground, *regime); });
        const std::string_view exempt = exemption(told.grounds, *regime);
        const bool is_listed =
            (is_subject_to || *regime == Regime::All) && (with_exempt || exempt.empty());
        if (is_listed) {
            answer.lines.push_back(text_of(accounting.line(disclosure, told, exempt)));
        }
    }
    return answer;
}

}  // namespace carehub::follower
