#include <set>

#include "adapters/court/hearing_numbers.hpp"
#include "adapters/court/ical/calendar_event.hpp"
#include "adapters/court/ical/calendar_text.hpp"
#include "adapters/court/table_listings.hpp"
#include "hub/base/check.hpp"
#include "tests/fuzz/targets.hpp"

namespace carehub::fuzz {
namespace {

using namespace adapters;
using namespace adapters::court;

constexpr const char* kProfile =
    "[feed]\nname = \"fuzz\"\nzone = \"Etc/UTC\"\nauthority = \"FUZZ\"\n"
    "[csv]\ndate_format = [\"MM/DD/YYYY\", \"ISO\"]\ntime_format = \"h:mm am/pm\"\n"
    "[csv.columns]\ncase = \"case\"\ndate = \"date\"\ntime = \"time\"\nresult = \"result\"\n"
    "warrant = \"warrant\"\n"
    "[json]\nrows = \"rooms[].hearings[]\"\n[json.columns]\ncase = \"case\"\ndate = \"date\"\n"
    "room = \"../name\"\n";

}  // namespace

/// What is no event is refused with a reason and a fix; what is one begins at a real time.
bool run_calendar(ByteView bytes) {
    Parsed parsed;
    Report report(parsed, "fuzz.ics");
    const auto file = cut_calendars(as_text(bytes));
    if (!file) {
        CAREHUB_CHECK(!file.error().fix.empty(), "a refusal says what to do");
        return false;
    }
    bool accepted = false;
    for (const CalendarText& calendar : file->calendars) {
        for (const ComponentText& component : calendar.components) {
            if (component.name != "VEVENT") {
                continue;
            }
            const auto event = read_event(component, calendar.method, report);
            CAREHUB_CHECK(event || !event.error().fix.empty(), "a refusal says what to do");
            CAREHUB_CHECK(!event || !event->uid.empty(), "an event has a name");
            accepted = accepted || event;
        }
    }
    return accepted;
}

/// Every listing has a number, an end after its start, and a key of its own.
bool run_hearings(ByteView bytes) {
    static const Site site = *parse_site(kProfile);
    if (bytes.empty()) {
        return false;
    }
    const HearingTable& list = bytes.front() % 2 == 0 ? *site.csv : *site.json;
    Parsed parsed;
    Report report(parsed, "fuzz");
    auto reading = read_hearings({"fuzz", bytes.subspan(1)}, site, list, report);
    CAREHUB_CHECK(reading.has_value(), "bytes in memory can be read");
    number_hearings(*reading, {}, report);
    std::set<std::string> keys;
    for (const Listing& listing : reading->listings) {
        CAREHUB_CHECK(listing.start < listing.end, "a hearing takes time");
        CAREHUB_CHECK(!listing.case_number.empty(), "a hearing has a number");
        CAREHUB_CHECK(keys.insert(listing.key).second, "no two listings share a key");
    }
    CAREHUB_CHECK(!reading->unreadable || !parsed.refusals.empty(), "what is refused is told");
    return !reading->listings.empty();
}

}  // namespace carehub::fuzz
