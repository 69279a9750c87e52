#include "adapters/court/ical/calendar_event.hpp"

#include <algorithm>
#include <array>

#include "adapters/court/ical/component.hpp"
#include "adapters/court/ical/rule_screen.hpp"
#include "adapters/court/limits.hpp"
#include "adapters/court/text.hpp"
#include "adapters/kit/fingerprint.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::court {
namespace {

tl::unexpected<Refused> bad_time(const char* field) {
    return refuse(RefusalReason::TimeUnresolvable, field,
                  std::string(field) + " names no real time",
                  "Write it as 20260406, 20260406T090000 with TZID, or 20260406T130000Z "
                  "(RFC 5545 3.3.4, 3.3.5).");
}

Accepted<void> check_text(const ComponentText& component) {
    if (component.too_large) {
        return refuse(RefusalReason::TooLarge, "VEVENT",
                      "the event is larger or deeper than any hearing",
                      "Leave attachments out of the export.");
    }
    if (component.has_nul) {
        return refuse(RefusalReason::FormatUnreadable, "VEVENT", "the event holds a NUL character",
                      "Export the calendar again (RFC 5545 3.1).");
    }
    if (!component.closed) {
        return refuse(RefusalReason::FormatUnreadable, "VEVENT", "BEGIN:VEVENT has no matching END",
                      "The file was cut off or edited: export it again (RFC 5545 3.6).");
    }
    if (!is_utf8(component.text)) {
        return refuse(RefusalReason::CharacterSet, "VEVENT", "the event is not UTF-8",
                      "Export the calendar as UTF-8 (RFC 5545 3.1.4).");
    }
    return {};
}

/// What must not be lost in silence: without its rule a series would look like one hearing.
Accepted<void> check_unreadable(const Component& component, std::uint64_t line, Report& report) {
    for (const std::string& name : component.unreadable) {
        if (name == "DTSTART" || name == "RECURRENCE-ID") {
            return bad_time(name == "DTSTART" ? "DTSTART" : "RECURRENCE-ID");
        }
        if (name == "RRULE" || name == "EXRULE") {
            return refuse(RefusalReason::InvalidField, name, "the recurrence rule cannot be read",
                          "Write the rule by the standard (RFC 5545 3.3.10).");
        }
        if (name == "DTEND" || name == "DURATION" || name == "EXDATE" || name == "RDATE") {
            report.note(line, name, "cannot be read and was left out");
        } else if (name == "SEQUENCE") {
            report.note(line, name, "is no number from 0 on: read as 0 (RFC 5545 3.8.7.4)");
        }
    }
    return {};
}

/// A time, "start/end" or "start/duration".
std::optional<AddedTime> parse_added(const Property& property) {
    const std::string_view value = property.value;
    const std::size_t cut = value.find('/');
    const auto start = parse_calendar_time(value.substr(0, cut), property.tzid);
    if (!start) {
        return std::nullopt;
    }
    AddedTime added{*start};
    if (cut != std::string_view::npos) {
        const std::string_view behind = value.substr(cut + 1);
        added.length = parse_duration(behind);
        added.end = added.length ? std::nullopt : parse_calendar_time(behind, property.tzid);
        if (!added.length && !added.end) {
            return std::nullopt;
        }
    }
    return added;
}

/// Of two values of these nobody can say which counts (RFC 5545 3.6.1).
constexpr std::array<std::string_view, 7> kOnce = {"DTSTART", "DTEND",  "DURATION", "RECURRENCE-ID",
                                                   "UID",     "STATUS", "SEQUENCE"};

Accepted<void> check_once(const Component& component) {
    for (const Property& property : component.properties) {
        if (std::ranges::find(kOnce, property.name) == kOnce.end()) {
            continue;
        }
        const Property* const first = component.find(property.name);
        if (first->value != property.value || first->tzid != property.tzid) {
            return refuse(RefusalReason::InvalidField, property.name,
                          "the event has two values for it, and nobody can say which counts",
                          "Keep one of them (RFC 5545 3.6.1).");
        }
    }
    return {};
}

/// Fills the event property by property; the first fault refuses it.
class EventReader {
public:
    EventReader(CalendarEvent& event, std::string_view method, Report& report)
        : event_(event), is_cancel_(method == "CANCEL"), report_(report) {}

