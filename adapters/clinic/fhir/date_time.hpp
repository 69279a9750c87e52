// FHIR R4 instants and dateTimes (section 2.24.0.1), read with the precision they are printed with.
//
// Contract: an instant tells seconds and an offset of at most 14 hours; a dateTime may also be a
// date alone, which is the first moment of that day in the feed's zone, flagged DateOnly. A time
// of day without offset, a year or month alone and a civil date that does not exist are no time:
// a finding, never a guess and never rolled over. A leap second is the second after it.
// Threads: any thread.
#pragma once

#include "adapters/clinic/fhir/element.hpp"
#include "adapters/clinic/hl7/timestamp.hpp"

namespace carehub::adapters::clinic::fhir {

using hl7::Instant;

[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);
[[nodiscard]] std::optional<Instant> parse_date_time(std::string_view text, const TimeZone& zone);

/// Nothing when there is none or it is none (noted).
[[nodiscard]] std::optional<Instant> instant_of(const Element& element);
[[nodiscard]] std::optional<Instant> date_time_of(const Element& element, const TimeZone& zone);

}  // namespace carehub::adapters::clinic::fhir
