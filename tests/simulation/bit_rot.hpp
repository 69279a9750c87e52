// Damage at rest: one bit flipped, a file cut, lost or taken from elsewhere, and then a start that
// reads everything. Nobody may be told less or other than was written without being told so.
//
// journal.db-shm is left out: it is SQLite's index of the WAL, which the first connection after a
// stop makes anew without reading it (and here it lives in the process's memory only).
//
// One outcome for each damage:
//   unaffected  all entries are there, byte for byte, and the journal can be written on
//   refused     the start refuses, naming the file or the entry
//   named       the start is good (it reads the last block only); reading or verifying names it
//   silent      other or fewer entries, and no error: the fault this harness looks for
//   unnamed     an error that tells neither file nor entry
// Threads: confined to one.
#pragma once

#include <string>

#include "tests/simulation/model_disk.hpp"

namespace carehub::simulation {

struct RotReport {
    std::uint64_t flips = 0;
    std::uint64_t truncations = 0;
    std::uint64_t losses = 0;  ///< files deleted
    std::uint64_t swaps = 0;   ///< files of another journal, or of an older copy of this one
    std::uint64_t unaffected = 0;
    std::uint64_t refused = 0;
    std::uint64_t named = 0;
    std::uint64_t silent = 0;
    std::uint64_t unnamed = 0;
    /// Of the flips, those that SQLite alone, without the journal's checks, hands on unnoticed.
    std::uint64_t silent_without_checks = 0;
    std::uint64_t store_bytes = 0;
    std::uint64_t wal_bytes = 0;  ///< of these, in the WAL and not in the database
    std::uint64_t slowest_us = 0;
    std::string first_finding;

    [[nodiscard]] bool is_clean() const { return silent == 0 && unnamed == 0; }
};

struct RotOptions {
    std::uint64_t seed = 1;
    std::uint64_t first = 0;  ///< number of the first flip
    std::uint64_t end = 0;    ///< one after the last one
    std::uint64_t entry_bytes = std::uint64_t{5}
                                << 18U;  ///< of the journal: a store of about 2 MiB
    bool compare_without_checks = false;
};

[[nodiscard]] RotReport run_flips(const RotOptions& options);

/// Files cut at `truncations` offsets, and every choice of files lost or taken from elsewhere.
[[nodiscard]] RotReport run_file_damage(const RotOptions& options, std::uint64_t truncations);

}  // namespace carehub::simulation
