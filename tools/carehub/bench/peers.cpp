#include "tools/carehub/bench/peers.hpp"

#include <iostream>

#include <boost/json.hpp>

#include "hub/base/clock.hpp"
#include "tools/carehub/bench/accounts.hpp"
#include "tools/carehub/bench/subscriber.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/process.hpp"

namespace carehub::tool::bench {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

constexpr milliseconds kReadyMax{300'000};  ///< encoding ten million events takes a while
constexpr milliseconds kDoneMax{3'600'000};
constexpr const char* kPublisher = "publisher";
constexpr const char* kSubscriber = "subscriber";

// --- The side that is one process ---

struct PeerArguments {
    PeerTask task;
    std::string role;
    std::string link;
    std::string times;
    std::int64_t base_us = 0;
    bool floor = false;
};

Result<json::object> work(const PeerArguments& arguments) {
    double cpu_before_s = 0;  // what making the events took is none of the run
    const auto say_ready = [&cpu_before_s] {
        cpu_before_s = own_cpu_s();
        std::cout << "ready" << std::endl;
    };
    PeerTask task = arguments.task;
    task.wire = arguments.floor ? Wire::Floor : Wire::Hub;
    task.base = UtcTime{Micros{arguments.base_us}};
    CAREHUB_TRY(task.link, adapters::read_link_file(arguments.link));
    CAREHUB_TRY(const SharedTimes times, SharedTimes::open(arguments.times, task.options));
    if (arguments.role == kSubscriber) {
        CAREHUB_TRY(const std::int64_t end_us, subscribe(task, times, say_ready));
        return json::object{{"end_us", end_us}, {"cpu_s", own_cpu_s() - cpu_before_s}};
    }
    CAREHUB_TRY(const Published done, publish(task, times, say_ready));
    return json::object{{"end_us", done.end_us},
                        {"cpu_s", own_cpu_s() - cpu_before_s},
                        {"messages", done.messages},
                        {"last_sequence", done.last_sequence}};
}

// --- The side that starts them ---

std::vector<std::string> words_of(const PeerPlan& plan, const std::string& times) {
    const Options& options = plan.options;
    std::vector<std::string> words = {"bench", "peer",      "--times",
                                      times,   "--clients", std::to_string(options.clients)};
    for (const auto& [name, value] : told_to_peers(options)) {
        words.insert(words.end(), {name, std::to_string(value)});
    }
    words.insert(words.end(), {"--base", std::to_string(plan.base.time_since_epoch().count())});
    if (plan.wire == Wire::Floor) {
        words.emplace_back("--floor");
    }
    return words;
}

class Peers {
public:
    Peers(const PeerPlan& plan, const SharedTimes& times)
        : plan_(plan), times_(times), words_(words_of(plan, times.path())) {}

    Result<PeersDone> run() {
        // Subscribers first: what they would be owed before is none of this run.
        CAREHUB_TRY_DONE(start_all(plan_.subscribers, kSubscriber));
        CAREHUB_TRY_DONE(await_ready());
        CAREHUB_TRY_DONE(start_all(plan_.publishers, kPublisher));
        CAREHUB_TRY_DONE(await_ready());
        done_.begin_us = SystemClock().steady().count();
        times_.go(done_.begin_us);
        std::int64_t delivered_us = 0;
        std::int64_t receipted_us = 0;
        for (std::size_t i = 0; i < processes_.size(); ++i) {
            const bool is_publisher = i >= plan_.subscribers.size();
            CAREHUB_TRY(const std::int64_t end_us, take(processes_[i]));
            std::int64_t& last = is_publisher ? receipted_us : delivered_us;
            last = std::max(last, end_us);
        }
        fill_figures(receipted_us, delivered_us);
        return std::move(done_);
    }

private:
    Status start_all(const std::vector<adapters::LinkFile>& links, const char* role) {
        for (std::size_t number = 0; number < links.size(); ++number) {
            const std::filesystem::path file = plan_.folder / (links[number].name + ".carehub");
            CAREHUB_TRY_DONE(adapters::write_link_file(file, links[number]));
            std::vector<std::string> words = words_;
            words.insert(words.end(), {"--role", role, "--number", std::to_string(number), "--key",
                                       file.string()});
            CAREHUB_TRY(Process process, Process::start(words, plan_.log));
            processes_.push_back(std::move(process));
        }
        return {};
    }

    Status await_ready() {
        for (; ready_ < processes_.size(); ++ready_) {
            CAREHUB_TRY([[maybe_unused]] const std::string word,
                        processes_[ready_].read_line(kReadyMax));
        }
        return {};
    }

    Result<std::int64_t> take(Process& process) {
        CAREHUB_TRY(const std::string line, process.read_line(kDoneMax));
        const json::object said = parse_line(line);
        done_.figures.cpu_peers_s += said.at("cpu_s").to_number<double>();
        if (const json::value* messages = said.if_contains("messages")) {
            messages_ += messages->to_number<std::uint64_t>();
            done_.last_sequence =
                std::max(done_.last_sequence, said.at("last_sequence").to_number<std::uint64_t>());
        }
        return said.at("end_us").to_number<std::int64_t>();
    }

    [[nodiscard]] double per_second(std::int64_t end_us) const {
        const auto micros = static_cast<double>(std::max<std::int64_t>(end_us - done_.begin_us, 1));
        return static_cast<double>(plan_.options.events) * 1e6 / micros;
    }

    void fill_figures(std::int64_t receipted_us, std::int64_t delivered_us) {
        Figures& figures = done_.figures;
        figures.events = plan_.options.events;
        figures.size_bytes = plan_.options.size_bytes;
        figures.window = plan_.options.window;
        figures.publishers = plan_.options.publishers;
        figures.subscribers = plan_.options.subscribers;
        figures.publish_acknowledged_per_s = per_second(receipted_us);
        figures.end_to_end_per_s = per_second(delivered_us);
        figures.events_per_message = static_cast<double>(plan_.options.events) /
                                     static_cast<double>(std::max<std::uint64_t>(messages_, 1));
        std::vector<std::int64_t> latencies;
        for (std::uint64_t s = 0; s < plan_.options.subscribers; ++s) {
            append_latencies(times_.arrived(s), latencies);
        }
        figures.latency_us = latency_of(latencies);
        latencies.clear();
        append_latencies(times_.receipted(), latencies);
        figures.receipt_latency_us = latency_of(latencies);
    }

    void append_latencies(std::span<const std::int64_t> ends,
                          std::vector<std::int64_t>& out) const {
        const std::span<const std::int64_t> begins = times_.published();
        for (std::size_t i = 0; i < ends.size(); ++i) {
            out.push_back(ends[i] - begins[i]);
        }
    }

    const PeerPlan& plan_;
    const SharedTimes& times_;
    std::vector<std::string> words_;
    std::vector<Process> processes_;  ///< subscribers, then publishers
    std::size_t ready_ = 0;
    std::uint64_t messages_ = 0;
    PeersDone done_;
};

}  // namespace

Result<PeersDone> run_peers(const PeerPlan& plan) {
    CAREHUB_TRY(const SharedTimes times, SharedTimes::create(plan.options));
    return Peers(plan, times).run();
}

void add_peer(CLI::App& bench, Run& run) {
    auto arguments = std::make_shared<PeerArguments>();
    Options& options = arguments->task.options;
    auto* command = subcommand(bench, "peer", "one publisher or subscriber")->group("");
    option(*command, "--role", arguments->role, "")->required();
    option(*command, "--number", arguments->task.number, "")->required();
    option(*command, "--key", arguments->link, "")->required();
    option(*command, "--times", arguments->times, "")->required();
    option(*command, "--base", arguments->base_us, "")->required();
    option(*command, "--events", options.events, "");
    option(*command, "--clients", options.clients, "");
    option(*command, "--size", options.size_bytes, "");
    option(*command, "--window", options.window, "");
    option(*command, "--batch", options.batch, "");
    option(*command, "--publishers", options.publishers, "");
    option(*command, "--subscribers", options.subscribers, "");
    option(*command, "--rate", options.rate, "");
    flag(*command, "--floor", arguments->floor, "");
    runs(command, run, [arguments]() -> Result<int> {
        CAREHUB_TRY(const json::object said, work(*arguments));
        std::cout << json::serialize(said) << std::endl;
        return 0;
    });
}

}  // namespace carehub::tool::bench
