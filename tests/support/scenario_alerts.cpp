#include "tests/support/scenario_alerts.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "hub/core/free_times.hpp"

namespace carehub::test {
namespace {

const core::RuleSet& all() {
    static const core::RuleSet kRules = rules::all_rules();
    return kRules;
}

RuleId id_of(const std::string& rule) {
    const auto found =
        std::ranges::find_if(all(), [&](const auto& one) { return one->info().name == rule; });
    if (found == all().end()) {
        throw std::invalid_argument("there is no rule " + rule);
    }
    return (*found)->info().id;
}

std::string_view name_of_rule(RuleId id) {
    const auto found =
        std::ranges::find_if(all(), [&](const auto& one) { return one->info().id == id; });
    return found == all().end() ? "?" : (*found)->info().name;
}

/// The youngest: alerts are ordered by id.
const Alert* find_alert(const World& world, const std::string& rule, const std::string& client) {
    const Alert* found = nullptr;
    const RuleId id = id_of(rule);
    for (const Alert& alert : world.subject(client).alerts) {
        found = alert.finding.rule == id ? &alert : found;
    }
    return found;
}

bool is_open(const Alert& alert) {
    return alert.state == AlertState::Raised || alert.state == AlertState::Acknowledged ||
           alert.state == AlertState::Shelved;
}

/// Cleared, or closed; a hard fact by a person, not by the source that took it back.
bool has_ended(const Alert& alert) {
    const bool over = alert.state == AlertState::ClearedUnseen || alert.state == AlertState::Closed;
    const bool taken_back = alert.finding.latched && alert.outcome == AlertOutcome::Superseded;
    return over && !taken_back;
}

bool is_obligation(const World& world, ObligationId id, const std::string& told) {
    return std::ranges::any_of(world.machine.state().partners, [&](const auto& partner) {
        const std::string name(world.machine.state().text(partner.second.name));
        return id.value == World::hash(name, told);
    });
}

std::string check_names(const World& world, const Finding& finding, Words& words) {
    std::size_t named = 0;
    for (; !words.done(); ++named) {
        const std::string id = words.next();
        if (std::ranges::none_of(finding.obligations, [&](ObligationId obligation) {
                return is_obligation(world, obligation, id);
            })) {
            return "it does not name " + id;
        }
    }
    return named == finding.obligations.size()
               ? ""
               : "it names " + std::to_string(finding.obligations.size()) + " obligations";
}

std::string check_suggestion(const World& world, const Finding& finding, Words& words) {
    const std::string wanted = words.next();
    if (finding.suggestions.empty()) {
        return "it suggests nothing";
    }
    const Suggestion& first = finding.suggestions.front();
    if (name_of(first.action) != wanted) {
        return "it suggests " + std::string(name_of(first.action));
    }
    return words.take("of") && !is_obligation(world, first.obligation, words.next())
               ? "it suggests it of another obligation"
               : "";
}

/// One of the words that follow the alert; `state` is kept for the end.
std::string check_word(const World& world, const Alert& alert, Words& words, AlertState& state) {
    const std::string word = words.next();
    if (word == "by") {
        const UtcTime by = take_time(world.zone(), words);
        return alert.finding.act_by == by
                   ? ""
                   : "act-by is " + to_iso(world.zone(), alert.finding.act_by);
    }
    if (word == "owner") {
        const std::string_view named = world.machine.state().text(alert.owner);
        return named == words.next() ? "" : "the owner is " + std::string(named);
    }
    if (word == "outcome") {
        return name_of(alert.outcome) == words.next()
                   ? ""
                   : "the outcome is " + std::string(name_of(alert.outcome));
    }
    if (word == "reopened") {
        return std::to_string(alert.reopened) == words.next()
                   ? ""
                   : "it was reopened " + std::to_string(alert.reopened) + " times";
    }
    if (word == "suggests") {
        return check_suggestion(world, alert.finding, words);
    }
    if (word == "names") {
        return check_names(world, alert.finding, words);
    }
    if (const auto severity = parse_name<Severity>(word)) {
        return alert.finding.severity == *severity
                   ? ""
                   : "severity is " + std::string(name_of(alert.finding.severity));
    }
    if (const auto told = parse_name<AlertState>(word)) {
        state = *told;
        return "";
    }
    return "neither a state nor a severity: " + word;
}

/// Whether a notice of the alert was put into that person's outbox and not taken back.
std::string check_told(const World& world, Words& words, bool wanted) {
    const std::string name = words.next();
    const std::string rule = words.next();
    const Alert* alert = find_alert(world, rule, words.next());
    std::map<std::uint64_t, DeliveryState> told;
    for (const Entry& entry : world.entries) {
        for (const Delivery& delivery : entry.decisions.deliveries) {
            if (alert != nullptr && delivery.is_alert && delivery.alert == alert->id &&
                delivery.recipient == world.partner(name)) {
                told[delivery.number] = delivery.state;
            }
        }
    }
    const auto notices = std::ranges::count_if(
        told, [](const auto& one) { return one.second == DeliveryState::Queued; });
    const bool miscounted =
        (words.take("once") && notices > 1) || (words.take("twice") && notices != 2);
    if (miscounted) {
        return name + " was told " + std::to_string(notices) + " times";
    }
    return (notices > 0) == wanted ? "" : name + (wanted ? " was not told" : " was told");
}

std::string check_count(const World& world, std::size_t wanted, Words& words) {
    const RuleId rule = id_of(words.next());
    const auto open =
        std::ranges::count_if(world.subject(words.next()).alerts,
                              [&](const Alert& a) { return a.finding.rule == rule && is_open(a); });
    return static_cast<std::size_t>(open) == wanted ? "" : std::to_string(open) + " are open";
}

std::string check_free(const World& world, Words& words) {
    const std::string id = words.next();
    words.take("of");
    const core::Case& subject = world.subject(words.next());
    const auto appointment = std::ranges::find_if(subject.obligations, [&](const Obligation& one) {
        return is_obligation(world, one.id, id);
    });
    if (appointment == subject.obligations.end()) {
        return "there is no appointment " + id;
    }
    const FreeTime* free =
        core::next_free_time(world.machine.state(), subject, *appointment, world.now);
    const std::string found = free == nullptr ? "none" : to_iso(world.zone(), free->from);
    const bool right = words.take("none")
                           ? free == nullptr
                           : free != nullptr && free->from == take_time(world.zone(), words);
    return right ? "" : "free is " + found;
}

bool is_number(const std::string& word) {
    return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

UtcTime take_time(const TimeZone& zone, Words& words) {
    const std::string date = words.next();
    const std::string clock = words.next();
    const auto day = parse_iso_date(date);
    if (!day || clock.size() != 5) {
        throw std::invalid_argument("a story writes times as 2026-07-09 10:00");
    }
    const auto local = LocalTime{day->time_since_epoch()} +
                       std::chrono::hours{std::stoi(clock.substr(0, 2))} +
                       std::chrono::minutes{std::stoi(clock.substr(3, 2))};
    return to_utc(zone, local).time;
}

std::string AlertsTold::act(World& world, AlertAct what, const std::string& who, Words& words) {
    const std::string rule = words.next();
    const Alert* alert = find_alert(world, rule, words.next());
    if (alert == nullptr) {
        return "there is no alert " + rule;
    }
    AlertCommand command;
    command.alert = alert->id;
    command.act = what;
    command.outcome = what == AlertAct::Close ? AlertOutcome::NotAProblem : AlertOutcome::Unset;
    command.suggestion = 1;
    if (words.take("as")) {
        command.outcome = parse_name<AlertOutcome>(words.next()).value_or(AlertOutcome::Unset);
    }
    if (what == AlertAct::Shelve) {
        words.take("until");
        command.until = take_time(world.zone(), words);
        command.reason = "a story";
    }
    return accepted(world.command(command, who));
}

std::string AlertsTold::act_as(World& world, const std::string& verb, const std::string& who,
                               Words& words) {
    static const std::map<std::string, AlertAct> kActs = {{"acknowledge", AlertAct::Acknowledge},
                                                          {"close", AlertAct::Close},
                                                          {"claim", AlertAct::Claim},
                                                          {"release", AlertAct::Release},
                                                          {"accept", AlertAct::Accept},
                                                          {"shelve", AlertAct::Shelve}};
    const auto found = kActs.find(verb);
    return found == kActs.end() ? "nobody can " + verb : act(world, found->second, who, words);
}

std::string AlertsTold::expect(World& world, Words& words) {
    ++expectations_;
    if (words.take("no")) {
        return expect_none(world, words);
    }
    if (words.take("told")) {
        return check_told(world, words, true);
    }
    if (words.take("free")) {
        return check_free(world, words);
    }
    if (words.take("not")) {
        return words.take("told") ? check_told(world, words, false) : "expect not told NAME";
    }
    const std::string rule = words.next();
    if (is_number(rule)) {
        return check_count(world, std::stoul(rule), words);
    }
    return expect_alert(world, rule, words);
}

std::string AlertsTold::expect_alert(World& world, const std::string& rule, Words& words) {
    const Alert* alert = find_alert(world, rule, words.next());
    if (alert == nullptr) {
        return "no " + rule + " was raised";
    }
    AlertState state = AlertState::Raised;
    while (!words.done()) {
        if (std::string problem = check_word(world, *alert, words, state); !problem.empty()) {
            return problem;
        }
    }
    if (alert->state != state) {
        return "state is " + std::string(name_of(alert->state));
    }
    if (is_open(*alert)) {
        raised_.insert(rule);
    } else if (has_ended(*alert)) {
        ended_.insert(rule);
    }
    return "";
}

std::string AlertsTold::expect_none(const World& world, Words& words) {
    const std::string rule = words.next();
    const bool any = rule == "alert";
    const RuleId id = any ? RuleId{} : id_of(rule);
    for (const Alert& alert : world.subject(words.next()).alerts) {
        if (is_open(alert) && (any || alert.finding.rule == id)) {
            return std::string(name_of_rule(alert.finding.rule)) + " is " +
                   std::string(name_of(alert.state));
        }
    }
    return "";
}

}  // namespace carehub::test
