#include "adapters/court/event_json.hpp"

#include <array>

#include <boost/json.hpp>

namespace carehub::adapters::court {
namespace {

namespace json = boost::json;

struct FlagName {
    TimeFlag flag;
    std::string_view name;
};

constexpr std::array kFlags = {
    FlagName{TimeFlag::Ambiguous, "Ambiguous"},
    FlagName{TimeFlag::Skipped, "Skipped"},
    FlagName{TimeFlag::AssumedZone, "AssumedZone"},
    FlagName{TimeFlag::AssumedDuration, "AssumedDuration"},
    FlagName{TimeFlag::DateOnly, "DateOnly"},
    FlagName{TimeFlag::CallList, "CallList"},
    FlagName{TimeFlag::TimeUncertain, "TimeUncertain"},
};

json::string_view text(std::string_view view) { return {view.data(), view.size()}; }

json::array flags_of(TimeFlags flags) {
    json::array names;
    for (const FlagName& known : kFlags) {
        if (flags.has(known.flag)) {
            names.emplace_back(text(known.name));
        }
    }
    return names;
}

json::object payload_of(const ObligationClaim& claim) {
    json::object out{{"class", text(name_of(claim.obligation_class))},
                     {"status", text(name_of(claim.status))},
                     {"start", to_iso(claim.start)},
                     {"end", to_iso(claim.end)},
                     {"location", {{"id", claim.location.id}, {"name", claim.location.name}}},
                     {"owner_org", claim.owner_org},
                     {"mandatory", claim.mandatory},
                     {"mover", text(name_of(claim.mover))},
                     {"reason_code", claim.reason_code}};
    if (claim.date) {
        out["date"] = to_iso(*claim.date);
    }
    if (claim.prev_start != kUnknownTime) {
        out["prev_start"] = to_iso(claim.prev_start);
    }
    if (claim.series) {
        out["series"] = true;
    }
    return out;
}

}  // namespace

std::string event_line(const Submission& event) {
    json::array identifiers;
    for (const Identifier& identifier : event.identifiers) {
        identifiers.emplace_back(json::object{{"authority", identifier.authority},
                                              {"type", identifier.type},
                                              {"value", identifier.value}});
    }
    json::object out{{"id", event.source_msg_id},
                     {"kind", text(name_of(event.kind))},
                     {"occurred_at", to_iso(event.occurred_at)},
                     {"zone", event.zone},
                     {"time_flags", flags_of(event.time_flags)},
                     {"identifiers", std::move(identifiers)},
                     {"business_key", event.business_key},
                     {"payload", payload_of(std::get<ObligationClaim>(event.payload))}};
    if (!event.supersedes_key.empty()) {
        out["supersedes_key"] = event.supersedes_key;
    }
    return json::serialize(out);
}

}  // namespace carehub::adapters::court
