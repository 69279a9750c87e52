// When what an Encounter tells happened.
//
// Contract: a start is dated by period.start, an end by period.end, a move by the period of the
// present place, a leave by statusHistory; else by when it was said. What was only planned, or
// never was, may be dated by period.start, flagged TimeUncertain.
// Threads: confined to one call of read_fhir. Lifetime: borrows everything.
#pragma once

#include "adapters/clinic/fhir/stays.hpp"

namespace carehub::adapters::clinic::fhir {

/// An element of R4, or the one that R5 has in its place.
[[nodiscard]] Element either(const Element& parent, std::string_view r4, std::string_view r5);

class EncounterTimes {
public:
    EncounterTimes(const Document& document, const Resource& resource, const Stays& stays);

    [[nodiscard]] const TimeZone& zone() const { return zone_; }
    [[nodiscard]] const Element& period() const { return period_; }
    [[nodiscard]] std::optional<Instant> start() const;
    [[nodiscard]] std::optional<Instant> end() const;
    /// Nothing when nothing dates it.
    [[nodiscard]] std::optional<Instant> occurred(EventKind kind) const;

private:
    [[nodiscard]] std::optional<Instant> own_time(EventKind kind) const;
    [[nodiscard]] std::optional<Instant> leave_time(std::string_view which) const;

    const Document& document_;
    const Resource& resource_;
    const Stays& stays_;
    const TimeZone& zone_;
    Element period_;
};

}  // namespace carehub::adapters::clinic::fhir
