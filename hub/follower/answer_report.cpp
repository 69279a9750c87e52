// The question `report`: how each rule fares, and how much each owner gets (domain/10, metrics).
//
// What State remembers is the last thirty days: alerts that are closed longer stand in the trail.
#include <algorithm>
#include <map>

#include "hub/core/keyed.hpp"
#include "hub/follower/answering.hpp"

namespace carehub::follower {
namespace {

/// Design of domain/10: interrupting alerts of one owner on one working day.
constexpr std::uint64_t kBudgetPerDay = 10;

struct Card {
    std::uint64_t raised = 0;
    std::uint64_t acknowledged = 0;
    std::uint64_t dismissed = 0;  ///< closed as no problem or as a duplicate
    std::uint64_t cleared_unseen = 0;
    std::uint64_t hidden = 0;  ///< suppressed by design
    std::vector<Micros> to_acknowledge;
    std::vector<Micros> to_clear;
};

json::value median_minutes(std::vector<Micros> spans) {
    if (spans.empty()) {
        return nullptr;
    }
    const auto middle = spans.begin() + static_cast<std::ptrdiff_t>(spans.size() / 2);
    std::ranges::nth_element(spans, middle);
    return std::chrono::duration_cast<std::chrono::minutes>(*middle).count();
}

void count(const Alert& alert, Card& card) {
    if (alert.state == AlertState::Suppressed) {
        ++card.hidden;
        return;
    }
    ++card.raised;
    if (alert.acknowledged_at != kUnknownTime) {
        ++card.acknowledged;
        card.to_acknowledge.push_back(alert.acknowledged_at - alert.raised_at);
    }
    const bool dismissed =
        alert.outcome == AlertOutcome::NotAProblem || alert.outcome == AlertOutcome::Duplicate;
    card.dismissed += dismissed ? 1U : 0U;
    card.cleared_unseen += alert.state == AlertState::ClearedUnseen ? 1U : 0U;
    if (alert.cleared_at != kUnknownTime) {
        card.to_clear.push_back(alert.cleared_at - alert.raised_at);
    }
}

json::object to_json(std::string_view rule, const Card& card) {
    return {{"rule", rule},
            {"raised", card.raised},
            {"acted_on", card.acknowledged},
            {"dismissed", card.dismissed},
            {"cleared_unseen", card.cleared_unseen},
            {"suppressed", card.hidden},
            {"median_minutes_to_acknowledge", median_minutes(card.to_acknowledge)},
            {"median_minutes_to_clear", median_minutes(card.to_clear)}};
}

/// Interrupting alerts of one owner by local day.
using Days = std::map<Date, std::uint64_t>;

json::object to_json(std::string_view owner, const Days& days) {
    std::uint64_t all = 0;
    std::uint64_t most = 0;
    std::uint64_t over = 0;
    for (const auto& [day, raised] : days) {
        all += raised;
        most = std::max(most, raised);
        over += raised > kBudgetPerDay ? 1U : 0U;
    }
    return {{"owner", owner},        {"interrupting", all},     {"days", days.size()},
            {"most_in_a_day", most}, {"budget", kBudgetPerDay}, {"days_over_budget", over}};
}

/// Numbers alone tell of no client: who keeps the rules is told of all.
bool is_counted(const Answering& question, const core::Case& subject, const Alert& alert) {
    return question.may_read(subject) ? question.reader_sees(subject, alert)
                                      : question.may_ask_fate(subject);
}

}  // namespace

Answer answer_report(const Answering& question) {
    if (question.only_whether) {
        return {};
    }
    const core::State& state = question.state;
    std::map<RuleId, Card> cards;
    std::map<std::string, Days> owners;
    for (const auto& [id, client] : state.alert_clients) {
        const core::Case* subject = state.case_or_office(client);
        const Alert* known = subject == nullptr ? nullptr : core::find(subject->alerts, id);
        if (known != nullptr && is_counted(question, *subject, *known)) {
            const Alert& alert = *known;
            count(alert, cards[alert.finding.rule]);
            if (alert.state != AlertState::Suppressed && alert.finding.severity <= Severity::High) {
                const std::string iso =
                    local_iso(state, acting_zone(state, *subject, alert), alert.raised_at);
                const auto day = parse_iso_date(std::string_view(iso).substr(0, 10));
                ++owners[std::string(state.text(alert.owner))][day.value_or(Date{})];
            }
        }
    }
    Answer answer;
    for (const auto& [rule, card] : cards) {
        const core::RuleInfo* info = question.follower.rule(rule);
        answer.lines.push_back(text_of(to_json(info == nullptr ? "Unknown" : info->name, card)));
    }
    for (const auto& [owner, days] : owners) {
        answer.lines.push_back(text_of(to_json(owner, days)));
    }
    return answer;
}

}  // namespace carehub::follower
