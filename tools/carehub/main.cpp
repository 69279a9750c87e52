// carehub: the one command. It parses arguments, calls, and prints.
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "tools/carehub/command.hpp"

namespace {

using namespace carehub;
using namespace carehub::tool;

constexpr const char* kVersion = "carehub 0.1.0";

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
    add_contact(app, run);
    add_case(app, run);
    add_trail(app, run);
    add_fate(app, run);
    add_rules(app, run);
    add_doctor(app, run);
    add_simulate(app, run);
    add_bench(app, run);
    add_demo(app, run);
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
    app.add_option("--data", run.data, "the hub's folder (or $CAREHUB_DATA)")
        ->capture_default_str();
    app.add_option("--link", run.link, "connection file of a client of a running hub");
    app.add_flag("--json", run.json, "machine-readable output, one JSON object a line");
    add_commands(app, run);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        return code == 0 ? 0 : 2;
    }
    return run_work(run);
}
