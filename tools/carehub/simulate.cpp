// simulate: a county's feeds in the partners' own formats, with the truth beside them.
#include <iostream>

#include "tools/carehub/command.hpp"
#include "tools/carehub/output.hpp"
#include "tools/county/county.hpp"

namespace carehub::tool {
namespace {

struct SimulateArguments {
    std::uint64_t clients = 200;
    unsigned days = 14;
    std::uint64_t seed = 1;
    std::string start = "2026-03-02";
    std::string out;
};

Result<int> simulate(const SimulateArguments& arguments) {
    const auto start = parse_iso_date(arguments.start);
    if (!start) {
        return fail(ErrorCode::Invalid, "--start wants a date such as 2026-03-02");
    }
    const county::CountyOptions options{arguments.clients, arguments.days, arguments.seed, *start,
                                        arguments.out};
    CAREHUB_TRY_DONE(county::generate_county(
        options, [](unsigned day, unsigned days) { print_progress("days written", day, days); }));
    std::cout
        << "Made a county of " << arguments.clients << " clients and " << arguments.days
        << " days in " << arguments.out
        << ".\nWhat was planted is in truth.jsonl; feed it a day at a time, or see all of it at "
        << "work with:\n  carehub demo --clients " << arguments.clients << " --days "
        << arguments.days << " --seed " << arguments.seed << "\n";
    return 0;
}

}  // namespace

void add_simulate(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "simulate", "partners to try things on");
    command->require_subcommand(1);
    auto* county = subcommand(*command, "county",
                              "a county's feeds, a folder a day, and the truth about them");
    auto arguments = std::make_shared<SimulateArguments>();
    option(*county, "--clients", arguments->clients, "10 to 1,000,000")->capture_default_str();
    option(*county, "--days", arguments->days, "days of feeds")->capture_default_str();
    option(*county, "--seed", arguments->seed, "the same seed gives the same bytes")
        ->capture_default_str();
    option(*county, "--start", arguments->start, "first day")->capture_default_str();
    option(*county, "--out", arguments->out, "a folder that is empty or not there yet")->required();
    runs(county, run, [arguments] { return simulate(*arguments); });
}

}  // namespace carehub::tool
