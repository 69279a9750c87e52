// What a jail's rosters said the last time: who is in custody by which booking.
//
// Contract: to_text and from_text are inverse; an empty text is an empty memory. Holds numbers and
// codes, no names; as private as the spool. Errors: Damaged. Threads: plain data.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "hub/base/error.hpp"
#include "hub/base/utc_time.hpp"

namespace carehub::adapters::supervision {

struct KnownBooking {
    std::string client;
    std::string hash;            ///< of what the row said
    std::string last_id;         ///< source_msg_id of the last event
    std::uint32_t revision = 0;  ///< events so far
    std::uint32_t stay = 1;      ///< the booking number's n-th stay: jails use numbers again
    std::uint32_t misses = 0;    ///< complete rosters in a row without it
    bool ended = false;
    UtcTime ended_at = kUnknownTime;
    friend bool operator==(const KnownBooking&, const KnownBooking&) = default;
};

struct KnownBookings {
    std::map<std::string, KnownBooking> bookings;  ///< by number
    UtcTime written_at = kUnknownTime;             ///< of the newest roster that was read

    [[nodiscard]] std::string to_text() const;
    [[nodiscard]] static Result<KnownBookings> from_text(std::string_view text);
};

}  // namespace carehub::adapters::supervision
