// HL7 v2 times (DTM, and TS before 2.6): read with the precision they were printed with.
//
// Contract: `YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]`; surrounding blanks and the
// milliseconds without a point that one engine writes are accepted. Impossible dates and times are
// refused, never rolled over. Zones in the order of section 2A: the value's own offset, the offset
// of MSH-7, the sender's zone. Threads: any thread.
#pragma once

#include <optional>
#include <string_view>

#include "hub/base/time_zone.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters::clinic::hl7 {

struct Timestamp {
    Precision precision = Precision::Unset;
    LocalTime local{};  ///< the first moment of what was printed
    std::optional<std::chrono::seconds> offset;
};
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text);
/// The printed civil date.
[[nodiscard]] Date date_of(const Timestamp& time);

/// An instant and what is doubtful about it.
struct Instant {
    UtcTime time = kUnknownTime;
    Precision precision = Precision::Unset;
    TimeFlags flags;
    friend bool operator==(const Instant&, const Instant&) = default;
};

/// Reads the times of one message in its zones.
class MessageClock {
public:
    /// Lifetime: borrows the zone.
    MessageClock(const TimeZone& site_zone, std::optional<std::chrono::seconds> message_offset)
        : site_zone_(&site_zone), message_offset_(message_offset) {}

    /// Nothing when less than a date was printed. A date alone is the day's first moment, flagged.
    [[nodiscard]] std::optional<Instant> resolve(const Timestamp& time) const;

private:
    [[nodiscard]] Instant resolve_local(const Timestamp& time) const;

    const TimeZone* site_zone_;
    std::optional<std::chrono::seconds> message_offset_;
};

}  // namespace carehub::adapters::clinic::hl7
