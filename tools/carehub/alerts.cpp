// alerts: what waits for a case manager, and what a person does about it.
#include <algorithm>
#include <iostream>

#include <boost/json.hpp>

#include "hub/follower/alert_text.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/page.hpp"
#include "tools/carehub/words.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

using follower::Arguments;

struct ActWords {
    AlertAct act;
    const char* name;
    const char* meaning;
    const char* done;
};

constexpr ActWords kActs[] = {
    {AlertAct::Acknowledge, "ack", "you have seen it and act on it", "acknowledged"},
    {AlertAct::Shelve, "shelve", "out of sight until a time", "shelved"},
    {AlertAct::Close, "close", "it is dealt with", "closed"},
    {AlertAct::Claim, "claim", "of a team's alert: it is yours for some hours", "claimed"},
    {AlertAct::Release, "release", "give a claim back to the team", "released"},
    {AlertAct::Accept, "accept", "one of its suggestions is what you do", "accepted"},
};

const ActWords& act_of(AlertAct act) { return *std::ranges::find(kActs, act, &ActWords::act); }

struct ActArguments {
    std::string alert;
    std::string until;
    std::string reason;
    std::string outcome;
    std::uint8_t suggestion = 0;
};

/// Gravest first, then what has to be done first.
std::pair<std::size_t, UtcTime> urgency_of(const json::object& alert) {
    const auto severity = parse_name<Severity>(text_at(alert, "severity"));
    const auto act_by = parse_iso_time(text_at(alert, "act_by"));
    return {severity ? static_cast<std::size_t>(*severity) : enum_count<Severity>(),
            act_by.value_or(kNever)};
}

void print_alert_table(const std::vector<json::object>& alerts) {
    if (alerts.empty()) {
        std::cout << "No alerts.\n";
        return;
    }
    std::vector<std::vector<std::string>> rows;
    for (const json::object& alert : alerts) {
        rows.push_back({text_at(alert, "alert_id"), text_at(alert, "severity"),
                        text_at(alert, "rule"), text_at(alert, "state"), text_at(alert, "client"),
                        text_at(alert, "owner"), spoken_time(text_at(alert, "act_by")),
                        text_at(alert, "text")});
    }
    print_table({"alert", "severity", "rule", "state", "client", "owner", "act by", "text"}, rows);
}

Result<int> list(const Run& run, const Arguments& arguments) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("alerts", arguments));
    std::vector<json::object> alerts;
    for (const std::string& line : lines) {
        alerts.push_back(parse_line(line));
    }
    std::stable_sort(alerts.begin(), alerts.end(),
                     [](const auto& a, const auto& b) { return urgency_of(a) < urgency_of(b); });
    if (!run.json) {
        print_alert_table(alerts);
        return 0;
    }
    for (const json::object& alert : alerts) {
        std::cout << json::serialize(alert) << "\n";
    }
    return 0;
}

void print_suggestions(const json::object& alert) {
    const json::value* suggestions = alert.if_contains("suggestions");
    if (suggestions == nullptr || !suggestions->is_array() || suggestions->get_array().empty()) {
        return;
    }
    std::cout << "\nWhat can be done, best first\n";
    std::size_t rank = 0;
    for (const json::value& item : suggestions->get_array()) {
        const json::object& suggestion = item.get_object();
        const json::value* consent = suggestion.if_contains("needs_consent");
        std::string text = std::to_string(++rank) + ". " + in_words(text_at(suggestion, "action"));
        const std::string obligation = text_at(suggestion, "obligation");
        text += obligation.empty() ? "" : " " + obligation;
        text += ", by the " + in_words(text_at(suggestion, "who")) + ", until " +
                spoken_time(text_at(suggestion, "by")) + ": " + text_at(suggestion, "why") + ".";
        text += consent != nullptr && consent->is_bool() && consent->get_bool()
                    ? " Ask the client's consent first."
                    : "";
        print_paragraph(text, "  ");
    }
}

