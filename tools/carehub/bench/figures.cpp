#include "tools/carehub/bench/figures.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include <boost/json.hpp>

#include "hub/base/check.hpp"

namespace carehub::tool::bench {
namespace {

namespace json = boost::json;

constexpr double kThousandths = 1'000;

std::uint64_t at_quantile(const std::vector<std::int64_t>& sorted, double part) {
    const auto place = static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1));
    return static_cast<std::uint64_t>(std::max<std::int64_t>(sorted[place], 0));
}

json::object to_json(const Latency& latency) {
    return {{"p50", latency.p50}, {"p99", latency.p99}, {"p999", latency.p999}};
}

double rounded(double value) { return std::round(value * kThousandths) / kThousandths; }
std::uint64_t whole(double value) { return static_cast<std::uint64_t>(std::llround(value)); }

/// 0 when the object does not tell.
double number_at(const json::object& object, const char* key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_number() ? value->to_number<double>() : 0;
}

std::uint64_t count_at(const json::object& object, const char* key) {
    return whole(std::max(number_at(object, key), 0.0));
}

const json::object* object_at(const json::object& object, const char* key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr ? value->if_object() : nullptr;
}

std::optional<Latency> latency_at(const json::object& object, const char* key) {
    const json::object* latency = object_at(object, key);
    if (latency == nullptr) {
        return std::nullopt;
    }
    return Latency{count_at(*latency, "p50"), count_at(*latency, "p99"),
                   count_at(*latency, "p999")};
}

std::string last_object_line(const std::string& output) {
    std::istringstream lines(output);
    std::string last;
    for (std::string line; std::getline(lines, line);) {
        last = line.starts_with('{') ? line : last;
    }
    return last;
}

}  // namespace

Latency latency_of(std::vector<std::int64_t>& values_us) {
    if (values_us.empty()) {
        return {};
    }
    std::ranges::sort(values_us);
    return {at_quantile(values_us, 0.5), at_quantile(values_us, 0.99),
            at_quantile(values_us, 0.999)};
}

json::object to_json(const Figures& figures) {
    json::object object = {
        {"events", figures.events},
        {"size_bytes", figures.size_bytes},
        {"window", figures.window},
        {"publishers", figures.publishers},
        {"subscribers", figures.subscribers},
        {"publish_acknowledged_per_s", whole(figures.publish_acknowledged_per_s)},
        {"end_to_end_per_s", whole(figures.end_to_end_per_s)},
        {"events_per_message", rounded(figures.events_per_message)},
        {"latency_us", to_json(figures.latency_us)},
        {"cpu_s", json::object{{"hub", rounded(figures.cpu_hub_s)},
                               {"peers", rounded(figures.cpu_peers_s)}}},
        {"bytes_written_per_event", whole(figures.bytes_written_per_event)},
        {"projection_lag_events", figures.projection_lag_events},
        {"catch_up_s", rounded(figures.catch_up_s)}};
    if (figures.receipt_latency_us) {
        object["receipt_latency_us"] = to_json(*figures.receipt_latency_us);
    }
    return object;
}

Result<Figures> parse_figures(const std::string& output) {
    json::error_code error;
    const json::value value = json::parse(last_object_line(output), error);
    const json::object* object = error ? nullptr : value.if_object();
    Figures figures;
    if (object != nullptr) {
        figures.publish_acknowledged_per_s = number_at(*object, "publish_acknowledged_per_s");
        figures.end_to_end_per_s = number_at(*object, "end_to_end_per_s");
    }
    if (figures.publish_acknowledged_per_s <= 0 || figures.end_to_end_per_s <= 0) {
        return fail(ErrorCode::Invalid,
                    "a peer's last line must be the JSON of `carehub bench route --json`");
    }
    figures.events = count_at(*object, "events");
    figures.size_bytes = count_at(*object, "size_bytes");
    figures.window = count_at(*object, "window");
    figures.publishers = count_at(*object, "publishers");
    figures.subscribers = count_at(*object, "subscribers");
    figures.events_per_message = number_at(*object, "events_per_message");
    figures.latency_us = latency_at(*object, "latency_us").value_or(Latency{});
    figures.receipt_latency_us = latency_at(*object, "receipt_latency_us");
    figures.bytes_written_per_event = number_at(*object, "bytes_written_per_event");
    figures.projection_lag_events = count_at(*object, "projection_lag_events");
    figures.catch_up_s = number_at(*object, "catch_up_s");
    if (const json::object* cpu = object_at(*object, "cpu_s")) {
        figures.cpu_hub_s = number_at(*cpu, "hub");
        figures.cpu_peers_s = number_at(*cpu, "peers");
    }
    return figures;
}

const Figures& median_run(const std::vector<Figures>& runs) {
    CAREHUB_CHECK(!runs.empty(), "a median needs a run");
    std::vector<const Figures*> order;
    for (const Figures& run : runs) {
        order.push_back(&run);
    }
    std::ranges::sort(order, {}, &Figures::end_to_end_per_s);
    return *order[(order.size() - 1) / 2];
}

}  // namespace carehub::tool::bench
