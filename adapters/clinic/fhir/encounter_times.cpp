#include "adapters/clinic/fhir/encounter_times.hpp"

#include "adapters/clinic/fhir/codes.hpp"
#include "adapters/clinic/fhir/places.hpp"
#include "adapters/clinic/mapping/codes.hpp"

namespace carehub::adapters::clinic::fhir {

Element either(const Element& parent, std::string_view r4, std::string_view r5) {
    return parent.has(r5) && !parent.has(r4) ? parent.child(r5) : parent.child(r4);
}

EncounterTimes::EncounterTimes(const Document& document, const Resource& resource,
                               const Stays& stays)
    : document_(document),
      resource_(resource),
      stays_(stays),
      zone_(zone_of(document.site, stays.words)),
      period_(either(resource.element, "period", "actualPeriod")) {}

std::optional<Instant> EncounterTimes::start() const {
    return date_time_of(period_.child("start"), zone_);
}

std::optional<Instant> EncounterTimes::end() const {
    return date_time_of(period_.child("end"), zone_);
}

/// When it happened by the encounter's own word.
std::optional<Instant> EncounterTimes::own_time(EventKind kind) const {
    if (kind == EventKind::EncounterStarted) {
        return start();
    }
    if (kind == EventKind::EncounterEnded) {
        return end();
    }
    if (kind == EventKind::EncounterTransferred) {
        return stays_.since;
    }
    if (kind == EventKind::LeaveStarted || kind == EventKind::LeaveEnded) {
        return leave_time(kind == EventKind::LeaveStarted ? "start" : "end");
    }
    return std::nullopt;
}

/// The latest that statusHistory tells of a leave.
std::optional<Instant> EncounterTimes::leave_time(std::string_view which) const {
    std::optional<Instant> latest;
    for (const Element& past : resource_.element.items("statusHistory")) {
        const auto time = past.text_of("status") == "onleave"
                              ? date_time_of(past.child("period").child(which), zone_)
                              : std::nullopt;
        latest = time && (!latest || time->time > latest->time) ? time : latest;
    }
    return latest;
}

std::optional<Instant> EncounterTimes::occurred(EventKind kind) const {
    if (auto own = own_time(kind)) {
        return own;
    }
    if (auto said = time_said(document_, resource_)) {
        return said;
    }
    if (kind != EventKind::AdmissionPlanned && !is_correction(kind)) {
        return std::nullopt;
    }
    auto planned = start();
    if (planned) {
        planned->flags.add(TimeFlag::TimeUncertain);
    }
    return planned;
}

}  // namespace carehub::adapters::clinic::fhir
