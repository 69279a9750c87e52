// Notices as files that a partner picks up: what a calendar and rows say, and what a crash leaves.
#include <fstream>
#include <functional>
#include <set>

#include <libical/ical.h>

#include "adapters/kit/csv_reader.hpp"
#include "adapters/kit/drop/csv_target.hpp"
#include "adapters/kit/drop/ical_target.hpp"
#include "adapters/kit/out/delivery_id.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/kit/drop_notices.hpp"
#include "tests/unit/kit/fixtures.hpp"

namespace carehub::adapters {
namespace {

namespace fs = std::filesystem;
using Catch::Matchers::Contains;

class NowClock final : public Clock {
public:
    UtcTime time = utc("2026-07-01T12:00:00Z");
    std::function<void()> asked = [] {};
    [[nodiscard]] UtcTime now() const override {
        asked();
        return time;
    }
    [[nodiscard]] Micros steady() const override { return time.time_since_epoch(); }
};

/// A partner's folder and an adapter's state, which outlive each run of a target.
struct Site {
    TemporaryFolder home;
    NowClock clock;
    Sealing sealing = sealing_of(7);
    boost::asio::io_context loop;

    Site() { fs::create_directory(folder()); }
    [[nodiscard]] fs::path folder() const { return home.path() / "out"; }
    [[nodiscard]] DropState state(std::uint64_t number) {
        return {home.path() / "kept", number, sealing};
    }
    std::unique_ptr<IcalTarget> calendar(std::chrono::days keep = std::chrono::days{30}) {
        auto target =
            IcalTarget::create({loop, clock, DropFolder(folder(), Readers::Group), state(1), keep});
        REQUIRE(target);
        return std::move(*target);
    }
    std::unique_ptr<CsvTarget> rows() {
        auto target =
            CsvTarget::create({loop, clock, DropFolder(folder(), Readers::Owner), state(2)});
        REQUIRE(target);
        return std::move(*target);
    }
    Status open(NoticeTarget& target) {
        std::optional<Status> opened;
        target.open([&](const Status& status) { opened = status; });
        loop.restart();
        while (!opened) {
            loop.run_one();
        }
        return *opened;
    }
    TargetAnswer tell(NoticeTarget& target, const Notice& notice) {
        std::optional<TargetAnswer> told;
        target.hand_over(notice, [&](const TargetAnswer& answer) { told = answer; });
        CHECK_FALSE(told);
        loop.restart();
        while (!told) {
            loop.run_one();
        }
        return *told;
    }
    [[nodiscard]] fs::path aside() const { return folder() / ".carehub.tmp"; }
    [[nodiscard]] std::string shown() const { return read_text(folder() / "carehub.ics"); }
    [[nodiscard]] std::vector<std::string> files() const {
        std::set<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder())) {
            const std::string name = entry.path().filename().string();
            if (!name.starts_with(".")) {
                names.insert(name);
            }
        }
        return {names.begin(), names.end()};
    }
};

// --- The calendar, read back by libical --------------------------------------------------------

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
    Site site;
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
    Site site;
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
    Site site;
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
    Site site;
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
    Site site;
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
    Site site;
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
    Site site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    Notice notice = hearing(1);
    std::get<ObligationClaim>(notice.event.payload).end = kUnknownTime;
    site.tell(*target, notice);
    CHECK(event_of(site.shown()).at("DTEND") == "20260710T133000Z");
    CHECK_THAT(event_of(site.shown()).at("DESCRIPTION"), Contains("Its end is not known."));
}

