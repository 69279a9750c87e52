// The first door for rules: what a rule is.
//
// Contract: a rule is a pure, stateless function of a client's case at one instant. It says which
// situations hold *now* and when time alone may change its answer. It remembers nothing: repeats,
// clearing, reopening, owners and who may see are core's (core/alerts.hpp). So a correction, a
// cancel or a late proof needs no code in a rule: the next evaluation simply finds less.
// Cost: bounded by the case's bounds in base/limits.hpp.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "hub/core/case_view.hpp"

namespace carehub::core {

/// ISA-18.2 rationalisation: the four texts are mandatory; a rule without them does not load.
struct RuleInfo {
    RuleId id;              ///< its row in the glossary's table of rules
    std::string_view name;  ///< "ScheduleConflict"
    std::uint16_t version = 1;
    std::string_view consequence;
    std::string_view action;
    std::string_view time_to_respond;
    std::string_view priority;
};

/// Where a rule puts what it found.
class Findings {
public:
    void add(Finding finding) { found_.push_back(std::move(finding)); }
    /// Evaluate this client again at that time, even if no event arrives. Past times are ignored.
    void wake_at(UtcTime time) {
        if (time > now_ && time < wake_at_) {
            wake_at_ = time;
        }
    }

    explicit Findings(UtcTime now) : now_(now) {}
    [[nodiscard]] std::vector<Finding>& found() { return found_; }
    [[nodiscard]] UtcTime wake_at() const { return wake_at_; }

private:
    UtcTime now_;
    UtcTime wake_at_ = kNever;
    std::vector<Finding> found_;
};

class Rule {
public:
    virtual ~Rule() = default;
    [[nodiscard]] virtual const RuleInfo& info() const = 0;
    virtual void evaluate(const CaseView& view, Findings& findings) const = 0;
};

/// All rules, ordered by id.
using RuleSet = std::vector<std::unique_ptr<const Rule>>;

}  // namespace carehub::core
