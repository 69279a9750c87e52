// bench: how fast the shipped hub is on this machine, and what the machine would allow.
#include <iostream>

#include <boost/json.hpp>

#include "tools/carehub/bench/core.hpp"
#include "tools/carehub/bench/floor.hpp"
#include "tools/carehub/bench/floor_hub.hpp"
#include "tools/carehub/bench/mllp.hpp"
#include "tools/carehub/bench/mllp_echo.hpp"
#include "tools/carehub/bench/peers.hpp"
#include "tools/carehub/bench/raw_limits.hpp"
#include "tools/carehub/bench/replay.hpp"
#include "tools/carehub/bench/report.hpp"
#include "tools/carehub/bench/route.hpp"
#include "tools/carehub/bench/start.hpp"

namespace carehub::tool {
namespace {

using namespace bench;
using Rows = std::vector<boost::json::object>;

constexpr std::size_t kTurnsCompared = 5;

struct Asked {
    Options options;
    std::string vs;
    bool floor = false;
    bool half = false;
    std::size_t turns = 0;  ///< 0: 5 when something is compared, else 1
    std::vector<std::uint64_t> clients = {Options{}.clients};
    std::uint64_t obligations = 0;
    std::uint64_t syncs = 5'000;
    MllpOptions mllp;
};

std::size_t turns_of(const Asked& asked) {
    const bool compares = asked.floor || !asked.vs.empty();
    return asked.turns != 0 ? asked.turns : compares ? kTurnsCompared : 1;
}

Result<std::optional<Figures>> at_half_rate(const World& world, Options options, double rate) {
    options.rate = static_cast<std::uint64_t>(rate / 2);
    CAREHUB_TRY(Figures figures, run_route(world, options));
    return std::optional(std::move(figures));
}

Result<int> route(const Run& run, const Asked& asked) {
    CAREHUB_TRY(const auto world, make_world(asked.options));
    std::vector<Contestant> contestants = {
        {"carehub", [&] { return run_route(*world, asked.options); }}};
    if (!asked.vs.empty()) {
        contestants.push_back(peer_program(asked.vs, asked.options));
    }
    if (asked.floor) {
        contestants.push_back({"bench floor", [&] { return run_floor(asked.options); }});
    }
    RouteReport report;
    report.has_floor = asked.floor;
    CAREHUB_TRY(report.outcomes, run_by_turns(contestants, turns_of(asked)));
    if (asked.half) {
        const double rate = report.outcomes.front().median().end_to_end_per_s;
        CAREHUB_TRY(report.half_rate, at_half_rate(*world, asked.options, rate));
    }
    if (run.json) {
        std::cout << boost::json::serialize(bench::to_json(report)) << "\n";
    } else {
        bench::print(report);
    }
    return 0;
}

Result<int> floor(const Run& run, const Asked& asked) {
    RouteReport report;
    CAREHUB_TRY(
        report.outcomes,
        run_by_turns({{"bench floor", [&] { return run_floor(asked.options); }}}, turns_of(asked)));
    if (run.json) {
        std::cout << boost::json::serialize(bench::to_json(report)) << "\n";
    } else {
        bench::print(report);
    }
    return 0;
}

Result<Rows> core_rows(const Asked& asked) {
    Rows rows;
    for (const std::uint64_t clients : asked.clients) {
        Options options = asked.options;
        options.clients = clients;
        CAREHUB_TRY(auto row, asked.obligations > 0 ? measure_state(clients, asked.obligations)
                                                    : measure_core(options));
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<int> core(const Run& run, const Asked& asked) {
    CAREHUB_TRY(const Rows rows, core_rows(asked));
    const std::vector<Column> speed = {{"clients", "clients"},
                                       {"events", "events"},
                                       {"decisions/s", "decisions_per_s"},
                                       {"ns an event", "ns_per_event"},
                                       {"alerts", "alerts"}};
    const std::vector<Column> memory = {{"clients", "clients"},
                                        {"obligations each", "obligations"},
                                        {"bytes of State", "state_bytes"},
                                        {"bytes a client", "bytes_per_client"},
                                        {"event ids in it", "ids_remembered"},
                                        {"bytes of ids", "ids_bytes"}};
    print_rows(rows, run.json, asked.obligations > 0 ? memory : speed);
    return 0;
}

Result<int> replay(const Run& run, const Asked& asked) {
    CAREHUB_TRY(auto row, measure_replay(asked.options));
    print_rows({std::move(row)}, run.json,
               {{"entries", "entries"},
                {"clients", "clients"},
                {"start to ready s", "start_s"},
                {"entries/s", "entries_per_s"},
                {"memory bytes", "memory_bytes"},
                {"bytes a client", "memory_per_client_bytes"}});
    return 0;
}

Result<int> start(const Run& run, const Asked& asked) {
    CAREHUB_TRY(auto row, measure_start(asked.options));
    print_rows({std::move(row)}, run.json,
               {{"entries", "entries"},
                {"clients", "clients"},
                {"ready without snapshot s", "start_without_s"},
                {"stop s", "stop_s"},
                {"snapshot bytes", "snapshot_bytes"},
                {"ready s", "start_s"},
                {"first receipt s", "first_receipt_s"},
                {"memory bytes", "memory_bytes"}});
    return 0;
}

Result<int> mllp(const Run& run, const Asked& asked) {
    CAREHUB_TRY(const Rows rows, measure_mllp(asked.mllp));
    print_rows(rows, run.json,
               {{"connections", "connections"},
                {"messages", "messages"},
                {"messages/s", "messages_per_s"},
                {"p50 us", "p50_us"},
                {"p99 us", "p99_us"},
                {"bare echo/s", "echo_per_s"},
                {"ratio", "ratio"},
                {"read alone/s", "parse_per_s"},
                {"adapter's bytes", "adapter_bytes"}});
    return 0;
}

Result<int> reading(const Run& run, const Asked& asked) {
    CAREHUB_TRY(const Rows rows, measure_reading(asked.mllp));
    print_rows(rows, run.json,
               {{"messages", "messages"},
                {"bytes", "size_bytes"},
                {"ns of processor a message", "ns_per_message"},
                {"messages/s", "messages_per_s"}});
    return 0;
}

Result<int> journal(const Run& run, const Asked& asked) {
    CAREHUB_TRY(const Rows rows, measure_journal(asked.options.events, asked.options.size_bytes));
    print_rows(rows, run.json,
               {{"events of a block", "block"},
                {"bytes", "size_bytes"},
                {"events/s", "events_per_s"},
                {"appends/s", "appends_per_s"}});
    return 0;
}

Result<int> fsync(const Run& run, const Asked& asked) {
    CAREHUB_TRY(const Rows rows, measure_fsync(asked.syncs));
    print_rows(
        rows, run.json,
        {{"syncs", "syncs"}, {"per s", "per_s"}, {"p50 us", "p50_us"}, {"p99 us", "p99_us"}});
    return 0;
}

Result<int> zmq(const Run& run, const Asked& asked) {
    CAREHUB_TRY(const Rows rows, measure_zmq(asked.options.events, asked.options.size_bytes));
    print_rows(rows, run.json,
               {{"wire", "wire"},
                {"events of a frame", "batch"},
                {"events/s", "events_per_s"},
                {"frames/s", "frames_per_s"}});
    return 0;
}

CLI::Option* add_number(CLI::App* command, const char* name, auto& value, const char* help) {
    return option(*command, name, value, help)->capture_default_str()->check(CLI::PositiveNumber);
}

void add_events(CLI::App* command, Asked& asked) {
    add_number(command, "--events", asked.options.events, "how many");
    add_number(command, "--size", asked.options.size_bytes, "bytes of an event");
}

void add_wire(CLI::App* command, Asked& asked) {
    Options& options = asked.options;
    add_events(command, asked);
    add_number(command, "--window", options.window,
               "events of a publisher without a receipt at a time");
    add_number(command, "--batch", options.batch, "events of a message at most");
    add_number(command, "--publishers", options.publishers, "processes that send");
    add_number(command, "--subscribers", options.subscribers,
               "processes that each receive everything");
    option(*command, "--rate", options.rate, "events/s of all publishers; 0: as fast as it goes")
        ->capture_default_str();
}

/// A subcommand with arguments of its own.
template <class Work>
std::pair<CLI::App*, std::shared_ptr<Asked>> add(CLI::App* bench, Run& run, const char* name,
                                                 const char* help, Work work) {
    auto asked = std::make_shared<Asked>();
    auto* command = subcommand(*bench, name, help);
    runs(command, run, [&run, asked, work] { return work(run, *asked); });
    return {command, asked};
}

void add_route(CLI::App* bench, Run& run) {
    const auto [command, asked] =
        add(bench, run, "route", "events from publishers through the hub to subscribers", route);
    add_wire(command, *asked);
    add_number(command, "--clients", asked->options.clients, "linked, each with a consent");
    option(*command, "--vs", asked->vs,
           "a program that does the same and prints the same JSON, run by turns");
    flag(*command, "--floor", asked->floor, "by turns with `bench floor`");
    flag(*command, "--half", asked->half, "once more at half of the rate reached");
    option(*command, "--runs", asked->turns, "runs of each; 5 when something is compared");
}

void add_core(CLI::App* bench, Run& run) {
    const auto [command, asked] =
        add(bench, run, "core", "decisions of the machine alone, all rules on", core);
    add_events(command, *asked);
    option(*command, "--clients", asked->clients, "linked clients; several give a line each")
        ->capture_default_str();
    option(*command, "--memory", asked->obligations,
           "measure one State instead, with so many obligations a client");
}

}  // namespace

void add_bench(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "bench", "how fast the hub is on this machine");
    command->require_subcommand(1);
    add_route(command, run);
    const auto [floor_command, floor_asked] = add(
        command, run, "floor", "the same way with nothing in it: what the machine allows", floor);
    add_wire(floor_command, *floor_asked);
    option(*floor_command, "--runs", floor_asked->turns, "runs; the median is told");
    add_core(command, run);
    const auto [journal_command, journal_asked] =
        add(command, run, "journal", "synced appends, by events of a block", journal);
    add_events(journal_command, *journal_asked);
    const auto [replay_command, replay_asked] =
        add(command, run, "replay", "a start on the journal that `route` leaves", replay);
    add_wire(replay_command, *replay_asked);
    add_number(replay_command, "--clients", replay_asked->options.clients, "in the roster");
    const auto [start_command, start_asked] =
        add(command, run, "start", "a start on a long journal, with and without a snapshot", start);
    add_events(start_command, *start_asked);
    add_number(start_command, "--clients", start_asked->options.clients, "in the roster");
    const auto [mllp_command, mllp_asked] =
        add(command, run, "mllp", "HL7 v2 messages through the clinic's adapter and the hub", mllp);
    add_number(mllp_command, "--messages", mllp_asked->mllp.messages, "for each line");
    add_number(mllp_command, "--clients", mllp_asked->mllp.clients, "linked");
    option(*mllp_command, "--connections", mllp_asked->mllp.connections, "several give a line each")
        ->capture_default_str();
    add(command, run, "read", "HL7 v2 messages read, without sockets or hub", reading);
    const auto [fsync_command, fsync_asked] =
        add(command, run, "fsync", "synced overwrites of 4 KiB", fsync);
    add_number(fsync_command, "--syncs", fsync_asked->syncs, "how many");
    const auto [zmq_command, zmq_asked] =
        add(command, run, "zmq", "frames of ZeroMQ, plain and CURVE", zmq);
    add_events(zmq_command, *zmq_asked);
    add_peer(*command, run);
    add_floor_hub(*command, run);
    add_mllp_echo(*command, run);
}

}  // namespace carehub::tool
