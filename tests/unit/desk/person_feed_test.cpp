// A person's calendar in its folder.
#include "adapters/desk/person_feed.hpp"

#include "tests/unit/desk/desk_site.hpp"

namespace carehub::adapters::desk {
namespace {

namespace fs = std::filesystem;

struct Site {
    TemporaryFolder home;
    SetClock clock;
    SystemRandom random;
    Sealing sealing = sealing_of(7);
    MemoryStaffLink hub;
    Questions questions{hub, clock};
    std::optional<FeedFolder> folder;
    std::unique_ptr<PersonFeed> feed;

    Site() {
        fs::create_directory(out());
        folder.emplace(FeedFolder{DropFolder(out(), Readers::Group), out()});
        start();
        (void)hub.poll({});
    }
    void start() {
        auto made =
            PersonFeed::create({"ana",
                                *folder,
                                DropState(home.path() / "calendar", kCalendarState, sealing),
                                sealing,
                                clock,
                                FeedToken(token(), random),
                                std::chrono::days{30},
                                {false, [](const std::string& client) { return client; }}});
        REQUIRE(made);
        feed = std::move(*made);
    }
    [[nodiscard]] fs::path out() const { return home.path() / "out"; }
    [[nodiscard]] fs::path token() const { return home.path() / "token"; }
    void tell(const std::string& kind, const std::string& start, const std::string& owner = "ana") {
        hub.lines["client C-1"] = R"({"client":"C-1","owner":")" + owner +
                                  R"(","obligations":[{"key":"CR-77","class":")" + kind +
                                  R"(","status":"Scheduled","start":")" + start +
                                  R"(","end":"2026-07-09T23:00:00Z","partner":"greene"}]})";
        feed->mark("C-1");
        rounds();
    }
    void rounds() {
        const auto ask = [this](std::string name, QuestionArguments arguments, Answered answered) {
            return questions.ask(std::move(name), std::move(arguments), std::move(answered));
        };
        for (int i = 0; i < 4; ++i) {
            clock.time += std::chrono::milliseconds{300};
            feed->tell_time(clock.time);
            const auto news = hub.poll({});
            REQUIRE(news);
            questions.take(*news);
            REQUIRE(feed->step(true, ask));
        }
    }
    [[nodiscard]] std::vector<std::string> shown() const {
        std::vector<std::string> names;
        for (const auto& file : fs::directory_iterator(out())) {
            if (file.path().extension() == ".ics") {
                names.push_back(file.path().stem());
            }
        }
        return names;
    }
    [[nodiscard]] std::string text() const {
        REQUIRE(shown().size() == 1);
        return read_text(out() / (shown().front() + ".ics"));
    }
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string line_of(const std::string& text, std::string_view name) {
    const std::size_t at = text.find("\n" + std::string(name) + ":");
    REQUIRE(at != std::string::npos);
    return text.substr(at + 1, text.find('\r', at) - at - 1);
}

TEST_CASE("A calendar is called by 256 random bits and says no more than it has to", "[desk]") {
    Site site;
    site.tell("CourtAppearance", "2026-07-09T14:00:00Z");
    REQUIRE(site.shown().size() == 1);
    CHECK(is_token(site.shown().front()));
    CHECK(read_text(site.token()) == site.shown().front() + "\n");
    const std::string text = site.text();
    CHECK(has(text, "SUMMARY:Court appearance (C-1)"));
    CHECK(has(text, "DTSTART:20260709T140000Z"));
    CHECK_FALSE(has(text, "CR-77"));
    CHECK_FALSE(has(text, "greene"));
    CHECK_FALSE(has(read_text(site.home.path() / "calendar"), "Court"));
}

TEST_CASE("A change is the same entry, one higher; the same again is no change", "[desk]") {
    Site site;
    site.tell("CourtAppearance", "2026-07-09T14:00:00Z");
    const std::string uid = line_of(site.text(), "UID");
    site.tell("CourtAppearance", "2026-07-09T14:00:00Z");
    CHECK(line_of(site.text(), "SEQUENCE") == "SEQUENCE:0");
    site.start();
    site.tell("CourtAppearance", "2026-07-09T15:00:00Z");
    CHECK(line_of(site.text(), "SEQUENCE") == "SEQUENCE:1");
    CHECK(line_of(site.text(), "UID") == uid);
    CHECK(has(site.text(), "DTSTART:20260709T150000Z"));
}

TEST_CASE("What the person may not know of any more is cancelled, without what it was", "[desk]") {
    Site site;
    site.tell("CourtAppearance", "2026-07-09T14:00:00Z");
    SECTION("the consent ended") {
        site.hub.lines["client C-1"] = R"({"client":"C-1","owner":"ana","obligations":[]})";
        site.feed->mark("C-1");
    }
    SECTION("the client is another person's now") {
        site.hub.refusals["client C-1"] = RefusalReason::NotAllowed;
        site.feed->mark("C-1");
    }
    SECTION("the roster has the client no more") { site.feed->set_clients({}); }
    SECTION("a supervisor reads a client of others") {
        site.tell("CourtAppearance", "2026-07-09T14:00:00Z", "ben");
    }
    site.rounds();
    CHECK(has(site.text(), "STATUS:CANCELLED"));
    CHECK(line_of(site.text(), "SEQUENCE") == "SEQUENCE:1");
    CHECK_FALSE(has(site.text(), "Court"));
}

TEST_CASE("Whoever deletes the token has another one, and the old calendar is gone", "[desk]") {
    Site site;
    site.tell("CourtAppearance", "2026-07-09T14:00:00Z");
    const std::string old = site.shown().front();
    const std::string uid = line_of(site.text(), "UID");
    fs::remove(site.token());
    site.rounds();
    REQUIRE(site.shown().size() == 1);
    CHECK(site.shown().front() != old);
    CHECK(is_token(site.shown().front()));
    CHECK(line_of(site.text(), "UID") == uid);
}

TEST_CASE("While the hub does not answer, a client is asked for again", "[desk]") {
    Site site;
    site.hub.answers = false;
    site.tell("CourtAppearance", "2026-07-09T14:00:00Z");
    CHECK_FALSE(has(site.text(), "Court"));
    site.hub.answers = true;
    site.clock.time += kTruthWaitMax;
    site.rounds();
    site.rounds();
    CHECK(has(site.text(), "Court appearance"));
}

TEST_CASE("A token is 64 small hexadecimal digits", "[desk]") {
    CHECK(is_token(std::string(64, 'a')));
    CHECK_FALSE(is_token(std::string(63, 'a')));
    CHECK_FALSE(is_token(std::string(64, 'A')));
    CHECK_FALSE(is_token(std::string(63, 'a') + "/"));
}

}  // namespace
}  // namespace carehub::adapters::desk
