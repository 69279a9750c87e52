// OperationOutcome (FHIR R4, section 2.28): what became of a document, in the standard's words.
//
// Contract: severity, code (value set issue-type), diagnostics and, where the place is known,
// expression. Diagnostics are sentences of ours. Nothing in it is a value of the document.
// Threads: any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/clinic/fhir/read_resource.hpp"

namespace carehub::adapters::clinic::fhir {

enum class IssueSeverity : std::uint8_t { Fatal, Error, Warning, Information };

struct Issue {
    IssueSeverity severity = IssueSeverity::Error;
    std::string_view code;  ///< of the value set issue-type; a literal
    std::string diagnostics;
    std::string expression;  ///< empty: not told
    friend bool operator==(const Issue&, const Issue&) = default;
};

/// Of our own reading or of the hub's receipt; a field of the hub's own words stands in the text.
[[nodiscard]] Issue issue_of(const Refusal& refusal);
/// The hub did not answer in time: the same document may be sent again.
[[nodiscard]] Issue no_answer_issue();
/// The refusals, then the findings; "nothing to act on" or "stored" when there are none.
[[nodiscard]] std::vector<Issue> issues_of(const Reading& reading);

[[nodiscard]] std::string operation_outcome(std::span<const Issue> issues);

/// 400, 403, 409, 413, 422, 429 or 503 (R4 section 3.1.0.4.1).
[[nodiscard]] unsigned http_status_of(RefusalReason reason);

}  // namespace carehub::adapters::clinic::fhir
