// The rules of `permit` in plain words: what each says, and what would have to be signed or agreed
// for another answer.
//
// Contract: internal to the follower's answers. Needed things are JSON objects:
//   {"what":"consent","kinds":[...],"discloser","recipient","event_kind","event_date","purpose","text"}
//   {"what":"agreement","discloser","recipient","event_kind","not_purpose","text"}
// A consent that does not help is told with the reason, by the words of its miss.
// Threads: pure.
#pragma once

#include <boost/json.hpp>

#include "hub/core/permit.hpp"

namespace carehub::follower {

struct RuleWords {
    std::string_view why;
    std::string_view law;  ///< where it stands
};

[[nodiscard]] RuleWords words_of(PermitRule rule);
/// "it ended on 2026-07-10", "it names other recipients"
[[nodiscard]] std::string words_of(core::Miss miss, const Consent& consent);

/// What has to be there before the answer can be yes: of a need that is met already, nothing.
[[nodiscard]] boost::json::array needed_for(const core::Sought& sought, Labels labels);

/// 42 CFR 2.32(b): a clear explanation of the scope of the consent on which such a disclosure to that
/// recipient rests today: from whom, to whom, what for, of which kinds and dates of event, until when.
/// No free text of the form; "" when no consent opens it. Bounded (limits.hpp).
[[nodiscard]] std::string scope_words(const core::State& state, const core::Case& subject,
                                      const core::Disclosed& disclosed,
                                      const core::Recipient& recipient);

}  // namespace carehub::follower