void print_evidence(const json::object& alert) {
    const json::value* evidence = alert.if_contains("evidence");
    if (evidence == nullptr || !evidence->is_array() || evidence->get_array().empty()) {
        return;
    }
    std::cout << "\nEvidence (carehub trail event ID)\n  ";
    for (const json::value& sequence : evidence->get_array()) {
        std::cout << "h-" << json::serialize(sequence) << " ";
    }
    std::cout << "\n";
}

/// Of a link that turned out wrong: who was told what under it.
void print_told(const json::object& alert) {
    const json::value* told = alert.if_contains("told");
    if (told == nullptr || !told->is_array()) {
        return;
    }
    std::cout << "\nTold under it (carehub fate ID)\n";
    for (const json::value& item : told->get_array()) {
        const json::object& one = item.get_object();
        print_paragraph(text_at(one, "recipient") + ", " + text_at(one, "count") +
                            " event(s): " + text_at(one, "events") +
                            "; alerts about them: " + text_at(one, "alerts"),
                        "  ");
    }
    print_paragraph("Read about the client meanwhile: " + text_at(alert, "looked") + ".", "  ");
}

/// Of a reading in an emergency: by whom, and why.
void print_opened(const json::object& alert) {
    const std::string reader = text_at(alert, "opened_by");
    if (!reader.empty()) {
        std::cout << "\n";
        print_paragraph("Read by " + reader + ": " + text_at(alert, "reason"));
    }
}

bool is_over(const json::object& alert) {
    const auto state = parse_name<AlertState>(text_at(alert, "state"));
    return state == AlertState::ClearedUnseen || state == AlertState::Closed;
}

/// What the hub would accept of this alert as it stands.
void print_next(const json::object& alert) {
    const auto state = parse_name<AlertState>(text_at(alert, "state"));
    const std::string id = text_at(alert, "alert_id");
    if (state == AlertState::Closed) {
        return;
    }
    std::cout << "\nNext\n";
    if (state == AlertState::Raised || state == AlertState::ClearedUnseen) {
        std::cout << "  carehub alerts ack " << id << "\n";
    }
    if (state == AlertState::Raised || state == AlertState::Acknowledged ||
        state == AlertState::Shelved) {
        std::cout << "  carehub alerts shelve " << id << " --until TIME --reason WHY\n";
    }
    std::cout << "  carehub alerts close " << id << " --outcome Resolved --note WHAT\n";
}

void print_page(const json::object& alert) {
    const std::string id = text_at(alert, "alert_id");
    std::cout << id << "  " << text_at(alert, "severity") << "  "
              << in_words(text_at(alert, "rule")) << "\n\n";
    std::vector<std::vector<std::string>> rows = {
        {"owner", text_at(alert, "owner")},
        {"state",
         in_words(text_at(alert, "state")) + ", seen " + text_at(alert, "count") + " time(s)"},
        {"raised", spoken_time(text_at(alert, "raised_at"))}};
    if (!is_over(alert)) {
        rows.push_back({"act by", spoken_time(text_at(alert, "act_by"))});
    }
    print_table({"client", text_at(alert, "client")}, rows);
    std::cout << "\n";
    print_paragraph(text_at(alert, "text"));
    if (!is_over(alert)) {
        print_suggestions(alert);
    }
    print_evidence(alert);
    print_told(alert);
    print_opened(alert);
    print_next(alert);
}

Result<int> show(const Run& run, const std::string& id) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("alert", {{"alert", id}}));
    print_pages(lines, run.json, print_page);
    return 0;
}

