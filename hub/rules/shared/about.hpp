// What most rules share: a finding about one record of the case, and a rule that is one function.
#pragma once

#include "hub/core/rule.hpp"

namespace carehub::rules {

/// A finding about that record: subject, evidence and material filled in; act-by and severity are
/// the rule's. An obligation's material is its time and place, a stay's its ends, a matter's its
/// dates and grade.
[[nodiscard]] Finding about(RuleId rule, const Obligation& obligation);
[[nodiscard]] Finding about(RuleId rule, const Stay& stay);
[[nodiscard]] Finding about(RuleId rule, const Matter& matter);
/// A finding about the client as a whole; `evidence` is an entry that tells of it, if there is one.
[[nodiscard]] Finding about_client(RuleId rule, const core::CaseView& view, Sequence evidence);

/// The best thing to do, and until when.
void suggest(Finding& finding, SuggestedAction action, Mover who, bool needs_consent = false);

/// Whether the matter stands: neither withdrawn nor over.
[[nodiscard]] bool lasts(const Matter& matter);

/// What was told as long ago as that when the hub heard of it is kept, and raises nothing.
[[nodiscard]] bool is_history(const Matter& matter, std::chrono::days age);

using Evaluate = void (*)(const core::CaseView&, core::Findings&);
/// A rule that needs no more than its texts and one function; `info` lives as long as the program.
[[nodiscard]] std::unique_ptr<const core::Rule> make_rule(const core::RuleInfo& info,
                                                          Evaluate evaluate);

}  // namespace carehub::rules
