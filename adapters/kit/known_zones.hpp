// Time zones by name, each loaded once. Threads: confined to one thread.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "hub/base/zone_database.hpp"

namespace carehub::adapters {

class KnownZones {
public:
    /// Null when there is no such zone: times are then written in UTC.
    [[nodiscard]] const TimeZone* find(const std::string& name) {
        auto known = zones_.find(name);
        if (known == zones_.end()) {
            auto loaded = name.empty() ? Result<TimeZone>(fail(ErrorCode::NotFound, "no name"))
                                       : load_zone(name);
            known = zones_.emplace(name, loaded ? std::optional(std::move(*loaded)) : std::nullopt)
                        .first;
        }
        return known->second ? &*known->second : nullptr;
    }

private:
    std::map<std::string, std::optional<TimeZone>> zones_;
};

}  // namespace carehub::adapters
