// Expands recurrence rules in a process of its own: one call of the library's iterator can take
// seconds on a hostile rule, and nothing in-process can stop it.
//
// Contract: all on the local clock, without zones: the caller resolves them. For each request, in
// order, an answer: the starts in [from, to] that the rule gives, `start` itself first whether or
// not it matches (RFC 5545 3.8.5.3), ascending. A rule that takes more than kExpansionCpuMax of CPU
// is stopped and answered TooSlow; the others go on in a fresh process. Rules within a day are the
// caller's to refuse (rule_screen.hpp). Errors: Io when no process or pipe can be had. Threads: any thread. The
// child allocates and computes only; it touches no lock of the parent's.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/base/utc_time.hpp"

namespace carehub::adapters::court {

struct RuleRequest {
    std::string rule;  ///< without UNTIL
    LocalTime start{};
    std::optional<LocalTime> until;  ///< inclusive, on the same clock as `start`
    bool date_only = false;
    LocalTime from{};
    LocalTime to{};
    std::uint32_t count_max = 0;
};

enum class ExpansionEnd : std::uint8_t { Whole, Capped, TooSlow, Unreadable };

struct Expansion {
    ExpansionEnd end = ExpansionEnd::Unreadable;
    std::vector<LocalTime> starts;
};

[[nodiscard]] Result<std::vector<Expansion>> expand_rules(std::span<const RuleRequest> requests);

}  // namespace carehub::adapters::court
