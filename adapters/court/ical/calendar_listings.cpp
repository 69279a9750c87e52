#include "adapters/court/ical/calendar_listings.hpp"

#include <algorithm>
#include <deque>
#include <regex>

#include "adapters/court/ical/calendar_event.hpp"
#include "adapters/court/ical/occurrence.hpp"
#include "adapters/court/listing_time.hpp"
#include "adapters/court/text.hpp"
#include "adapters/court/warrant.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::court {
namespace {

/// Everything of the file that is an event, and the zones of the calendars they stand in.
struct CalendarContents {
    std::deque<ZoneResolver> zones;
    std::vector<CalendarEvent> events;
    std::uint64_t records = 0;
    bool complete = true;
};

/// A message from someone who does not keep the schedule, or that asks for it (RFC 5546 1.4).
bool states_schedule(std::string_view method) {
    return method != "REPLY" && method != "COUNTER" && method != "DECLINECOUNTER" &&
           method != "REFRESH";
}

void add_zones(const CalendarText& calendar, ZoneResolver& zones) {
    for (const ComponentText& component : calendar.components) {
        if (component.name == "VTIMEZONE" && component.closed && !component.too_large &&
            !component.has_nul) {
            zones.add_definition(parse_component(component.text));
        }
    }
}

void add_events(const CalendarText& calendar, Report& report, CalendarContents& contents) {
    for (const ComponentText& component : calendar.components) {
        if (component.name != "VEVENT") {
            continue;
        }
        ++contents.records;
        if (!states_schedule(calendar.method)) {
            report.note(component.line, "METHOD",
                        "is an answer or a question, not the court's schedule: left out");
            continue;
        }
        auto event = read_event(component, calendar.method, report);
        if (!event) {
            report.refuse(component.line, std::move(event).error());
            contents.complete = false;
            continue;
        }
        event->calendar = contents.zones.size() - 1;
        contents.events.push_back(std::move(*event));
    }
}

CalendarContents read_contents(const CalendarFile& file, const Site& site, Report& report) {
    CalendarContents contents;
    contents.complete = !file.truncated;
    for (const CalendarText& calendar : file.calendars) {
        add_zones(calendar, contents.zones.emplace_back(site.zone));
        add_events(calendar, report, contents);
        const bool whole = calendar.method.empty() || calendar.method == "PUBLISH";
        contents.complete = contents.complete && whole && !calendar.fragment;
    }
    return contents;
}

bool is_link(std::string_view text) {
    const std::string word = to_upper(trim(text));
    return word.starts_with("HTTPS://") || word.starts_with("HTTP://") || word.starts_with("TEL:");
}

/// Reads the court's own facts off an event.
class FactReader {
public:
    explicit FactReader(const Site& site) : site_(site), pattern_(site.ical.case_pattern) {}

    /// Of the event, else `otherwise`: what the series says that it is an instance of.
    Accepted<std::string> case_number(const CalendarEvent& event, const std::string& otherwise,
                                      Report& report) const {
        const CalendarProfile& profile = site_.ical;
        const std::string_view stated = profile.case_property == "UID"
                                            ? std::string_view(event.uid)
                                            : event.text(profile.case_property);
        std::string found = normalise_case(stated);
        for (const char* const text : {"SUMMARY", "DESCRIPTION"}) {
            if (found.empty() && !profile.case_pattern.empty()) {
                const std::vector<std::string> named = matches(event.text(text));
                found = named.empty() ? "" : named.front();
                if (named.size() > 1) {
                    report.note(event.line, text, "names more than one case: the first one counts");
                }
            }
        }
        found = found.empty() ? otherwise : found;
        if (found.empty()) {
            return refuse(
                RefusalReason::RowIncomplete, profile.case_property,
                "the event carries no case number",
                "Name the property that carries the case number in [ical] case_property, or a "
                "case_pattern over SUMMARY and DESCRIPTION.");
        }
        if (found.size() > kIdentifierBytesMax || has_control(found)) {
            return refuse(RefusalReason::InvalidField, profile.case_property,
                          "this is no case number", "Check [ical] case_property and case_pattern.");
        }
        return found;
    }

    std::string participant(const CalendarEvent& event) const {
        const std::string number = normalise_case(event.text(site_.ical.participant_property));
        return number.size() > kIdentifierBytesMax ? "" : number;
    }

    std::optional<Warrant> warrant(const CalendarEvent& event, const Listing& listing,
                                   Report& report) const {
        const WarrantWord told{event.line, site_.ical.warrant_property,
                               event.text(site_.ical.warrant_property)};
        return warrant_told(site_, told, listing, report);
    }

    std::string hearing_type(const CalendarEvent& event) const {
        const std::string_view stated = event.text(site_.ical.type_property);
        return clip(normalise_word(stated.empty() ? event.text("CATEGORIES") : stated),
                    kNameBytesMax);
    }

    HearingResult result(const CalendarEvent& event, Report& report) const {
        const std::string word = normalise_word(event.text(site_.ical.result_property));
        const auto known = site_.results.find(word);
        if (!word.empty() && known == site_.results.end()) {
            report.note(event.line, site_.ical.result_property,
                        "a result the profile does not map: left out");
        }
        return known == site_.results.end() ? HearingResult::None : known->second;
    }

    bool is_call_list(const CalendarEvent& event, const std::string& type) const {
        return names_call_list(site_, type) ||
               names_call_list(site_, normalise_word(event.text("SUMMARY")));
    }

private:
    /// The first two numbers that differ, as they are written in the roster.
    std::vector<std::string> matches(std::string_view text) const {
        constexpr std::size_t kEnough = 2;
        const std::string_view head = text.substr(0, kPatternTextMax);
        std::vector<std::string> named;
        using Found = std::regex_iterator<std::string_view::const_iterator>;
        for (Found at(head.begin(), head.end(), pattern_); at != Found() && named.size() < kEnough;
             ++at) {
            std::string number = normalise_case((*at)[at->size() > 1 ? 1 : 0].str());
            if (!number.empty() && (named.empty() || named.front() != number)) {
                named.push_back(std::move(number));
            }
        }
        return named;
    }

