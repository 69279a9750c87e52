// What was told under a link that a person ended, and who looked meanwhile: what a supervisor
// reviews.
#include <algorithm>
#include <map>
#include <set>

#include "hub/core/keyed.hpp"
#include "hub/core/repartition.hpp"
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
    std::size_t alerts = 0;  ///< notices of alerts that spoke of them
};

/// What was ended: a link, or the merger of two clients.
struct Ended {
    SubjectHash subject;  ///< none: a merger

    /// An event's entry names the identifier it came with, as the link does. While two were one, each
    /// event of either may have been told on the other's word: rather too many than none.
    [[nodiscard]] bool holds(const Entry& entry) const {
        return entry.input_kind == InputKind::Submission &&
               (subject.is_none() || entry.subject == subject);
    }
};

Ended ended_by(const Decisions& ending, const Matter& breach) {
    if (!ending.merges.empty() || ending.links.empty()) {
        return {};
    }
    const auto own = std::ranges::find_if(ending.links, [&](const Link& link) {
        return core::breach_id(breach.last, link.subject) == breach.id;
    });
    return {own == ending.links.end() ? ending.links.front().subject : own->subject};
}

/// What the alert's page tells beside the alert.
class Review {
public:
    explicit Review(const core::State& state) : state_(state) {}

    void add_event(const Entry& entry) {
        for (const Route& route : entry.decisions.routes) {
            // Who never had a link was told nothing.
            if (route.form == Form::Unset || !had_link(route.recipient)) {
                continue;
            }
            Told& told = told_[state_.text(route.recipient)];
            ++told.count;
            if (told.events.size() < kEventsShown) {
                told.events.push_back(event_id_of(entry.sequence));
            }
        }
    }

    void add_alert(const Delivery& delivery) {
        if (const Partner* recipient = state_.partner(delivery.recipient)) {
            ++told_[state_.text(recipient->name)].alerts;
        }
    }

    void add_read(const Entry& entry) {
        if (const Partner* reader = state_.partner(entry.principal)) {
            looked_.insert(state_.text(reader->name));
        }
    }

    void put_into(json::object& shown) const {
        json::array told;
        for (const auto& [recipient, one] : told_) {
            told.push_back(json::object{{"recipient", recipient},
                                        {"count", one.count},
                                        {"events", array_of(one.events)},
                                        {"alerts", one.alerts}});
        }
        shown["told"] = std::move(told);
        shown["looked"] = array_of(looked_);
    }

private:
    [[nodiscard]] bool had_link(Symbol name) const {
        return std::ranges::any_of(
            state_.partners, [name](const auto& numbered) { return numbered.second.name == name; });
    }

    const core::State& state_;
    std::map<std::string_view, Told> told_;
    std::set<std::string_view> looked_;
};

/// Whether an alert of the case spoke of what came under that link.
bool speaks_of(const Answering& question, const core::Case& subject, AlertId id,
               const Ended& ended) {
    // It may have gone along to the other client since.
    const auto has_it = question.state.alert_clients.find(id);
    const core::Case* holder = has_it == question.state.alert_clients.end()
                                   ? &subject
                                   : question.state.case_or_office(has_it->second);
    const Alert* alert = holder == nullptr ? nullptr : core::find(holder->alerts, id);
    return alert != nullptr && std::ranges::any_of(alert->finding.evidence, [&](Sequence evidence) {
               const auto entry = question.entries.head(evidence);
               return entry && ended.holds(*entry);
           });
}

}  // namespace

void add_review(const Answering& question, const core::Case& subject, const Alert& alert,
                json::object& shown) {
    const Matter* breach = breach_of(subject, alert);
    if (breach == nullptr || question.by_case_manager() || !question.tells(subject, alert)) {
        return;  // it speaks of another person
    }
    const auto ending = question.entries.decisions(breach->last);
    if (!ending) {
        return;
    }
    const Ended ended = ended_by(*ending, *breach);
    Review review(question.state);
    for (const Sequence sequence : question.follower.entries_of(subject.client.id)) {
        if (sequence < breach->first || sequence > breach->last) {
            continue;
        }
        const auto entry = question.entries.head(sequence);
        if (entry && entry->input_kind == InputKind::Read) {
            review.add_read(*entry);
        } else if (entry && ended.holds(*entry)) {
            review.add_event(*entry);
        }
        if (!entry) {
            continue;
        }
        for (const Delivery& delivery : entry->decisions.deliveries) {
            // The breach's own notice tells of nobody else's affairs.
            if (delivery.is_alert && delivery.client == subject.client.id &&
                delivery.alert != alert.id && delivery.state == DeliveryState::Queued &&
                speaks_of(question, subject, delivery.alert, ended)) {
                review.add_alert(delivery);
            }
        }
    }
    review.put_into(shown);
}

}  // namespace carehub::follower
