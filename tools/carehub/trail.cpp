// trail: who sent, received and saw what. The proof that nothing of it was changed: trail_verify.cpp.
#include <iostream>
#include <map>

#include <boost/json.hpp>

#include "tools/carehub/audit_event.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/page.hpp"
#include "tools/carehub/trail_people.hpp"

namespace carehub::tool {
namespace {

const std::vector<Column> kTrailColumns = {
    {"at", "at"},         {"what", "kind"},           {"by", "actor"},
    {"client", "client"}, {"recipient", "recipient"}, {"result", "result"},
    {"detail", "detail"}, {"event", "event_id"}};

/// One AuditEvent a line.
Status write_fhir(const std::string& file, const std::vector<std::string>& lines) {
    std::string events;
    std::map<std::string, std::size_t> counts;  // lines of one entry
    for (const std::string& text : lines) {
        const boost::json::object line = parse_line(text);
        events += audit_event(line, counts[text_at(line, "sequence")]++) + "\n";
    }
    return daemon::write_private(file, events);
}

Result<int> print_trail(const Run& run, const std::string& question,
                        const follower::Arguments& arguments, const std::string& fhir) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask(question, arguments));
    if (!fhir.empty()) {
        CAREHUB_TRY_DONE(write_fhir(fhir, lines));
        std::cerr << lines.size() << " AuditEvents are in " << fhir << ".\n";
        return 0;
    }
    print_lines(lines, run.json, kTrailColumns, "Nothing is known.");
    return 0;
}

void add_question(CLI::App& command, Run& run, const std::string& about,
                  const std::string& meaning) {
    auto arguments = std::make_shared<follower::Arguments>();
    auto* added = subcommand(command, about, "what happened to one " + about + ", oldest first");
    option(*added, "ID", (*arguments)[about], meaning)->required(about != "client");
    option(*added, "--from", (*arguments)["from"],
           "only from this time or date on, ISO 8601; a date begins where the client "
           "lives");
    option(*added, "--to", (*arguments)["to"], "only before this time or date");
    auto fhir = std::make_shared<std::string>();
    if (about == "client") {
        break_glass_flag(*added, *arguments);
        option(*added, "--authority", (*arguments)["authority"],
               "in place of the name: who gave an identifier of the client");
        option(*added, "--type", (*arguments)["type"], "MR, CASE, HMIS, ...");
        option(*added, "--id", (*arguments)["value"], "the identifier");
        option(*added, "--page", (*arguments)["page"], "500 entries of it, from 1; without it all");
        option(*added, "--fhir", *fhir, "write it to this file as FHIR AuditEvents, one a line");
    }
    runs(added, run, [&run, arguments, about, fhir] {
        return print_trail(run, "trail_" + about, *arguments, *fhir);
    });
}

}  // namespace

void add_trail(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "trail", "the communication trail, and its proof");
    command->require_subcommand(1);
    add_question(*command, run, "client", "the client's name in the roster");
    add_question(*command, run, "event", "an event id of a receipt, h-12");
    add_people_trails(*command, run);
    add_disclosures(*command, run);
    add_trail_verify(*command, run);
    add_trail_export(*command, run);
}

}  // namespace carehub::tool
