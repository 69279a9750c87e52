// The questions `alerts` and `alert`.
#include "hub/core/keyed.hpp"
#include "hub/follower/answering.hpp"

namespace carehub::follower {
namespace {

json::object to_json(const Answering& question, const core::Case& subject, const Alert& alert) {
    const AlertNotice notice = render_alert(question.follower, question.entries, subject, alert);
    const auto local = [&](UtcTime time) {
        return local_iso(question.state, subject.client.zone, time);
    };
    json::array suggestions;
    for (const SuggestionText& suggestion : notice.suggestions) {
        suggestions.push_back(json::object{{"action", suggestion.action},
                                           {"obligation", suggestion.obligation},
                                           {"by", local(suggestion.by)},
                                           {"who", suggestion.who},
                                           {"needs_consent", suggestion.needs_consent},
                                           {"why", suggestion.why}});
    }
    return {{"alert_id", notice.alert_id},
            {"rule", notice.rule},
            {"severity", name_of(notice.severity)},
            {"state", name_of(notice.state)},
            {"client", question.follower.people().name(subject.client.id)},
            {"owner", notice.owner},
            {"raised_at", local(notice.raised_at)},
            {"act_by", local(notice.act_by)},
            {"count", notice.count},
            {"latched", alert.finding.latched},
            {"text", notice.text},
            {"obligations", array_of(notice.obligations)},
            {"suggestions", suggestions},
            {"evidence", array_of(notice.evidence)}};
}

bool is_wanted(const Answering& question, const Alert& alert) {
    if (alert.state == AlertState::Suppressed &&
        question.asked.reader.role == StaffRole::CaseManager) {
        return false;
    }
    const std::string state = question.argument("state");
    const std::string owner = question.argument("owner");
    const std::string rule = question.argument("rule");
    const core::RuleInfo* info = question.follower.rule(alert.finding.rule);
    const bool state_fits =
        state == "all" || (state.empty() ? is_listed(alert.state) : name_of(alert.state) == state);
    return state_fits && (owner.empty() || question.state.text(alert.owner) == owner) &&
           (rule.empty() || (info != nullptr && info->name == rule));
}

void add_wanted(const Answering& question, const core::Case& subject, const Alert& alert,
                Answer& answer) {
    if (is_wanted(question, alert)) {
        answer.lines.push_back(text_of(to_json(question, subject, alert)));
    }
}

}  // namespace

Answer answer_alerts(const Answering& question) {
    Answer answer;
    if (!question.argument("client").empty()) {
        const core::Case* subject = question.state.find_case(question.client);
        if (subject == nullptr) {
            return refuse(RefusalReason::UnknownClient, "client", "name a client of the roster");
        }
        if (question.may_read(*subject)) {
            for (const Alert& alert : subject->alerts) {
                add_wanted(question, *subject, alert, answer);
            }
        }
        return answer;
    }
    for (const auto& [id, client] : question.state.alert_clients) {
        const core::Case* subject = question.state.find_case(client);
        const Alert* alert = subject == nullptr ? nullptr : core::find(subject->alerts, id);
        if (alert != nullptr && question.may_read(*subject)) {
            add_wanted(question, *subject, *alert, answer);
        }
    }
    return answer;
}

Answer answer_alert(const Answering& question) {
    const core::State& state = question.state;
    const auto id = parse_alert_id(question.argument("alert"));
    const auto client = id ? state.alert_clients.find(*id) : state.alert_clients.end();
    if (client == state.alert_clients.end()) {
        return refuse(RefusalReason::NotFound, "alert", "name an alert from `carehub alerts list`");
    }
    const core::Case& subject = *state.find_case(client->second);
    if (!question.may_read(subject)) {
        return refuse(RefusalReason::NotAllowed, "alert", "ask the client's own case manager");
    }
    return {{text_of(to_json(question, subject, *core::find(subject.alerts, *id)))}, {}};
}

}  // namespace carehub::follower
