#include "adapters/supervision/event_json.hpp"

#include <array>
#include <utility>

#include <boost/json.hpp>

namespace carehub::adapters::supervision {
namespace {

namespace json = boost::json;

constexpr std::array kFlags = {
    std::pair{TimeFlag::Ambiguous, "Ambiguous"},
    std::pair{TimeFlag::Skipped, "Skipped"},
    std::pair{TimeFlag::AssumedDuration, "AssumedDuration"},
    std::pair{TimeFlag::DateOnly, "DateOnly"},
    std::pair{TimeFlag::TimeUncertain, "TimeUncertain"},
};

json::string text(std::string_view value) { return json::string(value.data(), value.size()); }

void put_time(json::object& object, const char* key, UtcTime time) {
    if (time != kUnknownTime) {
        object[key] = to_iso(time);
    }
}

json::object payload_of(const ObligationClaim& claim) {
    json::object payload{{"class", text(name_of(claim.obligation_class))},
                         {"status", text(name_of(claim.status))}};
    put_time(payload, "start", claim.start);
    put_time(payload, "end", claim.end);
    put_time(payload, "prev_start", claim.prev_start);
    if (claim.date) {
        payload["date"] = to_iso(*claim.date);
    }
    payload["location"] =
        json::object{{"id", claim.location.id}, {"remote", claim.location.remote}};
    payload["provider"] = json::object{{"id", claim.provider.id}, {"role", claim.provider.role}};
    payload["owner_org"] = claim.owner_org;
    payload["filler_id"] = claim.filler_id;
    payload["mandatory"] = claim.mandatory;
    payload["mover"] = text(name_of(claim.mover));
    return payload;
}

}  // namespace

std::string event_line(const Submission& event) {
    json::array flags;
    for (const auto& [flag, name] : kFlags) {
        if (event.time_flags.has(flag)) {
            flags.emplace_back(name);
        }
    }
    json::array identifiers;
    for (const Identifier& identifier : event.identifiers) {
        identifiers.push_back(json::object{{"authority", identifier.authority},
                                           {"type", identifier.type},
                                           {"value", identifier.value}});
    }
    json::object line{{"id", event.source_msg_id},
                      {"kind", text(name_of(event.kind))},
                      {"occurred_at", to_iso(event.occurred_at)},
                      {"occurred_precision", text(name_of(event.occurred_precision))},
                      {"recorded_at", to_iso(event.recorded_at)},
                      {"zone", event.zone},
                      {"time_flags", std::move(flags)},
                      {"identifiers", std::move(identifiers)},
                      {"business_key", event.business_key},
                      {"payload", payload_of(std::get<ObligationClaim>(event.payload))}};
    if (event.correction) {
        line["correction"] = true;
        line["supersedes_key"] = event.supersedes_key;
    }
    return json::serialize(line);
}

}  // namespace carehub::adapters::supervision
