// What `adapter check` tells people of a reading: its events as a table, and how much was mapped.
#pragma once

#include <span>
#include <string>

#include "adapters/kit/partner_kind.hpp"

namespace carehub::tool {

/// The first events as a table: kind, when, whose, and what.
void print_preview(std::span<const Submission> events);

/// "57 of 60 records mapped (95 %), 61 events"; the events alone where the kind counts no records.
/// Refusals of a whole file, which name no line, are counted apart.
[[nodiscard]] std::string share_mapped(const adapters::Parsed& parsed);

}  // namespace carehub::tool
