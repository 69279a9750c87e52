// One row of a jail's roster, as cells and as an event. Names are never read.
// Threads: any thread.
#pragma once

#include "adapters/kit/table/table_reader.hpp"
#include "adapters/supervision/known_bookings.hpp"
#include "adapters/supervision/site.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters::supervision {

struct Booking {
    std::string number;
    std::string client;
    std::string case_number;
    std::string facility;
    std::string facility_name;
    UtcTime booked = kUnknownTime;
    bool booked_day_only = false;
    UtcTime released = kUnknownTime;
    bool released_day_only = false;
    bool ended = false;
    bool ahead = false;  ///< booked for a time that has not come: not in custody yet
    Leaving leaving = Leaving::Unknown;
    TimeFlags flags;
    Hash256 raw_sha256{};
};

/// What a row plans after `file_time` has not happened: a release ahead ends nothing (a finding).
[[nodiscard]] Accepted<Booking> read_booking(const TableRow& row, const TableProfile& table,
                                             const Site& site, UtcTime file_time, Report& report);

/// 16 hexadecimal digits over everything a row means.
[[nodiscard]] std::string booking_hash(const Booking& booking);
/// Of the kind that `booking.ended` asks for; `known` as it will be, its last_id as it was.
[[nodiscard]] Submission booking_event(const Booking& booking, const Site& site,
                                       const KnownBooking& known, UtcTime file_time);

}  // namespace carehub::adapters::supervision
