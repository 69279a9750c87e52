#include "adapters/kit/drop/ical_writer.hpp"

#include <algorithm>
#include <ctime>
#include <memory>

#include <libical/ical.h>

#include "hub/base/check.hpp"

namespace carehub::adapters {
namespace {

constexpr std::string_view kEnd = "END:VCALENDAR";

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

struct FreeBuffer {
    void operator()(char* buffer) const { icalmemory_free_buffer(buffer); }
};

std::string text_of(const Component& component) {
    const std::unique_ptr<char, FreeBuffer> text(icalcomponent_as_ical_string_r(component.get()));
    CAREHUB_CHECK(text != nullptr, "a component of ours can be written");
    return text.get();
}

icaltimetype utc(UtcTime time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    return icaltime_from_timet_with_zone(
        static_cast<std::time_t>(seconds.time_since_epoch().count()), 0,
        icaltimezone_get_utc_timezone());
}

icaltimetype day(Date date) {
    const std::chrono::year_month_day civil{date};
    icaltimetype time = icaltime_null_date();
    time.year = static_cast<int>(civil.year());
    time.month = static_cast<int>(static_cast<unsigned>(civil.month()));
    time.day = static_cast<int>(static_cast<unsigned>(civil.day()));
    return time;
}

icalproperty_status status_of(EntryStatus status) {
    switch (status) {
        case EntryStatus::Confirmed: return ICAL_STATUS_CONFIRMED;
        case EntryStatus::Tentative: return ICAL_STATUS_TENTATIVE;
        case EntryStatus::Cancelled: return ICAL_STATUS_CANCELLED;
    }
    return ICAL_STATUS_TENTATIVE;
}

icalproperty* extension(const char* name, const std::string& value) {
    icalproperty* const property = icalproperty_new_x(value.c_str());
    icalproperty_set_x_name(property, name);
    return property;
}

/// libical writes a double quote as \", which RFC 5545, section 3.3.11, does not know.
std::string quoteless(std::string text) {
    std::ranges::replace(text, '"', '\'');
    return text;
}

class Event {
public:
    Event() : event_(icalcomponent_new(ICAL_VEVENT_COMPONENT)) {}

    void add(icalproperty* property) { icalcomponent_add_property(event_.get(), property); }
    void add_times(const ToldPeriod& period) {
        if (period.date) {
            add(icalproperty_new_dtstart(day(*period.date)));
            // Exclusive (section 3.6.1).
            add(icalproperty_new_dtend(day(*period.date + std::chrono::days{1})));
        } else {
            add(icalproperty_new_dtstart(utc(period.start)));
            add(icalproperty_new_dtend(utc(period.end)));
        }
    }
    [[nodiscard]] std::string text() const { return text_of(event_); }

private:
    Component event_;
};

}  // namespace

std::string ical_event(const CalendarEntry& entry) {
    const EntryContent& content = entry.content;
    Event event;
    event.add(icalproperty_new_uid((entry.key + "@carehub").c_str()));
    event.add(icalproperty_new_sequence(static_cast<int>(entry.sequence)));
    event.add(icalproperty_new_dtstamp(utc(entry.stamp)));
    event.add(icalproperty_new_lastmodified(utc(entry.stamp)));
    event.add_times(content.period);
    event.add(icalproperty_new_status(status_of(content.status)));
    event.add(
        icalproperty_new_transp(content.takes_time ? ICAL_TRANSP_OPAQUE : ICAL_TRANSP_TRANSPARENT));
    event.add(icalproperty_new_class(ICAL_CLASS_PRIVATE));
    event.add(icalproperty_new_summary(quoteless(content.summary).c_str()));
    if (!content.location.empty()) {
        event.add(icalproperty_new_location(quoteless(content.location).c_str()));
    }
    event.add(icalproperty_new_description(quoteless(content.description).c_str()));
    for (const std::string& client : content.clients) {
        event.add(extension("X-CAREHUB-CLIENT", quoteless(client)));
    }
    return event.text();
}

IcalFrame ical_frame() {
    const Component calendar(icalcomponent_vanew(
        ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
        icalproperty_new_prodid("-//carehub//notices//EN"),
        icalproperty_new_method(ICAL_METHOD_PUBLISH), static_cast<void*>(nullptr)));
    icalcomponent_add_property(calendar.get(), extension("X-PUBLISHED-TTL", "PT15M"));
    const std::string text = text_of(calendar);
    const std::size_t end = text.rfind(kEnd);
    CAREHUB_CHECK(end != std::string::npos, "a calendar ends");
    return {text.substr(0, end), text.substr(end)};
}

}  // namespace carehub::adapters
