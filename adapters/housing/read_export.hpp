// The door of this adapter: an HMIS CSV export becomes canonical events.
//
// Contract: `folder_or_zip` is one export, FY2024 or FY2026. Every row of the tables read ends as
// events, as a refusal, or in a finding. An export that cannot be read as a whole (a required file
// missing, another version, a damaged zip or table, no authority) gives exactly one refusal and no
// event: nothing is read half. `known` is what earlier exports of the feed said; it is changed only
// when the export counts as read, and the caller keeps it (KnownRows::to_text) once the events are
// safe. Reading the same export again with the known rows it left gives no event.
// Errors: Io when the folder or a file of it cannot be read: try again, nothing has changed.
// Threads: any thread, one call at a time for one `known`.
#pragma once

#include <filesystem>

#include "adapters/housing/known_rows.hpp"
#include "adapters/housing/site_config.hpp"
#include "adapters/kit/partner_kind.hpp"

namespace carehub::adapters::housing {

[[nodiscard]] Result<Parsed> read_export(const std::filesystem::path& folder_or_zip,
                                         const Site& site, KnownRows& known);

/// As above with the known rows as text, which is how kit's file feed keeps a kind's memory; the
/// empty text knows nothing. Damaged when the text is not one that this function left.
[[nodiscard]] Result<Parsed> read_export(const std::filesystem::path& folder_or_zip,
                                         const Site& site, std::string& state);

}  // namespace carehub::adapters::housing
