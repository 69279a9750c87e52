// The questions `alerts` and `alert`.
#include "hub/core/escalation.hpp"
#include "hub/core/keyed.hpp"
#include "hub/follower/answering.hpp"

namespace carehub::follower {
namespace {

/// Until when it waits for somebody to be at work who was told of it; null when somebody is.
json::value waits_until(const Answering& question, const core::Case& subject, const Alert& alert,
                        Symbol zone) {
    const UtcTime now = question.state.now;
    const UtcTime attended = alert.state == AlertState::Raised
                                 ? core::attended_from(question.state, subject, alert, now)
                                 : now;
    if (attended <= now) {
        return nullptr;
    }
    return json::string(attended == kNever ? "unknown" : local_iso(question.state, zone, attended));
}

const std::vector<SuggestionText> kNoSuggestions;

json::object to_json(const Answering& question, const core::Case& subject, const Alert& alert) {
    const AlertNotice notice = render_alert(question.follower, question.entries, subject, alert);
    const Symbol zone = acting_zone(question.state, subject, alert);
    const auto local = [&](UtcTime time) { return local_iso(question.state, zone, time); };
    const bool tells = question.tells(subject, alert);
    json::array suggestions;
    for (const SuggestionText& suggestion : tells ? notice.suggestions : kNoSuggestions) {
        suggestions.push_back(json::object{{"action", suggestion.action},
                                           {"obligation", suggestion.obligation},
                                           {"by", local(suggestion.by)},
                                           {"who", suggestion.who},
                                           {"needs_consent", suggestion.needs_consent},
                                           {"why", suggestion.why}});
    }
    return {
        {"alert_id", notice.alert_id},
        {"rule", notice.rule},
        {"severity", name_of(notice.severity)},
        {"state", name_of(notice.state)},
        {"client", question.person(subject.client.id)->name},
        {"owner", notice.owner},
        {"raised_at", local(notice.raised_at)},
        {"act_by", local(notice.act_by)},
        {"count", notice.count},
        {"latched", alert.finding.latched},
        {"claimed_by", question.state.text(alert.claimed_by)},
        {"claimed_until", alert.claimed_by.value == 0 ? std::string() : local(alert.claimed_until)},
        {"waits_until", waits_until(question, subject, alert, zone)},
        {"accepted", alert.accepted},
        {"reopened", alert.reopened},
        {"shown", shown_word(tells ? Sight::Own : Sight::Metadata)},
        {"text", tells ? notice.text : ""},
        {"obligations", tells ? array_of(notice.obligations) : json::array()},
        {"suggestions", suggestions},
        {"evidence", array_of(notice.evidence)}};
}

/// Which alerts a list is to hold.
struct Wanted {
    std::string owner;
    std::optional<RuleId> rule;
    std::optional<AlertState> state;
    bool in_any_state = false;
};

Answer refuse_state() {
    std::string fix = "use all";
    for (std::size_t i = 1; i < enum_count<AlertState>(); ++i) {
        fix.append(i + 1 == enum_count<AlertState>() ? " or " : ", ")
            .append(name_of(static_cast<AlertState>(i)));
    }
    return refuse(RefusalReason::InvalidField, "state", fix);
}

Answer refuse_rule() {
    return refuse(RefusalReason::InvalidField, "rule", "use a rule of `carehub rules list`");
}

std::optional<AlertState> state_named(std::string_view name) {
    for (std::size_t i = 1; i < enum_count<AlertState>(); ++i) {
        if (is_same_word(name_of(static_cast<AlertState>(i)), name)) {
            return static_cast<AlertState>(i);
        }
    }
    return std::nullopt;
}

std::optional<RuleId> rule_named(const core::RuleSet& rules, std::string_view name) {
    for (const auto& rule : rules) {
        if (is_same_word(rule->info().name, name)) {
            return rule->info().id;
        }
    }
    return std::nullopt;
}

tl::expected<Wanted, Answer> wanted_of(const Answering& question) {
    const std::string state = question.argument("state");
    const std::string rule = question.argument("rule");
    Wanted wanted;
    wanted.owner = question.argument("owner");
    wanted.in_any_state = is_same_word(state, "all");
    wanted.state = state_named(state);
    if (!state.empty() && !wanted.in_any_state && !wanted.state) {
        return tl::unexpected(refuse_state());
    }
    wanted.rule = rule_named(question.follower.rules(), rule);
    if (!rule.empty() && !wanted.rule) {
        return tl::unexpected(refuse_rule());
    }
    return wanted;
}

/// Unasked, a list shows what waits for a person: what is shelved is out of sight until its time.
bool waits(AlertState state) { return is_current(state) && state != AlertState::Shelved; }

bool fits(const Answering& question, const Wanted& wanted, const Alert& alert) {
    const bool in_state =
        wanted.in_any_state || (wanted.state ? alert.state == *wanted.state : waits(alert.state));
    return in_state && (wanted.owner.empty() || question.state.text(alert.owner) == wanted.owner) &&
           (!wanted.rule || alert.finding.rule == *wanted.rule);
}

void add_wanted(const Answering& question, const Wanted& wanted, const core::Case& subject,
                const Alert& alert, Answer& answer) {
    if (fits(question, wanted, alert) && question.reader_sees(subject, alert)) {
        answer.lines.push_back(text_of(to_json(question, subject, alert)));
    }
}

Answer unknown_alert() {
    return refuse(RefusalReason::NotFound, "alert", "name an alert from `carehub alerts list`");
}

}  // namespace

Answer answer_alerts(const Answering& question) {
    const auto wanted = wanted_of(question);
    if (!wanted) {
        return wanted.error();
    }
    Answer answer;
    if (!question.argument("client").empty()) {
        const core::Case* subject = question.state.find_case(question.client);
        if (subject == nullptr) {
            return refuse(RefusalReason::UnknownClient, "client", "name a client of the roster");
        }
        if (question.may_read(*subject)) {
            for (const Alert& alert : subject->alerts) {
                add_wanted(question, *wanted, *subject, alert, answer);
            }
        }
        return answer;
    }
    if (question.only_whether) {
        return {};
    }
    for (const auto& [id, client] : question.state.alert_clients) {
        const core::Case* subject = question.state.case_or_office(client);
        const Alert* alert = subject == nullptr ? nullptr : core::find(subject->alerts, id);
        if (alert != nullptr && question.may_read(*subject)) {
            add_wanted(question, *wanted, *subject, *alert, answer);
        }
    }
    return answer;
}

Answer answer_alert(const Answering& question) {
    const core::State& state = question.state;
    const auto id = parse_alert_id(question.argument("alert"));
    const auto client = id ? state.alert_clients.find(*id) : state.alert_clients.end();
    if (client == state.alert_clients.end()) {
        return unknown_alert();
    }
    const core::Case& subject = *state.case_or_office(client->second);
    if (!question.may_read(subject)) {
        return refuse(RefusalReason::NotAllowed, "alert", "ask the client's own case manager");
    }
    const Alert& alert = *core::find(subject.alerts, *id);
    if (!question.reader_sees(subject, alert)) {
        return unknown_alert();  // that it exists is told as little as what it says
    }
    if (question.only_whether) {
        return {};
    }
    json::object shown = to_json(question, subject, alert);
    add_review(question, subject, alert, shown);
    add_break_glass(question, subject, alert, shown);
    return {{text_of(shown)}, {}};
}

}  // namespace carehub::follower
