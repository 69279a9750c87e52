// The journal's bounds: names, units, reasons.
#pragma once

#include <cstddef>
#include <cstdint>

#include "hub/base/limits.hpp"

namespace carehub::journal {

/// One stored entry: an event and what it decides. A revocation that withdraws every delivery about
/// a client is the largest; four bytes of length could say more, a reader's memory should not.
inline constexpr std::size_t kStoredEntryBytesMax = std::size_t{16} << 20U;
/// Entries of one append, and so of one block.
inline constexpr std::size_t kBlockEntriesMax = 65'536;
/// One block as stored. SQLite's own bound on a value is lowered to it.
inline constexpr std::size_t kBlockBytesMax = std::size_t{64} << 20U;
static_assert(kStoredEntryBytesMax > kEventBytesMax);
static_assert(kStoredEntryBytesMax + (std::size_t{1} << 20U) <= kBlockBytesMax);

/// Blocks a reader of single entries keeps in memory: the last 60,000 entries or so.
inline constexpr std::size_t kCachedBlockBytesMax = std::size_t{64} << 20U;

/// WAL size at which it is copied into the database: 12 ms of work; 64 MiB would stop the writer
/// for 120 ms.
inline constexpr std::size_t kWalBytesBeforeCheckpoint = std::size_t{8} << 20U;
/// How long a reader waits for a database that is being recovered by its writer.
inline constexpr int kReaderWaitMs = 1'000;

}  // namespace carehub::journal
