// The journal's tables, and the few statements that touch them.
//
//   journal  one row: id BLOB, 16 bytes; dropped_for, the mark of Journal::set_dropped_for()
//   block    first INTEGER PRIMARY KEY, count, root BLOB, block BLOB (journal/block.hpp),
//            sealed BLOB (journal/sealed_parts.hpp)
//
// Triggers refuse every delete, a block that does not follow the last one, and every update but one:
// sealed parts may become fewer bytes, and the mark may move on.
// application_id is "CHJL", user_version is the version of the layout: 2.
//
// Contract: make() is for an empty database, open() for one that make() made.
// Errors: Damaged when row and block differ or rows are missing; Unsupported for another version;
// NotFound when the database is empty; AnotherWriter when insert() meets a block that is there.
// Threads: confined to its owner. Lifetime: the connection outlives the table.
#pragma once

#include "hub/journal/block.hpp"
#include "hub/journal/sqlite/connection.hpp"

namespace carehub::journal {

class BlockTable {
public:
    /// Makes the tables, in one transaction.
    [[nodiscard]] static Status make(Connection& connection, const Hash128& id);
    /// True when make() has been here; Damaged for a database that is something else.
    [[nodiscard]] static Result<bool> is_made(Connection& connection);
    [[nodiscard]] static Result<BlockTable> open(Connection& connection);

    [[nodiscard]] const Hash128& id() const { return id_; }

    /// Commits one block; durable when it returns.
    [[nodiscard]] Status insert(const Block& block, ByteView bytes, ByteView sealed);
    /// Puts fewer sealed bytes in the place of those of the block that begins at `first`; durable
    /// when the transaction around it is.
    [[nodiscard]] Status replace_sealed(Sequence first, ByteView sealed);

    [[nodiscard]] Result<Sequence> dropped_for();
    /// Durable when it returns.
    [[nodiscard]] Status set_dropped_for(Sequence entry);

    /// The last entry's sequence; 0 when there is none.
    [[nodiscard]] Result<std::uint64_t> last();

    /// As JournalReader::find_block().
    [[nodiscard]] Result<bool> find(Sequence sequence, Bytes& block, Bytes* sealed);

private:
    BlockTable() = default;

    /// False when no block begins after `sequence`.
    [[nodiscard]] Result<bool> begins_after(Sequence sequence);

    Statement insert_;
    Statement find_;
    Statement find_with_sealed_;
    Statement next_;
    Statement last_;
    Statement replace_;
    Statement mark_;
    Statement set_mark_;
    Hash128 id_{};
};

}  // namespace carehub::journal
