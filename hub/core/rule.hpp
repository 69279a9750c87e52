// The first door for rules: what a rule is.
//
// Contract: a rule is a pure, stateless function of a client's case at one instant. It says which
// situations hold *now* and when time alone may change its answer. It remembers nothing: repeats,
// clearing, reopening, owners and who may see are core's (core/alerts.hpp). So a correction, a
// cancel or a late proof needs no code in a rule: the next evaluation simply finds less.
// Cost: bounded by the case's bounds in base/limits.hpp.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "hub/core/case_view.hpp"
#include "hub/core/limits.hpp"

namespace carehub::core {

/// A threshold of a rule that can be set: `carehub rules set`.
struct Setting {
    std::string_view name;
    std::int64_t value;  ///< unless it was set
    std::int64_t min;
    std::int64_t max;
    std::string_view meaning;  ///< with its unit
};

/// ISA-18.2 rationalisation: the texts are mandatory; a rule without them does not load.
///
/// `situation` is what the alert says first. In braces stands what is filled in when it is read
/// (follower/alert_text.cpp): {1} {2} {all} obligations; {minutes}; {due} the act-by; of the stay
/// {held} since when, {left} from where, {planned} and {ended} when; of the matter its {teller}, its
/// {day} and {until} when; of the office the {feed}, the {staff} and a {count}.
struct RuleInfo {
    RuleId id;              ///< its row in the glossary's table of rules
    std::string_view name;  ///< "ScheduleConflict"
    std::uint16_t version = 1;
    std::string_view consequence;
    std::string_view action;
    std::string_view time_to_respond;
    std::string_view priority;
    std::string_view situation;
    std::string_view soft_situation = {};  ///< where the hour is not known
    bool outlives_client = false;          ///< speaks of a client who died; no other rule does
    std::span<const Setting> settings = {};
    bool about_office = false;  ///< looks at the office's case, not at clients
};

inline constexpr std::uint8_t kEnabledSetting = 0;  ///< RuleSetting::setting of the switch

/// The value in force of the n-th of the rule's settings, from 0.
[[nodiscard]] inline std::int64_t setting_of(const CaseView& view, const RuleInfo& info,
                                             std::size_t index) {
    return view.setting(info.id, static_cast<std::uint8_t>(index + 1), info.settings[index].value);
}

/// Where a rule puts what it found.
class Findings {
public:
    void add(Finding finding) { found_.push_back(std::move(finding)); }
    /// Something is missing, and the hub last heard then of what may have left it missing: a
    /// situation from kAbsenceHeld after it on. An alert that stands already goes on meanwhile.
    void add_absence(Finding finding, UtcTime heard_at) {
        wake_at(heard_at + kAbsenceHeld);
        (heard_at + kAbsenceHeld > now_ ? held_ : found_).push_back(std::move(finding));
    }
    /// Evaluate this client again at that time, even if no event arrives. Past times are ignored.
    void wake_at(UtcTime time) {
        if (time > now_ && time < wake_at_) {
            wake_at_ = time;
        }
    }

    explicit Findings(UtcTime now) : now_(now) {}
    [[nodiscard]] std::vector<Finding>& found() { return found_; }
    /// Absences that are none yet.
    [[nodiscard]] std::vector<Finding>& held() { return held_; }
    [[nodiscard]] UtcTime wake_at() const { return wake_at_; }

private:
    UtcTime now_;
    UtcTime wake_at_ = kNever;
    std::vector<Finding> found_;
    std::vector<Finding> held_;
};

class Rule {
public:
    /// The info outlives the rule.
    explicit Rule(const RuleInfo& info) : info_(info) {}
    Rule(const Rule&) = delete;
    Rule& operator=(const Rule&) = delete;
    virtual ~Rule() = default;
    [[nodiscard]] const RuleInfo& info() const { return info_; }
    virtual void evaluate(const CaseView& view, Findings& findings) const = 0;

private:
    const RuleInfo& info_;
};

/// All rules, ordered by id.
using RuleSet = std::vector<std::unique_ptr<const Rule>>;

}  // namespace carehub::core
