#include "adapters/court/ical/zone_definition.hpp"

#include <algorithm>

#include "adapters/court/ical/calendar_value.hpp"
#include "adapters/court/ical/recurrence.hpp"
#include "adapters/court/limits.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::court {
namespace {

/// A STANDARD or DAYLIGHT part: from each onset on, `to` holds where `from` held before.
struct Observance {
    LocalTime start{};  ///< on a clock that still shows `from`
    std::chrono::seconds from{};
    std::chrono::seconds to{};
    std::string rule;
    std::vector<LocalTime> added;
};

std::optional<Observance> read_observance(const Component& part) {
    const Property* const start = part.find("DTSTART");
    const Property* const from = part.find("TZOFFSETFROM");
    const Property* const to = part.find("TZOFFSETTO");
    if (start == nullptr || from == nullptr || to == nullptr) {
        return std::nullopt;
    }
    const auto onset = parse_calendar_time(start->value, "");
    const auto before = parse_utc_offset(from->value);
    const auto after = parse_utc_offset(to->value);
    if (!onset || !before || !after) {
        return std::nullopt;
    }
    Observance observance{onset->local, *before, *after, "", {}};
    for (const Property& property : part.properties) {
        if (property.name == "RRULE" && observance.rule.empty()) {
            observance.rule = property.value;
        }
        const auto added = property.name == "RDATE" ? parse_calendar_time(property.value, "")
                                                    : std::optional<CalendarTime>{};
        if (added) {
            observance.added.push_back(added->local);
        }
    }
    return observance;
}

LocalTime first_day_of(int year) {
    return LocalTime{Date{std::chrono::year{year} / 1 / 1}.time_since_epoch()};
}

RuleRequest request_for(const Observance& observance) {
    const RuleParts parts = split_rule(observance.rule);
    RuleRequest request;
    request.rule = parts.rule;
    request.start = observance.start;
    if (parts.until) {
        request.until =
            parts.until->utc ? parts.until->local + observance.from : parts.until->local;
    }
    request.from = first_day_of(kZoneFirstYear - 1);
    request.to = first_day_of(kZoneLastYear + 1);
    request.count_max = kZoneInstancesMax;
    return request;
}

std::vector<LocalTime> onsets_of(const Observance& observance) {
    std::vector<LocalTime> onsets = observance.added;
    onsets.push_back(observance.start);
    if (!observance.rule.empty() && split_rule(observance.rule).frequency == "YEARLY") {
        const RuleRequest request = request_for(observance);
        const auto expanded = expand_rules({&request, 1});
        if (expanded) {
            const auto& starts = expanded->front().starts;
            onsets.insert(onsets.end(), starts.begin(), starts.end());
        }
    }
    return onsets;
}

}  // namespace

std::optional<TimeZone> zone_from_definition(const Component& definition, const std::string& name) {
    TimeZone zone{name, {}};
    std::optional<Observance> first;
    for (const Component& part : definition.children) {
        if (part.name != "STANDARD" && part.name != "DAYLIGHT") {
            continue;
        }
        const auto observance = read_observance(part);
        if (!observance) {
            return std::nullopt;  // half a zone would be wrong for half of the year
        }
        if (!first || observance->start < first->start) {
            first = observance;
        }
        for (const LocalTime onset : onsets_of(*observance)) {
            zone.transitions.push_back(
                {UtcTime{onset.time_since_epoch()} - observance->from, observance->to});
        }
    }
    if (!first) {
        return std::nullopt;
    }
    auto& all = zone.transitions;
    std::sort(all.begin(), all.end(), [](const ZoneTransition& a, const ZoneTransition& b) {
        return a.from != b.from ? a.from < b.from : a.offset < b.offset;
    });
    const auto last = std::unique(all.begin(), all.end(),
                                  [](const auto& a, const auto& b) { return a.from == b.from; });
    all.erase(last, all.end());
    all.insert(all.begin(), ZoneTransition{all.front().from - std::chrono::days{1}, first->from});
    return zone;
}

}  // namespace carehub::adapters::court
