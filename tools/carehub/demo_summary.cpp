#include "tools/carehub/demo_summary.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "hub/daemon/data_folder.hpp"

namespace carehub::tool::demo {
namespace {

namespace json = boost::json;

constexpr std::string_view kCompared[] = {"alerts", "accepted", "refused"};

json::array sorted(std::vector<std::string> texts) {
    std::ranges::sort(texts);
    return json::array(texts.begin(), texts.end());
}

std::string alert_line(const AlertSeen& alert) {
    return json::serialize(json::array{alert.rule, alert.client, alert.state_class(),
                                       sorted(alert.keys), sorted(alert.evidence)});
}

/// Sorted as text; built as text, so that each alert stands on a line of its own.
std::string alert_lines(const Observed& observed) {
    std::vector<std::string> lines;
    for (const AlertSeen& alert : observed.alerts) {
        lines.push_back(alert_line(alert));
    }
    std::ranges::sort(lines);
    std::string text;
    for (const std::string& line : lines) {
        text += (text.empty() ? "\n" : ",\n") + line;
    }
    return "[" + text + "]";
}

json::object truth_counts(const Verdict& verdict) {
    const RuleCount alerts = verdict.totals();
    return {{"planted", alerts.planted},
            {"alerted", alerts.alerted},
            {"missing", alerts.missing},
            {"late", alerts.late},
            {"unexpected", alerts.unexpected},
            {"not_judged", verdict.alerts_not_judged()},
            {"traps", verdict.traps},
            {"withheld", verdict.withheld},
            {"withheld_delivered", verdict.withheld_delivered},
            {"delivered", verdict.delivered},
            {"not_delivered", verdict.not_delivered},
            {"events", verdict.events},
            {"events_wrong", verdict.events_wrong}};
}

Result<json::object> read_summary(const std::filesystem::path& file) {
    CAREHUB_TRY(const std::string text, daemon::read_text(file));
    json::error_code error;
    json::value summary = json::parse(text, error);
    bool whole = !error && summary.is_object();
    for (const std::string_view key : kCompared) {
        whole = whole && summary.get_object().contains(key);
    }
    if (!whole) {
        return fail(ErrorCode::Invalid, file.string() + " is no summary of a demonstration");
    }
    return std::move(summary.get_object());
}

std::string described(const json::value& value) { return json::serialize(value); }

/// Both lists are sorted: the first place where they part names what one of them lacks.
std::optional<std::string> alerts_difference(const json::array& mine, const json::array& other) {
    for (std::size_t i = 0; i < std::max(mine.size(), other.size()); ++i) {
        const std::string here = i < mine.size() ? described(mine[i]) : "no more alerts";
        const std::string there = i < other.size() ? described(other[i]) : "no more alerts";
        if (here != there) {
            return "alert " + std::to_string(i + 1) + ": this run " + here + ", the other " + there;
        }
    }
    return std::nullopt;
}

}  // namespace

Status write_summary(const DemoFolder& folder, const RunEnd& end) {
    json::object accepted;
    json::object refused;
    for (const auto& [partner, count] : end.observed.counts) {
        accepted[partner] = count.accepted;
        refused[partner] = count.refused;
    }
    const json::object run = {
        {"clients", end.options.clients},    {"days", end.options.days},
        {"seed", end.options.seed},          {"kills", end.kills},
        {"trail_ok", end.trail_ok},          {"differences", end.verdict.differences.size()},
        {"truth", truth_counts(end.verdict)}};
    std::string text = json::serialize(run);
    text.pop_back();
    text += ",\n\"alerts\":" + alert_lines(end.observed) +
            ",\n\"accepted\":" + json::serialize(accepted) +
            ",\n\"refused\":" + json::serialize(refused) + "}\n";
    return daemon::write_private(folder.summary(), text);
}

Result<std::optional<std::string>> first_difference(const std::filesystem::path& mine,
                                                    const std::filesystem::path& other) {
    CAREHUB_TRY(const json::object here, read_summary(mine));
    CAREHUB_TRY(const json::object there, read_summary(other));
    if (here.at("alerts").is_array() && there.at("alerts").is_array()) {
        if (auto difference =
                alerts_difference(here.at("alerts").get_array(), there.at("alerts").get_array())) {
            return difference;
        }
    }
    for (const std::string_view key : kCompared) {
        if (here.at(key) != there.at(key)) {
            return std::optional<std::string>(std::string(key) + ": this run " +
                                              described(here.at(key)) + ", the other " +
                                              described(there.at(key)));
        }
    }
    return std::optional<std::string>();
}

}  // namespace carehub::tool::demo
