// A copy of the journal up to one entry, taken beside the hub that writes it.
//
// Contract: the source is only read, block by block, each checked against its checksum and every
// leaf and root computed again, and shown to `check`; entries never change, so blocks read at
// different times belong together. The copy is one file, database without WAL, on disk when the function returns;
// SqliteJournal opens it once a ledger stands beside it. `head` is what a witness saw at the end of
// a block.
// Errors: Damaged, naming the entry, when the source is not what the witness saw; as Connection.
// What was written then is of no use.
// Threads: any one thread, with a reader of its own.
#pragma once

#include <functional>

#include "hub/journal/sqlite/sqlite_journal.hpp"

namespace carehub::journal {

/// Called after each step with the last entry copied; an error ends the copying and is passed on.
using CopyPulse = std::function<Status(Sequence)>;

/// `path` must not exist.
[[nodiscard]] Status copy_journal(const SqliteReader& from, const audit::TreeHead& head, Disk& disk,
                                  const std::string& path, const EntrySink& check,
                                  const CopyPulse& pulse);

}  // namespace carehub::journal
