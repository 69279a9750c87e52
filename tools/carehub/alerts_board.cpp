// alerts board, alerts report: the days ahead of each client, and how rules and owners fare.
#include <iostream>

#include <boost/json.hpp>

#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/page.hpp"
#include "tools/carehub/words.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

void print_client(const json::object& client) {
    std::cout << text_at(client, "client") << " (" << text_at(client, "owner") << ")\n";
    std::vector<std::vector<std::string>> rows;
    const json::value* items = client.if_contains("items");
    if (items != nullptr && items->is_array()) {
        for (const json::value& item : items->get_array()) {
            const json::object& line = item.get_object();
            rows.push_back({spoken_time(text_at(line, "at")), text_at(line, "clock"),
                            in_words(text_at(line, "kind")), in_words(text_at(line, "what")),
                            text_at(line, "severity"), text_at(line, "alert_id")});
        }
    }
    print_table({"when", "clock", "", "what", "severity", "alert"}, rows);
    std::cout << "\n";
}

Result<int> board(const Run& run, const follower::Arguments& arguments) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("board", arguments));
    for (const std::string& line : lines) {
        if (run.json) {
            std::cout << line << "\n";
        } else {
            print_client(parse_line(line));
        }
    }
    if (lines.empty() && !run.json) {
        std::cout << "Nothing is ahead.\n";
    }
    return 0;
}

Result<int> report(const Run& run) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("report", {}));
    std::vector<std::string> rules;
    std::vector<std::string> owners;
    for (const std::string& line : lines) {
        (parse_line(line).contains("rule") ? rules : owners).push_back(line);
    }
    print_lines(rules, run.json,
                {{"rule", "rule"},
                 {"raised", "raised"},
                 {"acted on", "acted_on"},
                 {"dismissed", "dismissed"},
                 {"cleared unseen", "cleared_unseen"},
                 {"minutes to ack", "median_minutes_to_acknowledge"},
                 {"minutes to clear", "median_minutes_to_clear"}},
                "No alerts in the last thirty days.");
    if (!owners.empty()) {
        std::cout << (run.json ? "" : "\n");
        print_lines(owners, run.json,
                    {{"owner", "owner"},
                     {"interrupting", "interrupting"},
                     {"days", "days"},
                     {"most in a day", "most_in_a_day"},
                     {"days over budget", "days_over_budget"}},
                    "");
    }
    return 0;
}

}  // namespace

void add_board(CLI::App& alerts, Run& run) {
    auto arguments = std::make_shared<follower::Arguments>();
    auto* command = subcommand(alerts, "board",
                               "what is ahead of each client: care, law and housing in one list");
    const auto option = [&](const std::string& name, const std::string& meaning) {
        command->add_option_function<std::string>(
            "--" + name,
            [arguments, name](const std::string& value) { (*arguments)[name] = value; }, meaning);
    };
    option("hours", "how far ahead, 72 by default");
    option("owner", "of this case manager");
    runs(command, run, [&run, arguments] { return board(run, *arguments); });
    runs(subcommand(alerts, "report", "how each rule and each owner fares, last thirty days"), run,
         [&run] { return report(run); });
}

}  // namespace carehub::tool
