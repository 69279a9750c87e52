#include "tools/carehub/bench_route.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

#include <boost/json.hpp>

#include "adapters/kit/hub_client.hpp"
#include "adapters/kit/zmq_hub_link.hpp"
#include "tools/carehub/bench_world.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/process.hpp"

namespace carehub::tool {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kReadyMax{60'000};
constexpr milliseconds kStopMax{60'000};
constexpr milliseconds kConnectMax{20'000};
constexpr milliseconds kRound{20};
/// The hub has stopped answering, or notices are missing, when nothing came for so long.
constexpr milliseconds kStalledMax{20'000};

// --- The kernel's accounts ---

double cpu_seconds(const timeval& user, const timeval& system) {
    return static_cast<double>(user.tv_sec + system.tv_sec) +
           static_cast<double>(user.tv_usec + system.tv_usec) / 1e6;
}

double own_cpu_s() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return cpu_seconds(usage.ru_utime, usage.ru_stime);
}

double cpu_of(pid_t pid) {
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string text((std::istreambuf_iterator<char>(stat)), std::istreambuf_iterator<char>());
    std::istringstream fields(text.substr(std::min(text.size(), text.rfind(')') + 1)));
    std::string skipped;
    for (int i = 0; i < 11; ++i) {  // from state (3) to cmajflt (13)
        fields >> skipped;
    }
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::uint64_t bytes_written_by(pid_t pid) {
    std::ifstream io("/proc/" + std::to_string(pid) + "/io");
    for (std::string line; std::getline(io, line);) {
        if (line.starts_with("write_bytes: ")) {
            return std::strtoull(line.c_str() + std::string_view("write_bytes: ").size(), nullptr,
                                 10);
        }
    }
    return 0;
}

// --- Publisher and subscriber ---

/// Steady times of publishing and delivery, in microseconds; each index is written by one thread.
struct Times {
    explicit Times(std::uint64_t events) : published(events), latency(events, 0) {}
    std::vector<std::atomic<Micros::rep>> published;
    std::vector<Micros::rep> latency;
    std::atomic<Micros::rep> last_notice{0};
    std::atomic<bool> failed{false};
};

Micros now() { return SystemClock().steady(); }

Status subscribe(const adapters::LinkFile& link, const BenchEvents& events, std::uint64_t wanted,
                 Times& times) {
    adapters::ConnectionOptions options;
    options.link = link;
    options.purpose = codec::Purpose::Watch;
    CAREHUB_TRY(auto client, adapters::HubClient::connect(std::move(options), kConnectMax));
    CAREHUB_TRY_DONE(client.subscribe({}));
    std::uint64_t delivered = 0;
    Micros last = now();
    while (delivered < wanted && !times.failed) {
        CAREHUB_TRY(const std::vector<Notice> notices, client.notices(kRound));
        const Micros came = now();
        for (const Notice& notice : notices) {
            const auto index = events.index_of(notice.event.occurred_at);
            if (index && times.latency[*index] == 0) {
                times.latency[*index] = came.count() - times.published[*index].load();
                ++delivered;
            }
        }
        if (!notices.empty()) {
            last = came;
            CAREHUB_TRY_DONE(client.acknowledge(notices.back().number));
        } else if (came - last > kStalledMax) {
            return fail(ErrorCode::Timeout,
                        "the subscriber got " + std::to_string(delivered) + " notices, then none");
        }
    }
    times.last_notice = last.count();
    client.leave();
    return {};
}

struct Published {
    Micros begin{};
    Micros end{};
    std::uint64_t messages = 0;
    std::uint64_t last_sequence = 0;
};

/// Sends everything within the window; returns when the last receipt is there.
class Publisher {
public:
    Publisher(adapters::HubLink& link, const BenchEvents& events, const BenchOptions& options,
              Times& times)
        : link_(link), events_(events), options_(options), times_(times) {}

    Result<Published> run() {
        CAREHUB_TRY_DONE(wait_for_session());
        published_.begin = now();
        last_receipt_ = published_.begin;
        while (answered_ < options_.events) {
            CAREHUB_TRY(const std::size_t queued, queue_batch());
            CAREHUB_TRY(const adapters::LinkNews news,
                        link_.poll(queued > 0 ? milliseconds{0} : kRound));
            CAREHUB_TRY_DONE(take(news));
        }
        published_.end = now();
        return published_;
    }

private:
    Status wait_for_session() {
        const Micros begin = now();
        while (link_.credit() == 0) {
            if (now() - begin > kConnectMax) {
                return fail(ErrorCode::Timeout, "the hub did not answer the publisher");
            }
            CAREHUB_TRY([[maybe_unused]] const auto news, link_.poll(kRound));
        }
        return {};
    }

    Result<std::size_t> queue_batch() {
        const std::uint64_t room = options_.window - (sent_ - answered_);
        const std::uint64_t count =
            std::min({room, std::uint64_t{options_.batch}, options_.events - sent_,
                      std::uint64_t{link_.credit()}});
        const Micros at = now();
        for (std::uint64_t i = 0; i < count; ++i) {
            times_.published[sent_] = at.count();
            CAREHUB_TRY_DONE(link_.submit(sent_ + 1, events_.event(sent_)));
            ++sent_;
        }
        published_.messages += count > 0 ? 1 : 0;
        return static_cast<std::size_t>(count);
    }

    Status take(const adapters::LinkNews& news) {
        if (news.reconnected) {
            return fail(ErrorCode::Unavailable, "the publisher lost its session");
        }
        for (const Receipt& receipt : news.receipts) {
            if (receipt.status != ReceiptStatus::Accepted) {
                return fail(ErrorCode::Invalid, "an event was not accepted: " +
                                                    std::string(name_of(receipt.refusal.reason)));
            }
            published_.last_sequence = std::max(published_.last_sequence, receipt.sequence.value);
        }
        answered_ += news.receipts.size();
        last_receipt_ = news.receipts.empty() ? last_receipt_ : now();
        return now() - last_receipt_ > kStalledMax
                   ? Status(fail(ErrorCode::Timeout, "no receipt came any more"))
                   : Status{};
    }

    adapters::HubLink& link_;
    const BenchEvents& events_;
    const BenchOptions& options_;
    Times& times_;
    Published published_;
    std::uint64_t sent_ = 0;
    std::uint64_t answered_ = 0;
    Micros last_receipt_{};
};

Result<Published> publish(const adapters::LinkFile& link, const BenchEvents& events,
                          const BenchOptions& options, Times& times) {
    adapters::ConnectionOptions connection;
    connection.link = link;
    connection.purpose = codec::Purpose::Adapter;
    CAREHUB_TRY(const std::unique_ptr<adapters::HubLink> hub,
                adapters::connect_hub(std::move(connection)));
    return Publisher(*hub, events, options, times).run();
}

/// How far staff questions are behind the last receipt, and how long until they are not.
Status measure_lag(const adapters::LinkFile& admin, std::uint64_t last_sequence,
                   BenchResult& result) {
    adapters::ConnectionOptions options;
    options.link = admin;
    options.purpose = codec::Purpose::Staff;
    CAREHUB_TRY(auto client, adapters::HubClient::connect(std::move(options), kConnectMax));
    const Micros begin = now();
    for (bool first = true;; first = false) {
        CAREHUB_TRY(const std::vector<std::string> lines, client.ask("status", {}));
        const std::uint64_t seen =
            lines.empty() ? 0 : parse_line(lines.front()).at("sequence").to_number<std::uint64_t>();
        result.projection_lag_events =
            first && seen < last_sequence ? last_sequence - seen : result.projection_lag_events;
        if (seen >= last_sequence) {
            break;
        }
    }
    result.catch_up_s = result.projection_lag_events == 0
                            ? 0
                            : std::chrono::duration<double>(now() - begin).count();
    client.leave();
    return {};
}

std::uint64_t quantile(const std::vector<Micros::rep>& sorted, double part) {
    const auto place = static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1));
    return static_cast<std::uint64_t>(std::max<Micros::rep>(sorted[place], 0));
}

double per_second(std::uint64_t events, Micros time) {
    return static_cast<double>(events) /
           std::max(std::chrono::duration<double>(time).count(), 1e-6);
}

/// Both ends at once; the figures of the run.
Result<BenchResult> measure(const BenchLinks& links, const BenchEvents& events,
                            const BenchOptions& options, pid_t hub) {
    Times times(options.events);
    Status subscribed;
    const double own_before = own_cpu_s();
    const double hub_before = cpu_of(hub);
    const std::uint64_t written_before = bytes_written_by(hub);
    std::thread subscriber(
        [&] { subscribed = subscribe(links.subscriber, events, options.events, times); });
    const auto published = publish(links.publisher, events, options, times);
    times.failed = !published;
    subscriber.join();
    CAREHUB_TRY(const Published done, published);
    CAREHUB_TRY_DONE(subscribed);
    BenchResult result;
    CAREHUB_TRY_DONE(measure_lag(links.admin, done.last_sequence, result));
    result.events = options.events;
    result.size_bytes = events.size_bytes();
    result.publish_acknowledged_per_s = per_second(options.events, done.end - done.begin);
    result.end_to_end_per_s = per_second(options.events, Micros{times.last_notice} - done.begin);
    result.events_per_message =
        static_cast<double>(options.events) / static_cast<double>(done.messages);
    std::sort(times.latency.begin(), times.latency.end());
    result.latency_p50_us = quantile(times.latency, 0.5);
    result.latency_p99_us = quantile(times.latency, 0.99);
    result.latency_p999_us = quantile(times.latency, 0.999);
    result.cpu_hub_s = cpu_of(hub) - hub_before;
    result.cpu_peers_s = own_cpu_s() - own_before;
    result.bytes_written_per_event = static_cast<double>(bytes_written_by(hub) - written_before) /
                                     static_cast<double>(options.events);
    return result;
}

}  // namespace

Result<BenchResult> run_bench_route_in(const BenchFolder& folder, const BenchOptions& options) {
    CAREHUB_TRY(
        const BenchEvents events,
        BenchEvents::create(options, std::chrono::floor<std::chrono::days>(SystemClock().now())));
    CAREHUB_TRY(BenchLinks links, make_bench_world({folder.path()}, options.clients));
    CAREHUB_TRY(
        Process hub,
        Process::start({"--data", folder.path().string(), "hub", "--port", "0"}, folder.log()));
    CAREHUB_TRY(const std::string ready, hub.read_line(kReadyMax));
    const std::string endpoint = text_at(parse_line(ready), "endpoint");
    for (adapters::LinkFile* link : {&links.publisher, &links.subscriber, &links.admin}) {
        link->endpoint = endpoint;
    }
    CAREHUB_TRY(const BenchResult result, measure(links, events, options, hub.pid()));
    CAREHUB_TRY([[maybe_unused]] const int code, hub.stop(kStopMax));
    return result;
}

Result<BenchResult> run_bench_route(const BenchOptions& options) {
    const BenchFolder folder;
    return run_bench_route_in(folder, options);
}

}  // namespace carehub::tool
