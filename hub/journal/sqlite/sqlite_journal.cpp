#include "hub/journal/sqlite/sqlite_journal.hpp"

#include "hub/base/log.hpp"
#include "hub/journal/sealed_parts.hpp"

namespace carehub::journal {
namespace {

std::string database_path(const std::string& folder) { return folder + "/journal.db"; }
std::string ledger_path(const std::string& folder) { return folder + "/journal.ledger"; }
std::string lock_path(const std::string& folder) { return folder + "/journal.lock"; }

/// Whether there is a database to open, or one may be made. Asked before SQLite is, because opening
/// would make the file: a lost database must not look like a new one.
Status check_presence(const SqliteOptions& options, const Disk& disk) {
    CAREHUB_TRY(const bool database, disk.exists(database_path(options.folder)));
    if (database) {
        return {};
    }
    CAREHUB_TRY(const bool ledger, disk.exists(ledger_path(options.folder)));
    if (ledger) {
        return fail(
            ErrorCode::BehindLedger,
            "journal.db is gone, but its ledger is there: restore journal.db from a backup");
    }
    if (options.missing == Missing::Refuse) {
        return fail(ErrorCode::NotFound, "there is no journal in " + options.folder);
    }
    return {};
}

Status make_tables(Connection& connection, const SqliteOptions& options, Disk& disk,
                   Random& random) {
    CAREHUB_TRY(const bool made, BlockTable::is_made(connection));
    if (made) {
        return {};
    }
    CAREHUB_TRY(const bool ledger, disk.exists(ledger_path(options.folder)));
    if (ledger) {
        return fail(
            ErrorCode::BehindLedger,
            "journal.db is empty, but its ledger is there: restore journal.db from a backup");
    }
    Hash128 id{};
    random.fill(id);
    return BlockTable::make(connection, id);
}

std::string count_of(std::uint64_t entries) {
    return std::to_string(entries) + (entries == 1 ? " entry" : " entries");
}

/// Full leaves the journal as it was; of everything else only the next start knows the outcome.
Error outcome_unknown(const Error& error) {
    const bool keeps_code = error.code == ErrorCode::AnotherWriter;
    return {keeps_code ? error.code : ErrorCode::SyncFailed, error.context};
}

}  // namespace

Result<std::unique_ptr<SqliteJournal>> SqliteJournal::open(const SqliteOptions& options, Disk& disk,
                                                           Random& random) {
    CAREHUB_TRY(FolderLock lock, FolderLock::acquire(lock_path(options.folder)));
    CAREHUB_TRY_DONE(check_presence(options, disk));
    CAREHUB_TRY(auto connection,
                Connection::open_writer(database_path(options.folder), options.vfs));
    CAREHUB_TRY_DONE(make_tables(connection, options, disk, random));
    CAREHUB_TRY(auto table, BlockTable::open(connection));
    std::unique_ptr<SqliteJournal> journal(
        new SqliteJournal(options, std::move(lock), std::move(connection), std::move(table)));
    CAREHUB_TRY_DONE(journal->recover(disk));
    return journal;
}

Status SqliteJournal::recover(Disk& disk) {
    // What an earlier process wrote to the WAL but failed to sync may be readable and yet not on
    // disk. Copying it into the database with a sync makes it so, before anyone relies on it.
    CAREHUB_TRY_DONE(connection_.checkpoint());
    // The same holds for the names of files: the database's before the ledger is made, and the
    // ledger's, which an earlier process may have renamed and not lived to sync.
    CAREHUB_TRY_DONE(disk.sync_folder(options_.folder));
    CAREHUB_TRY_DONE(restore_tree());
    CAREHUB_TRY_DONE(open_ledger(disk, ledger_path(options_.folder)));
    CAREHUB_TRY_DONE(check_against_ledger());
    if (options_.check == Check::AllBlocks) {
        CAREHUB_TRY([[maybe_unused]] const auto verified, verify({ledger_->record().head, head()}));
    }
    // Also when it tells this head already: that slot may be written and not synced.
    return ledger_->write(head());
}

Status SqliteJournal::restore_tree() {
    Bytes bytes;
    CAREHUB_TRY(const std::uint64_t last, table_.last());
    if (last != 0) {
        CAREHUB_TRY([[maybe_unused]] const bool found, table_.find({last}, bytes, nullptr));
        CAREHUB_TRY(const Block block, Block::parse(bytes));
        CAREHUB_TRY_DONE(block.check_content());
        CAREHUB_TRY(tree_, block.tree());
    }
    root_ = tree_.root();
    return {};
}

Status SqliteJournal::open_ledger(Disk& disk, const std::string& path) {
    CAREHUB_TRY(const bool exists, disk.exists(path));
    if (!exists && tree_.size() != 0) {
        return fail(ErrorCode::Damaged,
                    "journal.ledger is gone, but journal.db holds " + count_of(tree_.size()) +
                        ": whether more were acknowledged cannot be known; put the ledger back");
    }
    CAREHUB_TRY(Ledger ledger, exists ? Ledger::open(disk, path)
                                      : Ledger::create(disk, path, table_.id(), head()));
    if (ledger.had_torn_slot()) {
        log::warning("journal", "one slot of the ledger was torn; the other one holds");
    }
    ledger_.emplace(std::move(ledger));
    return {};
}

Status SqliteJournal::check_against_ledger() const {
    const LedgerRecord& witnessed = ledger_->record();
    if (witnessed.journal != table_.id()) {
        return fail(ErrorCode::Damaged,
                    "journal.ledger belongs to another journal than journal.db");
    }
    const std::uint64_t size = witnessed.head.size;
    if (size > tree_.size()) {
        return fail(ErrorCode::BehindLedger,
                    "journal.db ends at entry " + std::to_string(tree_.size()) +
                        ", but entries up to " + std::to_string(size) +
                        " were acknowledged: " + count_of(size - tree_.size()) +
                        " missing; restore journal.db and its -wal");
    }
    if (size == 0) {
        return {};
    }
    Bytes bytes;
    CAREHUB_TRY([[maybe_unused]] const bool found, find_block({size}, bytes, nullptr));
    CAREHUB_TRY(const Block block, Block::parse(bytes));
    if (block.last().value != size || block.root() != witnessed.head.root) {
        return fail(ErrorCode::Damaged, "journal.db and journal.ledger disagree about entry " +
                                            std::to_string(size) + ": they tell two histories");
    }
    return {};
}

Result<Appended> SqliteJournal::append(Sequence expected_last, std::span<const StoredEntry> batch) {
    owner_.check();
    if (stopped_) {
        return fail(ErrorCode::SyncFailed, "the journal stopped after an earlier failure: restart");
    }
    Status done = check_batch(expected_last, last(), batch);
    if (done && !batch.empty()) {
        done = commit(batch);
    }
    CAREHUB_TRY_DONE(stop_unless_unchanged(std::move(done)));
    return Appended{last(), root_};
}

Status SqliteJournal::stop_unless_unchanged(Status done) {
    if (done || done.error().code == ErrorCode::Full || done.error().code == ErrorCode::Invalid) {
        return done;
    }
    stopped_ = true;
    return tl::unexpected<Error>(outcome_unknown(done.error()));
}

Status SqliteJournal::replace_sealed(std::span<const Replaced> blocks) {
    owner_.check();
    if (stopped_) {
        return fail(ErrorCode::SyncFailed, "the journal stopped after an earlier failure: restart");
    }
    if (blocks.empty()) {
        return {};
    }
    CAREHUB_TRY_DONE(stop_unless_unchanged(replace_all(blocks)));
    return checkpoint_when_due();
}

Status SqliteJournal::replace_all(std::span<const Replaced> blocks) {
    CAREHUB_TRY_DONE(connection_.run("BEGIN IMMEDIATE"));
    Status done;
    for (const Replaced& replaced : blocks) {
        done = done ? table_.replace_sealed(replaced.first, replaced.sealed) : std::move(done);
    }
    done = done ? connection_.run("COMMIT") : std::move(done);
    if (!done) {
        // Of no effect where the failure has ended the transaction already.
        (void)connection_.run("ROLLBACK");
    }
    return done;
}

Status SqliteJournal::set_dropped_for(Sequence entry) {
    return stop_unless_unchanged(table_.set_dropped_for(entry));
}

Status SqliteJournal::commit(std::span<const StoredEntry> batch) {
    audit::MerkleTree grown = tree_;
    encode_block(batch, grown, block_);
    CAREHUB_TRY(const Block block, Block::parse(block_));
    encode_sealed(batch, sealed_);
    CAREHUB_TRY_DONE(table_.insert(block, block_, sealed_));
    tree_ = std::move(grown);
    root_ = block.root();
    if (const Status witnessed = ledger_->write(head()); !witnessed) {
        // Committed and not witnessed: no longer a batch that can be tried again, even on Full.
        return fail(ErrorCode::SyncFailed, witnessed.error().context);
    }
    return checkpoint_when_due();
}

Status SqliteJournal::checkpoint_when_due() {
    if (connection_.wal_bytes() < options_.wal_bytes_before_checkpoint) {
        return {};
    }
    const Status done = connection_.checkpoint();
    if (!done && done.error().code == ErrorCode::Full) {
        log::warning("journal",
                     "no space to copy the WAL into the database; entries are safe in it");
        return {};
    }
    return done;
}

Result<bool> SqliteJournal::find_block(Sequence sequence, Bytes& block, Bytes* sealed) const {
    return table_.find(sequence, block, sealed);
}

Result<std::unique_ptr<SqliteReader>> SqliteReader::open(const std::string& folder) {
    CAREHUB_TRY(auto connection, Connection::open_reader(database_path(folder)));
    CAREHUB_TRY(auto table, BlockTable::open(connection));
    return std::unique_ptr<SqliteReader>(new SqliteReader(std::move(connection), std::move(table)));
}

Result<Sequence> SqliteReader::last() const {
    CAREHUB_TRY(const std::uint64_t last, table_.last());
    return Sequence{last};
}

Result<bool> SqliteReader::find_block(Sequence sequence, Bytes& block, Bytes* sealed) const {
    return table_.find(sequence, block, sealed);
}

}  // namespace carehub::journal
