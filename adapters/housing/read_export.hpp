// The door of this adapter: an HMIS CSV export becomes canonical events.
//
// Contract: `folder_or_zip` is one export, FY2024 or FY2026. Every row of the tables read ends as
// events, as a refusal, or in a finding. An export that cannot be read as a whole (a required file
// missing or no table, another version, a damaged zip or table, no authority) gives exactly one
// refusal and no event: nothing is read half. Another file that is no table is refused by name, and
// the export is read as one without it. `known` is what earlier exports of the feed said; it is changed only
// when the export counts as read, and the caller keeps it (KnownRows::to_text) once the events are
// safe. Reading the same export again with the known rows it left gives no event.
// With a desk the events go to it, and an export may be larger than the memory: tables are gone
// through twice and never held, and what is known stays in a file.
// Errors: Io when the folder or a file of it cannot be read: try again, nothing has changed. Those
// of the desk.
// Threads: any thread, one call at a time for one `known`.
#pragma once

#include <filesystem>

#include "adapters/housing/known_rows.hpp"
#include "adapters/housing/site_config.hpp"
#include "adapters/kit/partner_kind.hpp"

namespace carehub::adapters::housing {

class ExportSet;

/// `name` is what the export is called in refusals.
[[nodiscard]] Result<Parsed> read_export_set(Result<ExportSet> set, const std::string& name,
                                             const Site& site, KnownRows& known,
                                             const FeedDesk* desk = nullptr);

[[nodiscard]] Result<Parsed> read_export(const std::filesystem::path& folder_or_zip,
                                         const Site& site, KnownRows& known,
                                         const FeedDesk* desk = nullptr);

/// As above with the known rows as text, which is how kit's file feed keeps a kind's memory; the
/// empty text knows nothing. Damaged when the text is not one that this function left.
[[nodiscard]] Result<Parsed> read_export(const std::filesystem::path& folder_or_zip,
                                         const Site& site, std::string& state,
                                         const FeedDesk* desk = nullptr);

}  // namespace carehub::adapters::housing