Result<AlertCommand> command_of(AlertAct act, const ActArguments& arguments) {
    const auto id = follower::parse_alert_id(arguments.alert);
    if (!id) {
        return fail(ErrorCode::Invalid,
                    "an alert's id looks like a-12-0: see `carehub alerts list`");
    }
    AlertCommand command;
    command.alert = *id;
    command.act = act;
    command.reason = arguments.reason;
    command.suggestion = arguments.suggestion;
    if (act == AlertAct::Shelve) {
        const auto until = parse_iso_time(arguments.until);
        if (!until) {
            return fail(ErrorCode::Invalid,
                        "--until wants a time such as 2026-07-10T09:00:00-04:00");
        }
        command.until = *until;
    }
    if (act == AlertAct::Close) {
        const auto outcome = parse_word<AlertOutcome>(arguments.outcome);
        if (!outcome) {
            return fail(ErrorCode::Invalid,
                        "--outcome wants Resolved, Moved, ClientInformed, NotAProblem, "
                        "Duplicate, CannotResolve or Superseded");
        }
        command.outcome = *outcome;
    }
    return command;
}

Result<int> act_on(const Run& run, AlertAct act, const ActArguments& arguments) {
    CAREHUB_TRY(const AlertCommand command, command_of(act, arguments));
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const Receipt receipt, door.command(command));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    const bool changed = receipt.status == ReceiptStatus::Accepted;
    if (run.json) {
        std::cout << json::serialize(json::object{{"alert_id", arguments.alert},
                                                  {"status", changed ? "accepted" : "duplicate"},
                                                  {"sequence", receipt.sequence.value}})
                  << "\n";
        return 0;
    }
    std::cout << arguments.alert << (changed ? " is " : " was already ") << act_of(act).done
              << ".\n";
    return 0;
}

void add_list(CLI::App& command, Run& run) {
    auto arguments = std::make_shared<Arguments>();
    for (const auto& [name, meaning] :
         {std::pair{"owner", "of this case manager or team"}, std::pair{"client", "of this client"},
          std::pair{"state", "in this state; all: shelved and closed ones too"},
          std::pair{"rule", "of this rule, see `carehub rules list`"}}) {
        command.add_option_function<std::string>(
            "--" + std::string(name),
            [arguments, key = std::string(name)](const std::string& value) {
                (*arguments)[key] = value;
            },
            meaning);
    }
    subcommand(command, "list", "what is open, gravest first (the default)");
    // The parent's callback runs after its subcommand's, which may have chosen other work.
    command.callback([&command, &run, arguments] {
        if (command.get_subcommands().empty() || command.got_subcommand("list")) {
            run.work = [&run, arguments] { return list(run, *arguments); };
        }
    });
}

CLI::App* add_act(CLI::App& command, Run& run, AlertAct act,
                  const std::shared_ptr<ActArguments>& arguments) {
    auto* added = subcommand(command, act_of(act).name, act_of(act).meaning);
    option(*added, "ID", arguments->alert, "the alert, a-12-0")->required();
    runs(added, run, [&run, act, arguments] { return act_on(run, act, *arguments); });
    return added;
}

}  // namespace

void add_alerts(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "alerts", "what collides or is late, and what to do");
    add_list(*command, run);
    auto id = std::make_shared<std::string>();
    auto* show_command = subcommand(*command, "show", "one alert in full");
    option(*show_command, "ID", *id, "the alert, a-12-0")->required();
    runs(show_command, run, [&run, id] { return show(run, *id); });
    auto arguments = std::make_shared<ActArguments>();
    add_act(*command, run, AlertAct::Acknowledge, arguments);
    auto* shelve = add_act(*command, run, AlertAct::Shelve, arguments);
    option(*shelve, "--until", arguments->until, "ISO 8601 with offset")->required();
    option(*shelve, "--reason", arguments->reason, "why it can wait")->required();
    add_act(*command, run, AlertAct::Claim, arguments);
    add_act(*command, run, AlertAct::Release, arguments);
    auto* accept = add_act(*command, run, AlertAct::Accept, arguments);
    option(*accept, "--suggestion", arguments->suggestion, "which one, from 1")->required();
    add_board(*command, run);
    auto* close = add_act(*command, run, AlertAct::Close, arguments);
    option(*close, "--outcome", arguments->outcome, "Resolved, Moved, ClientInformed ...")
        ->required();
    option(*close, "--note", arguments->reason, "what was done");
}

}  // namespace carehub::tool
