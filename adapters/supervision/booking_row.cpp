#include "adapters/supervision/booking_row.hpp"

#include <algorithm>

#include "adapters/kit/fingerprint.hpp"
#include "adapters/supervision/cells.hpp"
#include "adapters/supervision/limits.hpp"
#include "hub/base/limits.hpp"
#include "hub/model/custody.hpp"

namespace carehub::adapters::supervision {
namespace {

struct Moment {
    UtcTime time = kUnknownTime;
    bool day_only = false;
    TimeFlags flags;
};

/// Of a date and the time beside it; unknown when the row tells no date.
Accepted<Moment> read_moment(const TableRow& row, const TableProfile& table, const Site& site,
                             std::string_view key) {
    const auto date = read_date_if_told(row, table, key);
    if (!date) {
        return tl::unexpected(date.error());
    }
    if (!*date) {
        return Moment{};
    }
    CivilTime civil = **date;
    const std::string clock_key = std::string(key) + "_time";
    if (const std::string_view cell = row.cell(clock_key); !cell.empty()) {
        const auto clock = table.time_format.read(cell);
        if (!clock) {
            return refuse(RefusalReason::TimeUnresolvable, row.name(clock_key),
                          "The time does not exist or is not written as time_format says.",
                          "Correct the time, leave it empty, or correct the format.");
        }
        civil.time_of_day = clock->time_of_day;
        civil.offset = clock->offset;
    }
    const ToldTime told = told_time(site.zone, civil);
    return Moment{told.instant.value_or(start_of_day(site.zone, told.day)), !told.instant,
                  told.flags};
}

Accepted<void> read_numbers(const TableRow& row, Booking& booking) {
    auto client = read_client(row);
    if (!client) {
        return tl::unexpected(std::move(client).error());
    }
    booking.client = std::move(*client);
    booking.number = row.cell("booking");
    if (booking.number.empty()) {
        return refuse(RefusalReason::RowIncomplete, row.name("booking"),
                      "The row has no booking number.", "Fill in the booking number.");
    }
    return {};
}

void read_leaving(const TableRow& row, const Site& site, Booking& booking, Report& report) {
    const std::string_view word = row.cell("release");
    if (word.empty()) {
        return;
    }
    const Leaving* const mapped = meaning_of(site.leavings, word);
    if (mapped == nullptr) {
        report.note(row.line(), row.name("release"), "a word that [release] does not map");
        return;
    }
    booking.ended = true;
    booking.leaving = *mapped;
}

/// A planned release is on many rosters, and a date of self-surrender on some.
void read_plans(const TableRow& row, UtcTime file_time, Booking& booking, Report& report) {
    const UtcTime now = file_time + kClockSkewMax;
    if (booking.booked > now) {
        booking.ahead = true;
        report.note(row.line(), row.name("booked"), "lies ahead: custody has not begun yet");
    }
    if (booking.released > now) {
        booking.ended = false;
        booking.released = kUnknownTime;
        report.note(row.line(), row.name("released"), "lies ahead: custody has not ended yet");
    }
}

std::string_view category_of(const Booking& booking) {
    switch (booking.leaving) {
        case Leaving::Released: return "Released";
        case Leaving::Transferred: return kTransferredCustody;
        case Leaving::Other: return "Other";
        case Leaving::Unknown: break;
    }
    return "";
}

}  // namespace

Accepted<Booking> read_booking(const TableRow& row, const TableProfile& table, const Site& site,
                               UtcTime file_time, Report& report) {
    Booking booking;
    if (auto sound = check_cells(row, table); !sound) {
        return tl::unexpected(std::move(sound).error());
    }
    if (auto read = read_numbers(row, booking); !read) {
        return tl::unexpected(std::move(read).error());
    }
    const auto booked = read_moment(row, table, site, "booked");
    const auto released = read_moment(row, table, site, "released");
    if (!booked || !released) {
        return tl::unexpected(!booked ? booked.error() : released.error());
    }
    booking.booked = booked->time;
    booking.booked_day_only = booked->day_only;
    booking.released = released->time;
    booking.released_day_only = released->day_only;
    booking.ended = released->time != kUnknownTime;
    if (booking.ended && booking.booked != kUnknownTime &&
        (booking.released_day_only
             ? local_date(site.zone, booking.released) < local_date(site.zone, booking.booked)
             : booking.released < booking.booked)) {
        return refuse(RefusalReason::InvalidField, row.name("released"),
                      "The release is before the booking.", "Correct one of the times.");
    }
    read_plans(row, file_time, booking, report);
    if (released->time == kUnknownTime || booking.ended) {
        read_leaving(row, site, booking, report);
    }
    booking.flags = booking.ended ? released->flags : booked->flags;
    booking.case_number = row.cell("case");
    booking.facility = row.cell("facility");
    booking.facility_name = row.cell("facility_name");
    booking.raw_sha256 = row.fingerprint();
    return booking;
}

std::string booking_hash(const Booking& booking) {
    Sha256 hash;
    for (const std::string& text :
         {booking.client, booking.case_number, booking.facility, booking.facility_name,
          to_iso(booking.booked), to_iso(booking.released),
          std::string(booking.ended ? "ended" : "in"), std::string(category_of(booking))}) {
        hash.add_text(text);
    }
    return short_form(hash.finish());
}

Submission booking_event(const Booking& booking, const Site& site, const KnownBooking& known,
                         UtcTime file_time) {
    Submission event;
    event.kind = booking.ended ? EventKind::CustodyEnded : EventKind::CustodyStarted;
    event.feed = site.feed;
    event.business_key = site.feed + "|BOOKING|" + booking.number +
                         (known.stay > 1 ? "|" + std::to_string(known.stay) : "");
    event.source_msg_id =
        event.business_key + "#" + known.hash + "." + std::to_string(known.revision);
    event.identifiers = {{site.authority, site.identifier_type, booking.client},
                         {site.authority, "BOOKING", booking.number}};
    const UtcTime told = booking.ended ? booking.released : booking.booked;
    const bool day_only = booking.ended ? booking.released_day_only : booking.booked_day_only;
    event.occurred_at = told == kUnknownTime ? file_time : std::min(told, file_time);
    event.occurred_precision =
        told == kUnknownTime || day_only ? Precision::Day : Precision::Minute;
    event.time_flags = booking.flags;
    if (told == kUnknownTime) {
        event.time_flags.add(TimeFlag::TimeUncertain);
    }
    event.recorded_at = file_time;
    event.zone = site.zone.name;
    event.raw_sha256 = booking.raw_sha256;
    JusticeClaim claim;
    claim.case_number = booking.case_number;
    claim.category = category_of(booking);
    claim.custody_place = {booking.facility, booking.facility_name, false};
    event.payload = std::move(claim);
    return event;
}

}  // namespace carehub::adapters::supervision
