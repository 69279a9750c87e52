// What a hub showed of itself by the end of a demonstration: alerts, counts, and what was delivered
// to whom.
//
// Contract: plain data, read by demo_observed.hpp. Threads: any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hub/base/utc_time.hpp"

namespace carehub::tool::demo {

struct AlertSeen {
    std::string id;
    std::string rule;
    std::string client;
    std::string owner;
    std::string state;
    UtcTime raised_at = kUnknownTime;
    bool latched = false;
    std::vector<std::string> keys;      ///< business keys of what it is about
    std::vector<std::string> evidence;  ///< "KIND by PARTNER at TIME" of each event it rests on

    [[nodiscard]] bool is_suppressed() const { return state == "Suppressed"; }
    /// open, latched, shelved, cleared (nobody has seen it before it cleared), closed, suppressed
    [[nodiscard]] std::string state_class() const;
};

struct NoticeSeen {
    std::string client;  ///< roster name; empty for partners other than staff
    std::string discloser;
    std::string rule;                      ///< of an alert
    std::vector<std::string> identifiers;  ///< values
    std::vector<std::string> keys;
    std::string kind = {};  ///< of an event
};

/// An event that the hub accepted, as the client's trail tells it.
struct EventSeen {
    std::string kind;
    std::string partner;
};

struct PartnerCount {
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;
    friend bool operator==(const PartnerCount&, const PartnerCount&) = default;
};

struct Observed {
    std::vector<AlertSeen> alerts;               ///< in every state
    std::map<std::string, PartnerCount> counts;  ///< by partner
    std::map<std::string, std::vector<NoticeSeen>>
        notices;  ///< by recipient: case managers, supervision
    std::map<std::string, std::vector<EventSeen>>
        events;  ///< by client, of those whose events the truth tells
};

}  // namespace carehub::tool::demo
