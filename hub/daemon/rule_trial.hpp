// What a rule would have raised in the past, before it is switched on or set otherwise.
//
// Contract: reads the journal's decisions only: no keys, nothing is written, a hub may run. The rule
// is evaluated after each entry for the client it changed, and when it asked to be woken; a
// situation counts once while it holds, and again after kReopenWithin. Consent is not asked: the
// figure is what the rule finds, of which some may be hidden from the owner. A rule about the office is
// evaluated where the hub judged the office; a silence while the hub itself stood still counts.
// Errors: as journal::SqliteReader; NotFound for a rule or setting that is not known.
// Threads: any one thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/daemon/data_folder.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub::daemon {

struct TrialOrder {
    std::string rule;
    int days = 90;  ///< before the hub's present time
    std::map<std::string, std::int64_t> settings;
};

/// Of one owner in one week; the week by its Monday, UTC.
struct TrialRow {
    std::string owner;
    Date week{};
    std::uint64_t raised = 0;
    friend bool operator==(const TrialRow&, const TrialRow&) = default;
};

struct TrialReport {
    UtcTime from = kUnknownTime;
    UtcTime until = kUnknownTime;
    std::uint64_t raised = 0;
    std::uint64_t clients = 0;  ///< that it would have spoken of; none of a rule about the office
    std::map<Severity, std::uint64_t> by_severity;
    std::vector<TrialRow> rows;  ///< by owner, then week
};

[[nodiscard]] Result<TrialReport> try_rule(const DataFolder& folder, const TrialOrder& order);

}  // namespace carehub::daemon
