// What a benchmark tells of its runs: quantiles, medians, turns, and the JSON it shares with peers.
#include <boost/json.hpp>

#include "tests/support/catch.hpp"
#include "tools/carehub/bench/compare.hpp"
#include "tools/carehub/bench/figures.hpp"
#include "tools/carehub/bench/shared_times.hpp"

using namespace carehub;
using namespace carehub::tool::bench;

namespace {

Figures run_with(double rate) {
    Figures figures;
    figures.publish_acknowledged_per_s = rate + 1;
    figures.end_to_end_per_s = rate;
    return figures;
}

/// Writes its letter into `order` and finds the next of `rates`.
Contestant contestant(char letter, std::vector<double> rates, std::string& order) {
    auto next = std::make_shared<std::size_t>(0);
    return {std::string(1, letter), [=, &order]() -> Result<Figures> {
                order += letter;
                return run_with(rates.at((*next)++));
            }};
}

}  // namespace

TEST_CASE("quantiles are those of the sorted values", "[bench]") {
    std::vector<std::int64_t> values;
    for (std::int64_t value = 1'000; value >= 0; --value) {
        values.push_back(value);
    }
    CHECK(latency_of(values) == Latency{500, 990, 999});
    std::vector<std::int64_t> none;
    CHECK(latency_of(none) == Latency{});
}

TEST_CASE("the median run is the middle one, with its own figures", "[bench]") {
    const std::vector<Figures> runs = {run_with(30), run_with(10), run_with(50), run_with(20),
                                       run_with(40)};
    CHECK(median_run(runs).end_to_end_per_s == 30);
    CHECK(median_run(runs).publish_acknowledged_per_s == 31);
}

TEST_CASE("contestants run by turns and the ratio is that of the medians", "[bench]") {
    std::string order;
    const auto outcomes = run_by_turns(
        {contestant('A', {100, 300, 200}, order), contestant('B', {50, 10, 1'000}, order)}, 3);
    REQUIRE(outcomes);
    CHECK(order == "ABABAB");
    CHECK(outcomes->at(0).median().end_to_end_per_s == 200);
    CHECK(ratio_of(outcomes->at(0), outcomes->at(1)) == Approx(4));
}

TEST_CASE("a contestant that fails ends the comparison", "[bench]") {
    std::string order;
    const Contestant broken{"broken", [&]() -> Result<Figures> {
                                order += 'X';
                                return fail(ErrorCode::Unavailable, "no server");
                            }};
    const auto outcomes = run_by_turns({contestant('A', {1, 1}, order), broken}, 2);
    REQUIRE_FALSE(outcomes);
    CHECK(order == "AX");
}

TEST_CASE("figures are read back as they were printed", "[bench]") {
    Figures figures = run_with(200'000);
    figures.events = 500'000;
    figures.latency_us = {1, 2, 3};
    figures.receipt_latency_us = Latency{4, 5, 6};
    figures.cpu_hub_s = 1.25;
    figures.bytes_written_per_event = 900;
    const auto read = parse_figures("a log line\n" + boost::json::serialize(to_json(figures)));
    REQUIRE(read);
    CHECK(read->events == 500'000);
    CHECK(read->end_to_end_per_s == 200'000);
    CHECK(read->latency_us == Latency{1, 2, 3});
    CHECK(read->receipt_latency_us == Latency{4, 5, 6});
    CHECK(read->cpu_hub_s == 1.25);
    CHECK(read->bytes_written_per_event == 900);
}

TEST_CASE("a peer that prints no rates is refused", "[bench]") {
    const char* output = GENERATE("", "no JSON\n", "{\"events\":5}\n", "{\"end_to_end_per_s\":5}\n",
                                  "{\"end_to_end_per_s\":\n");
    CHECK_FALSE(parse_figures(output));
}

TEST_CASE("a peer program is given the whole work", "[bench]") {
    Options options;
    options.events = 7;
    options.batch = 3;
    // A shell prints what it is asked for as rates: events and batch.
    const auto figures = peer_program(
                             "sh -c 'echo \"{\\\"publish_acknowledged_per_s\\\":$1,"
                             "\\\"end_to_end_per_s\\\":$7}\"'",
                             options)
                             .run();
    REQUIRE(figures);
    CHECK(figures->publish_acknowledged_per_s == 7);
    CHECK(figures->end_to_end_per_s == 3);
    CHECK_FALSE(peer_program("false", options).run());
}

TEST_CASE("times that one process writes are read through the path by another", "[bench]") {
    Options options;
    options.events = 10;
    options.subscribers = 2;
    const auto own = SharedTimes::create(options);
    REQUIRE(own);
    const auto other = SharedTimes::open(own->path(), options);
    REQUIRE(other);
    own->published()[9] = 5;
    own->arrived(1)[0] = 7;
    other->go(3);
    CHECK(own->begin_us() == 3);
    CHECK(other->published()[9] == 5);
    CHECK(other->arrived(1)[0] == 7);
    CHECK(other->arrived(0)[0] == 0);
}
