// demo: a whole county in one go. A simulated county, the hub and an adapter for each partner as real
// processes, fed a day at a time, and a summary against the truth.
#include <iostream>
#include <thread>

#include "tools/carehub/demo_limits.hpp"
#include "tools/carehub/demo_observed.hpp"
#include "tools/carehub/demo_report.hpp"
#include "tools/carehub/demo_rights.hpp"
#include "tools/carehub/demo_summary.hpp"
#include "tools/carehub/session.hpp"

namespace carehub::tool {
namespace demo {
namespace {

Result<adapters::HubClient> connect_admin(const DemoFolder& folder) {
    Run run;
    run.data = folder.hub().string();
    return connect_client(run, codec::Purpose::Staff);
}

Status feed_all(const DemoOptions& options, const Days& days, Feeder& feeder, AlertLedger& ledger,
                adapters::HubClient& admin, Reviewers& reviewers) {
    for (unsigned day = 1; day <= options.days; ++day) {
        const auto begun = std::chrono::steady_clock::now();
        const Fed before = feeder.fed();
        CAREHUB_TRY_DONE(feeder.move_clock(days.begin(day)));
        CAREHUB_TRY_DONE(feeder.feed(day));
        const auto took = std::chrono::ceil<milliseconds>(std::chrono::steady_clock::now() - begun);
        std::cout << "Day " << day << " of " << options.days << ", " << to_iso(days.date(day))
                  << ": " << feeder.fed().messages - before.messages << " HL7 messages, "
                  << feeder.fed().files - before.files << " files, "
                  << feeder.fed().staff_events - before.staff_events << " events of staff ("
                  << took.count() << " ms)\n"
                  << std::flush;
        if (day % kAlertsReadEvery == 0) {
            CAREHUB_TRY_DONE(ledger.read(admin, reviewers));
        }
    }
    return feeder.move_clock(days.begin(options.days + 1));
}

/// What the truth does not tell: the kills, the trail, the other run.
Status conclude(const Outcome& outcome, const DemoOptions& options, Reviewers& reviewers,
                Verdict& verdict) {
    if (outcome.kills != options.kill_cycles) {
        verdict.differences.push_back("the hub was killed " + std::to_string(outcome.kills) +
                                      " times, not " + std::to_string(options.kill_cycles) +
                                      ": the county has too few messages");
    }
    CAREHUB_TRY(const std::vector<std::string> wrong, print_rights(outcome, reviewers));
    verdict.differences.insert(verdict.differences.end(), wrong.begin(), wrong.end());
    CAREHUB_TRY(const bool trail_ok, print_trail_verification(outcome.folder));
    if (!trail_ok) {
        verdict.differences.emplace_back("the trail does not verify");
    }
    CAREHUB_TRY_DONE(write_summary(
        outcome.folder, {options, outcome.observed, outcome.verdict, outcome.kills, trail_ok}));
    if (!options.compare.empty()) {
        CAREHUB_TRY(const auto difference,
                    first_difference(outcome.folder.summary(), options.compare));
        if (difference) {
            verdict.differences.push_back("the other run came to something else; " + *difference);
        }
    }
    return {};
}

void wait_for_signal(const std::string& port) {
    const std::atomic<bool>& stop = stop_on_signals();
    std::cout << "\nThe hub and the adapters keep running (port " << port
              << "); Ctrl-C ends them.\n"
              << std::flush;
    while (!stop) {
        std::this_thread::sleep_for(kLookAgain);
    }
}

Result<int> run_demo(const DemoOptions& options, const DemoFolder& folder) {
    CAREHUB_TRY_DONE(make_world(options, folder));
    CAREHUB_TRY(const Truth truth, read_truth(folder.county() / "truth.jsonl"));
    CAREHUB_TRY(const People people, read_people(folder));
    CAREHUB_TRY(const Days days, Days::create(options));
    CAREHUB_TRY(const std::vector<std::string> refused_rows, register_county(folder, people, days));
    CAREHUB_TRY(HubProcess hub, start_hub(folder, people));
    CAREHUB_TRY(Adapters adapters, Adapters::start(folder));
    std::cout << adapters.count() << " adapters run; the clinic's listens at MLLP port "
              << adapters.mllp_port() << "\n"
              << std::flush;

    CAREHUB_TRY(auto admin, connect_admin(folder));
    CAREHUB_TRY(auto reviewers, Reviewers::connect(folder, people));
    CAREHUB_TRY(const std::uint64_t messages, count_messages(folder, options.days));
    DetectionProbe probe(truth, reviewers);
    KillPlan kills(options, messages);
    Feeder feeder({folder, hub, adapters, admin, probe, kills});
    AlertLedger ledger;
    CAREHUB_TRY_DONE(feed_all(options, days, feeder, ledger, admin, reviewers));

    CAREHUB_TRY(const Observed observed, observe(folder, truth, people, ledger, admin, reviewers));
    Verdict verdict = check(truth, people, observed, days);
    verdict.differences.insert(verdict.differences.begin(), refused_rows.begin(),
                               refused_rows.end());
    const Outcome outcome{folder,       truth, people,      observed,  verdict,
                          feeder.fed(), probe, hub.kills(), hub.port()};
    print_counts(outcome);
    print_rules(outcome);
    print_detection(outcome);
    CAREHUB_TRY_DONE(print_pages(outcome));
    CAREHUB_TRY_DONE(conclude(outcome, options, reviewers, verdict));
    print_differences(verdict.differences);
    print_next(outcome);
    if (options.keep) {
        wait_for_signal(hub.port());
    }
    CAREHUB_TRY_DONE(adapters.stop());
    CAREHUB_TRY_DONE(hub.stop());
    return verdict.differences.empty() ? 0 : 1;
}

}  // namespace
}  // namespace demo

void add_demo(CLI::App& app, Run& run) {
    struct Arguments {
        demo::DemoOptions options;
        std::string start = "2026-03-02";
        std::string folder = "./carehub-demo";
    };
    auto* command = subcommand(
        app, "demo", "a simulated county, the hub and its adapters, checked against the truth");
    auto arguments = std::make_shared<Arguments>();
    demo::DemoOptions& options = arguments->options;
    option(*command, "--clients", options.clients, "10 or more")->capture_default_str();
    option(*command, "--days", options.days, "days of feeds")
        ->capture_default_str()
        ->check(CLI::Range(1, 366));
    option(*command, "--seed", options.seed, "the same seed makes the same county")
        ->capture_default_str();
    option(*command, "--start", arguments->start, "its first day")->capture_default_str();
    option(*command, "--folder", arguments->folder, "a folder that is not there yet")
        ->capture_default_str();
    option(*command, "--kill-cycles", options.kill_cycles,
           "kill and restart the hub that often while it is fed");
    option(*command, "--compare", options.compare,
           "another run's summary.json: both must have come to the same")
        ->check(CLI::ExistingFile);
    flag(*command, "--keep", options.keep, "leave hub and adapters running until interrupted");
    command->callback([&run, arguments] {
        run.work = [arguments]() -> Result<int> {
            const auto start = parse_iso_date(arguments->start);
            if (!start) {
                return fail(ErrorCode::Invalid, "--start wants a date such as 2026-03-02");
            }
            arguments->options.start = *start;
            return demo::run_demo(arguments->options, demo::DemoFolder{arguments->folder});
        };
    });
}

}  // namespace carehub::tool
