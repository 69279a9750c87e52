// carehub: the one command. It parses arguments, calls, and prints.
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <iostream>

#include "adapters/kit/json/nearest.hpp"
#include "tools/carehub/command.hpp"

namespace {

using namespace carehub;
using namespace carehub::tool;

constexpr const char* kVersion = "carehub " CAREHUB_VERSION;
constexpr int kUsage = 2;
constexpr std::size_t kTypoEditsMax = 2;
constexpr mode_t kNobodyElse = 0077;  ///< journals, links and samples tell of people

void add_commands(CLI::App& app, Run& run) {
    add_init(app, run);
    add_hub(app, run);
    add_clock(app, run);
    add_partner(app, run);
    add_directory(app, run);
    add_roster(app, run);
    add_consent(app, run);
    add_agreement(app, run);
    add_adapter(app, run);
    add_send(app, run);
    add_watch(app, run);
    add_alerts(app, run);
    add_client(app, run);
    add_retention(app, run);
    add_contact(app, run);
    add_case(app, run);
    add_trail(app, run);
    add_explain(app, run);
    add_fate(app, run);
    add_deadletters(app, run);
    add_rehearsal(app, run);
    add_rules(app, run);
    add_backup(app, run);
    add_restore(app, run);
    add_replay(app, run);
    add_doctor(app, run);
    add_simulate(app, run);
    add_bench(app, run);
    add_demo(app, run);
}

/// The last command on the line that was understood.
const CLI::App& deepest(const CLI::App& app) {
    const std::vector<CLI::App*> chosen = app.get_subcommands();
    return chosen.empty() ? app : deepest(*chosen.front());
}

/// The word that stands where a command is missing; nothing when something else is wrong.
std::optional<std::string> unknown_word(const CLI::App& app) {
    const std::vector<std::string> left = app.remaining(true);
    const bool is_missing = deepest(app).get_require_subcommand_min() > 0;
    return is_missing && !left.empty() ? std::optional(left.front()) : std::nullopt;
}

/// ", did you mean \"hub\"?" when some command is written nearly so.
std::string likely_command(const CLI::App& app, const std::string& word) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(command->get_name());
    }
    const std::vector<std::string_view> known(names.begin(), names.end());
    const std::string_view likely = adapters::nearest(word, known);
    return adapters::edits_between(word, likely) <= kTypoEditsMax
               ? ", did you mean \"" + std::string(likely) + "\"?"
               : ".";
}

int explain(const CLI::App& app, const CLI::ParseError& error) {
    const auto word = error.get_exit_code() == 0 ? std::nullopt : unknown_word(app);
    if (!word) {
        return app.exit(error) == 0 ? 0 : kUsage;
    }
    const CLI::App& last = deepest(app);
    const bool is_option = word->starts_with('-');
    std::cerr << "carehub" << (&last == &app ? "" : " " + last.get_name()) << ": there is no "
              << (is_option ? "option" : "command") << " \"" << *word << "\""
              << (is_option ? "." : likely_command(last, *word)) << " Run with --help for all.\n";
    return kUsage;
}

int run_work(const Run& run) {
    const Result<int> code = run.work();
    if (code) {
        return *code;
    }
    std::cerr << "carehub: " << to_string(code.error()) << "\n";
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    ::umask(kNobodyElse);
    std::signal(SIGPIPE, SIG_IGN);  // NOLINT: a reader that left is an ordinary error
    CLI::App app(
        "carehub routes the events of clinics, housing, courts and supervision, and alerts case "
        "managers",
        "carehub");
    app.set_version_flag("--version", kVersion);
    app.require_subcommand(1);
    app.fallthrough();
    Run run;
    if (const char* data = std::getenv("CAREHUB_DATA")) {  // NOLINT: read before any thread starts
        run.data = data;
    }
    option(app, "--data", run.data, "the hub's folder (or $CAREHUB_DATA)")->capture_default_str();
    option(app, "--link", run.link, "connection file of a client of a running hub");
    option(app, "--reason", run.reason,
           "why you read about clients: what a supervisor reads with it is more than metadata");
    flag(app, "--json", run.json, "machine-readable output, one JSON object a line");
    add_commands(app, run);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return explain(app, error);
    }
    return run_work(run);
}
