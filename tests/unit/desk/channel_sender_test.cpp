// What is told when, and what is not told any more.
#include "tests/unit/desk/desk_site.hpp"

namespace carehub::adapters::desk {
namespace {

/// A desk with one person and a mail server.
struct Site {
    TemporaryFolder home;
    SetClock clock;
    Sealing sealing = sealing_of(7);
    StaffEntry ana = staff_entry();
    MemoryStaffLink* hub = nullptr;
    std::unique_ptr<Person> person;
    MemoryCarrier server;
    Counts counts;
    std::unique_ptr<ChannelSender> sender;

    explicit Site(Channel channel = Channel::Mail) {
        sender = std::make_unique<ChannelSender>(ChannelSender::Parts{
            channel, server, clock, counts, TextAmount::Full, "desk@agency.example"});
        start();
    }
    /// As after a kill: what is on disk, and a hub that owes what was not acknowledged.
    void start() {
        auto link = std::make_unique<MemoryStaffLink>();
        if (hub != nullptr) {
            *link = *hub;
            link->begin_again();
        }
        MemoryStaffLink* const now = link.get();
        Waiting waiting(DropState(home.path() / "waiting", kWaitingState, sealing));
        REQUIRE(waiting.load());
        person = std::make_unique<Person>(Person::Parts{"ana",
                                                        std::move(link),
                                                        std::move(waiting),
                                                        sealing,
                                                        clock,
                                                        {true, true},
                                                        std::chrono::hours{8},
                                                        false,
                                                        nullptr,
                                                        std::chrono::minutes{60}});
        hub = now;
    }
    void round() {
        REQUIRE(person->step(clock.time, ana, std::chrono::milliseconds{0}));
        const Addressee one{person.get(), &ana};
        REQUIRE(sender->step(clock.time, std::span(&one, 1)));
    }
    void rounds(int count = 12) {
        for (int i = 0; i < count; ++i) {
            round();
        }
    }
    [[nodiscard]] bool is_waiting(const std::string& id) const {
        return std::ranges::any_of(person->waiting(), [&](const WaitingNotice& one) {
            return one.alert_id == id && one.leg(Channel::Mail).is_open;
        });
    }
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TEST_CASE("What interrupts is mailed at once, once, and confirmed to the hub", "[desk]") {
    Site site;
    site.hub->raise("a-1-0", "High");
    site.rounds();
    REQUIRE(site.server.handed.size() == 1);
    CHECK(site.server.addresses.front() == "ana@agency.example");
    CHECK(has(site.server.handed.front().body, "Subject: carehub: High alert a-1-0, act by Wed"));
    CHECK(site.hub->acknowledged == 1);
    CHECK(site.hub->verdicts ==
          std::vector<std::pair<std::uint64_t, VerdictOutcome>>{{1, VerdictOutcome::Confirmed}});
    CHECK_FALSE(site.is_waiting("a-1-0"));
    CHECK(site.counts.notices_told == 1);
    site.rounds();
    CHECK(site.server.handed.size() == 1);
}

TEST_CASE("The question about an alert names its client, so that the reading is journalled",
          "[desk]") {
    Site site;
    site.hub->raise("a-1-0", "High");
    site.rounds();
    REQUIRE_FALSE(site.hub->asked.empty());
    CHECK(site.hub->asked.front().arguments ==
          QuestionArguments{{"alert", "a-1-0"}, {"client", "C-1"}});
}

TEST_CASE("An alert that is acknowledged while the server is being reached is not told", "[desk]") {
    Site site;
    site.server.is_reached = false;
    site.hub->raise("a-1-0", "Critical");
    site.rounds();
    CHECK(site.hub->asked.empty());
    site.hub->set("a-1-0", "Critical", "C-1", "Acknowledged");
    site.server.is_reached = true;
    site.rounds();
    CHECK(site.server.handed.empty());
    CHECK(site.server.drops == 1);
    CHECK(site.person->waiting().empty());
}

TEST_CASE("What the hub does not permit any more, or does not know, is not told", "[desk]") {
    Site site;
    const auto reason = GENERATE(RefusalReason::NotFound, RefusalReason::NotAllowed);
    site.hub->raise("a-1-0", "High");
    site.hub->refusals["alert a-1-0"] = reason;
    site.rounds();
    CHECK(site.server.handed.empty());
    CHECK(site.person->waiting().empty());
}

TEST_CASE("Without an answer nothing is told, and later it is", "[desk]") {
    Site site;
    site.hub->answers = false;
    site.hub->raise("a-1-0", "High");
    site.rounds();
    CHECK(site.server.handed.empty());
    site.clock.time += kTruthWaitMax;
    site.rounds();
    CHECK(site.server.drops == 1);
    CHECK(site.is_waiting("a-1-0"));
    site.hub->answers = true;
    site.clock.time += kTryWaitFirst;
    site.rounds();
    CHECK(site.server.handed.size() == 1);
}

TEST_CASE("A hub that only asks for patience does not end a notice", "[desk]") {
    Site site;
    site.hub->raise("a-1-0", "High");
    site.hub->refusals["alert a-1-0"] = RefusalReason::Overloaded;
    site.rounds();
    CHECK(site.server.handed.empty());
    CHECK(site.is_waiting("a-1-0"));
}

TEST_CASE("Medium and Low wait for the digest and go in one message, without what is dealt with",
          "[desk]") {
    Site site;
    site.hub->raise("a-1-0", "Medium");
    site.hub->raise("a-2-0", "Low", "C-2");
    site.hub->raise("a-3-0", "Low", "C-3");
    site.rounds();
    CHECK(site.server.handed.empty());
    site.hub->set("a-2-0", "Low", "C-2", "Acknowledged");
    site.clock.time = utc("2026-07-07T11:59:59Z");
    site.rounds();
    CHECK(site.server.addresses.empty());
    site.clock.time = utc("2026-07-07T12:00:00Z");  // 08:00 in New York
    site.rounds();
    REQUIRE(site.server.handed.size() == 1);
    const std::string& text = site.server.handed.front().body;
    CHECK(has(text, "Subject: carehub: digest, 2 alerts"));
    CHECK((has(text, "a-1-0") && has(text, "a-3-0") && !has(text, "a-2-0")));
    CHECK(site.counts.notices_told == 2);
}

TEST_CASE("A digest of which nothing is left does not trouble the mail server", "[desk]") {
    Site site;
    site.hub->raise("a-1-0", "Medium");
    site.rounds();
    site.hub->set("a-1-0", "Medium", "C-1", "Closed");
    site.clock.time = utc("2026-07-07T12:00:00Z");
    site.rounds();
    CHECK(site.server.addresses.empty());
    CHECK(site.person->waiting().empty());
}

TEST_CASE("At night High waits for the morning and Critical does not", "[desk]") {
    Site site;
    site.clock.time = utc("2026-07-07T02:00:00Z");  // 22:00 in New York
    site.hub->raise("a-1-0", "High");
    site.hub->raise("a-2-0", "Critical");
    site.rounds();
    REQUIRE(site.server.handed.size() == 1);
    CHECK(has(site.server.handed.front().body, "a-2-0"));
    site.clock.time = utc("2026-07-07T11:00:00Z");  // 07:00
    site.rounds();
    CHECK(site.server.handed.size() == 2);
}

TEST_CASE("An alert that grows graver leaves at once, and in one message", "[desk]") {
    Site site;
    site.hub->raise("a-1-0", "Low");
    site.rounds();
    site.hub->raise("a-1-0", "Critical");
    site.rounds();
    REQUIRE(site.server.handed.size() == 1);
    CHECK(site.person->waiting().size() == 1);  // for the webhook, which nobody serves here
    CHECK_FALSE(site.is_waiting("a-1-0"));
}

TEST_CASE("A notice that tells the end takes what waits away", "[desk]") {
    Site site;
    site.hub->raise("a-1-0", "Medium");
    site.rounds();
    CHECK(site.is_waiting("a-1-0"));
    site.hub->raise("a-1-0", "Medium", "C-1", "ClearedUnseen");
    site.rounds();
    CHECK(site.person->waiting().empty());
}

TEST_CASE("What waits survives a kill, and a repeat of it is known", "[desk]") {
    Site site;
    site.hub->raise("a-1-0", "Medium");
    const std::vector<Notice> owed = site.hub->to_come;
    site.rounds();
    site.start();
    site.rounds();
    CHECK(site.is_waiting("a-1-0"));
    site.clock.time = utc("2026-07-07T12:00:00Z");
    site.rounds();
    REQUIRE(site.server.handed.size() == 1);
    site.hub->to_come = owed;  // the acknowledgement was lost
    site.rounds();
    CHECK_FALSE(site.is_waiting("a-1-0"));
    CHECK(site.server.handed.size() == 1);
}

TEST_CASE("A server that is away is tried again, ever later, and given up after a day", "[desk]") {
    Site site;
    site.server.is_reached = false;
    site.server.answer = {Carried::Away, "mail: away"};
    site.hub->raise("a-1-0", "Critical");
    site.rounds();
    CHECK(site.server.addresses.size() == 1);
    site.clock.time += kTryWaitFirst;
    site.rounds();
    CHECK(site.server.addresses.size() == 2);
    site.clock.time += kTryWaitFirst;
    site.rounds();
    CHECK(site.server.addresses.size() == 2);
    site.clock.time += kTryFor;
    site.rounds();
    CHECK_FALSE(site.is_waiting("a-1-0"));
    CHECK(site.counts.notices_refused == 1);
    CHECK(site.hub->verdicts.back().second == VerdictOutcome::Refused);
}

TEST_CASE("What a server refuses for good is not sent again", "[desk]") {
    Site site;
    site.server.answer = {Carried::Refused, "the mail server answered 550"};
    site.hub->raise("a-1-0", "Critical");
    site.rounds();
    CHECK(site.server.handed.size() == 1);
    site.clock.time += kTryWaitLongest;
    site.rounds();
    CHECK(site.server.handed.size() == 1);
    CHECK(site.counts.notices_refused == 1);
}

TEST_CASE("A message that is sent again has the same name", "[desk]") {
    Site site;
    site.server.answer = {Carried::Away, "no answer"};
    site.hub->raise("a-1-0", "Critical");
    site.rounds();
    site.clock.time += kTryWaitFirst;
    site.rounds();
    REQUIRE(site.server.handed.size() == 2);
    const auto name_in = [](const std::string& text) {
        const std::size_t at = text.find("Message-ID: ");
        return text.substr(at, text.find('\r', at) - at);
    };
    CHECK(name_in(site.server.handed[0].body) == name_in(site.server.handed[1].body));
    CHECK_FALSE(has(name_in(site.server.handed[0].body), "a-1-0"));
}

TEST_CASE("What the hub told of before is no news", "[desk]") {
    Site site;
    site.hub->raise("a-1-0", "Critical");
    site.hub->to_come.back().history = true;
    site.rounds();
    CHECK(site.server.handed.empty());
    CHECK(site.hub->acknowledged == 1);
}

TEST_CASE("A webhook gets each alert by itself", "[desk]") {
    Site site(Channel::Webhook);
    site.hub->raise("a-1-0", "High");
    site.rounds();
    REQUIRE(site.server.handed.size() == 1);
    const std::string& text = site.server.handed.front().body;
    CHECK(has(text, R"("kind":"AlertRaised","recipient":"ana","alert":{"alert_id":"a-1-0")"));
    CHECK_FALSE(has(text, "north|A-1"));
}

TEST_CASE("While too much waits, the hub is asked for no more", "[desk]") {
    Site site;
    site.round();
    CHECK(site.hub->credit == kNoticesUnderWay);
    for (std::size_t i = 0; i <= kWaitingMax - kNoticesUnderWay; ++i) {
        site.hub->raise("a-" + std::to_string(i) + "-0", "Low");
    }
    site.round();
    CHECK(site.hub->credit == kNoticesUnderWay);
}

}  // namespace
}  // namespace carehub::adapters::desk