    Accepted<void> read(const Component& component) {
        for (const Property& property : component.properties) {
            if (auto done = take(property); !done) {
                return done;
            }
        }
        if (!has_start_ && is_cancel_) {
            event_.undated = !event_.recurrence_id;
            event_.start = event_.recurrence_id.value_or(CalendarTime{});
            event_.end.reset();
            event_.length.reset();
            return check_pairs();
        }
        if (!has_start_) {
            return refuse(RefusalReason::RowIncomplete, "DTSTART",
                          "the event does not say when it begins",
                          "Give every VEVENT a DTSTART (RFC 5545 3.6.1).");
        }
        drop_empty_length();
        read_whole_days();
        return check_pairs();
    }

private:
    Accepted<void> take(const Property& property) {
        if (property.name == "DTSTART") {
            has_start_ = true;
            return take_time(property, "DTSTART", event_.start);
        }
        if (property.name == "RECURRENCE-ID") {
            event_.this_and_future = property.range.find("THISANDFUTURE") != std::string::npos;
            return take_time(property, "RECURRENCE-ID", event_.recurrence_id.emplace());
        }
        if (property.name == "RRULE" || property.name == "EXRULE") {
            auto& rules = property.name == "RRULE" ? event_.rules : event_.exception_rules;
            rules.push_back(property.value);
            return screen_rule(property.value);
        }
        take_optional(property);
        return {};
    }

    static Accepted<void> take_time(const Property& property, const char* field,
                                    CalendarTime& out) {
        const auto time = parse_calendar_time(property.value, property.tzid);
        if (!time) {
            return bad_time(field);
        }
        out = *time;
        return {};
    }

    void take_optional(const Property& property) {
        if (property.name == "DTEND") {
            event_.end = parse_calendar_time(property.value, property.tzid);
            note_unless(event_.end.has_value(), property.name);
        } else if (property.name == "DURATION") {
            event_.length = parse_duration(property.value);
            note_unless(event_.length.has_value(), property.name);
        } else if (property.name == "RDATE") {
            keep(property, parse_added(property), event_.added);
        } else if (property.name == "EXDATE") {
            keep(property, parse_calendar_time(property.value, property.tzid), event_.excluded);
        } else {
            event_.texts.try_emplace(property.name, unescape(property.value));
        }
    }

    template <class Time>
    void keep(const Property& property, const std::optional<Time>& time, std::vector<Time>& times) {
        note_unless(time.has_value(), property.name);
        if (time) {
            times.push_back(*time);
        }
    }

    void note_unless(bool read, const std::string& field) {
        if (!read) {
            report_.note(event_.line, field, "cannot be read and was left out");
        }
    }

    /// Some exporters add DURATION:PT0S to an event that has its DTEND.
    void drop_empty_length() {
        const CalendarDuration none;
        if (event_.end && event_.length && event_.length->days == none.days &&
            event_.length->exact == none.exact) {
            event_.length.reset();
            report_.note(event_.line, "DURATION", "is nothing, and DTEND is given: left out");
        }
    }

    /// Outlook writes a day without an hour from midnight to midnight: of a single event it is one.
    void read_whole_days() {
        const auto is_midnight = [](const CalendarTime& time) {
            return !time.date_only && !time.utc &&
                   time.local == std::chrono::floor<std::chrono::days>(time.local);
        };
        if (event_.end && !event_.recurrence_id && event_.rules.empty() && event_.added.empty() &&
            is_midnight(event_.start) && is_midnight(*event_.end) &&
            event_.start.tzid == event_.end->tzid && event_.start.local < event_.end->local) {
            for (CalendarTime* const time : {&event_.start, &*event_.end}) {
                time->date_only = true;
                time->tzid.clear();
            }
        }
    }

    Accepted<void> check_pairs() const {
        if (event_.end && event_.length) {
            return refuse(RefusalReason::InvalidField, "DTEND",
                          "DTEND and DURATION exclude each other",
                          "Keep one of them (RFC 5545 3.6.1).");
        }
        if (event_.end && event_.end->date_only != event_.start.date_only) {
            return refuse(RefusalReason::InvalidField, "DTEND",
                          "DTEND is of another type than DTSTART",
                          "Write both as dates or both as times (RFC 5545 3.8.2.2).");
        }
        if (event_.this_and_future) {
            return refuse(
                RefusalReason::InvalidField, "RECURRENCE-ID",
                "RANGE=THISANDFUTURE moves a part of a series, which nobody can do unseen",
                "Send the changed hearings one by one (RFC 5545 3.8.4.4).");
        }
        return {};
    }

