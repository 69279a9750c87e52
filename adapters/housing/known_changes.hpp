// What becomes of the rows known before that this export leaves out: kept, or withdrawn.
//
// Contract: a row is taken to be gone only if the export is a full refresh, the newest one read,
// its table was read without a row whose id could not be read, and the row lies within the export's
// period and projects. When more than kVanishedPercentMax of a table's rows would be gone, or however
// few of them from a table that has no row at all, nothing
// of that table is withdrawn and the export is told to be suspicious; the next newer export that says
// the same is believed. What hangs on an enrollment that the newest export deletes is withdrawn in
// any case. People are never withdrawn: what is known of them is not a thing of a period.
// Afterwards the set holds what is known now; an export that changed nothing leaves it as it was.
// Errors: those of the known rows and the events. Threads: confined to one thread.
#pragma once

#include <array>

#include "adapters/housing/event_stamp.hpp"

namespace carehub::adapters::housing {

struct KnownChanges {
    const Context& context;
    ExportAge age;
    bool is_newer;  ///< than every one before: the same export again confirms nothing
    std::array<bool, kTablesMax> read_whole;  ///< tables that are there, every row's id readable
    std::array<bool, kTablesMax> rowless;     ///< tables that are there, with a header alone
    const RowIndex& index;
    KnownWriter& writer;
    EventStamp& stamp;
    const FeedDesk* desk;
    Report& report;
};

/// Adds a row of the set to the index.
void index_known(const KnownRow& row, RowIndex& index);

[[nodiscard]] Status settle_known(const KnownChanges& changes, KnownSet& set);

}  // namespace carehub::adapters::housing
