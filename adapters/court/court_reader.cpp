#include "adapters/court/court_reader.hpp"

#include <algorithm>

#include "adapters/court/hearing_numbers.hpp"
#include "adapters/court/ical/calendar_listings.hpp"
#include "adapters/court/limits.hpp"
#include "adapters/court/snapshot_compare.hpp"
#include "adapters/court/table_listings.hpp"
#include "adapters/court/text.hpp"
#include "adapters/kit/file.hpp"
#include "adapters/kit/report.hpp"

namespace carehub::adapters::court {
namespace {

Reading unreadable() {
    Reading reading;
    reading.unreadable = true;
    return reading;
}

Result<Reading> read_any(const std::filesystem::path& file, const Site& site, UtcTime now,
                         Report& report) {
    const std::string extension = to_upper(file.extension().string());
    if (extension == ".ICS") {
        auto bytes = adapters::read_file(file, kCalendarBytesMax);
        if (bytes) {
            return read_calendar(as_text(*bytes), site, now, report);
        }
        if (bytes.error().code != ErrorCode::Invalid) {
            return tl::unexpected(bytes.error());
        }
        report.refuse(
            0, {RefusalReason::TooLarge, "file", "the calendar is larger than a court's can be",
                "Export a shorter period."});
        return unreadable();
    }
    if (extension == ".CSV" && site.csv) {
        return read_hearings(file, site, *site.csv, report);
    }
    if (extension == ".JSON" && site.json) {
        return read_hearings(file, site, *site.json, report);
    }
    report.refuse(0, unreadable_kind());
    return unreadable();
}

/// What lies ahead of the file has not happened: somebody typed its result on the wrong setting.
void leave_out_results_ahead(Reading& reading, Date written, Report& report) {
    for (Listing& listing : reading.listings) {
        const bool tells_it_happened = listing.result == HearingResult::Held ||
                                       listing.result == HearingResult::FailureToAppear;
        if (tells_it_happened && listing.local_day > written) {
            report.note(listing.line, "result", "of a day ahead of the file: left out");
            listing.result = HearingResult::None;
        }
    }
}

/// When the file was written, as far as the file system tells; never after `now`.
UtcTime time_of(const std::filesystem::path& file, UtcTime now) {
    std::error_code error;
    const auto written = std::filesystem::last_write_time(file, error);
    if (error) {
        return now;
    }
    const auto system = std::chrono::file_clock::to_sys(written);
    return std::min(now, UtcTime{std::chrono::floor<Micros>(system.time_since_epoch())});
}

}  // namespace

Result<Parsed> read_file(const std::filesystem::path& file, const Site& site, SnapshotStore& store,
                         UtcTime now) {
    Parsed parsed;
    Report report(parsed, file.filename().string());
    CAREHUB_TRY(Reading reading, read_any(file, site, now, report));
    parsed.records = reading.records;
    if (!reading.unreadable) {
        const CompareTimes times{now, time_of(file, now)};
        if (reading.source == Source::Table) {
            number_hearings(reading, store, report);
        }
        leave_out_results_ahead(reading, local_date(site.zone, times.file_time), report);
        parsed.events = compare(reading, site, times, store, report);
    }
    return parsed;
}

}  // namespace carehub::adapters::court
