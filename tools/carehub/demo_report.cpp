#include "tools/carehub/demo_report.hpp"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "tools/carehub/demo_limits.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool::demo {
namespace {

constexpr std::chrono::seconds kDetectionPromised{1};

std::string in_milliseconds(std::chrono::microseconds time) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(1) << static_cast<double>(time.count()) / 1'000.0
         << " ms";
    return text.str();
}

/// Nearest rank.
std::chrono::microseconds percentile(const std::vector<std::chrono::microseconds>& sorted,
                                     std::size_t percent) {
    return sorted[(sorted.size() * percent + 99) / 100 - 1];
}

/// One of each rule, in the order of the truth, open ones only: what is closed is nobody's work.
std::vector<const AlertSeen*> alerts_to_show(const Outcome& outcome) {
    std::vector<const AlertSeen*> shown;
    for (const PlantedAlert& planted : outcome.truth.alerts) {
        const bool known = std::ranges::any_of(
            shown, [&](const AlertSeen* alert) { return alert->rule == planted.rule; });
        const auto alert =
            std::ranges::find_if(outcome.observed.alerts, [&](const AlertSeen& seen) {
                return seen.rule == planted.rule && seen.client == planted.client &&
                       seen.state_class() == "open" &&
                       std::filesystem::exists(outcome.folder.link(seen.owner));  // no team's
            });
        if (!known && alert != outcome.observed.alerts.end() && shown.size() < kAlertsShown) {
            shown.push_back(&*alert);
        }
    }
    return shown;
}

/// A hub may know more rules than the county plants: told plainly, so that nobody reads more into
/// the verdict than it says.
void print_not_judged(const Verdict& verdict) {
    if (verdict.not_judged.empty()) {
        return;
    }
    std::string rules;
    for (const auto& [rule, count] : verdict.not_judged) {
        rules += (rules.empty() ? "" : ", ") + rule + " " + std::to_string(count);
    }
    std::cout << "not judged, because the truth says nothing about their rules: "
              << verdict.alerts_not_judged() << " alerts (" << rules << ")\n";
}

}  // namespace

void print_counts(const Outcome& outcome) {
    print_title("What came in");
    std::cout << outcome.fed.messages << " HL7 messages over MLLP, " << outcome.fed.files
              << " files, " << outcome.fed.staff_events << " events of staff, " << outcome.fed.acts
              << " of their commands";
    if (outcome.kills > 0) {
        std::cout << "; the hub was killed " << outcome.kills << " times, "
                  << outcome.fed.sent_again << " messages were sent again";
    }
    std::cout << "\n";
    if (outcome.fed.messages_refused > 0) {
        std::cout << outcome.fed.messages_refused
                  << " HL7 messages were refused with an ERR segment\n";
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& [partner, count] : outcome.observed.counts) {
        if (count.accepted + count.refused > 0) {
            rows.push_back(
                {partner, std::to_string(count.accepted), std::to_string(count.refused)});
        }
    }
    print_table({"partner", "events accepted", "refused"}, rows);
}

void print_rules(const Outcome& outcome) {
    print_title("Alerts against the truth");
    std::vector<std::vector<std::string>> rows;
    for (const auto& [rule, count] : outcome.verdict.by_rule) {
        rows.push_back({rule, std::to_string(count.planted), std::to_string(count.alerted),
                        std::to_string(count.missing), std::to_string(count.late),
                        std::to_string(count.unexpected)});
    }
    print_table({"rule", "planted", "alerted", "missing", "late", "unexpected"}, rows);
    const auto suppressed =
        std::ranges::count_if(outcome.observed.alerts, &AlertSeen::is_suppressed);
    std::cout << outcome.verdict.traps << " traps that must cause none, "
              << outcome.verdict.withheld << " cases to be withheld, " << outcome.verdict.delivered
              << " to be delivered under a consent; " << suppressed
              << " alerts were suppressed because telling them would disclose too much\n";
    print_not_judged(outcome.verdict);
    std::cout << outcome.verdict.events
              << " kinds of events about a client that must be known exactly so often, by the "
                 "client's trail; "
              << outcome.verdict.events_wrong << " are not\n";
}