    CalendarEvent& event_;
    bool is_cancel_;
    Report& report_;
    bool has_start_ = false;
};

UtcTime instant_of(std::string_view stamp) {
    const auto time = parse_calendar_time(stamp, "UTC");
    return time && !time->date_only ? UtcTime{time->local.time_since_epoch()} : kUnknownTime;
}

/// RFC 5545 3.8.1.11, of a VEVENT, with the spelling that some exporters have.
constexpr std::array<std::string_view, 5> kStatuses = {"", "CONFIRMED", "TENTATIVE", "CANCELLED",
                                                       "CANCELED"};

void read_state(CalendarEvent& event, std::string_view method, Report& report) {
    const std::string status = to_upper(trim(event.text("STATUS")));
    if (std::ranges::find(kStatuses, status) == kStatuses.end()) {
        report.note(event.line, "STATUS", "a word that the standard does not have: left out");
    }
    event.cancelled_by_method = method == "CANCEL";
    event.cancelled = event.cancelled_by_method || status == "CANCELLED" || status == "CANCELED";
    event.tentative = status == "TENTATIVE";
    event.transparent = to_upper(trim(event.text("TRANSP"))) == "TRANSPARENT";
    const std::string access = to_upper(trim(event.text("CLASS")));
    event.restricted = !access.empty() && access != "PUBLIC";
    event.sequence =
        static_cast<std::uint32_t>(parse_int(trim(event.text("SEQUENCE"))).value_or(0));
    event.stamped_at = instant_of(event.text("DTSTAMP"));
    event.changed_at = instant_of(event.text("LAST-MODIFIED"));
    if (event.changed_at == kUnknownTime) {
        event.changed_at = event.stamped_at;
    }
}

/// The UID, or for an event without one a name made of what it says: stable while it says the same.
Accepted<std::string> uid_of(const CalendarEvent& event) {
    const std::string_view uid = trim(event.text("UID"));
    if (uid.size() > kNameBytesMax) {
        return refuse(RefusalReason::FieldTooLong, "UID", "the UID is longer than any real one",
                      "Keep UIDs within 255 characters (RFC 7986 5.3).");
    }
    if (has_control(uid)) {
        return refuse(RefusalReason::InvalidField, "UID", "the UID holds a control character",
                      "Use printable characters (RFC 5545 3.8.4.7).");
    }
    if (!uid.empty()) {
        return std::string(uid);
    }
    std::string said = spell_local(event.start.local);
    said += '\n';
    said += event.text("SUMMARY");
    return "without-uid-" + short_digest(said);
}

}  // namespace

std::string_view CalendarEvent::text(std::string_view property) const {
    const auto at = texts.find(property);
    return at == texts.end() ? std::string_view{} : std::string_view{at->second};
}

Accepted<CalendarEvent> read_event(const ComponentText& component, std::string_view method,
                                   Report& report) {
    if (auto sound = check_text(component); !sound) {
        return tl::unexpected(std::move(sound).error());
    }
    const Component parsed = parse_component(component.text);
    if (parsed.name != "VEVENT") {
        return refuse(RefusalReason::FormatUnreadable, "VEVENT", "the event cannot be read",
                      "Export the calendar again (RFC 5545 3.6.1).");
    }
    if (auto whole = check_unreadable(parsed, component.line, report); !whole) {
        return tl::unexpected(std::move(whole).error());
    }
    if (auto once = check_once(parsed); !once) {
        return tl::unexpected(std::move(once).error());
    }
    CalendarEvent event;
    event.line = component.line;
    event.raw_sha256 = sha256(as_bytes(component.text));
    if (auto read = EventReader(event, method, report).read(parsed); !read) {
        return tl::unexpected(std::move(read).error());
    }
    read_state(event, method, report);
    auto uid = uid_of(event);
    if (!uid) {
        return tl::unexpected(std::move(uid).error());
    }
    event.uid = std::move(*uid);
    return event;
}

}  // namespace carehub::adapters::court
