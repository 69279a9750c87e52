// Reads a jail's roster as a snapshot: custody by booking number, compared with what was known.
//
// Contract:
//   a booking in custody, new                    CustodyStarted
//   its release or transfer told                 CustodyEnded, category Released, Transferred, Other
//                                                or, where the row tells no way, none
//   in custody again after that                  a re-booking when booked later than it ended: a new
//                                                stay; else CustodyStarted as a correction
//   what it says changed                         the same event again, as a correction
//   missing from a complete roster               nothing, with a finding; where the profile says that
//                                                it means released, CustodyEnded with category
//                                                NotListed after kMissesUntilGone rosters
// Linked by the person's number and the booking's, never by a name; of rows that repeat a booking
// (aliases) one counts. A roster that fell by more than the profile's share is refused as a whole,
// memory untouched. Errors: Io. Threads: any thread.
#pragma once

#include "adapters/kit/partner_kind.hpp"
#include "adapters/kit/table/table_reader.hpp"
#include "adapters/supervision/known_bookings.hpp"
#include "adapters/supervision/site.hpp"

namespace carehub::adapters::supervision {

[[nodiscard]] Result<Parsed> read_roster(const TableSource& source, const Site& site,
                                         KnownBookings& known, UtcTime file_time);

}  // namespace carehub::adapters::supervision
