// The question `explain`: why this recipient may or may not be told of this event, today.
#include <algorithm>

#include "hub/core/claims.hpp"
#include "hub/core/keyed.hpp"
#include "hub/follower/explain.hpp"
#include "hub/follower/permit_words.hpp"

namespace carehub::follower {
namespace {

constexpr std::string_view kOwnerWord = "owner";

std::optional<core::Recipient> recipient_named(const Answering& question,
                                               const core::Case* subject) {
    const core::State& state = question.state;
    const std::string name = question.argument("recipient");
    if (name == kOwnerWord) {
        return subject == nullptr || subject->client.owner.value == 0
                   ? std::nullopt
                   : std::optional(core::Recipient{subject->client.owner, PartnerKind::Staff});
    }
    const Symbol symbol = state.symbol(name);
    if (const Partner* partner = state.partner_named(symbol)) {
        return core::Recipient{symbol, partner->kind};
    }
    return state.staff.contains(symbol) ? std::optional(core::Recipient{symbol, PartnerKind::Staff})
                                        : std::nullopt;
}

/// Labels of the event, of its place, and of what the case keeps of it, then and now.
Labels labels_of(const Asking& asking, const Partner& discloser) {
    Labels labels = core::labels_of(asking.question.state, discloser, asking.event);
    const auto add = [&](const auto& decided, const auto& known) {
        for (const auto& [client, record] : decided) {
            if (record.last == asking.entry.sequence) {
                labels.add(record.labels);
                const auto* now = known.find(core::key_of(record));
                labels.add(now == nullptr ? Labels{} : now->labels);
            }
        }
    };
    add(asking.entry.decisions.obligations, asking.subject.obligations);
    add(asking.entry.decisions.stays, asking.subject.stays);
    add(asking.entry.decisions.matters, asking.subject.matters);
    return labels;
}

json::object head_of(const Answering& question, const Entry& entry) {
    return {{"event_id", event_id_of(entry.sequence)},
            {"recipient", question.argument("recipient")}};
}

void tell(json::object& told, const Plain& plain) {
    told["may"] = plain.may;
    told["form"] = plain.may ? "full" : "";
    told["rule"] = plain.rule;
    told["why"] = plain.why;
}

json::value told_consent(const Asking& asking, const Consent* consent) {
    if (consent == nullptr) {
        return {};
    }
    const auto end = core::end_of(*consent);
    return json::object{{"consent", document_id(asking.question.entries, *consent)},
                        {"kind", name_of(consent->kind)},
                        {"purpose", name_of(consent->purpose)},
                        {"signed", to_iso(consent->signed_on)},
                        {"expires", end ? json::value(to_iso(*end)) : json::value()}};
}

json::value told_agreement(const Agreement* agreement, const core::State& state) {
    if (agreement == nullptr) {
        return {};
    }
    return json::object{{"number", agreement->number},
                        {"purpose", name_of(agreement->purpose)},
                        {"basis", state.text(agreement->basis)},
                        {"valid_until", to_iso(agreement->valid_until)}};
}

/// The first instant at which what the answer rests on holds no more.
json::value until_of(const Asking& asking, const core::Permission& answer) {
    std::optional<Date> end;
    const auto consider = [&end](std::optional<Date> day) {
        end = day && (!end || *day < *end) ? day : end;
    };
    for (const Consent* consent : {answer.consent, answer.release}) {
        consider(consent == nullptr ? std::nullopt : core::end_of(*consent));
    }
    if (answer.agreement != nullptr) {
        consider(answer.agreement->valid_until + std::chrono::days{1});
    }
    const core::State& state = asking.question.state;
    const auto begins = [&](Date day) { return core::beginning_of(state, asking.subject, day); };
    return end ? json::value(local_iso(state, asking.subject.client.zone, begins(*end)))
               : json::value();
}

/// The client's other documents, and why each does not decide.
json::array considered(const Asking& asking, const core::Sought& sought,
                       const core::Permission& answer) {
    std::map<std::string, json::object> others;  // in the order of their ids
    const auto purpose =
        answer.agreement == nullptr ? std::nullopt : std::optional(answer.agreement->purpose);
    for (const Consent& consent : asking.subject.consents) {
        if (&consent == answer.consent || &consent == answer.release) {
            continue;
        }
        const core::Miss miss = core::miss_of(sought, consent, answer.need, purpose);
        const std::string id = document_id(asking.question.entries, consent);
        others[id + to_hex(consent.id.value)] = {
            {"consent", id}, {"kind", name_of(consent.kind)}, {"why_not", words_of(miss, consent)}};
    }
    json::array out;
    for (auto& [order, told] : others) {
        out.push_back(std::move(told));
    }
    return out;
}

/// What would make it another answer: the end of what it rests on, or what is needed.
json::array changes_of(const Asking& asking, const core::Sought& sought, Labels labels,
                       const core::Permission& answer) {
    if (!answer.may()) {
        return needed_for(sought, labels);
    }
    json::array out;
    for (const Consent* consent : {answer.release, answer.consent}) {
        const bool decides = consent != nullptr && answer.route.rule != PermitRule::Agreement;
        if (decides) {
            const std::string id = document_id(asking.question.entries, *consent);
            out.push_back(json::object{{"what", "revocation"},
                                       {"consent", id},
                                       {"text", "revocation or end of the consent " + id}});
        }
    }
    if (answer.agreement != nullptr) {
        const std::string number = std::to_string(answer.agreement->number);
        out.push_back(json::object{{"what", "end"},
                                   {"agreement", answer.agreement->number},
                                   {"text", "the end of agreement " + number}});
    }
    return out;
}

void tell_permission(const Asking& asking, const Partner& discloser, json::object& told) {
    const core::State& state = asking.question.state;
    const Labels labels = labels_of(asking, discloser);
    const core::Disclosed disclosed{discloser.id, asking.event.kind, labels,
                                    asking.event.occurred_at};
    const core::Permission answer =
        core::permission(state, asking.subject, disclosed, asking.recipient, state.now);
    const core::Sought sought =
        core::sought_of(state, asking.subject, discloser, disclosed, asking.recipient, state.now);
    const RuleWords words = words_of(answer.route.rule);
    told["may"] = answer.may();
    told["form"] = form_word(answer.route.form);
    told["rule"] = name_of(answer.route.rule);
    told["why"] = words.why;
    told["law"] = words.law;
    told["consent"] = told_consent(asking, answer.consent);
    told["release"] = told_consent(asking, answer.release);
    told["agreement"] = told_agreement(answer.may() ? answer.agreement : nullptr, state);
    told["until"] = answer.may() ? until_of(asking, answer) : json::value();
    told["changes"] = changes_of(asking, sought, labels, answer);
    told["considered"] = considered(asking, sought, answer);
}

/// What was decided when the event came.
json::value decided_then(const Asking& asking) {
    const auto& routes = asking.entry.decisions.routes;
    const auto route = std::ranges::find(routes, asking.recipient.name, &Route::recipient);
    if (route == routes.end()) {
        return {};
    }
    return json::object{
        {"at", local_iso(asking.question.state, asking.subject.client.zone, asking.entry.at)},
        {"form", form_word(route->form)},
        {"rule", name_of(route->rule)},
        {"withheld", route->withheld == Withheld::Unset ? "" : name_of(route->withheld)}};
}

Answer explain(const Asking& asking) {
    const Partner& discloser = *asking.question.state.partner(asking.entry.principal);
    json::object told = head_of(asking.question, asking.entry);
    told["kind"] = name_of(asking.event.kind);
    told["discloser"] = asking.question.state.text(discloser.name);
    if (const auto plain = plain_of(asking, discloser)) {
        tell(told, *plain);
    } else {
        tell_permission(asking, discloser, told);
    }
    told["paused"] = asking.principal != nullptr && asking.principal->paused;
    told["then"] = decided_then(asking);
    return {{text_of(told)}, {}};
}

}  // namespace

Answer answer_explain(const Answering& question) {
    const auto sequence = question.event();
    const auto entry = sequence ? question.entries.entry(*sequence)
                                : Result<EntryPtr>(fail(ErrorCode::NotFound, ""));
    const auto event = entry ? question.entries.submission(*sequence) : std::nullopt;
    if (!event) {
        return refuse(RefusalReason::NotFound, "event",
                      "name an event id such as h-12 from its receipt, or the partner and its own "
                      "id of the event, with the feed where that is not called as the partner is");
    }
    const core::Case* subject = question.state.find_case((*entry)->decisions.client);
    if (!question.reader_sees(**entry) || (subject != nullptr && !question.may_read(*subject))) {
        return refuse(RefusalReason::NotAllowed, "event", "ask the client's own case manager");
    }
    if (subject != nullptr && !question.tells(*subject)) {
        return ask_reason();
    }
    const auto recipient = recipient_named(question, subject);
    if (!recipient) {
        return refuse(RefusalReason::UnknownPartner, "recipient",
                      "name a partner of `carehub partner list`, a member of staff, or owner");
    }
    const bool is_refused = (*entry)->decisions.refused != RefusalReason::None;
    if (is_refused || subject == nullptr) {
        json::object told = head_of(question, **entry);
        tell(told, is_refused ? refused_event() : unlinked_event());
        return {{text_of(told)}, {}};
    }
    return explain({question, **entry, *event, *subject, *recipient,
                    question.state.partner_named(recipient->name)});
}

}  // namespace carehub::follower
