// The journal on disk: one SQLite row per committed batch, and the ledger that witnesses it.
//
// Files of the folder: journal.db (and SQLite's journal.db-wal, journal.db-shm), journal.ledger,
// journal.lock. FORMAT.md tells every byte and what each damage means.
//
// Contract: journal.hpp. append() commits with a synced WAL, then writes and syncs the ledger, then
// returns. open() is recovery: it makes durable what the database has, checks the last block (or
// all), and holds the database against the ledger. Entries that were committed but not yet
// witnessed when the process ended are kept: whether they were acknowledged is unknown.
// Errors of open(), with the file untouched:
//   AnotherWriter  a hub runs on the folder (exit 72)
//   BehindLedger   the database knows less than was witnessed; the gap is named (exit 71)
//   Damaged        a block, the ledger, or both together are not what was written (exit 71)
//   NotFound       there is no journal and none was to be made
//   Unsupported    another version wrote it
// Threads: a SqliteJournal is confined to the thread of its first append(); a SqliteReader to its
// owner. Lifetime: options' disk outlives the journal.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "hub/audit/merkle_tree.hpp"
#include "hub/base/disk.hpp"
#include "hub/base/random.hpp"
#include "hub/base/thread_owner.hpp"
#include "hub/journal/folder_lock.hpp"
#include "hub/journal/journal.hpp"
#include "hub/journal/ledger.hpp"
#include "hub/journal/limits.hpp"
#include "hub/journal/sqlite/block_table.hpp"

namespace carehub::journal {

enum class Missing : std::uint8_t { Refuse, Create };  ///< what to do when there is no journal
enum class Check : std::uint8_t { LastBlock, AllBlocks };

struct SqliteOptions {
    std::string folder;  ///< must exist
    Missing missing = Missing::Refuse;
    Check check = Check::LastBlock;
    std::string vfs = {};  ///< SQLite's layer to the system; tests put one with faults here
    std::uint64_t wal_bytes_before_checkpoint = kWalBytesBeforeCheckpoint;
};

class SqliteJournal final : public Journal {
public:
    /// `random` draws the id of a new journal.
    [[nodiscard]] static Result<std::unique_ptr<SqliteJournal>> open(const SqliteOptions& options,
                                                                     Disk& disk, Random& random);

    [[nodiscard]] Result<Appended> append(Sequence expected_last,
                                          std::span<const StoredEntry> batch) override;
    [[nodiscard]] Sequence last() const override { return {tree_.size()}; }
    [[nodiscard]] Hash256 root() const override { return root_; }
    [[nodiscard]] Hash128 id() const override { return table_.id(); }
    [[nodiscard]] Result<Sequence> dropped_for() const override { return table_.dropped_for(); }
    [[nodiscard]] Status set_dropped_for(Sequence entry) override;

protected:
    [[nodiscard]] Result<bool> find_block(Sequence sequence, Bytes& block,
                                          Bytes* sealed) const override;
    [[nodiscard]] Status replace_sealed(std::span<const Replaced> blocks) override;

private:
    SqliteJournal(SqliteOptions options, FolderLock lock, Connection connection, BlockTable table)
        : options_(std::move(options)),
          lock_(std::move(lock)),
          connection_(std::move(connection)),
          table_(std::move(table)) {}

    [[nodiscard]] Status recover(Disk& disk);
    [[nodiscard]] Status restore_tree();
    [[nodiscard]] Status open_ledger(Disk& disk, const std::string& path);
    [[nodiscard]] Status check_against_ledger() const;
    [[nodiscard]] Status commit(std::span<const StoredEntry> batch);
    [[nodiscard]] Status replace_all(std::span<const Replaced> blocks);
    /// Passes on what leaves the journal as it was; after everything else it stops for good.
    [[nodiscard]] Status stop_unless_unchanged(Status done);
    [[nodiscard]] Status checkpoint_when_due();
    [[nodiscard]] audit::TreeHead head() const { return {tree_.size(), root_}; }

    SqliteOptions options_;
    ThreadOwner owner_;
    FolderLock lock_;
    Connection connection_;         // before the table: its statements go first
    mutable BlockTable table_;      // reading runs statements, and changes nothing else
    std::optional<Ledger> ledger_;  ///< open() fills it
    audit::MerkleTree tree_;
    Hash256 root_{};
    Bytes block_;   ///< reused from batch to batch
    Bytes sealed_;  ///< the same
    bool stopped_ = false;
};

/// Reads beside the writer, on a connection of its own that can do nothing else.
class SqliteReader final : public JournalReader {
public:
    [[nodiscard]] static Result<std::unique_ptr<SqliteReader>> open(const std::string& folder);

    [[nodiscard]] Hash128 id() const { return table_.id(); }
    /// The last committed entry now; 0 when there is none.
    [[nodiscard]] Result<Sequence> last() const;

protected:
    [[nodiscard]] Result<bool> find_block(Sequence sequence, Bytes& block,
                                          Bytes* sealed) const override;

private:
    SqliteReader(Connection connection, BlockTable table)
        : connection_(std::move(connection)), table_(std::move(table)) {}

    Connection connection_;
    mutable BlockTable table_;
};

}  // namespace carehub::journal
