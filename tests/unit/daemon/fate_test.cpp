// The questions `fate`, `fate_of`, `deadletters` and `deadletter`, asked of a folder that was fed.
#include "tests/unit/daemon/fed_county.hpp"

namespace carehub::daemon {
namespace {

/// "step recipient result reason" of every step, but those that say where it is now.
std::vector<std::string> steps_of(const json::object& fate) {
    std::vector<std::string> steps;
    for (const json::value& item : fate.at("steps").as_array()) {
        const json::object& step = item.as_object();
        std::string text;
        for (const char* key : {"step", "recipient", "result", "reason"}) {
            const auto word = std::string(step.at(key).as_string());
            text += word.empty() ? "" : (text.empty() ? "" : " ") + word;
        }
        steps.push_back(text);
    }
    return steps;
}

bool has(const json::object& fate, const std::string& step) {
    const auto steps = steps_of(fate);
    UNSCOPED_INFO("looked for: " << step);
    for (const std::string& one : steps) {
        UNSCOPED_INFO("  " << one);
    }
    return std::ranges::find(steps, step) != steps.end();
}

}  // namespace

TEST_CASE("an accepted event tells whom it went to, and waits until it is acknowledged",
          "[daemon]") {
    County county;
    const Receipt receipt = county.hearing("e1");
    json::object fate = county.fate(receipt);
    CHECK(fate.at("status") == "accepted");
    CHECK(steps_of(fate).front() == "received accepted");
    CHECK(has(fate, "routed clinic full"));
    CHECK(has(fate, "queued clinic number 1"));
    CHECK(has(fate, "waiting clinic not acknowledged yet"));

    county.hearing("e2");
    county.acknowledge(2);  // covers the first too
    fate = county.fate(receipt);
    CHECK(has(fate, "delivered clinic acknowledged, number 1"));
    CHECK_FALSE(has(fate, "waiting clinic not acknowledged yet"));
    county.restart();
    CHECK(county.fate(receipt) == fate);
}

TEST_CASE("a delivery long after others is told with its own acknowledgement", "[daemon]") {
    County county;
    std::vector<Receipt> receipts;
    for (int i = 1; i <= 100; ++i) {
        receipts.push_back(county.hearing("e" + std::to_string(i)));
        if (i % 3 == 0) {
            county.acknowledge(static_cast<std::uint64_t>(i));
        }
    }
    for (const std::size_t i : {0U, 1U, 2U, 40U, 80U, 95U, 96U, 98U}) {
        const json::object fate = county.fate(receipts[i]);
        CHECK(has(fate, "delivered clinic acknowledged, number " + std::to_string(i + 1)));
    }
    CHECK(has(county.fate(receipts[99]), "waiting clinic not acknowledged yet"));
}

TEST_CASE("a refused delivery tells reason, field and words, and every further attempt",
          "[daemon]") {
    County county;
    const Receipt receipt = county.hearing("e1");
    county.judge(county.delivery(1), VerdictOutcome::Refused);
    json::object fate = county.fate(receipt);
    CHECK(has(fate,
              "refused clinic attempt 1, number 1 InvalidField payload.end: Our room is closed."));
    CHECK(steps_of(fate).back().starts_with("waiting clinic next attempt at "));
    county.wait(std::chrono::seconds{2});
    CHECK(has(county.fate(receipt), "retried clinic attempt 2, number 2"));
    county.judge(county.delivery(2), VerdictOutcome::Confirmed);
    county.acknowledge(2);
    fate = county.fate(receipt);
    CHECK(has(fate, "confirmed clinic number 2"));
    CHECK(has(fate, "delivered clinic acknowledged, number 2"));
    CHECK_FALSE(has(fate, "delivered clinic acknowledged, number 1"));
}

TEST_CASE("a dead letter is listed with the recipient's words until a person acts", "[daemon]") {
    County county;
    const Receipt receipt = county.hearing("e1");
    for (std::uint64_t number = 1; number <= 5; ++number) {
        county.judge(county.delivery(number), VerdictOutcome::Refused);
        county.wait(std::chrono::seconds{10});
    }
    json::object line = county.ask("deadletters", {});
    CHECK(line.at("id") == "clinic/5");
    CHECK(line.at("first_number") == 1);
    CHECK(line.at("client") == "ada");
    CHECK(line.at("stage") == "Recipient");
    CHECK(line.at("reason") == "InvalidField");
    CHECK(line.at("attempts") == 5);
    line = county.ask("deadletter", {{"recipient", "clinic"}, {"number", "5"}});
    CHECK(line.at("words") == "Our room is closed.");
    CHECK(line.at("field") == "payload.end");
    CHECK(has(county.fate(receipt), "dead-lettered clinic Recipient InvalidField"));
    CHECK(county.ask("status", {}).at("dead_letters") == 1);

    DeadLetterCommand replay{"clinic", 5, {}, DeadLetterAct::Replay, "room opened"};
    REQUIRE(county.desk->command(replay).status == ReceiptStatus::Accepted);
    county.wait(std::chrono::seconds{10});
    CHECK(has(county.fate(receipt), "replayed clinic number 6"));
    county.acknowledge(6);
    CHECK(has(county.fate(receipt), "delivered clinic acknowledged, number 6"));
    CHECK(county.answer({"deadletters", {}, {StaffRole::Operator, "admin", {}}}).lines.empty());
}

TEST_CASE("integration reads fates and letters without the client, an operator no words either",
          "[daemon][roles]") {
    County county;
    const Receipt receipt = county.hearing("e1");
    for (std::uint64_t number = 1; number <= 5; ++number) {
        county.judge(county.delivery(number), VerdictOutcome::Refused);
        county.wait(std::chrono::seconds{10});
    }
    const std::string event = "h-" + std::to_string(receipt.sequence.value);
    const std::string words = "Our room is closed.";
    for (const auto role : {StaffRole::Integration, StaffRole::Operator}) {
        const bool is_told = role == StaffRole::Integration;
        CHECK(county.ask_as(role, "deadletters", {}).at("client") == "");
        const json::object letter =
            county.ask_as(role, "deadletter", {{"recipient", "clinic"}, {"number", "5"}});
        CHECK(letter.at("client") == "");
        CHECK(letter.at("field") == "payload.end");
        CHECK(letter.at("words").as_string() == (is_told ? words : ""));
        const std::string fate = json::serialize(county.ask_as(role, "fate", {{"event", event}}));
        CHECK((fate.find(words) != std::string::npos) == is_told);
        CHECK(fate.find("InvalidField payload.end") != std::string::npos);
        CHECK(fate.find("ada") == std::string::npos);
    }
}

TEST_CASE("a discarded letter keeps why in the trail", "[daemon]") {
    County county;
    const Receipt receipt = county.hearing("e1");
    for (std::uint64_t number = 1; number <= 5; ++number) {
        county.judge(county.delivery(number), VerdictOutcome::Refused);
        county.wait(std::chrono::seconds{10});
    }
    DeadLetterCommand discard{"clinic", 5, {}, DeadLetterAct::Discard, "told by telephone"};
    REQUIRE(county.desk->command(discard).status == ReceiptStatus::Accepted);
    CHECK(has(county.fate(receipt), "discarded clinic told by telephone"));
}

TEST_CASE("an event is found by its sender's own id", "[daemon]") {
    County county;
    const Receipt receipt = county.hearing("e1");
    const json::object fate = county.fate(receipt);
    CHECK(county.ask("fate", {{"partner", "court"}, {"id", "e1"}, {"feed", "feed"}}) == fate);
    for (const follower::Arguments& wrong :
         {follower::Arguments{{"partner", "court"}, {"id", "e1"}},  // the feed has another name
          follower::Arguments{{"partner", "clinic"}, {"id", "e1"}, {"feed", "feed"}},
          follower::Arguments{{"partner", "court"}, {"id", "e9"}, {"feed", "feed"}}}) {
        CHECK(county.answer({"fate", wrong, {StaffRole::Operator, "admin", {}}}).refusal.reason ==
              RefusalReason::NotFound);
    }
}

TEST_CASE("an event about nobody known says so", "[daemon]") {
    County county;
    const Receipt receipt = county.hearing("e1", "stranger");
    CHECK(receipt.routed_to == RoutedTo::Nobody);
    const auto steps = steps_of(county.fate(receipt));
    REQUIRE(steps.size() == 2);
    CHECK(steps[1].starts_with("routed routed to nobody"));
}

TEST_CASE("a refused message has a fate too", "[daemon]") {
    County county;
    const Receipt receipt = county.desk->submit(
        "clinic", SealedFolder::obligation("ada", EventKind::HearingScheduled, "e1"));
    REQUIRE(receipt.status == ReceiptStatus::Refused);
    const json::object fate = county.fate(receipt);
    CHECK(fate.at("status") == "refused");
    CHECK(steps_of(fate).front() == "received refused KindNotInCapability");
}

TEST_CASE("a sender reads the fate of its own events, and of nobody else's", "[daemon]") {
    County county;
    county.hearing("e1");
    county.judge(county.delivery(1), VerdictOutcome::Refused);
    county.wait(std::chrono::seconds{2});
    county.acknowledge(2);
    const json::object fate = county.ask("fate_of", {{"id", "e1"}, {"feed", "feed"}}, "court");
    CHECK(has(fate, "routed clinic full"));
    CHECK(has(fate, "refused clinic attempt 1 InvalidField payload.end"));
    CHECK(has(fate, "delivered clinic acknowledged"));
    const std::string text = json::serialize(fate);
    CHECK(text.find("Our room is closed") == std::string::npos);
    CHECK(text.find("ada") == std::string::npos);
    CHECK(text.find("number") == std::string::npos);

    const auto refused = [&](const std::string& question, const follower::Arguments& arguments,
                             const std::string& who) {
        return county.answer({question, arguments, {StaffRole::Unset, who, county.id(who)}})
            .refusal.reason;
    };
    CHECK(refused("fate_of", {{"id", "e1"}, {"feed", "feed"}}, "clinic") ==
          RefusalReason::NotFound);
    CHECK(refused("fate_of", {{"event", "h-12"}}, "clinic") == RefusalReason::NotFound);
    CHECK(refused("fate", {{"event", "h-12"}}, "court") == RefusalReason::NotAllowed);
    CHECK(refused("deadletters", {}, "court") == RefusalReason::NotAllowed);
    CHECK(refused("client", {{"client", "ada"}}, "court") == RefusalReason::NotAllowed);
}

TEST_CASE("what was withheld tells the sender no name and no protection", "[daemon]") {
    County county;
    // No consent and no agreement lets the clinic's visits go to the court or to the case manager.
    county.desk->submit("clinic",
                        SealedFolder::obligation("ada", EventKind::AppointmentBooked, "v1"));
    const json::object staff =
        county.ask("fate", {{"partner", "clinic"}, {"id", "v1"}, {"feed", "feed"}});
    CHECK(has(staff, "routed ana withheld NoAgreement"));
    const json::object own = county.ask("fate_of", {{"id", "v1"}, {"feed", "feed"}}, "clinic");
    CHECK(has(own, "routed withheld NoAgreement"));
    CHECK(json::serialize(own).find("ana") == std::string::npos);
}

TEST_CASE("the client an event's fate is asked about is known before the answer", "[daemon]") {
    County county;
    const Receipt receipt = county.hearing("e1");
    county.desk->hub->follower.read([&](const follower::Follower& follower) {
        const follower::Answers answers(follower, *county.desk->entries,
                                        hashes_of(*county.desk->hub->fingerprints));
        follower::Asked asked{"fate",
                              {{"event", "h-" + std::to_string(receipt.sequence.value)}},
                              {StaffRole::Operator, "admin", {}}};
        CHECK(answers.client_of(asked) == county.desk->client("ada"));
        asked = {"fate_of",
                 {{"id", "e1"}, {"feed", "feed"}},
                 {StaffRole::Unset, "court", county.id("court")}};
        CHECK(answers.client_of(asked) == county.desk->client("ada"));
        asked = {"partners", {}, {StaffRole::Operator, "admin", {}}};
        CHECK(answers.client_of(asked).is_none());
    });
}

}  // namespace carehub::daemon
