// Turns a check-in as the agency tells it into the hub's event.
//
// Contract: pure. Kind by status: Scheduled 92, Completed 93, Missed 94, Cancelled 98. Every event
// is mandatory and moved by the officer. `told_at` is when the agency said it: recorded_at of the
// event, and occurred_at of a scheduling or cancelling; an outcome occurred when the check-in was.
// Threads: any thread.
#pragma once

#include "adapters/supervision/check_in_row.hpp"
#include "adapters/supervision/known_rows.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters::supervision {

/// FEED|CLIENT|CHECK-IN, or FEED|CLIENT|DATE TYPE where the agency gives no ids: several of one day
/// and type share it until file_records.hpp numbers them.
[[nodiscard]] std::string business_key(const CheckIn& check_in, const Site& site);
/// 16 hexadecimal digits over everything a row means, but for when it was last touched.
[[nodiscard]] std::string row_hash(const CheckIn& check_in);
/// KEY#HASH, with .REVISION from the first change on: what returns to an old wording is still new.
[[nodiscard]] std::string source_id(const std::string& key, const KnownRow& row);

/// Where the check-in lies in time.
struct CheckInTime {
    UtcTime start = kUnknownTime;  ///< unknown when only the day is told
    UtcTime end = kUnknownTime;
    UtcTime day = kUnknownTime;  ///< the instant at which its day begins
    TimeFlags flags;
};
[[nodiscard]] CheckInTime time_of(const CheckIn& check_in, const Site& site);

/// `before` is what the row said the last time, or null; `now` what it says.
struct RowHistory {
    const KnownRow* before = nullptr;
    KnownRow now;
};
/// `key`: its business key, numbered where that is due.
[[nodiscard]] Submission make_event(const CheckIn& check_in, const std::string& key,
                                    const Site& site, const RowHistory& history, UtcTime told_at);

}  // namespace carehub::adapters::supervision
