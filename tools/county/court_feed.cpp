#include "tools/county/court_feed.hpp"

namespace carehub::county {
namespace {

constexpr std::size_t kLineOctets = 75;
constexpr int kPublishedMinute = 5 * 60;

/// One content line, folded as RFC 5545 3.1 wants it.
std::string content(std::string_view line) {
    std::string text;
    std::size_t room = kLineOctets;
    while (line.size() > room) {
        text += std::string(line.substr(0, room)) + "\r\n ";
        line.remove_prefix(room);
        room = kLineOctets - 1;  // the blank that marks the fold is one of the octets
    }
    return text + std::string(line) + "\r\n";
}

std::string property(std::string_view name, std::string_view value) {
    return content(std::string(name) + ":" + std::string(value));
}

std::string calendar_head() {
    constexpr std::string_view kLines[] = {"BEGIN:VCALENDAR",
                                           "VERSION:2.0",
                                           "PRODID:-//Ashford County//Superior Court Calendar//EN",
                                           "CALSCALE:GREGORIAN",
                                           "BEGIN:VTIMEZONE",
                                           "TZID:America/New_York",
                                           "BEGIN:DAYLIGHT",
                                           "DTSTART:20070311T020000",
                                           "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
                                           "TZOFFSETFROM:-0500",
                                           "TZOFFSETTO:-0400",
                                           "TZNAME:EDT",
                                           "END:DAYLIGHT",
                                           "BEGIN:STANDARD",
                                           "DTSTART:20071104T020000",
                                           "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
                                           "TZOFFSETFROM:-0400",
                                           "TZOFFSETTO:-0500",
                                           "TZNAME:EST",
                                           "END:STANDARD",
                                           "END:VTIMEZONE"};
    std::string text;
    for (const std::string_view line : kLines) {
        text += content(line);
    }
    return text;
}

std::string zoned(std::string_view name, Slot slot) {
    return content(std::string(name) + ";TZID=" + std::string(kZoneName) + ":" +
                   compact({slot.date, slot.minute}, "T"));
}

std::string times(const HearingVersion& version) {
    if (version.all_day) {
        return content("DTSTART;VALUE=DATE:" + compact(version.slot.date)) +
               content("DTEND;VALUE=DATE:" + compact(version.slot.date + std::chrono::days{1}));
    }
    Slot end = version.slot;
    end.minute = version.slot.end();
    return zoned("DTSTART", version.slot) + zoned("DTEND", end);
}

/// `recurrence` holds the lines that make the entry a series, or one of a series.
std::string calendar_entry(const World& world, const Hearing& hearing,
                           const HearingVersion& version, std::string_view recurrence) {
    const std::string changed =
        utc_text(instant(world.zone(), {world.date_of(version.day), kPublishedMinute}));
    std::string text = content("BEGIN:VEVENT") + property("UID", hearing.uid) +
                       property("DTSTAMP", changed) + property("LAST-MODIFIED", changed) +
                       property("SEQUENCE", std::to_string(version.sequence)) + times(version) +
                       std::string(recurrence) + property("SUMMARY", "Criminal calendar") +
                       property("X-CASE-NUMBER", hearing.case_number) +
                       property("X-HEARING-TYPE", hearing.type) +
                       property("LOCATION", "Courtroom 3") +
                       property("STATUS", version.cancelled ? "CANCELLED" : "CONFIRMED") +
                       property("TRANSP", hearing.transparent ? "TRANSPARENT" : "OPAQUE");
    if (!version.result.empty()) {
        text += property("X-RESULT", version.result);
    }
    return text + content("END:VEVENT");
}

/// The series, and of each week that is over an entry of its own with its result.
std::string calendar_series(const World& world, int day, const Hearing& hearing,
                            const HearingVersion& version) {
    std::string recurrence =
        property("RRULE", "FREQ=WEEKLY;COUNT=" + std::to_string(hearing.series->weeks));
    for (const int week : hearing.series->left_out) {
        recurrence += zoned("EXDATE", in_week(version.slot, week));
    }
    std::string text = calendar_entry(world, hearing, version, recurrence);
    for (const int week : weeks_held(*hearing.series)) {
        HearingVersion held = version;
        held.slot = in_week(version.slot, week);
        held.day = world.day_of(held.slot.date) + 1;
        held.result = "HELD";
        if (held.day <= day) {
            text += calendar_entry(world, hearing, held, zoned("RECURRENCE-ID", held.slot));
        }
    }
    return text;
}

std::string list_row(const Hearing& hearing, const HearingVersion& version) {
    return csv_line({hearing.case_number, std::string(hearing.type), us_date(version.slot.date),
                     clock_text_12(version.slot.minute), std::to_string(version.slot.length),
                     "Courtroom 5, 2nd floor", version.cancelled ? "VACATED" : "SET",
                     std::string(version.result)});
}

}  // namespace

CourtFeed::CourtFeed(const World& world, int day, const std::filesystem::path& folder)
    : world_(world), day_(day), calendar_(folder / "calendar.ics"), list_(folder / "hearings.csv") {
    calendar_.write(calendar_head());
    list_.write(csv_line({"case_no", "event", "event_date", "start_time", "minutes", "courtroom",
                          "status", "result"}));
}

void CourtFeed::add(const ClientPlan& plan) {
    for (const Hearing& hearing : plan.hearings) {
        const HearingVersion* version = version_on(hearing.versions, day_);
        if (version == nullptr) {
            continue;
        }
        if (hearing.department == Department::Calendar) {
            calendar_.write(hearing.series ? calendar_series(world_, day_, hearing, *version)
                                           : calendar_entry(world_, hearing, *version, ""));
        } else if (hearing.department == Department::HearingList) {
            list_.write(list_row(hearing, *version));
        }
    }
}

Status CourtFeed::close() {
    calendar_.write(content("END:VCALENDAR"));
    CAREHUB_TRY_DONE(calendar_.close());
    return list_.close();
}

}  // namespace carehub::county
