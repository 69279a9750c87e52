// consent whatif: who would be told of what if a form were signed or a consent revoked.
#include <iostream>

#include <boost/json.hpp>

#include "tools/carehub/consent_form.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

struct WhatIfArguments {
    ConsentCells cells;
    std::string revoke;
    bool all = false;
};

std::string word_of(EventKind kind) { return std::string(name_of(kind)); }
const std::string& word_of(const std::string& name) { return name; }

template <class Items>
std::string joined(const Items& items) {
    std::string text;
    for (const auto& item : items) {
        text += (text.empty() ? "" : ";") + word_of(item);
    }
    return text;
}

/// The document alone of "CLIENT/CONSENT", as `consent revoke` takes it.
std::string document_of(const std::string& id) {
    const std::size_t slash = id.rfind('/');
    return slash == std::string::npos ? id : id.substr(slash + 1);
}

Result<follower::Arguments> asked_of(const WhatIfArguments& given, Door& door) {
    follower::Arguments asked{{"client", given.cells.at("client")}};
    if (given.all) {
        asked["all"] = "1";
    }
    if (!given.revoke.empty()) {
        asked["revoke"] = document_of(given.revoke);
        return asked;
    }
    ConsentCells cells = given.cells;
    cells["consent"] = "whatif";
    if (cells["signed"].empty()) {
        CAREHUB_TRY(const UtcTime now, door.now());
        cells["signed"] = to_iso(std::chrono::floor<std::chrono::days>(now));
    }
    CAREHUB_TRY(const Submission form, consent_row(Row("consent whatif", 0, cells)));
    const auto& claim = std::get<ConsentClaim>(form.payload);
    asked["kind"] = name_of(claim.kind);
    asked["purpose"] = name_of(claim.purpose);
    asked["event_kinds"] = joined(claim.scope_kinds);
    asked["recipients"] = joined(claim.recipients);
    for (const char* as_written :
         {"discloser", "signed", "expires", "expiry_event", "scope_from", "scope_to"}) {
        asked[as_written] = cells[as_written];
    }
    return asked;
}

void print_page(const std::vector<std::string>& lines) {
    std::vector<std::vector<std::string>> rows;
    for (const std::string& line : lines) {
        const json::object row = parse_line(line);
        const auto outcome = [&](const std::string& when) {
            return text_at(row, when) + ", " + text_at(row, when + "_rule");
        };
        rows.push_back({text_at(row, "recipient"), text_at(row, "discloser"),
                        text_at(row, "protected"),
                        row.at("every_kind").as_bool() ? "every kind" : text_at(row, "kinds"),
                        outcome("before"), outcome("after")});
    }
    if (rows.empty()) {
        std::cout << "Nothing would change: nobody is told more or less.\n";
        return;
    }
    print_table({"recipient", "from", "protected", "kinds of event", "before", "after"}, rows);
}

Result<int> what_if(const Run& run, const WhatIfArguments& given) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const follower::Arguments asked, asked_of(given, door));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("consent_whatif", asked));
    if (!run.json) {
        print_page(lines);
        return 0;
    }
    for (const std::string& line : lines) {
        std::cout << line << "\n";
    }
    return 0;
}

}  // namespace

void add_whatif(CLI::App& consent, Run& run) {
    auto* command =
        subcommand(consent, "whatif",
                   "who would be told of what if this were signed or revoked; changes nothing");
    auto arguments = std::make_shared<WhatIfArguments>();
    option(*command, "CLIENT", arguments->cells["client"], "the client's id in the roster")
        ->required();
    auto* revoke = option(*command, "--revoke", arguments->revoke, "a consent that would end");
    flag(*command, "--all", arguments->all, "also what stays as it is");
    for (CLI::Option* of_form : form_options(*command, arguments->cells)) {
        of_form->excludes(revoke);
    }
    runs(command, run, [&run, arguments] { return what_if(run, *arguments); });
}

}  // namespace carehub::tool
