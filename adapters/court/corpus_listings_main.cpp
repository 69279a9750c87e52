// Prints what a calendar lists: carehub_court_listings NOW FILE.ics, a line "UID<tab>start" each, and
// "UID<tab>refused" by the event's line. For tests/recurrence, which knows the answers otherwise.
#include <iostream>

#include "adapters/court/ical/calendar_listings.hpp"
#include "adapters/court/limits.hpp"
#include "adapters/kit/file.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::court;

namespace {

int tell(const Reading& reading, const Parsed& parsed) {
    for (const Listing& listing : reading.listings) {
        std::cout << listing.case_number << "\t" << to_iso(listing.start) << "\n";
    }
    for (const RecordRefusal& refusal : parsed.refusals) {
        std::cout << "line " << refusal.line << "\trefused " << refusal.refusal.field << "\n";
    }
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    const auto now = count == 3 ? parse_iso_time(arguments[1]) : std::nullopt;
    if (!now) {
        std::cerr << "usage: carehub_court_listings NOW FILE.ics\n";
        return 2;
    }
    const auto site = parse_site(
        "[feed]\nname = \"f\"\nzone = \"America/New_York\"\nauthority = \"A\"\n"
        "[ical]\ncase_property = \"UID\"\n");
    const auto bytes = adapters::read_file(arguments[2], kCalendarBytesMax);
    Parsed parsed;
    Report report(parsed, "rules.ics");
    const auto reading = site && bytes
                             ? read_calendar(as_text(*bytes), *site, *now, report)
                             : Result<Reading>(fail(ErrorCode::Io, "the calendar cannot be read"));
    if (!reading) {
        std::cerr << to_string(reading.error()) << "\n";
        return 1;
    }
    return tell(*reading, parsed);
}
