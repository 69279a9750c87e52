// init, hub, clock: the hub's own life.
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <iostream>

#include <boost/json.hpp>

#include "hub/daemon/hub.hpp"
#include "tools/carehub/door.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

std::atomic<bool> stop_asked{false};

void ask_to_stop(int /*signal*/) { stop_asked = true; }

struct InitArguments {
    std::string folder;
    bool simulation = false;
    std::string start;
};

Result<int> init(const InitArguments& arguments) {
    daemon::InitOptions options;
    options.simulation = arguments.simulation;
    if (!arguments.simulation && !arguments.start.empty()) {
        return fail(ErrorCode::Invalid,
                    "--start sets the time of a simulation: add --simulation, or leave it out and "
                    "the hub follows the clock");
    }
    if (arguments.simulation) {
        const auto start = parse_iso_time(arguments.start);
        if (!start) {
            return fail(ErrorCode::Invalid,
                        "--start wants a time such as 2026-03-02T06:00:00-05:00");
        }
        options.start = *start;
    }
    const daemon::DataFolder folder{arguments.folder};
    CAREHUB_TRY(const transport::CurveKeys admin, daemon::init_folder(folder, options));
    CAREHUB_TRY(const transport::CurveKeys hub, daemon::read_hub_keys(folder));
    adapters::LinkFile link;
    link.name = "admin";
    link.kind = PartnerKind::Staff;
    link.role = StaffRole::Operator;
    link.hub_public_key = hub.public_key;
    link.public_key = admin.public_key;
    link.secret_key = admin.secret_key;
    CAREHUB_TRY_DONE(adapters::write_link_file(folder.admin_link(), link));
    std::cout << "Made " << arguments.folder
              << (arguments.simulation ? " (a simulation, for ever)" : "") << ".\n"
              << "Without a consent or an agreement nothing moves. Next:\n"
              << "  carehub hub --data " << arguments.folder << "\n"
              << "  carehub --data " << arguments.folder << " partner add NAME --kind clinic\n"
              << "  carehub --data " << arguments.folder << " roster import roster.csv\n";
    return 0;
}

struct HubArguments {
    int port = -1;
    std::string fail_on_event;
    std::uint64_t snapshot_every = 0;
};

Result<int> run_hub(const Run& run, const HubArguments& arguments) {
    std::signal(SIGTERM, ask_to_stop);
    std::signal(SIGINT, ask_to_stop);
    daemon::HubOptions options;
    if (arguments.port >= 0) {
        options.port = static_cast<std::uint16_t>(arguments.port);
    }
    options.fail_on_event = arguments.fail_on_event;
    options.snapshot_every = arguments.snapshot_every;
    const Status status =
        daemon::run_hub(folder_of(run), options, stop_asked, [](const daemon::HubReady& ready) {
            std::cout << json::serialize(json::object{{"ready", true},
                                                      {"endpoint", ready.endpoint},
                                                      {"sequence", ready.sequence},
                                                      {"snapshot", ready.snapshot},
                                                      {"pid", ::getpid()}})
                      << std::endl;
        });
    if (!status) {
        std::cerr << "carehub: " << to_string(status.error()) << "\n";
        return daemon::exit_code_of(status.error());
    }
    return 0;
}

Result<int> advance_clock(const Run& run, const std::string& to) {
    const auto time = parse_iso_time(to);
    if (!time) {
        return fail(ErrorCode::Invalid, "--to wants a time such as 2026-03-03T06:00:00-05:00");
    }
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const Receipt receipt, door.command(ClockCommand{*time}));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    if (run.json) {
        std::cout << json::serialize(json::object{{"time", to_iso(*time)},
                                                  {"sequence", receipt.sequence.value}})
                  << "\n";
    } else {
        std::cout << "Business time is " << to << ".\n";
    }
    return 0;
}

}  // namespace

void add_init(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "init", "make a data folder; never overwrites");
    auto arguments = std::make_shared<InitArguments>();
    option(*command, "DIR", arguments->folder, "the folder")->required();
    flag(*command, "--simulation", arguments->simulation,
         "business time stands until moved; marked for ever");
    option(*command, "--start", arguments->start, "business time at which the simulation begins");
    runs(command, run, [arguments] { return init(*arguments); });
}

void add_hub(CLI::App& app, Run& run) {
    auto* command =
        subcommand(app, "hub", "run the hub; one JSON ready line on stdout; SIGTERM drains");
    auto arguments = std::make_shared<HubArguments>();
    option(*command, "--port", arguments->port, "instead of carehub.toml's; 0 picks a free one")
        ->check(CLI::Range(0, 65'535));
    option(*command, "--fail-on-event", arguments->fail_on_event,
           "tests: stop while deciding this id")
        ->group("");
    option(*command, "--snapshot-every", arguments->snapshot_every,
           "tests: a snapshot after so many entries, and at stop")
        ->group("");
    runs(command, run, [&run, arguments] { return run_hub(run, *arguments); });
}

void add_clock(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "clock", "the time of a simulation folder");
    command->require_subcommand(1);
    auto to = std::make_shared<std::string>();
    auto* advance_command =
        subcommand(*command, "advance", "let time pass, tick by tick, up to TIME");
    option(*advance_command, "--to", *to, "ISO 8601 with offset")->required();
    runs(advance_command, run, [&run, to] { return advance_clock(run, *to); });
}

}  // namespace carehub::tool