TEST_CASE("custody is an entry from booking to release", "[kit][out][drop]") {
    Site site;
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

/// Of the stay k-1, by the notice's own time alone.
Notice about_stay(std::uint64_t number, EventKind kind, UtcTime at) {
    Notice notice = about_a7(number, kind, Form::Full);
    notice.event.business_key = "k-1";
    notice.event.occurred_at = at;
    notice.event.payload = JusticeClaim{};
    return notice;
}

TEST_CASE("a release no later than the booking ends the stay", "[kit][out][drop]") {
    Site site;
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
    Site site;
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
    Site site;
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
    Site site;
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

TEST_CASE("texts cannot break out of their property", "[kit][out][drop]") {
    Site site;
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
    Site site;
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
    Site site;
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
    Site site;
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
    Site site;
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
    Site site;
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
    Site site;
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
    Site site;
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
    Site site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    const auto perms = fs::status(site.folder() / "carehub.ics").permissions();
    CHECK(perms == (fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read));
    const auto other = site.calendar();
    CHECK_FALSE(site.open(*other));
}

TEST_CASE("a calendar's state is unreadable, and of one link", "[kit][out][drop]") {
    Site site;
    const auto target = site.calendar();
    REQUIRE(site.open(*target));
    site.tell(*target, hearing(1));
    CHECK_THAT(read_text(site.home.path() / "kept"), !Contains("A-7") && !Contains("k-1"));
    Sealing other = sealing_of(8);
    CHECK_FALSE(DropState(site.home.path() / "kept", 1, other).load());
    CHECK_FALSE(site.state(2).load());
}

// --- Rows --------------------------------------------------------------------------------------

using Rows = std::vector<std::map<std::string, std::string>>;

Rows rows_of(const fs::path& file) {
    Rows rows;
    std::vector<std::string> names;
    const Status read = read_csv(file, {}, [&](const CsvRow& row) -> Status {
        if (names.empty()) {
            names.assign(row.cells.begin(), row.cells.end());
            return {};
        }
        REQUIRE(row.cells.size() == names.size());
        auto& cells = rows.emplace_back();
        for (std::size_t i = 0; i < names.size(); ++i) {
            cells[names[i]] = row.cells[i];
        }
        return {};
    });
    REQUIRE(read);
    return rows;
}

TEST_CASE("a notice becomes a file of one row, whole and never changed", "[kit][out][drop]") {
    Site site;
    const auto target = site.rows();
    REQUIRE(site.open(*target));
    Notice notice = hearing(1);
    notice.event.identifiers.push_back({"AGENCY", "CASE", "=HYPERLINK(1)"});
    std::get<ObligationClaim>(notice.event.payload).location = {"R,4", "=cmd|' /C x'!A1 \"q\"",
                                                                false};
    notice.required_statement = "42 CFR part 2 ...";
    CHECK(site.tell(*target, notice).taking == Taking::Taken);
    CHECK(site.tell(*target, busy(2)).taking == Taking::Taken);
    REQUIRE(site.files() == std::vector<std::string>{"carehub-20260701T120000Z-000000001.csv",
                                                     "carehub-20260701T120000Z-000000002.csv"});
    const auto row = rows_of(site.folder() / site.files()[0]).at(0);
    CHECK(row.at("delivery") == delivery_id(notice));
    CHECK(row.at("action") == "set");
    CHECK(row.at("uid") == "k-1");
    CHECK(row.at("kind") == "HearingScheduled");
    CHECK(row.at("form") == "full");
    CHECK(row.at("busy_only") == "no");
    CHECK(row.at("class") == "CourtAppearance");
    CHECK(row.at("status") == "Scheduled");
    CHECK(row.at("start") == "2026-07-10T09:00:00-04:00");
    CHECK(row.at("end") == "2026-07-10T09:30:00-04:00");
    CHECK(row.at("authority") == "AGENCY");
    CHECK(row.at("id") == "A-7");
    CHECK(row.at("other_ids") == "AGENCY CASE =HYPERLINK(1)");
    CHECK(row.at("place") == "R,4");
    CHECK(row.at("place_name") == "'=cmd|' /C x'!A1 \"q\"");
    CHECK(row.at("required_statement") == "42 CFR part 2 ...");
    CHECK(row.at("again") == "no");
    const auto told = rows_of(site.folder() / site.files()[1]).at(0);
    CHECK(told.at("busy_only") == "yes");
    CHECK(told.at("start") == "2026-07-10T13:00:00+00:00");
    for (const char* column : {"class", "place", "discloser", "occurred_at", "date"}) {
        CHECK(told.at(column).empty());
    }
    const std::string bytes = read_text(site.folder() / site.files()[1]);
    CHECK(std::count(bytes.begin(), bytes.end(), '\n') == 2);
    CHECK(bytes.ends_with("\r\n"));
}

TEST_CASE("a cancel and what takes no time are rows of their own action", "[kit][out][drop]") {
    Site site;
    const auto target = site.rows();
    REQUIRE(site.open(*target));
    site.tell(*target, cancelled_hearing(1));
    Notice exit = hearing(2, EventKind::HousingExit);
    HousingClaim claim;
    claim.date = *make_date(2026, 7, 2);
    exit.event.payload = claim;
    site.tell(*target, exit);
    const auto files = site.files();
    CHECK(rows_of(site.folder() / files.at(0)).at(0).at("action") == "cancel");
    const auto noted = rows_of(site.folder() / files.at(1)).at(0);
    CHECK(noted.at("action") == "note");
    CHECK(noted.at("date") == "2026-07-02");
    Notice nobody = busy(3);
    nobody.event.identifiers.clear();
    CHECK(site.tell(*target, nobody).refusal.reason == RefusalReason::UnknownClient);
    CHECK(site.files().size() == 2);
}

TEST_CASE("a row that takes back what was noted says so", "[kit][out][drop]") {
    Site site;
    const auto target = site.rows();
    REQUIRE(site.open(*target));
    const auto told = [&](const Notice& notice) {
        CHECK(site.tell(*target, notice).taking == Taking::Taken);
        const auto row = rows_of(site.folder() / site.files().back()).at(0);
        return row.at("kind") + " " + row.at("action") + " " + row.at("correction");
    };
    PersonClaim person;
    person.deceased_at = utc("2026-06-30T05:00:00Z");
    Notice death = hearing(1, EventKind::ClientDeceased);
    death.event.payload = person;
    CHECK(told(death) == "ClientDeceased note false");
    death.number = 2;
    death.event.correction = true;
    CHECK(told(death) == "ClientDeceased note true");  // on another day
    death.number = 3;
    death.event.payload = PersonClaim{};
    CHECK(told(death) == "ClientDeceased cancel true");
    Notice loss = hearing(4, EventKind::HousingLossReported);
    loss.event.payload = HousingClaim{};
    CHECK(told(loss) == "HousingLossReported note false");
    loss.number = 5;
    loss.event.correction = true;
    CHECK(told(loss) == "HousingLossReported cancel true");
    Notice exit = loss;
    exit.number = 6;
    exit.kind = exit.event.kind = EventKind::HousingExit;
    CHECK(told(exit) == "HousingExit cancel true");
    Notice custody = about_stay(7, EventKind::CustodyStarted, utc("2026-07-01T11:00:00Z"));
    custody.event.correction = true;
    CHECK(told(custody) == "CustodyStarted set true");
}

TEST_CASE("a row that vanished before it was shown is told again", "[kit][out][drop]") {
    Site site;
    auto target = site.rows();
    REQUIRE(site.open(*target));
    site.clock.asked = [&] { fs::remove(site.aside()); };  // as its name is chosen
    CHECK(site.tell(*target, busy(1)).taking == Taking::Away);
    site.clock.asked = [] {};
    const bool restarts = GENERATE(false, true);
    if (restarts) {
        target = site.rows();
    }
    REQUIRE(site.open(*target));
    CHECK(site.files().empty());
    CHECK(site.tell(*target, busy(1)).taking == Taking::Taken);
    CHECK(site.files().size() == 1);
}

TEST_CASE("a link that leads nowhere is not a row that was shown", "[kit][out][drop]") {
    Site site;
    const DropFolder folder(site.folder(), Readers::Owner);
    CHECK_FALSE(folder.has_aside());
    fs::create_symlink(site.home.path() / "nowhere", site.aside());
    CHECK(folder.has_aside());
}

TEST_CASE("a row that was shown before a crash is not shown twice, also when it was picked up",
          "[kit][out][drop]") {
    Site site;
    auto target = site.rows();
    REQUIRE(site.open(*target));
    site.tell(*target, busy(1));
    fs::remove(site.folder() / site.files().at(0));  // the partner has it
    target = site.rows();                            // killed before the hub heard of it
    REQUIRE(site.open(*target));
    CHECK(site.tell(*target, busy(1)).taking == Taking::Taken);
    CHECK(site.files().empty());
    CHECK(site.tell(*target, busy(2)).taking == Taking::Taken);
    CHECK(site.files() == std::vector<std::string>{"carehub-20260701T120000Z-000000002.csv"});
}

TEST_CASE("a row that was put aside before a crash is forgotten, and told when the hub says so",
          "[kit][out][drop]") {
    Site site;
    auto target = site.rows();
    REQUIRE(site.open(*target));
    site.tell(*target, busy(1));
    const fs::path shown = site.folder() / site.files().at(0);
    target.reset();
    fs::rename(shown, site.folder() / ".carehub.tmp");  // as if it had crashed before the rename
    target = site.rows();
    REQUIRE(site.open(*target));
    CHECK(site.files().empty());
    CHECK_FALSE(fs::exists(site.folder() / ".carehub.tmp"));
    CHECK(site.tell(*target, busy(1)).taking == Taking::Taken);
    CHECK(site.files() == std::vector<std::string>{"carehub-20260701T120000Z-000000002.csv"});
}

TEST_CASE("a clock set back does not put a later row before an earlier one", "[kit][out][drop]") {
    Site site;
    const auto target = site.rows();
    REQUIRE(site.open(*target));
    site.tell(*target, busy(1));
    site.clock.time -= std::chrono::hours{3};
    site.tell(*target, busy(2));
    const auto files = site.files();
    CHECK(rows_of(site.folder() / files.at(0)).at(0).at("uid") == "k-1");
    CHECK(rows_of(site.folder() / files.at(1)).at(0).at("uid") == "k-2");
}

}  // namespace
}  // namespace carehub::adapters
