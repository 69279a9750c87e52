// bench: how fast the shipped hub is on this machine.
#include <iostream>

#include <boost/json.hpp>

#include "tools/carehub/bench_replay.hpp"
#include "tools/carehub/bench_route.hpp"
#include "tools/carehub/command.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

json::object to_json(const BenchResult& result, const BenchOptions& options) {
    return {{"events", result.events},
            {"size_bytes", result.size_bytes},
            {"window", options.window},
            {"publishers", 1},
            {"subscribers", 1},
            {"publish_acknowledged_per_s", result.publish_acknowledged_per_s},
            {"end_to_end_per_s", result.end_to_end_per_s},
            {"events_per_message", result.events_per_message},
            {"latency_us", json::object{{"p50", result.latency_p50_us},
                                        {"p99", result.latency_p99_us},
                                        {"p999", result.latency_p999_us}}},
            {"cpu_s", json::object{{"hub", result.cpu_hub_s}, {"peers", result.cpu_peers_s}}},
            {"bytes_written_per_event", result.bytes_written_per_event},
            {"projection_lag_events", result.projection_lag_events},
            {"catch_up_s", result.catch_up_s}};
}

void print(const BenchResult& result, const BenchOptions& options) {
    std::cout << result.events << " events of " << result.size_bytes << " bytes, window "
              << options.window << ", " << options.clients << " clients\n"
              << "  published and acknowledged  "
              << static_cast<std::uint64_t>(result.publish_acknowledged_per_s) << " events/s\n"
              << "  end to end                  "
              << static_cast<std::uint64_t>(result.end_to_end_per_s) << " events/s\n"
              << "  latency p50 / p99 / p99.9   " << result.latency_p50_us << " / "
              << result.latency_p99_us << " / " << result.latency_p999_us << " us\n"
              << "  CPU of hub / peers          " << result.cpu_hub_s << " / " << result.cpu_peers_s
              << " s\n"
              << "  written to disk             " << result.bytes_written_per_event
              << " bytes an event\n";
}

Result<int> route(const Run& run, const BenchOptions& options) {
    CAREHUB_TRY(const BenchResult result, run_bench_route(options));
    if (run.json) {
        std::cout << json::serialize(to_json(result, options)) << "\n";
    } else {
        print(result, options);
    }
    return 0;
}

Result<int> replay(const Run& run, const BenchOptions& options) {
    CAREHUB_TRY(const ReplayResult result, run_bench_replay(options));
    if (run.json) {
        std::cout << json::serialize(
                         json::object{{"entries", result.entries},
                                      {"clients", result.clients},
                                      {"start_s", result.start_s},
                                      {"entries_per_s", result.entries_per_s},
                                      {"memory_bytes", result.memory_bytes},
                                      {"memory_per_client_bytes", result.memory_per_client_bytes}})
                  << "\n";
        return 0;
    }
    std::cout << result.entries << " entries, " << result.clients << " clients\n"
              << "  start to ready   " << result.start_s << " s\n"
              << "  replayed         " << static_cast<std::uint64_t>(result.entries_per_s)
              << " entries/s\n"
              << "  memory           " << (result.memory_bytes >> 20U) << " MiB, "
              << static_cast<std::uint64_t>(result.memory_per_client_bytes) << " bytes a client\n";
    return 0;
}

/// What decides the events of a run.
void add_events(CLI::App* added, const std::shared_ptr<BenchOptions>& options) {
    added->add_option("--events", options->events, "how many")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    added->add_option("--clients", options->clients, "in the roster")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    added->add_option("--size", options->size_bytes, "bytes of an event")->capture_default_str();
    added->add_option("--window", options->window, "events without a receipt at a time")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    added->add_option("--batch", options->batch, "events queued before a message leaves")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
}

}  // namespace

void add_bench(CLI::App& app, Run& run) {
    auto* command = app.add_subcommand("bench", "how fast the hub is on this machine");
    command->require_subcommand(1);
    auto options = std::make_shared<BenchOptions>();
    auto* routed =
        command->add_subcommand("route", "events from a publisher through the hub to a subscriber");
    add_events(routed, options);
    runs(routed, run, [&run, options] { return route(run, *options); });
    auto* replayed = command->add_subcommand(
        "replay", "a start on the journal such a run leaves: entries read back, memory taken");
    add_events(replayed, options);
    runs(replayed, run, [&run, options] { return replay(run, *options); });
}

}  // namespace carehub::tool
