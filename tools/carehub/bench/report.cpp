#include "tools/carehub/bench/report.hpp"

#include <algorithm>
#include <cmath>
#include <iostream>

#include <boost/json.hpp>

namespace carehub::tool::bench {
namespace {

namespace json = boost::json;

constexpr double kHundredths = 100;

double rounded(double ratio) { return std::round(ratio * kHundredths) / kHundredths; }

std::uint64_t whole(double value) { return static_cast<std::uint64_t>(std::llround(value)); }

json::array rates_of(const Outcome& outcome) {
    json::array rates;
    for (const Figures& run : outcome.runs) {
        rates.push_back(whole(run.end_to_end_per_s));
    }
    return rates;
}

/// The other's median run, its runs' rates, and how many times its rate ours is.
json::object compared(const Outcome& own, const Outcome& other) {
    json::object object = to_json(other.median());
    object["command"] = other.name;
    object["runs"] = rates_of(other);
    object["ratio"] = rounded(ratio_of(own, other));
    return object;
}

void print_latency(const char* what, const Latency& latency) {
    std::cout << "  " << what << latency.p50 << " / " << latency.p99 << " / " << latency.p999
              << " us\n";
}

/// What is left of a rate when the machine is busy with other work, too.
double us_per_event(double seconds, const Figures& figures) {
    return rounded(seconds * 1e6 / static_cast<double>(std::max<std::uint64_t>(figures.events, 1)));
}

void print(const Figures& figures) {
    std::cout << "  published and acknowledged   " << whole(figures.publish_acknowledged_per_s)
              << " events/s\n"
              << "  end to end                   " << whole(figures.end_to_end_per_s)
              << " events/s\n"
              << "  events of a message          " << rounded(figures.events_per_message) << "\n";
    print_latency("to the notice p50/p99/p99.9  ", figures.latency_us);
    if (figures.receipt_latency_us) {
        print_latency("to the receipt               ", *figures.receipt_latency_us);
    }
    std::cout << "  CPU of hub / peers           " << rounded(figures.cpu_hub_s) << " / "
              << rounded(figures.cpu_peers_s) << " s (" << us_per_event(figures.cpu_hub_s, figures)
              << " / " << us_per_event(figures.cpu_peers_s, figures) << " us an event)\n"
              << "  written to disk              " << whole(figures.bytes_written_per_event)
              << " bytes an event\n";
}

}  // namespace

json::object to_json(const RouteReport& report) {
    const Outcome& own = report.outcomes.front();
    json::object object = to_json(own.median());
    object["runs"] = rates_of(own);
    const std::size_t peers_end = report.outcomes.size() - (report.has_floor ? 1 : 0);
    if (peers_end > 1) {
        object["vs"] = compared(own, report.outcomes[1]);
    }
    if (report.has_floor) {
        object["floor"] = compared(own, report.outcomes.back());
    }
    if (report.half_rate) {
        object["half_rate"] = to_json(*report.half_rate);
    }
    return object;
}

void print(const RouteReport& report) {
    const Outcome& own = report.outcomes.front();
    const Figures& figures = own.median();
    std::cout << figures.events << " events of " << figures.size_bytes << " bytes, window "
              << figures.window << ", " << figures.publishers << " publisher(s), "
              << figures.subscribers << " subscriber(s); median of " << own.runs.size() << "\n";
    print(figures);
    for (std::size_t i = 1; i < report.outcomes.size(); ++i) {
        const Outcome& other = report.outcomes[i];
        std::cout << other.name << ", by turns\n";
        print(other.median());
        std::cout << "  ratio                        " << rounded(ratio_of(own, other)) << "\n";
    }
    if (report.half_rate) {
        std::cout << "at half of that rate\n";
        print(*report.half_rate);
    }
}

void print_rows(const std::vector<json::object>& rows, bool json,
                const std::vector<Column>& columns) {
    std::vector<std::string> lines;
    lines.reserve(rows.size());
    for (const json::object& row : rows) {
        lines.push_back(json::serialize(row));
    }
    print_lines(lines, json, columns, "Nothing was measured.");
}

}  // namespace carehub::tool::bench
