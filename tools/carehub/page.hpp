// Words for people: times, enumerators and paragraphs as a case manager reads them.
//
// Contract: pure, but for print_paragraph, which prints.
#pragma once

#include <string>
#include <string_view>

namespace carehub::tool {

/// "2026-07-09T10:00:00-04:00" -> "Thu 2026-07-09 10:00 -04:00"; "not told" for what is no time.
[[nodiscard]] std::string spoken_time(std::string_view iso);
/// "ClinicVisit" -> "clinic visit"
[[nodiscard]] std::string in_words(std::string_view name);
/// Breaks the text at blanks so that it fits a terminal; each line begins with `indent`.
void print_paragraph(std::string_view text, std::string_view indent = "");

}  // namespace carehub::tool
