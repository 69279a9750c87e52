// The questions `deadletters` and `deadletter`: deliveries the hub gave up, and inputs that stopped
// it.
#include <charconv>

#include "hub/codec/control.hpp"
#include "hub/follower/answering.hpp"

namespace carehub::follower {
namespace {

Answer staff_only() {
    return refuse(RefusalReason::NotAllowed, "name",
                  "ask a supervisor, the integration team or an operator");
}

/// "" for who is told of feeds and not of clients.
std::string client_name(const Answering& question, ClientId client) {
    const core::Case* subject = question.state.find_case(client);
    return subject == nullptr || !question.may_read(*subject) ? "" : question.person(client)->name;
}

/// A supervisor is not told of another's client that there is a letter.
bool may_list(const Answering& question, ClientId client) {
    const core::Case* subject = question.state.find_case(client);
    return subject == nullptr || question.may_ask_fate(*subject);
}

json::object line_of(const Answering& question, const DeadLetter& letter) {
    const core::State& state = question.state;
    const Delivery& delivery = letter.delivery;
    const Partner* recipient = state.partner(delivery.recipient);
    const Partner* discloser = state.partner(delivery.discloser);
    const std::string name = recipient == nullptr ? "" : std::string(state.text(recipient->name));
    const std::uint64_t first =
        delivery.first_number == 0 ? delivery.number : delivery.first_number;
    return {{"id", name + "/" + std::to_string(delivery.number)},
            {"recipient", name},
            {"number", delivery.number},
            {"first_number", first},
            {"event_id", delivery.is_alert ? "" : event_id_of(delivery.entry)},
            {"alert_id", delivery.is_alert ? to_text(delivery.alert) : ""},
            {"kind", delivery.is_alert ? "Alert" : name_of(delivery.kind)},
            {"client", client_name(question, delivery.client)},
            {"partner", discloser == nullptr ? "" : std::string(state.text(discloser->name))},
            {"stage", name_of(letter.stage)},
            {"reason", letter.reason == RefusalReason::None ? "" : name_of(letter.reason)},
            {"attempts", letter.attempts},
            {"at", to_iso(letter.at)}};
}

/// An input refused as poison; `mark.entry` is its first refusal.
json::object line_of(const Answering& question, const PoisonMark& mark) {
    const auto entry = question.entries.entry(mark.entry);
    const Partner* sender = entry ? question.state.partner((*entry)->principal) : nullptr;
    const bool is_event = entry && (*entry)->input_kind == InputKind::Submission;
    return {{"id", event_id_of(mark.entry)},
            {"recipient", ""},
            {"number", 0},
            {"first_number", 0},
            {"event_id", event_id_of(mark.entry)},
            {"alert_id", ""},
            {"kind", is_event ? name_of((*entry)->event_kind) : "Command"},
            {"client", entry ? client_name(question, (*entry)->decisions.client) : ""},
            {"partner", sender == nullptr ? "" : std::string(question.state.text(sender->name))},
            {"stage", "Input"},
            {"reason", name_of(RefusalReason::Poison)},
            {"attempts", 1},
            {"at", entry ? to_iso((*entry)->at) : ""}};
}

std::optional<std::uint64_t> number_of(const std::string& text) {
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? std::optional(number)
                                                                           : std::nullopt;
}

const DeadLetter* find_letter(const Answering& question) {
    const core::State& state = question.state;
    const Partner* recipient = state.partner_named(state.symbol(question.argument("recipient")));
    const auto number = number_of(question.argument("number"));
    if (recipient == nullptr || !number) {
        return nullptr;
    }
    const auto outbox = state.outboxes.find(recipient->id);
    if (outbox == state.outboxes.end()) {
        return nullptr;
    }
    const auto letter = outbox->second.dead_letters.find(*number);
    return letter == outbox->second.dead_letters.end() ? nullptr : &letter->second;
}

const PoisonMark* find_poison(const Answering& question) {
    const auto sequence = parse_event_id(question.argument("entry"));
    if (!sequence) {
        return nullptr;
    }
    for (const auto& [fingerprint, mark] : question.state.poison) {
        if (mark.entry == *sequence) {
            return &mark;
        }
    }
    return nullptr;
}

/// With what the recipient said, where it said something.
json::object whole_line_of(const Answering& question, const DeadLetter& letter) {
    json::object line = line_of(question, letter);
    const auto told = letter.told_by.value == 0 ? Result<EntryPtr>(fail(ErrorCode::NotFound, ""))
                                                : question.entries.entry(letter.told_by);
    const auto verdict = told ? codec::decode_verdict((*told)->input)
                              : Result<codec::Verdict>(fail(ErrorCode::NotFound, ""));
    line["field"] = verdict ? verdict->refusal.field : "";
    const bool is_operator = question.asked.reader.role == StaffRole::Operator;
    line["words"] = verdict && !is_operator ? verdict->refusal.fix : "";
    return line;
}

}  // namespace

Answer answer_deadletters(const Answering& question) {
    if (question.by_case_manager()) {
        return staff_only();
    }
    if (question.only_whether) {
        return {};
    }
    const core::State& state = question.state;
    const std::string wanted = question.argument("recipient");
    Answer answer;
    for (const auto& [id, outbox] : state.outboxes) {
        const Partner* recipient = state.partner(id);
        if (!wanted.empty() && (recipient == nullptr || state.text(recipient->name) != wanted)) {
            continue;
        }
        for (const auto& [number, letter] : outbox.dead_letters) {
            if (may_list(question, letter.delivery.client)) {
                answer.lines.push_back(text_of(line_of(question, letter)));
            }
        }
    }
    for (const auto& [fingerprint, mark] : state.poison) {
        if (wanted.empty() && mark.entry.value != 0) {
            answer.lines.push_back(text_of(line_of(question, mark)));
        }
    }
    return answer;
}

Answer answer_deadletter(const Answering& question) {
    if (question.by_case_manager()) {
        return staff_only();
    }
    if (const PoisonMark* mark = find_poison(question)) {
        return {{text_of(line_of(question, *mark))}, {}};
    }
    const DeadLetter* letter = find_letter(question);
    if (letter != nullptr && may_list(question, letter->delivery.client)) {
        return {{text_of(whole_line_of(question, *letter))}, {}};
    }
    return refuse(RefusalReason::NotFound, "number",
                  "name one of `carehub deadletters list`: RECIPIENT/NUMBER, or h-12");
}

}  // namespace carehub::follower
