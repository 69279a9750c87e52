// client review: who may be the same person, with the evidence, for somebody to decide.
#include <cstdio>
#include <iostream>

#include <boost/json.hpp>

#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/page.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

/// With its sign and one digit behind the point.
std::string bits(const json::object& object, const std::string& key) {
    const json::value* told = object.if_contains(key);
    const double value = told == nullptr ? 0 : told->to_number<double>();
    char text[32];
    std::snprintf(text, sizeof text, "%+.1f", value);
    return text;
}

/// One word for a shell, whatever a partner wrote into it.
std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'') {
            out += "'\\''";
        } else {
            out.push_back(c);
        }
    }
    return out + "'";
}

void print_choices(const std::string& client, const std::string& one, const std::string& two) {
    std::cout << "one person:  carehub client " << one << " --reason ...\n"
              << "two people:  carehub client distinguish " << quoted(client) << " " << two
              << " --reason ...\n";
}

void print_decisions(const std::string& client, const json::object& other) {
    const std::string named = text_at(other, "client");
    if (!named.empty()) {
        print_choices(client, "merge " + quoted(client) + " " + quoted(named),
                      "--other " + quoted(named));
        return;
    }
    if (other.at("identifiers").as_array().empty()) {
        std::cout << "known by a number that nobody is shown: ask the partner which other one it "
                     "has of that person\n";
    }
    for (const json::value& value : other.at("identifiers").as_array()) {
        const json::object& identifier = value.as_object();
        const std::string options = "--authority " + quoted(text_at(identifier, "authority")) +
                                    " --type " + quoted(text_at(identifier, "type")) + " --id " +
                                    quoted(text_at(identifier, "value"));
        print_choices(client, "link " + quoted(client) + " " + options, options);
    }
}

void print_evidence(const json::object& pair) {
    std::vector<std::vector<std::string>> rows;
    for (const json::value& value : pair.at("evidence").as_array()) {
        const json::object& field = value.as_object();
        const std::string one_in = text_at(field, "one_in");
        const std::string agreement = text_at(field, "agreement");
        rows.push_back(
            {in_words(text_at(field, "field")), text_at(field, "client"), text_at(field, "other"),
             one_in == "0" ? agreement : agreement + ", one in " + one_in, bits(field, "weight")});
    }
    rows.push_back({"before", "", "", "any two people", bits(pair, "prior")});
    rows.push_back({"in all", "", "", "", bits(pair, "weight")});
    print_table({"field", "client", "other", "", "bits"}, rows);
}

void print_pair(const json::object& pair) {
    const std::string client = text_at(pair, "client");
    const json::object& other = pair.at("other").as_object();
    const std::string named = text_at(other, "client");
    std::cout << "\n"
              << client << " and "
              << (named.empty() ? "somebody " + text_at(other, "partner") + " told of (" +
                                      text_at(other, "event_id") + ")"
                                : named)
              << "\n";
    print_evidence(pair);
    print_decisions(client, other);
}

/// What was compared, and what was not.
void print_summary(const json::object& summary) {
    std::cout << text_at(summary, "proposals") << " pairs to decide about, of "
              << text_at(summary, "people") << " people compared\n";
    const auto print_if_any = [&](const std::string& key, const std::string& words) {
        if (text_at(summary, key) != "0") {
            std::cout << text_at(summary, key) << words << "\n";
        }
    };
    print_if_any("elsewhere", " more for another supervisor");
    print_if_any("clients_left_out", " older clients were not compared: name one to compare it");
    print_if_any("pairs_left_out", " pairs were not compared: too many share a birth date");
}

Result<int> review(const Run& run, const follower::Arguments& arguments) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("review", arguments));
    if (run.json) {
        print_lines(lines, true, {}, "");
        return 0;
    }
    for (const std::string& text : lines) {
        const json::object line = parse_line(text);
        line.contains("people") ? print_summary(line) : print_pair(line);
    }
    return 0;
}

}  // namespace

void add_client_review(CLI::App& client, Run& run) {
    auto arguments = std::make_shared<follower::Arguments>();
    auto* command = subcommand(client, "review",
                               "who may be the same person: the evidence, and how to decide; "
                               "nobody is linked by it");
    option(*command, "CLIENT", (*arguments)["client"], "only who may be this client");
    option(*command, "--limit", (*arguments)["limit"], "so many pairs, the most likely first (50)");
    runs(command, run, [&run, arguments] { return review(run, *arguments); });
}

}  // namespace carehub::tool
