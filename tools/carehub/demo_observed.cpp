#include "tools/carehub/demo_observed.hpp"

#include <boost/json.hpp>

#include "tools/carehub/demo_limits.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/process.hpp"

namespace carehub::tool::demo {
namespace {

namespace json = boost::json;

AlertSeen alert_of(const std::string& line) {
    const json::object object = parse_line(line);
    AlertSeen alert{text_at(object, "alert_id"),
                    text_at(object, "rule"),
                    text_at(object, "client"),
                    text_at(object, "owner"),
                    text_at(object, "state"),
                    parse_iso_time(text_at(object, "raised_at")).value_or(kUnknownTime),
                    text_at(object, "latched") == "true",
                    {},
                    {}};
    const json::value* keys = object.if_contains("obligations");
    if (keys != nullptr && keys->is_array()) {
        for (const json::value& key : keys->get_array()) {
            alert.keys.emplace_back(key.is_string() ? std::string(key.get_string()) : "");
        }
    }
    return alert;
}

std::vector<std::int64_t> evidence_of(const std::string& line) {
    const json::object object = parse_line(line);
    std::vector<std::int64_t> sequences;
    const json::value* evidence = object.if_contains("evidence");
    if (evidence != nullptr && evidence->is_array()) {
        for (const json::value& sequence : evidence->get_array()) {
            sequences.push_back(sequence.is_int64() ? sequence.get_int64() : 0);
        }
    }
    return sequences;
}

/// Names an event by what stays the same however often the hub was killed; its sequence does not.
Result<std::string> event_name(std::int64_t sequence, const std::string& client,
                               Reviewers& reviewers) {
    const auto steps =
        reviewers.ask_about(client, "trail_event", {{"event", "h-" + std::to_string(sequence)}});
    if (!steps && steps.error().code == ErrorCode::Invalid) {
        return std::string("no event");  // a tick or a command
    }
    CAREHUB_TRY_DONE(steps.map([](const auto&) {}));
    if (steps->empty()) {
        return std::string("no event");
    }
    const json::object step = parse_line(steps->front());
    return text_at(step, "kind") + " by " + text_at(step, "partner") + " at " + text_at(step, "at");
}

/// Several alerts rest on one event: each is asked once.
using EventNames = std::map<std::int64_t, std::string>;

Result<AlertSeen> observe_alert(const std::string& line, EventNames& names, Reviewers& reviewers) {
    AlertSeen alert = alert_of(line);
    for (const std::int64_t sequence : evidence_of(line)) {
        if (names.size() == kEvidenceAskedMax && !names.contains(sequence)) {
            alert.evidence.emplace_back("not asked");
            continue;
        }
        if (!names.contains(sequence)) {
            CAREHUB_TRY(names[sequence], event_name(sequence, alert.client, reviewers));
        }
        alert.evidence.push_back(names[sequence]);
    }
    return alert;
}

std::uint64_t number_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_int64() ? static_cast<std::uint64_t>(value->get_int64())
                                                 : 0;
}

NoticeSeen notice_of(const Notice& notice) {
    NoticeSeen seen;
    seen.client = notice.client;
    seen.discloser = notice.discloser;
    for (const Identifier& identifier : notice.event.identifiers) {
        seen.identifiers.push_back(identifier.value);
    }
    if (notice.alert) {
        seen.rule = notice.alert->rule;
        seen.keys = notice.alert->obligations;
    }
    if (!notice.event.business_key.empty()) {
        seen.keys.push_back(notice.event.business_key);
    }
    seen.kind = name_of(notice.kind);
    return seen;
}

Result<std::vector<NoticeSeen>> read_notices(const std::filesystem::path& link_file) {
    adapters::ConnectionOptions options;
    CAREHUB_TRY(options.link, adapters::read_link_file(link_file));
    options.purpose = codec::Purpose::Watch;
    options.software = "carehub demo";
    CAREHUB_TRY(auto client, adapters::HubClient::connect(std::move(options), kConnectMax));
    CAREHUB_TRY_DONE(client.subscribe({0, {}, true}));
    std::vector<NoticeSeen> seen;
    const Countdown countdown(kDayMax);
    while (!client.caught_up()) {
        if (countdown.is_over()) {
            return fail(ErrorCode::Timeout,
                        "the hub did not tell all that it owes " + link_file.filename().string());
        }
        CAREHUB_TRY(const std::vector<Notice> came, client.notices(kLookAgain));
        for (const Notice& notice : came) {
            seen.push_back(notice_of(notice));
        }
    }
    client.leave();
    return seen;
}

/// What the hub accepted about a client: the steps of the trail that are events of partners.
Result<std::vector<EventSeen>> read_events(const std::string& client, Reviewers& reviewers) {
    CAREHUB_TRY(const std::vector<std::string> steps,
                reviewers.ask_about(client, "trail_client", {{"client", client}}));
    std::vector<EventSeen> events;
    for (const std::string& line : steps) {
        const json::object step = parse_line(line);
        const bool is_event = !text_at(step, "event_id").empty() &&
                              text_at(step, "recipient").empty() &&
                              text_at(step, "result") == "accepted";
        if (is_event) {
            events.push_back({text_at(step, "kind"), text_at(step, "partner")});
        }
    }
    return events;
}

/// The hub's answers lag a moment behind its receipts: waits until the number of alerts stands
/// still.
Status settle(adapters::HubClient& admin) {
    std::string before;
    const Countdown countdown(kDayMax);
    for (Countdown quiet(kQuiet); !quiet.is_over() && !countdown.is_over();) {
        CAREHUB_TRY(const std::vector<std::string> status, admin.ask("status", {}));
        const std::string alerts =
            status.empty() ? "" : text_at(parse_line(status.front()), "alerts");
        if (alerts != before) {
            before = alerts;
            quiet = Countdown(kQuiet);
        }
        CAREHUB_TRY([[maybe_unused]] const auto notices, admin.notices(kLookAgain));
    }
    return {};
}

}  // namespace

