// What was told under a link that a person ended: the list a supervisor reviews.
#include "hub/core/keyed.hpp"
#include "hub/follower/answering.hpp"

namespace carehub::follower {
namespace {

/// Of one recipient; how many there were is told beside them.
constexpr std::size_t kEventsShown = 50;

/// The matter that the alert is about; null when it is about something else.
const Matter* breach_of(const core::Case& subject, const Alert& alert) {
    const Matter* matter = alert.finding.matters.empty()
                               ? nullptr
                               : core::find(subject.matters, alert.finding.matters.front());
    return matter != nullptr && matter->kind == MatterKind::LinkBreach ? matter : nullptr;
}

struct Told {
    std::size_t count = 0;
    std::vector<std::string> events;
};

/// An event's entry names the identifier it came with, as the link does.
bool is_under(const Entry& entry, const Decisions& ending) {
    return entry.input_kind == InputKind::Submission && !ending.links.empty() &&
           entry.subject == ending.links.front().subject;
}

}  // namespace

json::array told_in_breach(const Answering& question, const core::Case& subject,
                           const Alert& alert) {
    const Matter* breach = breach_of(subject, alert);
    const auto ending = breach == nullptr
                            ? Result<Decisions>(fail(ErrorCode::NotFound, "no breach"))
                            : question.entries.decisions(breach->last);
    if (!ending) {
        return {};
    }
    std::map<std::string_view, Told> by_recipient;
    for (const Sequence sequence : question.follower.entries_of(subject.client.id)) {
        if (sequence < breach->first || sequence > breach->last) {
            continue;
        }
        const auto entry = question.entries.head(sequence);
        if (!entry || !is_under(*entry, *ending)) {
            continue;
        }
        for (const Route& route : entry->decisions.routes) {
            // Who has no link is told nothing.
            const bool received = route.form != Form::Unset &&
                                  question.state.partner_named(route.recipient) != nullptr;
            if (received) {
                Told& told = by_recipient[question.state.text(route.recipient)];
                ++told.count;
                if (told.events.size() < kEventsShown) {
                    told.events.push_back(event_id_of(sequence));
                }
            }
        }
    }
    json::array out;
    for (const auto& [recipient, told] : by_recipient) {
        out.push_back(json::object{
            {"recipient", recipient}, {"count", told.count}, {"events", array_of(told.events)}});
    }
    return out;
}

}  // namespace carehub::follower
