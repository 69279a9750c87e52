#include "hub/daemon/local_hub.hpp"

#include <boost/json.hpp>

#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace carehub::daemon {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

const Hash256 kReviewer{77};

/// A simulation folder that goes away, with two clients of two case managers.
class Folder {
public:
    Folder() {
        REQUIRE(init_folder(data(), {true, *parse_iso_time("2026-03-02T08:00:00-05:00")}));
        const auto hub = open();
        REQUIRE(hub->command(row("ada", {"CLINIC", "MR", "100"}, "ana"))->status ==
                ReceiptStatus::Accepted);
        REQUIRE(hub->command(row("ada", {"COURT", "CASE", "CV-1"}, "ana"))->status ==
                ReceiptStatus::Accepted);
        REQUIRE(hub->command(row("bob", {"CLINIC", "MR", "200"}, "ben"))->status ==
                ReceiptStatus::Accepted);
        PartnerCommand link;
        link.name = "sue";
        link.kind = PartnerKind::Staff;
        link.role = StaffRole::Supervisor;
        link.public_key = kReviewer;
        REQUIRE(hub->command(link)->status == ReceiptStatus::Accepted);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    static RosterCommand row(const std::string& client, const Identifier& identifier,
                             const std::string& owner) {
        RosterCommand command;
        command.client = client;
        command.partner = identifier.authority == "CLINIC" ? "clinic" : "court";
        command.identifier = identifier;
        command.owner = owner;
        command.zone = "America/New_York";
        command.family_name = "Family";
        return command;
    }

    [[nodiscard]] DataFolder data() const { return {root_.path() / "data"}; }
    [[nodiscard]] std::unique_ptr<LocalHub> open() const {
        auto hub = LocalHub::open(data());
        REQUIRE(hub);
        return std::move(*hub);
    }
    /// The same, for a supervisor.
    [[nodiscard]] std::unique_ptr<LocalHub> review() const {
        auto hub = open();
        REQUIRE(hub->speak_as("sue", kReviewer));
        return hub;
    }

private:
    TemporaryFolder root_;
};

std::vector<json::object> ask(LocalHub& hub, const std::string& question,
                              follower::Arguments arguments = {}) {
    arguments.emplace(follower::kReason, "to compare them");
    const auto answer = hub.ask(question, arguments);
    REQUIRE(answer);
    REQUIRE(answer->refusal.reason == RefusalReason::None);
    std::vector<json::object> lines;
    for (const std::string& line : answer->lines) {
        lines.push_back(json::parse(line).as_object());
    }
    return lines;
}

/// Steps of ada's trail without the readings, each of which is a step too.
std::size_t count_steps(LocalHub& hub, const follower::Arguments& arguments) {
    const auto steps = ask(hub, "trail_client", arguments);
    return static_cast<std::size_t>(std::ranges::count_if(
        steps, [](const json::object& step) { return step.at("kind") != "Read"; }));
}

RefusalReason refusal(LocalHub& hub, const std::string& question,
                      const follower::Arguments& arguments = {}) {
    const auto answer = hub.ask(question, arguments);
    REQUIRE(answer);
    REQUIRE(answer->lines.empty());
    return answer->refusal.reason;
}

Submission consent_of(const Identifier& identifier) {
    ConsentClaim claim;
    claim.consent = "consent-1";
    claim.kind = ConsentKind::HipaaAuthorization;
    claim.discloser = "clinic";
    claim.recipients = {"owner"};
    claim.purpose = PurposeOfUse::CareCoordination;
    claim.signed_on = *make_date(2026, 3, 1);
    Submission event;
    event.kind = EventKind::ConsentGranted;
    event.feed = "staff";
    event.source_msg_id = "consent-1";
    event.identifiers = {identifier};
    event.occurred_at = *parse_iso_time("2026-03-02T08:00:00-05:00");
    event.payload = claim;
    return event;
}

TEST_CASE("The roster comes back with the columns it was imported with", "[daemon]") {
    const Folder folder;
    const auto hub = folder.review();
    const auto rows = ask(*hub, "roster");
    REQUIRE(rows.size() == 3);
    REQUIRE(rows[0].at("client") == "ada");
    REQUIRE(rows[0].at("partner") == "clinic");
    REQUIRE(rows[0].at("id") == "100");
    REQUIRE(rows[1].at("id_type") == "CASE");
    REQUIRE(rows[2].at("client") == "bob");
    REQUIRE(rows[2].at("owner") == "ben");
    REQUIRE(rows[2].at("family_name") == "Family");
}

TEST_CASE("A second import of a row changes nothing and says so", "[daemon]") {
    const Folder folder;
    const auto hub = folder.open();
    const auto again = hub->command(Folder::row("ada", {"CLINIC", "MR", "100"}, "ana"));
    REQUIRE(again->status == ReceiptStatus::Duplicate);
    const auto other = hub->command(Folder::row("bob", {"COURT", "CASE", "CV-1"}, "ben"));
    REQUIRE(other->refusal.reason == RefusalReason::IdentifierTaken);
}

TEST_CASE("Answers after a restart are those before it", "[daemon]") {
    const Folder folder;
    std::vector<json::object> before;
    Sequence consent;
    {
        const auto hub = folder.review();
        const auto receipt = hub->submit(consent_of({"CLINIC", "MR", "100"}));
        REQUIRE(receipt->status == ReceiptStatus::Accepted);
        consent = receipt->sequence;
        before = ask(*hub, "client", {{"client", "ada"}});
    }
    const auto hub = folder.review();
    const auto after = ask(*hub, "client", {{"client", "ada"}});
    REQUIRE(after == before);
    REQUIRE(after[0].at("identifiers").as_array().size() == 2);
    REQUIRE(after[0].at("consents").as_array()[0].at("consent") == "consent-1");

    const std::string event = "h-" + std::to_string(consent.value);
    REQUIRE(ask(*hub, "fate", {{"event", event}})[0].at("status") == "accepted");
    const auto steps = ask(*hub, "trail_event", {{"event", event}});
    REQUIRE(steps[0].at("kind") == "ConsentGranted");
    REQUIRE(steps[0].at("client") == "ada");
    REQUIRE(count_steps(*hub, {{"client", "ada"}}) == 3);
    // What is read here is an entry before it is shown, as by a running hub.
    const std::size_t told = ask(*hub, "trail_client", {{"client", "ada"}}).size();
    REQUIRE(ask(*hub, "trail_client", {{"client", "ada"}}).size() == told + 1);
    REQUIRE(ask(*hub, "consents", {{"client", "ada"}}).size() == 1);
}

TEST_CASE("What cannot be answered is refused by reason", "[daemon]") {
    const Folder folder;
    const auto hub = folder.review();
    REQUIRE(refusal(*hub, "weather") == RefusalReason::InvalidField);
    REQUIRE(refusal(*hub, "client", {{"client", "nobody"}}) == RefusalReason::UnknownClient);
    REQUIRE(refusal(*hub, "alert", {{"alert", "a-1-0"}}) == RefusalReason::NotFound);
    REQUIRE(refusal(*hub, "fate", {{"event", "h-0"}}) == RefusalReason::NotFound);
    REQUIRE(refusal(*hub, "fate", {{"event", "h-999"}}) == RefusalReason::NotFound);
    REQUIRE(refusal(*hub, "fate", {{"event", "12"}}) == RefusalReason::NotFound);
}

TEST_CASE("States and rules are named in any spelling, and an unknown one is refused", "[daemon]") {
    const Folder folder;
    const auto hub = folder.review();
    for (const std::string state : {"ClearedUnseen", "cleared-unseen", "CLEARED_UNSEEN", "All"}) {
        REQUIRE(ask(*hub, "alerts", {{"state", state}}).empty());
    }
    for (const std::string rule : {"TightTravel", "tight-travel", "TIGHT_TRAVEL"}) {
        REQUIRE(ask(*hub, "alerts", {{"rule", rule}}).empty());
    }
    REQUIRE(refusal(*hub, "alerts", {{"state", "Opened"}}) == RefusalReason::InvalidField);
    REQUIRE(refusal(*hub, "alerts", {{"state", "Unset"}}) == RefusalReason::InvalidField);
    REQUIRE(refusal(*hub, "alerts", {{"state", "_"}}) == RefusalReason::InvalidField);
    REQUIRE(refusal(*hub, "alerts", {{"rule", "TightTravels"}}) == RefusalReason::InvalidField);
    const auto told = hub->ask("alerts", {{"client", "ada"}, {"state", "Opened"}})->refusal;
    REQUIRE(told.field == "state");
    REQUIRE(told.fix.find("Raised, Acknowledged") != std::string::npos);
    const auto rule = hub->ask("alerts", {{"client", "ada"}, {"rule", "Weather"}})->refusal;
    REQUIRE(rule.field == "rule");
    REQUIRE(rule.fix.find("rules list") != std::string::npos);
}

TEST_CASE("The trail of a span holds its beginning and not its end", "[daemon]") {
    const Folder folder;
    const auto hub = folder.open();
    const std::string evening = "2026-03-02T20:00:00-05:00";  // already the next day in UTC
    REQUIRE(hub->command(ClockCommand{*parse_iso_time(evening)})->status ==
            ReceiptStatus::Accepted);
    REQUIRE(hub->speak_as("sue", kReviewer));
    const auto receipt = hub->submit(consent_of({"CLINIC", "MR", "100"}));
    REQUIRE(receipt->status == ReceiptStatus::Accepted);

    const auto steps = [&hub](const std::string& from, const std::string& to) {
        return count_steps(*hub, {{"client", "ada"}, {"from", from}, {"to", to}});
    };
    REQUIRE(steps("", "") == 3);
    REQUIRE(steps(evening, "") == 1);
    REQUIRE(steps("", evening) == 2);
    REQUIRE(steps("2026-03-02", "2026-03-03") == 3);
    REQUIRE(steps("2026-03-03", "") == 0);
    REQUIRE(steps("", "2026-03-02") == 0);

    const std::string event = "h-" + std::to_string(receipt->sequence.value);
    REQUIRE(ask(*hub, "trail_event", {{"event", event}, {"from", evening}}).size() == 1);
    REQUIRE(ask(*hub, "trail_event", {{"event", event}, {"to", evening}}).empty());
    for (const std::string bound : {"from", "to"}) {
        REQUIRE(refusal(*hub, "trail_client", {{"client", "ada"}, {bound, "yesterday"}}) ==
                RefusalReason::InvalidField);
        REQUIRE(refusal(*hub, "trail_event", {{"event", event}, {bound, "2026-02-30"}}) ==
                RefusalReason::InvalidField);
    }
}

TEST_CASE("Two hubs do not open one folder", "[daemon]") {
    const Folder folder;
    const auto hub = folder.review();
    const auto second = LocalHub::open(folder.data());
    REQUIRE_FALSE(second);
    REQUIRE(second.error().code == ErrorCode::AnotherWriter);
}

TEST_CASE("The operator is told of no client; who holds another link speaks with it",
          "[daemon][roles]") {
    const Folder folder;
    const auto hub = folder.open();
    REQUIRE(refusal(*hub, "client", {{"client", "ada"}}) == RefusalReason::NotAllowed);
    REQUIRE(hub->ask("roster", {})->lines.empty());
    REQUIRE(hub->speak_as("sue", {}).error().code == ErrorCode::NotFound);
    REQUIRE(hub->speak_as("max", kReviewer).error().code == ErrorCode::NotFound);
    REQUIRE(refusal(*hub, "client", {{"client", "ada"}}) == RefusalReason::NotAllowed);
    REQUIRE(hub->speak_as("sue", kReviewer));
    REQUIRE(ask(*hub, "client", {{"client", "ada"}}).size() == 1);
}

}  // namespace
}  // namespace carehub::daemon
