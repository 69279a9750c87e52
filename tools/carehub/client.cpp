// client show: one client on a page.
#include <iostream>

#include <boost/json.hpp>

#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/page.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

/// How a cell is written: as it is, in words, or as a time with its weekday.
enum class Style : std::uint8_t { Plain, Words, Time };

struct Field {
    std::string title;
    std::string key;
    Style style = Style::Plain;
};

std::string cell(const json::object& item, const Field& field) {
    std::string text = text_at(item, field.key);
    switch (field.style) {
        case Style::Words: return in_words(text);
        case Style::Time: return text.empty() ? text : spoken_time(text);
        case Style::Plain: break;
    }
    return text;
}

void print_section(const std::string& title, const json::value& items,
                   const std::vector<Field>& fields) {
    std::cout << "\n" << title << "\n";
    if (!items.is_array() || items.get_array().empty()) {
        std::cout << "none\n";
        return;
    }
    std::vector<std::string> titles;
    for (const Field& field : fields) {
        titles.push_back(field.title);
    }
    std::vector<std::vector<std::string>> rows;
    for (const json::value& item : items.get_array()) {
        std::vector<std::string>& row = rows.emplace_back();
        for (const Field& field : fields) {
            row.push_back(cell(item.get_object(), field));
        }
    }
    print_table(titles, rows);
}

/// What has to stand beside some of them, once.
void print_statement(const json::value& items) {
    if (!items.is_array()) {
        return;
    }
    for (const json::value& item : items.get_array()) {
        const std::string statement = text_at(item.get_object(), "required_statement");
        if (!statement.empty()) {
            std::cout << statement << "\n";
            return;
        }
    }
}

json::value list_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value == nullptr ? json::value() : *value;
}

std::string with_colon(const std::string& text) { return text.empty() ? "" : ": " + text; }

void print_page(const json::object& client) {
    std::cout << text_at(client, "client") << ", in the care of " << text_at(client, "owner")
              << "\n";
    const json::value merged = list_at(client, "merged");
    const json::array people = merged.is_array() ? merged.get_array() : json::array();
    for (const json::value& one : people) {
        std::cout << "one person with " << one.get_string().c_str() << "\n";
    }
    const json::value stand = list_at(client, "holds");
    const json::array holds = stand.is_array() ? stand.get_array() : json::array();
    for (const json::value& value : holds) {
        const json::object& hold = value.as_object();
        std::cout << "under legal hold since " << spoken_time(text_at(hold, "since")) << ", by "
                  << text_at(hold, "by") << ", number " << text_at(hold, "entry")
                  << with_colon(text_at(hold, "reason")) << "\n";
    }
    print_section("IDENTIFIERS", list_at(client, "identifiers"),
                  {{"authority", "authority"}, {"type", "type"}, {"identifier", "value"}});
    print_section("OBLIGATIONS", list_at(client, "obligations"),
                  {{"start", "start", Style::Time},
                   {"end", "end", Style::Time},
                   {"what", "class", Style::Words},
                   {"status", "status", Style::Words},
                   {"place", "place"},
                   {"partner", "partner"},
                   {"flags", "flags"}});
    print_statement(list_at(client, "obligations"));
    print_section("FOLLOW-UPS", list_at(client, "follow_ups"),
                  {{"program", "program", Style::Words},
                   {"opened", "open"},
                   {"due", "due"},
                   {"state", "state", Style::Words}});
    print_section("CONSENTS", list_at(client, "consents"),
                  {{"consent", "consent"},
                   {"kind", "kind"},
                   {"discloser", "discloser"},
                   {"recipients", "recipients"},
                   {"purpose", "purpose", Style::Words},
                   {"expires", "expires"},
                   {"revoked", "revoked_at", Style::Time}});
    const std::string alerts = text_at(client, "alerts");
    std::cout << "\nALERTS\n"
              << (alerts.empty() ? "none" : alerts + "   (carehub alerts show ID)") << "\n";
}

Result<int> show(const Run& run, const std::string& client, bool break_glass) {
    CAREHUB_TRY(Door door, Door::open(run));
    follower::Arguments arguments{{"client", client}};
    if (break_glass) {
        arguments[follower::kBreakGlass] = "yes";
    }
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("client", arguments));
    print_pages(lines, run.json, print_page);
    return 0;
}

}  // namespace

void add_client(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "client",
                               "one client: identifiers, obligations, follow-ups, alerts, "
                               "consents; whose an identifier is");
    command->require_subcommand(1);
    auto client = std::make_shared<std::string>();
    auto* show_command = subcommand(*command, "show", "the client on a page");
    option(*show_command, "ID", *client, "the client's name in the roster")->required();
    auto break_glass = std::make_shared<bool>(false);
    flag(
        *show_command, "--break-glass", *break_glass,
        "in an emergency, of a client that is not yours, with --reason: the client's supervisor is "
        "told at once");
    runs(show_command, run,
         [&run, client, break_glass] { return show(run, *client, *break_glass); });
    add_client_links(*command, run);
    add_client_review(*command, run);
    add_client_keeping(*command, run);
}

}  // namespace carehub::tool
