// What waits, on disk.
#include "adapters/desk/waiting.hpp"

#include "tests/unit/desk/desk_site.hpp"

namespace carehub::adapters::desk {
namespace {

struct Site {
    TemporaryFolder home;
    Sealing sealing = sealing_of(7);

    [[nodiscard]] Waiting make() { return Waiting(DropState(file(), kWaitingState, sealing)); }
    [[nodiscard]] std::filesystem::path file() const { return home.path() / "waiting"; }
};

WaitingNotice notice(const std::string& id, std::string_view due) {
    WaitingNotice one;
    one.number = 3;
    one.alert_id = id;
    one.client = "C-77";
    one.severity = Severity::Medium;
    one.since = utc("2026-07-06T10:00:00Z");
    one.due = utc(due);
    one.message = "0123abcd";
    one.leg(Channel::Mail).is_open = true;
    return one;
}

TEST_CASE("What waits is read again as it was, and tells nobody else anything", "[desk]") {
    Site site;
    Waiting written = site.make();
    written.put(notice("a-1-0", "2026-07-07T12:00:00Z"));
    written.remember("3-0011aabb");
    REQUIRE(written.save());
    const std::string bytes = read_text(site.file());
    CHECK(bytes.find("C-77") == std::string::npos);
    CHECK(bytes.find("a-1-0") == std::string::npos);

    Waiting read = site.make();
    REQUIRE(read.load());
    CHECK(read.knows("3-0011aabb"));
    REQUIRE(read.notices().size() == 1);
    const WaitingNotice& one = read.notices().front();
    CHECK((one.number == 3 && one.alert_id == "a-1-0" && one.client == "C-77"));
    CHECK((one.severity == Severity::Medium && one.due == utc("2026-07-07T12:00:00Z")));
    CHECK((one.leg(Channel::Mail).is_open && !one.leg(Channel::Webhook).is_open));
    CHECK(one.message == "0123abcd");
}

TEST_CASE("A later notice of an alert takes the place of the one that waits", "[desk]") {
    Site site;
    Waiting waiting = site.make();
    waiting.put(notice("a-1-0", "2026-07-07T12:00:00Z"));
    waiting.put(notice("a-2-0", "2026-07-07T12:00:00Z"));
    WaitingNotice later = notice("a-1-0", "2026-07-08T12:00:00Z");
    later.number = 9;
    waiting.put(later);
    REQUIRE(waiting.notices().size() == 2);
    CHECK(waiting.notices().front().number == 9);
    CHECK(waiting.notices().front().due == utc("2026-07-07T12:00:00Z"));
}

TEST_CASE("A notice goes when every channel has told it", "[desk]") {
    Site site;
    Waiting waiting = site.make();
    WaitingNotice both = notice("a-1-0", "2026-07-07T12:00:00Z");
    both.leg(Channel::Webhook).is_open = true;
    waiting.put(both);
    waiting.close("a-1-0", Channel::Mail);
    CHECK(waiting.notices().size() == 1);
    waiting.close("a-1-0", Channel::Webhook);
    CHECK(waiting.notices().empty());
}

TEST_CASE("What is not what was written is damaged", "[desk]") {
    Site site;
    Waiting waiting = site.make();
    waiting.put(notice("a-1-0", "2026-07-07T12:00:00Z"));
    REQUIRE(waiting.save());
    std::string bytes = read_text(site.file());
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    write_text(site.file(), bytes);
    const Status read = site.make().load();
    REQUIRE_FALSE(read);
    CHECK(read.error().code == ErrorCode::Damaged);
}

}  // namespace
}  // namespace carehub::adapters::desk