void print_detection(const Outcome& outcome) {
    print_title("How soon a conflict can be read");
    const auto times = outcome.probe.times();
    if (times.empty()) {
        std::cout << "No conflict of this county was completed by an HL7 message.\n";
        return;
    }
    const std::string most = in_milliseconds(kDetectionPromised);
    std::cout << "From the acknowledgment of the second event until `carehub alerts` shows the "
                 "alert: p50 "
              << in_milliseconds(percentile(times, 50)) << ", p99 "
              << in_milliseconds(percentile(times, 99)) << ", worst "
              << in_milliseconds(times.back()) << " (" << times.size() << " conflicts; promised "
              << most << ")\n";
    if (outcome.probe.not_detected() > 0) {
        std::cout << outcome.probe.not_detected() << " were not readable in "
                  << kDetectionMax.count() << " ms\n";
    }
}

Status print_pages(const Outcome& outcome) {
    const auto alerts = alerts_to_show(outcome);
    print_title("Three alerts as their case manager sees them");
    for (const AlertSeen* alert : alerts) {
        CAREHUB_TRY(const std::string page,
                    must_run({"--link", outcome.folder.link(alert->owner).string(), "alerts",
                              "show", alert->id},
                             outcome.folder.log("pages"), kCommandMax));
        std::cout << "$ carehub --link links/" << alert->owner << ".carehub alerts show "
                  << alert->id << "\n"
                  << page << "\n";
    }
    if (alerts.empty()) {
        std::cout << "No alert is open.\n";
        return {};
    }
    const std::string& client = alerts.front()->client;
    print_title("The trail of " + client + ", its first lines");
    CAREHUB_TRY(
        const std::string trail,
        must_run({"--link", outcome.folder.link(outcome.people.supervisor_of(client)).string(),
                  "trail", "client", client, "--reason", "the demonstration shows it"},
                 outcome.folder.log("pages"), kCommandMax));
    std::cout << first_lines(trail, kTrailLinesShown + 1);
    return {};
}

Result<bool> print_trail_verification(const DemoFolder& folder) {
    print_title("Is the trail what was written?");
    CAREHUB_TRY(const Finished verified,
                run_command({"--data", folder.hub().string(), "trail", "verify"},
                            folder.log("pages"), kCommandMax));
    std::cout << verified.output;
    return verified.code == 0;
}

void print_differences(const std::vector<std::string>& differences) {
    print_title("Does everything hold?");
    if (differences.empty()) {
        std::cout << "Yes: every planted situation was alerted once and in time, nothing else was "
                     "by the rules judged, nothing withheld was delivered, and every event "
                     "planted is known as often as it was told.\n";
        return;
    }
    std::cout << "No, " << differences.size() << " differences:\n";
    for (std::size_t i = 0; i < std::min(differences.size(), kDifferencesShownMax); ++i) {
        std::cout << "  " << differences[i] << "\n";
    }
}

void print_next(const Outcome& outcome) {
    const std::string folder = outcome.folder.path.string();
    const std::string hub = "carehub --data " + folder + "/hub ";
    const auto alerts = alerts_to_show(outcome);
    print_title("What to try next");
    std::cout << "Everything lies in " << folder
              << " and may be removed. Start its hub again with\n  " << hub << "hub --port "
              << outcome.port << " &\nand try:\n";
    const std::string owner = alerts.empty() ? "cm-01" : alerts.front()->owner;
    const std::string client = alerts.empty() ? "C-00001" : alerts.front()->client;
    const std::string alert = alerts.empty() ? "ID" : alerts.front()->id;
    const std::string supervisor = "  carehub --link " + folder + "/links/" +
                                   outcome.people.supervisor_of(client) + ".carehub ";
    std::cout << "  carehub --link " << folder << "/links/" << owner << ".carehub alerts\n"
              << "  carehub --link " << folder << "/links/" << owner << ".carehub alerts ack "
              << alert << "\n"
              << supervisor << "client show " << client << " --reason \"to see what it tells\"\n"
              << supervisor << "trail client " << client << "\n"
              << "  carehub --link " << folder
              << "/links/supervision.carehub watch --no-ack --once\n";
}

}  // namespace carehub::tool::demo
