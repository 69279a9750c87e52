// truth.jsonl of a simulated county (tools/county/README.md): what was planted and must come of it.
//
// Errors: Io; Invalid naming the line, or a planted rule that the truth does not judge. Threads: any thread.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/error.hpp"

namespace carehub::tool {

struct PlantedAlert {
    std::string rule;
    std::string client;
    std::vector<std::string> ids;  ///< each is part of a business key the alert is about
    std::int64_t day = 0;          ///< the day that raises it
    std::string expect;            ///< its state at the end: open, cleared or any
    std::string why;
};

struct Trap {
    std::string rule;
    std::string client;
    std::string why;
};

/// Of `client`, from `partner`, to `recipient` ("owner" or a partner): events with one of the ids.
struct Disclosure {
    std::string client;
    std::string partner;
    std::string recipient;
    std::vector<std::string> ids;
    std::string why;
};

/// The partner tells `count` events of that kind about the client in all; each id is part of a
/// business key of one of them. 0: none at all.
struct PlantedEvents {
    std::string kind;
    std::string client;
    std::string partner;
    std::vector<std::string> ids;
    std::int64_t count = 0;
    std::string why;
};

struct Truth {
    std::vector<PlantedAlert> alerts;
    std::vector<Trap> traps;
    std::vector<Disclosure> withheld;   ///< must not be delivered
    std::vector<Disclosure> delivered;  ///< must be
    std::vector<PlantedEvents> events;  ///< must be known
    /// Of these rules every alert is planted; of others the truth says nothing.
    std::set<std::string> judges;
};

[[nodiscard]] Result<Truth> read_truth(const std::filesystem::path& file);

/// True when one of the keys contains the id.
[[nodiscard]] bool names_id(const std::vector<std::string>& keys, std::string_view id);

}  // namespace carehub::tool
