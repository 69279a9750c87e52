// The verbs of stories about housing, supervision, warrants and moves.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "hub/model/submission.hpp"

namespace carehub::test {

struct MatterVerb {
    std::string_view verb;
    EventKind kind;
    bool
        begins;  ///< "PARTNER VERB ID for CLIENT TIME"; else of something known: "PARTNER VERB ID TIME"
};

[[nodiscard]] const MatterVerb* matter_verb(std::string_view verb);

/// The payload of that kind; `next` gives the words that follow, "" when there are no more. Words:
/// `type NUMBER` of a project; `lost|at-risk|unstable|interrupted|unknown`, the grade of a loss;
/// `homeless|institution|temporary|permanent`, a situation; `until DATE`, a deadline; `result`.
/// Nothing when it meets another word.
[[nodiscard]] std::optional<Payload> matter_payload(EventKind kind, UtcTime at,
                                                    const std::function<std::string()>& next);

}  // namespace carehub::test
