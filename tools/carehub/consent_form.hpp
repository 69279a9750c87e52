// A consent form as people write it: a row of consents.csv, or the options of `consent grant`.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tools/carehub/csv_import.hpp"

namespace carehub::tool {

/// By column of consents.csv.
using ConsentCells = std::map<std::string, std::string>;

/// The options of a form but its client and id. Returned are those without which there is no form.
[[nodiscard]] std::vector<CLI::Option*> form_options(CLI::App& command, ConsentCells& cells);

/// `words`: what makes another document of it; the same words give the same event.
[[nodiscard]] Submission consent_event(EventKind kind, const std::string& client,
                                       ConsentClaim claim, UtcTime at, const std::string& words);

/// The event that a row of consents.csv stands for. Errors: Invalid, with the column and the fix.
[[nodiscard]] Result<Submission> consent_row(const Row& row);

/// `consent whatif`.
void add_whatif(CLI::App& consent, Run& run);

}  // namespace carehub::tool
