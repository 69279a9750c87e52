// The questions `fate` (of staff, about any event or alert they may read about) and `fate_of` (of
// everybody, about an event of their own).
#include "hub/core/keyed.hpp"
#include "hub/follower/fate_steps.hpp"

namespace carehub::follower {
namespace {

/// Submissions, and messages the door refused before they were one.
bool is_received(const Entry& entry) {
    return entry.input_kind == InputKind::Submission || entry.input_kind == InputKind::Refused;
}

Result<EntryPtr> named_entry(const Answering& question) {
    const auto sequence = question.event();
    if (!sequence) {
        return fail(ErrorCode::NotFound, "");
    }
    CAREHUB_TRY(EntryPtr entry, question.entries.entry(*sequence));
    if (!is_received(*entry)) {
        return fail(ErrorCode::NotFound, "");
    }
    return entry;
}

Answer answer_with(const Entry& entry, json::array steps) {
    const bool refused = entry.decisions.refused != RefusalReason::None;
    return {{text_of({{"event_id", event_id_of(entry.sequence)},
                      {"status", refused ? "refused" : "accepted"},
                      {"sequence", entry.sequence.value},
                      {"steps", std::move(steps)}})},
            {}};
}

Answer not_allowed() {
    return refuse(RefusalReason::NotAllowed, "event", "ask the client's own case manager");
}

Audience audience_of(const Answering& question) {
    return question.asked.reader.role == StaffRole::Operator ? Audience::Operator : Audience::Staff;
}

/// Who reads about the client, of an alert it sees.
bool may_ask(const Answering& question, const core::Case& subject, const Alert& alert) {
    return question.may_ask_fate(subject) &&
           (!question.may_read(subject) || question.reader_sees(subject, alert));
}

Answer answer_alert_fate(const Answering& question, const AlertId& id) {
    const auto client = question.state.alert_clients.find(id);
    const core::Case* subject = client == question.state.alert_clients.end()
                                    ? nullptr
                                    : question.state.find_case(client->second);
    const Alert* alert = subject == nullptr ? nullptr : core::find(subject->alerts, id);
    if (alert == nullptr) {
        return refuse(RefusalReason::NotFound, "event",
                      "name an alert of `carehub alerts list`, such as a-12-0");
    }
    if (!may_ask(question, *subject, *alert)) {
        return not_allowed();
    }
    return {{text_of({{"event_id", to_text(id)},
                      {"status", name_of(alert->state)},
                      {"sequence", id.sequence.value},
                      {"steps",
                       FateSteps(question, audience_of(question)).of_alert(id, client->second)}})},
            {}};
}

}  // namespace

Answer answer_fate(const Answering& question) {
    if (const auto alert = parse_alert_id(question.argument("event"))) {
        return answer_alert_fate(question, *alert);
    }
    const auto entry = named_entry(question);
    if (!entry) {
        return refuse(RefusalReason::NotFound, "event",
                      "name an event id such as h-12 from its receipt, or the partner and its own "
                      "id of the event, with the feed where that is not called as the partner is");
    }
    const core::Case* subject = question.state.find_case((*entry)->decisions.client);
    if (!question.reader_sees(**entry) ||
        (subject != nullptr && !question.may_ask_fate(*subject))) {
        return not_allowed();
    }
    if (question.only_whether) {
        return {};
    }
    return answer_with(**entry, FateSteps(question, audience_of(question)).of_event(**entry));
}

Answer answer_fate_of(const Answering& question) {
    const auto entry = named_entry(question);
    if (!entry || (*entry)->principal != question.asked.reader.id) {
        return refuse(RefusalReason::NotFound, "id",
                      "name the source_msg_id and the feed of an accepted event of your own");
    }
    return answer_with(**entry, FateSteps(question, Audience::Sender).of_event(**entry));
}

}  // namespace carehub::follower
