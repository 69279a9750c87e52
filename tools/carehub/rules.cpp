// rules: what the alert engine looks for, how it is set, and what a rule would have raised.
#include <algorithm>
#include <charconv>
#include <iostream>

#include <boost/json.hpp>

#include "hub/daemon/rule_trial.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/page.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

Result<int> list(const Run& run) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("rules", {}));
    print_lines(lines, run.json,
                {{"rule", "rule"},
                 {"on", "enabled"},
                 {"at stake", "consequence"},
                 {"action", "action"},
                 {"time to respond", "time_to_respond"},
                 {"priority", "priority"}},
                "No rules.");
    return 0;
}

void print_rule(const json::object& rule) {
    std::cout << text_at(rule, "rule") << ", version " << text_at(rule, "version")
              << (text_at(rule, "enabled") == "true" ? "" : ", switched off") << "\n\n";
    print_table({"it says", text_at(rule, "situation")},
                {{"at stake", text_at(rule, "consequence")},
                 {"action", text_at(rule, "action")},
                 {"time to respond", text_at(rule, "time_to_respond")},
                 {"priority", text_at(rule, "priority")}});
    std::vector<std::vector<std::string>> rows;
    const json::value* settings = rule.if_contains("settings");
    if (settings != nullptr && settings->is_array()) {
        for (const json::value& item : settings->get_array()) {
            const json::object& setting = item.get_object();
            rows.push_back({text_at(setting, "setting"), text_at(setting, "value"),
                            text_at(setting, "default"),
                            text_at(setting, "min") + " to " + text_at(setting, "max"),
                            text_at(setting, "meaning"), text_at(setting, "set_by")});
        }
    }
    std::cout << "\n";
    if (rows.empty()) {
        std::cout << "Nothing of it can be set but `enabled`.\n";
    } else {
        print_table({"setting", "value", "default", "allowed", "meaning", "set by"}, rows);
    }
}

Result<int> show(const Run& run, const std::string& name) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("rules", {}));
    const auto found = std::ranges::find_if(
        lines, [&](const std::string& line) { return text_at(parse_line(line), "rule") == name; });
    if (found == lines.end()) {
        return fail(ErrorCode::NotFound, "no such rule: see `carehub rules list`");
    }
    if (run.json) {
        std::cout << *found << "\n";
    } else {
        print_rule(parse_line(*found));
    }
    return 0;
}

Result<std::int64_t> number_of(const std::string& text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) {
        return fail(ErrorCode::Invalid,
                    "a setting's value is a whole number, not \"" + text + "\"");
    }
    return value;
}

struct Assignment {
    std::string setting;
    std::int64_t value = 0;
};

Result<Assignment> assignment_of(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) {
        return fail(ErrorCode::Invalid, "write a setting as name=value, not \"" + text + "\"");
    }
    CAREHUB_TRY(const std::int64_t value, number_of(text.substr(equals + 1)));
    return Assignment{text.substr(0, equals), value};
}

Result<int> set(const Run& run, const std::string& rule, const std::string& told,
                const std::string& reason) {
    CAREHUB_TRY(const Assignment assignment, assignment_of(told));
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const Receipt receipt,
                door.command(RuleCommand{rule, assignment.setting, assignment.value, reason}));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    const bool changed = receipt.status == ReceiptStatus::Accepted;
    if (run.json) {
        std::cout << json::serialize(json::object{{"rule", rule},
                                                  {"setting", assignment.setting},
                                                  {"value", assignment.value},
                                                  {"status", changed ? "accepted" : "duplicate"},
                                                  {"sequence", receipt.sequence.value}})
                  << "\n";
    } else {
        std::cout << rule << ": " << assignment.setting << (changed ? " is now " : " was already ")
                  << assignment.value << ".\n";
    }
    return 0;
}

void print_trial(const daemon::TrialReport& report, const daemon::TrialOrder& order) {
    std::cout << order.rule << " would have been raised " << report.raised << " time(s) about "
              << report.clients << " client(s) from " << to_iso(report.from) << " to "
              << to_iso(report.until) << ".\n\n";
    std::vector<std::vector<std::string>> rows;
    for (const daemon::TrialRow& row : report.rows) {
        rows.push_back({row.owner.empty() ? "nobody" : row.owner, to_iso(row.week),
                        std::to_string(row.raised)});
    }
    print_table({"owner", "week of", "raised"}, rows);
}

json::object to_json(const daemon::TrialReport& report, const daemon::TrialOrder& order) {
    json::object severities;
    for (const auto& [severity, raised] : report.by_severity) {
        severities[name_of(severity)] = raised;
    }
    json::array rows;
    for (const daemon::TrialRow& row : report.rows) {
        rows.push_back(
            json::object{{"owner", row.owner}, {"week", to_iso(row.week)}, {"raised", row.raised}});
    }
    return {{"rule", order.rule},
            {"from", to_iso(report.from)},
            {"until", to_iso(report.until)},
            {"raised", report.raised},
            {"clients", report.clients},
            {"by_severity", std::move(severities)},
            {"rows", std::move(rows)}};
}

Result<int> try_out(const Run& run, daemon::TrialOrder order,
                    const std::vector<std::string>& settings) {
    for (const std::string& told : settings) {
        CAREHUB_TRY(Assignment assignment, assignment_of(told));
        order.settings[std::move(assignment.setting)] = assignment.value;
    }
    CAREHUB_TRY(const daemon::TrialReport report, daemon::try_rule(folder_of(run), order));
    if (run.json) {
        std::cout << json::serialize(to_json(report, order)) << "\n";
    } else {
        print_trial(report, order);
    }
    return 0;
}

void add_set(CLI::App& rules, Run& run) {
    struct Words {
        std::string rule;
        std::string setting;
        std::string reason;
    };
    auto words = std::make_shared<Words>();
    auto* command = subcommand(rules, "set", "set a threshold of a rule, or switch it: enabled=0");
    option(*command, "RULE", words->rule, "its name")->required();
    option(*command, "SETTING", words->setting, "name=value")->required();
    option(*command, "--reason", words->reason, "why")->required();
    runs(command, run,
         [&run, words] { return set(run, words->rule, words->setting, words->reason); });
}

void add_try(CLI::App& rules, Run& run) {
    auto order = std::make_shared<daemon::TrialOrder>();
    auto settings = std::make_shared<std::vector<std::string>>();
    auto* command = subcommand(
        rules, "try", "what a rule would have raised, per owner and week, from the journal's past");
    option(*command, "RULE", order->rule, "its name")->required();
    option(*command, "--days", order->days, "days back from now")
        ->check(CLI::Range(1, 3650))
        ->capture_default_str();
    option(*command, "--set", *settings, "name=value, instead of what is in force");
    runs(command, run, [&run, order, settings] { return try_out(run, *order, *settings); });
}

}  // namespace

void add_rules(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "rules", "the rules that raise alerts");
    command->require_subcommand(1);
    runs(subcommand(*command, "list", "rules, what is at stake, and how long there is to act"), run,
         [&run] { return list(run); });
    auto name = std::make_shared<std::string>();
    auto* shown = subcommand(*command, "show", "one rule in full, with its settings");
    option(*shown, "RULE", *name, "its name")->required();
    runs(shown, run, [&run, name] { return show(run, *name); });
    add_try(*command, run);
    add_set(*command, run);
}

}  // namespace carehub::tool
