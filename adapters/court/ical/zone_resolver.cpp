#include "adapters/court/ical/zone_resolver.hpp"

#include "adapters/court/ical/zone_definition.hpp"
#include "adapters/court/ical/zone_names.hpp"
#include "adapters/court/text.hpp"
#include "hub/base/zone_database.hpp"

namespace carehub::adapters::court {

ZoneResolver::ZoneResolver(const TimeZone& feed_zone)
    : feed_zone_(feed_zone), utc_{feed_zone.name, {{UtcTime{}, std::chrono::seconds{0}}}} {}

void ZoneResolver::add_definition(Component definition) {
    if (const Property* const tzid = definition.find("TZID")) {
        std::string name = unescape(tzid->value);
        definitions_.try_emplace(std::move(name), std::move(definition));
    }
}

ChosenZone ZoneResolver::zone_of(const CalendarTime& time) {
    if (time.utc) {
        return {&utc_, false};
    }
    if (time.date_only) {
        return {&feed_zone_, false};
    }
    if (time.tzid.empty()) {
        return {&feed_zone_, true};
    }
    const auto known = chosen_.find(time.tzid);
    return known != chosen_.end() ? known->second : chosen_[time.tzid] = find(time.tzid);
}

ChosenZone ZoneResolver::find(const std::string& tzid) {
    for (const std::string& name : iana_candidates(tzid)) {
        if (const TimeZone* const zone = load(name)) {
            return {zone, false};
        }
    }
    if (const std::string_view name = windows_zone(tzid); !name.empty()) {
        if (const TimeZone* const zone = load(name)) {
            return {zone, false};
        }
    }
    if (const TimeZone* const zone = define(tzid)) {
        return {zone, false};
    }
    return {&feed_zone_, true};
}

const TimeZone* ZoneResolver::load(std::string_view iana_name) {
    if (const auto known = loaded_.find(iana_name); known != loaded_.end()) {
        return &known->second;
    }
    auto zone = load_zone(iana_name);
    return zone ? &loaded_.emplace(iana_name, std::move(*zone)).first->second : nullptr;
}

const TimeZone* ZoneResolver::define(const std::string& tzid) {
    const auto definition = definitions_.find(tzid);
    if (definition == definitions_.end()) {
        return nullptr;
    }
    if (const Property* const location = definition->second.find("X-LIC-LOCATION")) {
        if (const TimeZone* const zone = load(location->value)) {
            return zone;
        }
    }
    auto zone = zone_from_definition(definition->second, feed_zone_.name);
    return zone ? &defined_.emplace(tzid, std::move(*zone)).first->second : nullptr;
}

Instant ZoneResolver::resolve(const CalendarTime& time) {
    return resolve_in(zone_of(time), time.local);
}

Instant ZoneResolver::resolve_in(const ChosenZone& zone, LocalTime local) {
    const ResolvedLocal resolved = to_utc(*zone.zone, local);
    Instant instant{resolved.time, {}};
    if (resolved.reading == LocalReading::Ambiguous) {
        instant.flags.add(TimeFlag::Ambiguous);
    }
    if (resolved.reading == LocalReading::Skipped) {
        instant.flags.add(TimeFlag::Skipped);
    }
    if (zone.assumed) {
        instant.flags.add(TimeFlag::AssumedZone);
    }
    return instant;
}

}  // namespace carehub::adapters::court
