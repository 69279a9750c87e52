// trail: who sent, received and saw what. The proof that nothing of it was changed: trail_verify.cpp.
#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/page.hpp"

namespace carehub::tool {
namespace {

const std::vector<Column> kTrailColumns = {
    {"at", "at"},         {"what", "kind"},           {"by", "actor"},
    {"client", "client"}, {"recipient", "recipient"}, {"result", "result"},
    {"detail", "detail"}, {"event", "event_id"}};

Result<int> print_trail(const Run& run, const std::string& question,
                        const follower::Arguments& arguments) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask(question, arguments));
    print_lines(lines, run.json, kTrailColumns, "Nothing is known.");
    return 0;
}

void add_question(CLI::App& command, Run& run, const std::string& about,
                  const std::string& meaning) {
    auto arguments = std::make_shared<follower::Arguments>();
    auto* added = subcommand(command, about, "what happened to one " + about + ", oldest first");
    option(*added, "ID", (*arguments)[about], meaning)->required();
    option(*added, "--from", (*arguments)["from"],
           "only from this time or date on, ISO 8601; a date begins where the client "
           "lives");
    option(*added, "--to", (*arguments)["to"], "only before this time or date");
    runs(added, run,
         [&run, arguments, about] { return print_trail(run, "trail_" + about, *arguments); });
}

}  // namespace

void add_trail(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "trail", "the communication trail, and its proof");
    command->require_subcommand(1);
    add_question(*command, run, "client", "the client's name in the roster");
    add_question(*command, run, "event", "an event id of a receipt, h-12");
    add_trail_verify(*command, run);
    add_trail_export(*command, run);
}

}  // namespace carehub::tool
