// The calendar that a partner picks up, read back by libical: what it says, and what a crash leaves.
#include <fstream>

#include <libical/ical.h>

#include "tests/unit/kit/drop_site.hpp"

namespace carehub::adapters {
namespace {

namespace fs = std::filesystem;
using Catch::Matchers::Contains;

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};

/// A VEVENT's values by name, and parameters as NAME;PARAMETER.
using Values = std::map<std::string, std::string>;

std::vector<Values> events_of(const std::string& text) {
    const std::unique_ptr<icalcomponent, FreeComponent> calendar(
        icalparser_parse_string(text.c_str()));
    REQUIRE(calendar != nullptr);
    REQUIRE(icalcomponent_isa(calendar.get()) == ICAL_VCALENDAR_COMPONENT);
    CHECK(icalcomponent_count_errors(calendar.get()) == 0);
    CHECK(icalcomponent_get_method(calendar.get()) == ICAL_METHOD_PUBLISH);
    std::vector<Values> events;
    for (icalcomponent* c =
             icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
         c != nullptr;
         c = icalcomponent_get_next_component(calendar.get(), ICAL_VEVENT_COMPONENT)) {
        Values values;
        for (icalproperty* p = icalcomponent_get_first_property(c, ICAL_ANY_PROPERTY); p != nullptr;
             p = icalcomponent_get_next_property(c, ICAL_ANY_PROPERTY)) {
            const bool is_own = icalproperty_isa(p) == ICAL_X_PROPERTY;
            const std::string name =
                is_own ? icalproperty_get_x_name(p) : icalproperty_get_property_name(p);
            icalvalue* const value = icalproperty_get_value(p);
            const bool is_text = icalvalue_isa(value) == ICAL_TEXT_VALUE;
            values[name] =
                is_text ? icalvalue_get_text(value) : icalproperty_get_value_as_string(p);
        }
        events.push_back(values);
    }
    return events;
}

Values event_of(const std::string& text) {
    const auto events = events_of(text);
    REQUIRE(events.size() == 1);
    return events.front();
}

TEST_CASE("a time that is taken becomes a busy block with nothing else in it", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    CHECK(events_of(site.shown()).empty());
    CHECK(site.tell(*target, busy(1)).taking == Taking::Taken);
    const Values event = event_of(site.shown());
    CHECK(event.at("UID") == "k-1@carehub");
    CHECK(event.at("SEQUENCE") == "0");
    CHECK(event.at("DTSTAMP") == "20260701T120000Z");
    CHECK(event.at("DTSTART") == "20260710T130000Z");
    CHECK(event.at("DTEND") == "20260710T133000Z");
    CHECK(event.at("STATUS") == "CONFIRMED");
    CHECK(event.at("TRANSP") == "OPAQUE");
    CHECK(event.at("CLASS") == "PRIVATE");
    CHECK(event.at("SUMMARY") == "Busy (A-7)");
    CHECK(event.at("X-CAREHUB-CLIENT") == "AGENCY SUPV A-7");
    CHECK(event.at("DESCRIPTION") == "AGENCY SUPV A-7");
    CHECK_FALSE(event.contains("LOCATION"));
}

TEST_CASE("a hearing told in full says what it is, where, and whose statement goes with it",
          "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    Notice notice = hearing(1);
    notice.required_statement = "42 CFR part 2 prohibits; see, \"the\" rule.";
    CHECK(site.tell(*target, notice).taking == Taking::Taken);
    const Values event = event_of(site.shown());
    CHECK(event.at("SUMMARY") == "Court appearance (A-7)");
    CHECK(event.at("LOCATION") == "Court & annex; room 4");
    CHECK(event.at("DESCRIPTION") ==
          "42 CFR part 2 prohibits; see, 'the' rule.\nTold by county-court.\nAGENCY SUPV A-7");
    CHECK(event.at("DTSTART") == "20260710T130000Z");
    for (std::string line; const char c : site.shown()) {
        line += c;
        if (c == '\n') {
            CHECK(line.size() <= 75 + 2);
            CHECK(line.ends_with("\r\n"));
            line.clear();
        }
    }
}

TEST_CASE("a change raises SEQUENCE under the same UID, a repeat changes nothing",
          "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    site.tell(*target, hearing(1));
    const std::string first = site.shown();
    site.clock.time += std::chrono::hours{1};
    CHECK(site.tell(*target, hearing(1)).taking == Taking::Taken);
    CHECK(site.shown() == first);
    Notice same = hearing(2, EventKind::HearingModified);  // another delivery that says the same
    same.event.business_key = "k-1";
    CHECK(site.tell(*target, same).taking == Taking::Taken);
    CHECK(site.shown() == first);
    const Notice moved = moved_hearing(3);
    site.tell(*target, moved);
    Values event = event_of(site.shown());
    CHECK(event.at("UID") == "k-1@carehub");
    CHECK(event.at("SEQUENCE") == "1");
    CHECK(event.at("DTSTAMP") == "20260701T130000Z");
    CHECK(event.at("DTSTART") == "20260712T130000Z");
    // An earlier delivery that comes once more, since its acknowledgement was lost.
    CHECK(site.tell(*target, hearing(1)).taking == Taking::Taken);
    CHECK(event_of(site.shown()).at("DTSTART") == "20260712T130000Z");
    site.tell(*target, cancelled_hearing(4));
    event = event_of(site.shown());
    CHECK(event.at("STATUS") == "CANCELLED");
    CHECK(event.at("SEQUENCE") == "2");
    CHECK(event.at("DTSTART") == "20260712T130000Z");
}

TEST_CASE("a busy block that moves or is freed keeps its UID", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    site.tell(*target, busy(1));
    Notice moved = busy(2);
    moved.event.business_key = "k-1";
    std::get<ResourceClaim>(moved.event.payload).from += std::chrono::minutes{15};
    site.tell(*target, moved);
    CHECK(event_of(site.shown()).at("SEQUENCE") == "1");
    Notice freed = busy(3, EventKind::ScheduleUnblocked);
    freed.event.business_key = "k-1";
    site.tell(*target, freed);
    const Values event = event_of(site.shown());
    CHECK(event.at("STATUS") == "CANCELLED");
    CHECK(event.at("SUMMARY") == "Busy (A-7)");
}

TEST_CASE("what was refused and is told again later does not undo what is newer",
          "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    site.tell(*target, moved_hearing(5));
    Notice late = hearing(9);
    late.event.business_key = "k-1";
    late.first_number = 1;
    late.history = true;
    CHECK(site.tell(*target, late).taking == Taking::Taken);
    CHECK(event_of(site.shown()).at("DTSTART") == "20260712T130000Z");
}

TEST_CASE("what is doubtful is tentative, what takes no time is transparent", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    Notice notice = hearing(1, EventKind::HearingUnlisted);
    site.tell(*target, notice);
    CHECK(event_of(site.shown()).at("STATUS") == "TENTATIVE");
    CHECK_THAT(event_of(site.shown()).at("DESCRIPTION"), Contains("no longer on the court's list"));
    notice = hearing(2, EventKind::HearingModified);
    notice.event.business_key = "k-1";
    std::get<ObligationClaim>(notice.event.payload).transparent = true;
    site.tell(*target, notice);
    CHECK(event_of(site.shown()).at("STATUS") == "CONFIRMED");
    CHECK(event_of(site.shown()).at("TRANSP") == "TRANSPARENT");
    auto& claim = std::get<ObligationClaim>(notice.event.payload);
    claim.date = make_date(2026, 7, 31);
    notice.number = 3;
    site.tell(*target, notice);
    const Values event = event_of(site.shown());
    CHECK(event.at("DTSTART") == "20260731");
    CHECK(event.at("DTEND") == "20260801");
    CHECK(event.at("STATUS") == "TENTATIVE");
    CHECK_THAT(site.shown(), Contains("DTSTART;VALUE=DATE:20260731\r\n"));
}

TEST_CASE("an end nobody told is said to be unknown", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    Notice notice = hearing(1);
    std::get<ObligationClaim>(notice.event.payload).end = kUnknownTime;
    site.tell(*target, notice);
    CHECK(event_of(site.shown()).at("DTEND") == "20260710T133000Z");
    CHECK_THAT(event_of(site.shown()).at("DESCRIPTION"), Contains("Its end is not known."));
}

TEST_CASE("custody is an entry from booking to release", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    Notice in = hearing(1, EventKind::CustodyStarted);
    in.event.payload = JusticeClaim{};
    CHECK(site.tell(*target, in).taking == Taking::Taken);
    Values event = event_of(site.shown());
    CHECK(event.at("SUMMARY") == "In custody (A-7)");
    CHECK(event.at("DTSTART") == "20260701T110000Z");
    CHECK(event.at("DTEND") == "20260731T110000Z");
    Notice out = hearing(2, EventKind::CustodyEnded);
    out.event.business_key = "k-1";
    out.event.payload = JusticeClaim{};
    out.event.occurred_at = utc("2026-07-03T08:00:00Z");
    CHECK(site.tell(*target, out).taking == Taking::Taken);
    event = event_of(site.shown());
    CHECK(event.at("DTSTART") == "20260701T110000Z");
    CHECK(event.at("DTEND") == "20260703T080000Z");
    out.event.business_key = "k-9";
    CHECK(site.tell(*target, out).taking == Taking::Nothing);
}

TEST_CASE("a release no later than the booking ends the stay", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar(std::chrono::days{1});
    REQUIRE(site.open(*target));
    const UtcTime booked = utc("2026-07-01T11:00:00Z");
    const UtcTime released = GENERATE_COPY(booked, utc("2026-07-01T04:00:00Z"));
    site.tell(*target, about_stay(1, EventKind::CustodyStarted, booked));
    CHECK(event_of(site.shown()).at("DTEND") == "20260731T110000Z");
    site.tell(*target, about_stay(2, EventKind::CustodyEnded, released));
    const Values event = event_of(site.shown());
    CHECK(event.at("SEQUENCE") == "1");
    CHECK(event.at("DTSTART") == "20260701T110000Z");
    CHECK(event.at("DTEND") == "20260701T113000Z");
    CHECK_THAT(event.at("DESCRIPTION"), !Contains("not known"));
    site.clock.time += std::chrono::days{16};
    REQUIRE(target->tidy());
    CHECK(events_of(site.shown()).empty());
}

TEST_CASE("a discharge before the start that is known ends the stay", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    const UtcTime admitted = utc("2026-07-01T11:00:00Z");
    Notice in = about_stay(1, EventKind::EncounterStarted, admitted);
    EncounterClaim stay;
    stay.start = admitted;
    in.event.payload = stay;
    site.tell(*target, in);
    Notice out = about_stay(2, EventKind::EncounterEnded, admitted);
    stay.start = kUnknownTime;
    stay.end = admitted - std::chrono::hours{2};
    out.event.payload = stay;
    site.tell(*target, out);
    const Values event = event_of(site.shown());
    CHECK(event.at("DTSTART") == "20260701T110000Z");
    CHECK(event.at("DTEND") == "20260701T113000Z");
    CHECK_THAT(event.at("DESCRIPTION"), !Contains("not known"));
}

TEST_CASE("what lasts is shown ahead of the present day until its end is told",
          "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar(std::chrono::days{1});
    REQUIRE(site.open(*target));
    Notice in = hearing(1, EventKind::CustodyStarted);
    in.event.payload = JusticeClaim{};
    site.tell(*target, in);
    site.clock.time += std::chrono::days{14};
    REQUIRE(target->tidy());
    CHECK(event_of(site.shown()).at("SEQUENCE") == "0");
    site.clock.time += std::chrono::days{2};
    REQUIRE(target->tidy());
    CHECK(event_of(site.shown()).at("SEQUENCE") == "1");
    CHECK(event_of(site.shown()).at("DTEND") == "20260816T120000Z");
    const std::string before = site.shown();
    in.number = 7;  // told again: nothing new
    CHECK(site.tell(*target, in).taking == Taking::Taken);
    CHECK(site.shown() == before);
    site.clock.time += std::chrono::days{450};  // nobody told its end
    REQUIRE(target->tidy());
    CHECK(events_of(site.shown()).empty());
    Notice long_ago = hearing(8, EventKind::CustodyStarted);
    long_ago.event.payload = JusticeClaim{};
    long_ago.event.occurred_at = site.clock.time - std::chrono::days{100};
    CHECK(site.tell(*target, long_ago).taking == Taking::Taken);
    CHECK(event_of(site.shown()).at("DTEND") == "20271109T120000Z");
    Notice out = long_ago;
    out.number = 9;
    out.kind = EventKind::CustodyEnded;
    out.event.kind = out.kind;
    out.event.occurred_at = site.clock.time;
    CHECK(site.tell(*target, out).taking == Taking::Taken);
    CHECK(event_of(site.shown()).at("DTEND") == "20271010T120000Z");
}

TEST_CASE("what is not for a calendar leaves no trace in it", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    CHECK(site.tell(*target, hearing(1, EventKind::HousingExit)).taking == Taking::Nothing);
    CHECK(site.tell(*target, cancelled_hearing(2)).taking == Taking::Nothing);
    Notice timeless = busy(3);
    timeless.event.payload = ResourceClaim{};
    CHECK(site.tell(*target, timeless).taking == Taking::Nothing);
    Notice past = busy(4);
    std::get<ResourceClaim>(past.event.payload) = {
        {}, utc("2026-05-01T13:00:00Z"), utc("2026-05-01T14:00:00Z"), {}, {}};
    CHECK(site.tell(*target, past).taking == Taking::Nothing);
    Notice nobody = busy(5);
    nobody.event.identifiers.clear();
    CHECK(site.tell(*target, nobody).refusal.field == "identifiers");
    Notice keyless = busy(6);
    keyless.event.business_key.clear();
    CHECK(site.tell(*target, keyless).refusal.field == "business_key");
    CHECK(events_of(site.shown()).empty());
}

TEST_CASE("a series that is cancelled takes its occurrences out that are still to come",
          "[kit][out][drop]") {
    DropSite site;
    std::uint64_t number = 0;
    const auto occurrence = [&](const std::string& series, const char* from) {
        Notice notice = busy(++number);
        notice.series = series;
        auto& claim = std::get<ResourceClaim>(notice.event.payload);
        claim.from = utc(from);
        claim.to = claim.from + std::chrono::minutes{30};
        return notice;
    };
    Notice other_person = occurrence("k-a1b2c3d4", "2026-07-10T13:00:00Z");
    other_person.event.identifiers = {{"AGENCY", "SUPV", "A-8"}};
    const std::vector<Notice> all = {
        occurrence("k-a1b2c3d4", "2026-07-01T11:30:00Z"),  // has begun
        occurrence("k-a1b2c3d4", "2026-07-08T13:00:00Z"),
        occurrence("k-a1b2c3d4", "2026-07-15T13:00:00Z"),
        occurrence("k-ffff0000", "2026-07-15T15:00:00Z"),
        occurrence("", "2026-07-16T15:00:00Z"),
        other_person,
    };
    {
        const auto target = site.calendar();
        REQUIRE(site.open(*target));
        for (const Notice& notice : all) {
            REQUIRE(site.tell(*target, notice).taking == Taking::Taken);
        }
    }
    const auto target = site.calendar();  // what belongs together is known after a restart
    REQUIRE(site.open(*target));
    Notice whole = busy(100, EventKind::ScheduleUnblocked);
    whole.event.business_key = "k-a1b2c3d4000102030405060708090a0b";
    CHECK(site.tell(*target, whole).taking == Taking::Taken);
    std::map<std::string, int> cancelled;
    for (const Values& event : events_of(site.shown())) {
        cancelled[event.at("UID")] =
            event.at("STATUS") == "CANCELLED" ? std::stoi(event.at("SEQUENCE")) : 0;
    }
    const auto key = [&](std::size_t at) { return all[at].event.business_key + "@carehub"; };
    CHECK(cancelled ==
          std::map<std::string, int>{
              {key(0), 0}, {key(1), 1}, {key(2), 1}, {key(3), 0}, {key(4), 0}, {key(5), 0}});
    CHECK(site.tell(*target, whole).taking == Taking::Taken);
    CHECK(site.tell(*target, busy(101, EventKind::ScheduleUnblocked)).taking == Taking::Nothing);
}

TEST_CASE("texts cannot break out of their property", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    Notice notice = hearing(1);
    std::get<ObligationClaim>(notice.event.payload).location.name =
        "Hall\r\nEND:VEVENT\r\nBEGIN:VEVENT\x01\\n; \xc3\xa9" + std::string(90, 'x') + "\xc3\xa9";
    notice.event.identifiers = {{"AGENCY", "SUPV", "A\r\nATTACH:http://x"}};
    site.tell(*target, notice);
    const Values event = event_of(site.shown());
    CHECK(event.at("LOCATION") ==
          "Hall END:VEVENT BEGIN:VEVENT \\n; \xc3\xa9" + std::string(90, 'x') + "\xc3\xa9");
    CHECK(event.at("SUMMARY") == "Court appearance (A ATTACH:http://x)");
    CHECK_FALSE(event.contains("ATTACH"));
    CHECK_THAT(site.shown(), !Contains("\nEND:VEVENT\r\nBEGIN"));
}

TEST_CASE("a calendar goes on after a restart where it was", "[kit][out][drop]") {
    DropSite site;
    site.tell(
        *[&] {
            auto target = site.calendar();
            REQUIRE(site.open(*target));
            return target;
        }(),
        hearing(1));
    const std::string before = site.shown();
    auto target = site.calendar();
    REQUIRE(site.open(*target));
    CHECK(site.shown() == before);
    CHECK(site.tell(*target, hearing(1)).taking == Taking::Taken);
    CHECK(site.shown() == before);
    site.tell(*target, moved_hearing(2));
    CHECK(event_of(site.shown()).at("SEQUENCE") == "1");
}

TEST_CASE("what was shown and not kept before a crash is taken back, and told once more",
          "[kit][out][drop]") {
    DropSite site;
    auto target = site.calendar();
    REQUIRE(site.open(*target));
    site.tell(*target, hearing(1));
    const std::string before = site.shown();
    const std::string kept = read_text(site.home.path() / "kept");
    site.tell(*target, moved_hearing(2));
    const std::string after = site.shown();
    target.reset();
    write_text(site.home.path() / "kept", kept);  // as if it had crashed before this was written
    target = site.calendar();
    REQUIRE(site.open(*target));
    CHECK(site.shown() == before);
    CHECK(site.tell(*target, moved_hearing(2)).taking == Taking::Taken);
    CHECK(site.shown() == after);
}

TEST_CASE("what cannot be written is not taken, and changes nothing", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    site.tell(*target, hearing(1));
    fs::rename(site.folder(), site.home.path() / "elsewhere");
    CHECK(site.tell(*target, moved_hearing(2)).taking == Taking::Away);
    CHECK_FALSE(site.open(*target));
    fs::rename(site.home.path() / "elsewhere", site.folder());
    REQUIRE(site.open(*target));
    CHECK(event_of(site.shown()).at("SEQUENCE") == "0");
    CHECK(site.tell(*target, moved_hearing(2)).taking == Taking::Taken);
    CHECK(event_of(site.shown()).at("SEQUENCE") == "1");
}

TEST_CASE("what is over or cancelled goes when it has been kept long enough", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar(std::chrono::days{10});
    REQUIRE(site.open(*target));
    site.tell(*target, hearing(1));
    site.tell(*target, busy(2));
    site.tell(*target, cancelled_hearing(3));
    site.clock.time += std::chrono::days{9};
    REQUIRE(target->tidy());
    CHECK(events_of(site.shown()).size() == 2);
    site.clock.time += std::chrono::days{1};
    REQUIRE(target->tidy());
    CHECK(event_of(site.shown()).at("UID") == "k-2@carehub");
    site.clock.time = utc("2026-07-20T13:30:00Z");
    REQUIRE(target->tidy());
    CHECK(events_of(site.shown()).empty());
}

TEST_CASE("a calendar that could not be tidied is tidied the next time", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar(std::chrono::days{10});
    REQUIRE(site.open(*target));
    site.tell(*target, busy(1));
    site.clock.time += std::chrono::days{30};
    fs::create_directory(site.aside());  // nothing can be written there
    CHECK_FALSE(target->tidy());
    fs::remove(site.aside());
    CHECK(events_of(site.shown()).size() == 1);
    REQUIRE(target->tidy());
    CHECK(events_of(site.shown()).empty());
}

TEST_CASE("what was shown and could not be kept is taken back by the next tidying",
          "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    site.tell(*target, hearing(1));
    const std::string before = site.shown();
    fs::create_directory(site.home.path() / "kept.new");
    CHECK(site.tell(*target, moved_hearing(2)).taking == Taking::Away);
    CHECK(site.shown() != before);
    fs::remove(site.home.path() / "kept.new");
    REQUIRE(target->tidy());
    CHECK(site.shown() == before);
}

TEST_CASE("a link that somebody put in the folder is not written through", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    const fs::path own = site.home.path() / "own";
    write_text(own, "mine");
    fs::permissions(own, fs::perms::owner_read | fs::perms::owner_write);
    fs::create_symlink(own, site.aside());
    CHECK(site.tell(*target, hearing(1)).taking == Taking::Taken);
    CHECK(read_text(own) == "mine");
    CHECK(fs::status(own).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK_FALSE(fs::is_symlink(site.folder() / "carehub.ics"));
    CHECK(event_of(site.shown()).at("UID") == "k-1@carehub");
}

TEST_CASE("a new file is made where nothing is, a link included", "[kit][out][drop]") {
    const TemporaryFolder home;
    const fs::path path = home.path() / "new";
    const fs::perms rights = fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_all;
    REQUIRE(File::create(path, rights));
    CHECK(fs::status(path).permissions() == rights);
    CHECK_FALSE(File::create(path, rights));
    fs::create_symlink(home.path() / "nowhere", home.path() / "link");
    CHECK_FALSE(File::create(home.path() / "link", rights));
    CHECK_FALSE(fs::exists(home.path() / "nowhere"));
}

TEST_CASE("a calendar is readable by its group, and one adapter alone writes there",
          "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    const auto perms = fs::status(site.folder() / "carehub.ics").permissions();
    CHECK(perms == (fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read));
    const auto other = site.calendar();
    CHECK_FALSE(site.open(*other));
}

TEST_CASE("a calendar's state is unreadable, and of one link", "[kit][out][drop]") {
    DropSite site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    site.tell(*target, hearing(1));
    CHECK_THAT(read_text(site.home.path() / "kept"), !Contains("A-7") && !Contains("k-1"));
    Sealing other = sealing_of(8);
    CHECK_FALSE(DropState(site.home.path() / "kept", 1, other).load());
    CHECK_FALSE(site.state(2).load());
}

}  // namespace
}  // namespace carehub::adapters
