// explain: why a recipient may or may not be told of an event today, and what would change it.
#include <iostream>

#include <boost/json.hpp>

#include "tools/carehub/door.hpp"
#include "tools/carehub/event_id.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

struct ExplainArguments {
    std::string id;
    std::string recipient;
    std::string feed;
};

std::string form_words(const std::string& form) {
    return form == "busy_only" ? "as a busy period alone"
           : form == "reduced" ? "in reduced form"
                               : "in full";
}

bool is_there(const json::object& told, const std::string& key) {
    const json::value* value = told.if_contains(key);
    return value != nullptr && !value->is_null();
}

void print_answer(const json::object& told) {
    const bool may = told.at("may").as_bool();
    std::cout << text_at(told, "recipient") << (may ? " may be told of " : " may not be told of ")
              << text_at(told, "event_id");
    if (is_there(told, "kind")) {
        std::cout << " (" << text_at(told, "kind") << " from " << text_at(told, "discloser") << ")";
    }
    std::cout << (may ? ", " + form_words(text_at(told, "form")) : "") << ".\n"
              << text_at(told, "why") << "\nRule: " << text_at(told, "rule");
    if (is_there(told, "law")) {
        std::cout << " (" << text_at(told, "law") << ")";
    }
    std::cout << "\n";
}

void print_grounds(const json::object& told) {
    for (const char* key : {"release", "consent"}) {
        if (is_there(told, key)) {
            const json::object& consent = told.at(key).as_object();
            std::cout << "Consent: " << text_at(consent, "consent") << ", "
                      << text_at(consent, "kind") << " for " << text_at(consent, "purpose")
                      << ", signed " << text_at(consent, "signed") << "\n";
        }
    }
    if (is_there(told, "agreement")) {
        const json::object& agreement = told.at("agreement").as_object();
        std::cout << "Agreement: " << text_at(agreement, "number") << ", "
                  << text_at(agreement, "basis") << ", for " << text_at(agreement, "purpose")
                  << "\n";
    }
    if (is_there(told, "until")) {
        std::cout << "Until: " << text_at(told, "until") << "\n";
    }
}

void print_list(const json::object& told, const std::string& key, const std::string& head) {
    const json::value* list = told.if_contains(key);
    if (list == nullptr || list->as_array().empty()) {
        return;
    }
    std::cout << head << "\n";
    for (const json::value& value : list->as_array()) {
        const json::object& item = value.as_object();
        std::cout << "- "
                  << (item.contains("text")
                          ? text_at(item, "text")
                          : text_at(item, "consent") + ", " + text_at(item, "kind") + ": " +
                                text_at(item, "why_not"))
                  << "\n";
    }
}

void print_page(const json::object& told) {
    print_answer(told);
    print_grounds(told);
    print_list(told, "changes", "What would change it:");
    print_list(told, "considered", "The client's other documents:");
    if (is_there(told, "then")) {
        const json::object& then = told.at("then").as_object();
        const bool told_then = !text_at(then, "form").empty();
        std::cout << "When it came, at " << text_at(then, "at") << ": "
                  << (told_then ? form_words(text_at(then, "form"))
                                : "withheld, " + text_at(then, "withheld"))
                  << "\n";
    }
    if (is_there(told, "paused") && told.at("paused").as_bool()) {
        std::cout << "The recipient is paused: what it may be told waits.\n";
    }
}

Result<int> explain(const Run& run, const ExplainArguments& given) {
    CAREHUB_TRY(follower::Arguments arguments, event_arguments(given.id));
    arguments["recipient"] = given.recipient;
    if (!given.feed.empty()) {
        arguments["feed"] = given.feed;
    }
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("explain", arguments));
    print_pages(lines, run.json, print_page);
    return 0;
}

}  // namespace

void add_explain(CLI::App& app, Run& run) {
    auto* command =
        subcommand(app, "explain", "why somebody may or may not be told of an event, today");
    auto arguments = std::make_shared<ExplainArguments>();
    option(*command, "ID", arguments->id, "an event id of a receipt (h-12), or PARTNER/ID")
        ->required();
    option(*command, "RECIPIENT", arguments->recipient,
           "a partner, a member of staff, or owner: the client's case manager")
        ->required();
    option(*command, "--feed", arguments->feed,
           "the feed of a partner's own id, where it is not called as the partner is");
    runs(command, run, [&run, arguments] { return explain(run, *arguments); });
}

}  // namespace carehub::tool