    const Site& site_;
    std::regex pattern_;
};

/// Case numbers of series, by UID: an instance that was changed need not repeat it.
using SeriesCases = std::map<std::string, std::string>;

Accepted<Listing> listing_of(const Occurrence& occurrence, const SeriesCases& cases,
                             const FactReader& facts, const Site& site, Report& report) {
    const CalendarEvent& event = *occurrence.event;
    const auto series = cases.find(event.uid);
    auto case_number =
        facts.case_number(event, series == cases.end() ? "" : series->second, report);
    if (!case_number) {
        return tl::unexpected(std::move(case_number).error());
    }
    Listing listing;
    listing.line = event.line;
    listing.key = site.feed + "|" + event.uid + "|" + occurrence.recurrence_id;
    listing.group = site.feed + "|" + event.uid + "|";
    listing.message_id =
        event.uid + "|" + occurrence.recurrence_id + "|" + std::to_string(event.sequence);
    listing.case_number = std::move(*case_number);
    listing.participant = facts.participant(event);
    listing.type = facts.hearing_type(event);
    listing.room = clip(single_line(event.text("LOCATION")), kNameBytesMax);
    listing.remote = is_link(listing.room);
    listing.start = occurrence.start;
    listing.end = occurrence.end;
    listing.local_day = occurrence.local_day;
    listing.date_only = occurrence.date_only;
    listing.zone = occurrence.zone;
    listing.time_flags = occurrence.flags;
    listing.state = occurrence.cancelled ? ListingState::Cancelled
                    : event.tentative    ? ListingState::Tentative
                                         : ListingState::Listed;
    listing.result = facts.result(event, report);
    listing.transparent = event.transparent;
    listing.series = occurrence.recurrence_id != "-";
    listing.own = event.recurrence_id.has_value();
    listing.sequence = event.sequence;
    listing.stamped_at = event.stamped_at;
    listing.occurred_at = event.changed_at;
    listing.raw_sha256 = event.raw_sha256;
    if (event.restricted) {
        listing.labels.add(SecurityLabel::SealedCase);
    }
    if (!listing.date_only && facts.is_call_list(event, listing.type)) {
        widen_to_half_day(site, listing);
    }
    return listing;
}

SeriesCases cases_of(const std::vector<CalendarEvent>& events, const FactReader& facts) {
    SeriesCases cases;
    Parsed unheard;
    Report quiet(unheard, "");
    for (const CalendarEvent& event : events) {
        const auto number = event.recurrence_id || event.undated
                                ? Accepted<std::string>(std::string())
                                : facts.case_number(event, "", quiet);
        if (number && !number->empty()) {
            cases.try_emplace(event.uid, *number);
        }
    }
    return cases;
}

/// All that is known under its UID goes, whatever else it tells.
bool cancels_group(const CalendarEvent& event) {
    return event.cancelled_by_method && !event.recurrence_id;
}

/// A refusal is of the event, not of each of its occurrences.
void add_listings(const std::vector<CalendarEvent>& events,
                  const std::vector<Occurrence>& occurrences, const Site& site, Report& report,
                  Reading& reading) {
    const FactReader facts(site);
    const SeriesCases cases = cases_of(events, facts);
    const CalendarEvent* refused = nullptr;
    for (const Occurrence& occurrence : occurrences) {
        if (occurrence.event == refused) {
            continue;
        }
        auto listing = listing_of(occurrence, cases, facts, site, report);
        if (!listing) {
            refused = occurrence.event;
            if (!refused->cancelled_by_method) {
                report.refuse(refused->line, std::move(listing).error());
            } else if (refused->recurrence_id) {  // its UID and instance say enough
                reading.cancelled_groups.push_back(
                    {refused->line, site.feed + "|" + refused->uid + "|" + occurrence.recurrence_id,
                     refused->sequence});
            }
            continue;
        }
        if (auto warrant = facts.warrant(*occurrence.event, *listing, report)) {
            reading.warrants.push_back(std::move(*warrant));
        }
        reading.listings.push_back(std::move(*listing));
    }
}

}  // namespace

Result<Reading> read_calendar(std::string_view bytes, const Site& site, UtcTime now,
                              Report& report) {
    Reading reading;
    auto file = cut_calendars(bytes);
    if (!file) {
        report.refuse(0, std::move(file).error());
        reading.complete = false;
        reading.unreadable = true;
        return reading;
    }
    CalendarContents contents = read_contents(*file, site, report);
    CAREHUB_TRY(const std::vector<Occurrence> occurrences,
                list_occurrences(contents.events, contents.zones, {site, now}, report));
    reading.complete = contents.complete && !report.has_refusals() && site.complete;
    if (!contents.complete) {
        report.note(0, "VCALENDAR",
                    "not a whole calendar: nothing is concluded from what it leaves out");
    }
    add_listings(contents.events, occurrences, site, report, reading);
    reading.records = contents.records;
    if (reading.listings.empty() && std::ranges::none_of(contents.events, cancels_group)) {
        report.note(0, "VEVENT", "no hearing is listed in the time the hub looks at");
    }
    for (const CalendarEvent& event : contents.events) {
        if (cancels_group(event)) {
            reading.cancelled_groups.push_back(
                {event.line, site.feed + "|" + event.uid + "|", event.sequence});
        }
    }
    return reading;
}

}  // namespace carehub::adapters::court
