// A notice as a row of comma-separated values (RFC 4180), for whoever imports lists.
//
// Columns, in this order:
//   delivery            "1207-9f86d081": the same whenever the notice is told again
//   action              set: this is what `uid` is now; cancel: it will not be, or, of what takes
//                       no time, what `kind` told under `uid` does not hold; note: it holds and
//                       takes no time
//   uid                 ties all versions of one obligation or stay; empty of what has none
//   kind, form          "HearingScheduled"; "full", "reduced" or "busy_only"
//   busy_only           yes or no
//   status, class       of obligations and stays, by the glossary's names
//   start, end          ISO 8601 with offset, on the clock of the event's zone; busy only, in UTC
//   date                the day, where the day alone is known
//   authority, id_type, id    the recipient's own identifier of the person
//   other_ids           further ones, "AUTHORITY TYPE VALUE", joined by "; "
//   place, place_name, remote
//   occurred_at         of the event; not told busy only
//   discloser           who told it; not told busy only
//   required_statement  goes wherever the row goes
//   again               yes: told again on purpose, no news
//   correction          true: it puts right, or takes back, what was told; else, and always busy
//                       only, false
//   series              of one of a series: what the `uid` of the series begins with; `cancel` of such a
//                       `uid` ends those still to come
//
// Contract: what is not told is empty. A text that a spreadsheet would take for a formula (it
// begins with = + - @, a tab or a line end) has an apostrophe before it. Threads: confined to one.
#pragma once

#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "adapters/kit/known_zones.hpp"
#include "hub/model/notice.hpp"
#include "hub/model/refusal.hpp"

namespace carehub::adapters {

/// The names of the columns as a record.
[[nodiscard]] std::string csv_header();
/// Nothing of an alert; a refusal where the notice names nobody.
[[nodiscard]] tl::expected<std::optional<std::string>, Refusal> csv_row(const Notice& notice,
                                                                        KnownZones& zones);

}  // namespace carehub::adapters
