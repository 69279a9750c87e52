// The questions `trail_client` and `trail_event`: what was done with what came in.
#include "hub/follower/answering.hpp"

namespace carehub::follower {
namespace {

/// From inclusive, to exclusive.
struct Span {
    UtcTime from = UtcTime::min();
    UtcTime to = kNever;

    [[nodiscard]] bool holds(UtcTime time) const { return from <= time && time < to; }
};

/// A bound that the question names: a time, or a date for its beginning where the client lives.
tl::expected<UtcTime, Answer> bound_of(const Answering& question, const core::Case* subject,
                                       const std::string& name, UtcTime unasked) {
    const std::string text = question.argument(name);
    if (text.empty()) {
        return unasked;
    }
    if (const auto time = parse_iso_time(text)) {
        return *time;
    }
    if (const auto date = parse_iso_date(text)) {
        return subject == nullptr ? UtcTime{*date}
                                  : core::beginning_of(question.state, *subject, *date);
    }
    return tl::unexpected(
        refuse(RefusalReason::InvalidField, name,
               "use a time such as 2026-07-10T09:00:00-04:00, or a date such as 2026-07-10"));
}

tl::expected<Span, Answer> span_of(const Answering& question, const core::Case* subject) {
    const auto from = bound_of(question, subject, "from", Span{}.from);
    if (!from) {
        return tl::unexpected(from.error());
    }
    const auto to = bound_of(question, subject, "to", Span{}.to);
    if (!to) {
        return tl::unexpected(to.error());
    }
    return Span{*from, *to};
}

std::string_view delivery_word(DeliveryState state) {
    switch (state) {
        case DeliveryState::Queued: return "queued";
        case DeliveryState::Withdrawn: return "withdrawn";
        case DeliveryState::Refused: return "refused";
        case DeliveryState::DeadLettered: return "dead-lettered";
        case DeliveryState::Unset: break;
    }
    return "";
}

/// Words what one entry decided about one client: an entry may speak of several.
class Steps {
public:
    Steps(const Answering& question, ClientId about) : question_(question), about_(about) {}

    std::string actor_of(const Entry& entry) const {
        const Partner* actor = question_.state.partner(entry.principal);
        return actor == nullptr ? "hub" : std::string(question_.state.text(actor->name));
    }

    json::object step(const Entry& entry, std::string_view kind, std::string_view recipient,
                      std::string_view result, std::string_view detail) const {
        const core::Case* subject = question_.state.find_case(about_);
        const Symbol zone = subject == nullptr ? Symbol{} : subject->client.zone;
        const bool event = entry.input_kind == InputKind::Submission;
        return {{"sequence", entry.sequence.value},
                {"at", local_iso(question_.state, zone, entry.at)},
                {"kind", kind},
                {"client", subject == nullptr ? "" : question_.person(subject->client.id)->name},
                {"partner", actor_of(entry)},
                {"actor", actor_of(entry)},
                {"event_id", event ? "h-" + std::to_string(entry.sequence.value) : ""},
                {"recipient", recipient},
                {"result", result},
                {"detail", detail}};
    }

    /// Why somebody said whose an identifier is: it may speak of two people.
    std::string reason_of(const Entry& entry) const {
        if (entry.input_kind != InputKind::Command || !question_.reads_all()) {
            return "";
        }
        const auto command = codec::decode_command(entry.input);
        const auto* told = command ? std::get_if<LinkCommand>(&*command) : nullptr;
        return told == nullptr ? "" : told->reason;
    }

    void add(const Entry& entry, std::vector<std::string>& lines) const {
        const bool event = entry.input_kind == InputKind::Submission;
        const bool refused = entry.decisions.refused != RefusalReason::None;
        lines.push_back(text_of(
            step(entry, event ? name_of(entry.event_kind) : name_of(entry.input_kind), "",
                 refused ? "refused" : "accepted",
                 refused ? std::string(name_of(entry.decisions.refused)) : reason_of(entry))));
        for (const Route& route : entry.decisions.routes) {
            const bool allowed = route.form != Form::Unset;
            lines.push_back(text_of(
                step(entry, allowed ? "DisclosureRecorded" : "AccessDenied",
                     question_.state.text(route.recipient), allowed ? "routed" : "withheld",
                     allowed ? form_word(route.form) : std::string(name_of(route.withheld)))));
        }
        for (const auto& owned : entry.decisions.alerts) {
            const core::Case* subject = question_.state.find_case(owned.client);
            if (owned.client != about_ ||
                (subject != nullptr && !question_.reader_sees(*subject, owned.record))) {
                continue;
            }
            const core::RuleInfo* rule = question_.follower.rule(owned.record.finding.rule);
            lines.push_back(
                text_of(step(entry, "Alert", question_.state.text(owned.record.owner),
                             name_of(owned.record.state), rule == nullptr ? "" : rule->name)));
        }
        for (const Delivery& delivery : entry.decisions.deliveries) {
            if (delivery.client != about_) {
                continue;
            }
            const Partner* to = question_.state.partner(delivery.recipient);
            lines.push_back(text_of(step(entry, delivery.is_alert ? "AlertNotice" : "Notice",
                                         to == nullptr ? "" : question_.state.text(to->name),
                                         delivery_word(delivery.state), form_word(delivery.form))));
        }
        for (const DeadLetter& letter : entry.decisions.dead_letters) {
            if (letter.delivery.client != about_) {
                continue;
            }
            const Partner* to = question_.state.partner(letter.delivery.recipient);
            lines.push_back(text_of(step(entry, "DeadLetter",
                                         to == nullptr ? "" : question_.state.text(to->name),
                                         name_of(letter.state), name_of(letter.stage))));
        }
    }

private:
    const Answering& question_;
    ClientId about_;
};

/// The entry of the event that the question names, when the asker may read it; else the refusal.
tl::expected<EntryPtr, Answer> readable_event(const Answering& question) {
    const auto sequence = question.event();
    const auto entry = sequence ? question.entries.entry(*sequence)
                                : Result<EntryPtr>(fail(ErrorCode::NotFound, ""));
    if (!entry || (*entry)->input_kind != InputKind::Submission) {
        return tl::unexpected(refuse(RefusalReason::NotFound, "event",
                                     "name an event id such as h-12 from its receipt"));
    }
    const core::Case* subject = question.state.find_case((*entry)->decisions.client);
    if (!question.reader_sees(**entry) || (subject != nullptr && !question.may_read(*subject))) {
        return tl::unexpected(
            refuse(RefusalReason::NotAllowed, "event", "ask the client's own case manager"));
    }
    return *entry;
}

}  // namespace

Answer answer_trail_client(const Answering& question) {
    const auto subject = question.readable_case();
    if (!subject) {
        return subject.error();
    }
    const auto span = span_of(question, *subject);
    if (!span) {
        return span.error();
    }
    const Steps steps(question, question.client);
    Answer answer;
    for (const Sequence sequence : question.follower.entries_of(question.client)) {
        const auto entry = question.entries.entry(sequence);
        if (entry && span->holds((*entry)->at) && question.reader_sees(**entry)) {
            steps.add(**entry, answer.lines);
        }
    }
    return answer;
}

Answer answer_trail_event(const Answering& question) {
    const auto entry = readable_event(question);
    if (!entry) {
        return entry.error();
    }
    const auto span = span_of(question, question.state.find_case((*entry)->decisions.client));
    if (!span) {
        return span.error();
    }
    Answer answer;
    if (span->holds((*entry)->at)) {
        Steps(question, (*entry)->decisions.client).add(**entry, answer.lines);
    }
    return answer;
}

}  // namespace carehub::follower
