// A listing: one appearance before one court as a calendar or a hearing list states it, before it
// is compared with what was known. The common ground of calendars and lists.
//
// Contract: `start` <= `end`; `local_day` is the day of `start` in `zone`. Holds what the hub may
// learn and nothing more: no summary, no party's name. Threads: plain data.
#pragma once

#include <cstdint>
#include <string>

#include "hub/base/bytes.hpp"
#include "hub/base/utc_time.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters::court {

/// The kind of file a listing came from; each is a snapshot of its own.
enum class Source : std::uint8_t { Calendar, Table };

/// What the source says of the listing itself.
enum class ListingState : std::uint8_t { Listed, Tentative, Cancelled, Moved };

/// What the source says came of it; only ever its explicit word.
enum class HearingResult : std::uint8_t { None, Held, FailureToAppear, Cancelled };

struct Listing {
    std::uint64_t line = 0;   ///< where it begins in the file, 1-based
    std::string key;          ///< unique within a file: the snapshot key and first business key
    std::string group;        ///< all listings of one UID share it; in a table the key itself
    std::string message_id;   ///< "UID|RECURRENCE-ID|SEQUENCE", or the key
    std::string case_number;  ///< normalised
    std::string participant;  ///< the court's number of the person, normalised; may be empty
    std::string type;         ///< the court's word for the kind of hearing, may be empty
    std::string room;
    bool remote = false;
    UtcTime start{};
    UtcTime end{};
    Date local_day{};
    bool date_only = false;
    std::string zone;  ///< IANA
    TimeFlags time_flags;
    Labels labels;
    ListingState state = ListingState::Listed;
    HearingResult result = HearingResult::None;
    bool transparent = false;
    bool series = false;
    bool own = false;  ///< of a series: stated by itself, not by its rule
    std::uint32_t sequence = 0;
    UtcTime stamped_at = kUnknownTime;  ///< DTSTAMP
    UtcTime occurred_at =
        kUnknownTime;      ///< when the court last changed it; unknown: the file's time
    Hash256 raw_sha256{};  ///< of the record as it stood in the file
    friend bool operator==(const Listing&, const Listing&) = default;
};

/// True when `later` comes from an older version of the record that `known` was read from.
[[nodiscard]] bool is_older(const Listing& later, const Listing& known);

/// Everything that makes two readings of a listing the same to the hub; excludes lines, sequence
/// numbers and times of export.
[[nodiscard]] std::string meaning_of(const Listing& listing);

}  // namespace carehub::adapters::court
