// One subcommand: its options are registered with the parser, its work is run when it was chosen.
//
// Contract: a subcommand's file has one function `void add_x(CLI::App& app, Run& run)`; it sets
// run.work. Work returns the exit code or an error: main prints the error on one line and exits 1.
#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "hub/base/error.hpp"

namespace carehub::tool {

struct Run {
    std::string data = "./carehub-data";  ///< the hub's folder
    std::string link;                     ///< connection file; empty: the folder's admin link
    std::string reason;                   ///< why the questions are asked; "" when not told
    bool json = false;
    std::function<Result<int>()> work;
};

/// When `command` is the one that was chosen, main runs `work`.
template <class Work>
void runs(CLI::App* command, Run& run, Work work) {
    command->callback([&run, work] { run.work = work; });
}

// The parser's library is headers alone: what makes commands and options is compiled once, in
// command.cpp, and not in the file of each subcommand.

CLI::App* subcommand(CLI::App& parent, const std::string& name, const std::string& help);
template <class Value>
CLI::Option* option(CLI::App& command, const std::string& name, Value& value,
                    const std::string& help);
CLI::Option* flag(CLI::App& command, const std::string& name, bool& value, const std::string& help);

void add_init(CLI::App& app, Run& run);
void add_hub(CLI::App& app, Run& run);
void add_clock(CLI::App& app, Run& run);
void add_partner(CLI::App& app, Run& run);
void add_directory(CLI::App& app, Run& run);
void add_roster(CLI::App& app, Run& run);
void add_consent(CLI::App& app, Run& run);
void add_agreement(CLI::App& app, Run& run);
void add_adapter(CLI::App& app, Run& run);
void add_send(CLI::App& app, Run& run);
void add_watch(CLI::App& app, Run& run);
void add_alerts(CLI::App& app, Run& run);
/// `alerts board` and `alerts report`.
void add_board(CLI::App& alerts, Run& run);
void add_client(CLI::App& app, Run& run);
/// link, unlink and split, beneath `client`.
void add_client_links(CLI::App& client, Run& run);
/// `client review`.
void add_client_review(CLI::App& client, Run& run);
/// hold, release, erase.
void add_client_keeping(CLI::App& client, Run& run);
void add_retention(CLI::App& app, Run& run);
void add_contact(CLI::App& app, Run& run);
void add_case(CLI::App& app, Run& run);
void add_trail(CLI::App& app, Run& run);
void add_explain(CLI::App& app, Run& run);
/// `trail verify`.
void add_trail_verify(CLI::App& trail, Run& run);
/// `trail checkpoint` and `trail export`.
void add_trail_export(CLI::App& trail, Run& run);
/// `trail disclosures`.
void add_disclosures(CLI::App& trail, Run& run);
void add_fate(CLI::App& app, Run& run);
void add_deadletters(CLI::App& app, Run& run);
void add_rehearsal(CLI::App& app, Run& run);
void add_rules(CLI::App& app, Run& run);
void add_backup(CLI::App& app, Run& run);
void add_restore(CLI::App& app, Run& run);
void add_replay(CLI::App& app, Run& run);
void add_doctor(CLI::App& app, Run& run);
void add_simulate(CLI::App& app, Run& run);
void add_bench(CLI::App& app, Run& run);
void add_demo(CLI::App& app, Run& run);

}  // namespace carehub::tool