Status AlertLedger::read(adapters::HubClient& admin, Reviewers& reviewers) {
    CAREHUB_TRY_DONE(settle(admin));
    CAREHUB_TRY(std::vector<std::string> alerts, reviewers.ask_all("alerts", {{"state", "all"}}));
    for (std::string& line : alerts) {
        lines_[text_at(parse_line(line), "alert_id")] = std::move(line);
    }
    return {};
}

Result<Observed> observe(const DemoFolder& folder, const Truth& truth, const People& people,
                         AlertLedger& ledger, adapters::HubClient& admin, Reviewers& reviewers) {
    CAREHUB_TRY_DONE(ledger.read(admin, reviewers));
    Observed observed;
    EventNames names;
    for (const auto& [id, line] : ledger.lines()) {
        CAREHUB_TRY(AlertSeen alert, observe_alert(line, names, reviewers));
        observed.alerts.push_back(std::move(alert));
    }
    CAREHUB_TRY(const std::vector<std::string> counts, admin.ask("counts", {}));
    for (const std::string& line : counts) {
        const json::object object = parse_line(line);
        observed.counts[text_at(object, "partner")] = {number_at(object, "accepted"),
                                                       number_at(object, "refused")};
    }
    std::vector<std::string> recipients = {"supervision"};
    for (const Staff& member : people.staff) {
        if (member.role == "case_manager") {
            recipients.push_back(member.name);
        }
    }
    for (const std::string& recipient : recipients) {
        CAREHUB_TRY(observed.notices[recipient], read_notices(folder.link(recipient)));
    }
    for (const PlantedEvents& planted : truth.events) {
        if (!observed.events.contains(planted.client)) {
            CAREHUB_TRY(observed.events[planted.client], read_events(planted.client, reviewers));
        }
    }
    return observed;
}

}  // namespace carehub::tool::demo
