#include "hub/journal/sqlite/block_table.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace carehub::journal {
namespace {

constexpr std::int64_t kApplicationId = 0x43484A4C;  // "CHJL"
constexpr std::int64_t kVersion = 2;

constexpr const char* kTables = R"sql(
CREATE TABLE journal (
    id BLOB NOT NULL CHECK (length(id) = 16),
    dropped_for INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE block (
    first INTEGER PRIMARY KEY CHECK (first > 0),
    count INTEGER NOT NULL CHECK (count > 0),
    root BLOB NOT NULL CHECK (length(root) = 32),
    block BLOB NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE TRIGGER journal_never_changes BEFORE UPDATE OF id ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal''s id never changes'); END;
CREATE TRIGGER journal_never_goes BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal''s id never goes'); END;
CREATE TRIGGER journal_is_one BEFORE INSERT ON journal WHEN EXISTS (SELECT 1 FROM journal)
    BEGIN SELECT RAISE(ABORT, 'a journal has one id'); END;
CREATE TRIGGER block_never_changes BEFORE UPDATE OF first, count, root, block ON block
    BEGIN SELECT RAISE(ABORT, 'entries never change'); END;
CREATE TRIGGER sealed_only_goes BEFORE UPDATE OF sealed ON block
    WHEN length(NEW.sealed) >= length(OLD.sealed)
    BEGIN SELECT RAISE(ABORT, 'what is sealed can only go'); END;
CREATE TRIGGER block_never_goes BEFORE DELETE ON block
    BEGIN SELECT RAISE(ABORT, 'entries never go'); END;
CREATE TRIGGER block_follows BEFORE INSERT ON block
    WHEN NEW.first <> coalesce((SELECT first + count FROM block ORDER BY first DESC LIMIT 1), 1)
    BEGIN SELECT RAISE(ABORT, 'another writer was here'); END;
)sql";

// The row column `root` repeats what the block holds: people and tools read it without decoding.
constexpr std::string_view kInsert =
    "INSERT INTO block (first, count, root, block, sealed) VALUES (?1, ?2, ?3, ?4, ?5)";
constexpr std::string_view kFind =
    "SELECT first, count, root, block FROM block WHERE first <= ?1 ORDER BY first DESC LIMIT 1";
constexpr std::string_view kFindWithSealed =
    "SELECT first, count, root, block, sealed FROM block WHERE first <= ?1 ORDER BY first DESC "
    "LIMIT 1";
constexpr std::string_view kReplace = "UPDATE block SET sealed = ?2 WHERE first = ?1";
constexpr std::string_view kMark = "SELECT dropped_for FROM journal";
constexpr std::string_view kSetMark = "UPDATE journal SET dropped_for = ?1";
constexpr std::string_view kNext = "SELECT 1 FROM block WHERE first > ?1 LIMIT 1";
constexpr std::string_view kLast =
    "SELECT first + count - 1 FROM block ORDER BY first DESC LIMIT 1";

/// Sequences beyond SQLite's integers do not exist; asking for them asks for the end.
std::int64_t as_integer(Sequence sequence) {
    constexpr auto kLargest = std::uint64_t{std::numeric_limits<std::int64_t>::max()};
    return static_cast<std::int64_t>(std::min(sequence.value, kLargest));
}

tl::unexpected<Error> damaged_at(std::int64_t first, std::string_view how) {
    return fail(ErrorCode::Damaged,
                "the block of entry " + std::to_string(first) + " " + std::string(how));
}

Status check_row(const Statement& row, ByteView bytes) {
    const auto block = Block::parse(bytes);
    if (!block) {
        return damaged_at(row.number(0), "cannot be read: " + block.error().context);
    }
    if (as_integer(block->first()) != row.number(0) || block->count() != row.number(1) ||
        !std::ranges::equal(block->root(), row.blob(2))) {
        return damaged_at(row.number(0), "is not the one its row tells of");
    }
    return {};
}

}  // namespace

Status BlockTable::make(Connection& connection, const Hash128& id) {
    CAREHUB_TRY_DONE(connection.run("BEGIN IMMEDIATE"));
    CAREHUB_TRY_DONE(connection.run(kTables));
    CAREHUB_TRY_DONE(connection.run("INSERT INTO journal (id) VALUES (x'" + to_hex(id) + "')"));
    CAREHUB_TRY_DONE(connection.run("PRAGMA application_id=" + std::to_string(kApplicationId) +
                                    "; PRAGMA user_version=" + std::to_string(kVersion)));
    return connection.run("COMMIT");
}

Result<bool> BlockTable::is_made(Connection& connection) {
    CAREHUB_TRY(const std::int64_t tables, connection.ask("SELECT count(*) FROM sqlite_schema"));
    if (tables == 0) {
        return false;
    }
    CAREHUB_TRY(const std::int64_t application, connection.ask("PRAGMA application_id"));
    if (application != kApplicationId) {
        return fail(ErrorCode::Damaged, "the journal's database is another program's");
    }
    CAREHUB_TRY(const std::int64_t version, connection.ask("PRAGMA user_version"));
    if (version != kVersion) {
        return fail(ErrorCode::Unsupported,
                    "a journal of another version: use the carehub that wrote it");
    }
    return true;
}

Result<BlockTable> BlockTable::open(Connection& connection) {
    CAREHUB_TRY(const bool made, is_made(connection));
    if (!made) {
        return fail(ErrorCode::NotFound, "the journal's database is empty");
    }
    CAREHUB_TRY(auto id, connection.prepare("SELECT id FROM journal"));
    CAREHUB_TRY(const bool row, id.step());
    if (!row || id.blob(0).size() != sizeof(Hash128)) {
        return fail(ErrorCode::Damaged, "the journal has no id");
    }
    BlockTable table;
    CAREHUB_TRY(table.insert_, connection.prepare(kInsert));
    CAREHUB_TRY(table.find_, connection.prepare(kFind));
    CAREHUB_TRY(table.find_with_sealed_, connection.prepare(kFindWithSealed));
    CAREHUB_TRY(table.next_, connection.prepare(kNext));
    CAREHUB_TRY(table.last_, connection.prepare(kLast));
    CAREHUB_TRY(table.replace_, connection.prepare(kReplace));
    CAREHUB_TRY(table.mark_, connection.prepare(kMark));
    CAREHUB_TRY(table.set_mark_, connection.prepare(kSetMark));
    std::ranges::copy(id.blob(0), table.id_.begin());
    return table;
}

Status BlockTable::insert(const Block& block, ByteView bytes, ByteView sealed) {
    const StatementScope scope(insert_);
    insert_.bind(1, as_integer(block.first()));
    insert_.bind(2, std::int64_t{block.count()});
    insert_.bind(3, block.root());
    insert_.bind(4, bytes);
    insert_.bind(5, sealed);
    CAREHUB_TRY([[maybe_unused]] const bool row, insert_.step());
    return {};
}

Status BlockTable::replace_sealed(Sequence first, ByteView sealed) {
    const StatementScope scope(replace_);
    replace_.bind(1, as_integer(first));
    replace_.bind(2, sealed);
    CAREHUB_TRY([[maybe_unused]] const bool row, replace_.step());
    return {};
}

Result<Sequence> BlockTable::dropped_for() {
    const StatementScope scope(mark_);
    CAREHUB_TRY(const bool row, mark_.step());
    return Sequence{row ? static_cast<std::uint64_t>(mark_.number(0)) : 0};
}

Status BlockTable::set_dropped_for(Sequence entry) {
    const StatementScope scope(set_mark_);
    set_mark_.bind(1, as_integer(entry));
    CAREHUB_TRY([[maybe_unused]] const bool row, set_mark_.step());
    return {};
}

Result<std::uint64_t> BlockTable::last() {
    const StatementScope scope(last_);
    CAREHUB_TRY(const bool row, last_.step());
    return row ? static_cast<std::uint64_t>(last_.number(0)) : 0;
}

Result<bool> BlockTable::find(Sequence sequence, Bytes& block, Bytes* sealed) {
    Statement& find = sealed != nullptr ? find_with_sealed_ : find_;
    const StatementScope scope(find);
    find.bind(1, as_integer(sequence));
    CAREHUB_TRY(const bool row, find.step());
    if (row) {
        const ByteView bytes = find.blob(3);
        CAREHUB_TRY_DONE(check_row(find, bytes));
        const std::int64_t after = find.number(0) + find.number(1);
        if (as_integer(sequence) < after) {
            block.assign(bytes.begin(), bytes.end());
            if (sealed != nullptr) {
                const ByteView parts = find.blob(4);
                sealed->assign(parts.begin(), parts.end());
            }
            return true;
        }
    }
    CAREHUB_TRY(const bool later, begins_after(sequence));
    if (later) {
        return fail(ErrorCode::Damaged, "entry " + std::to_string(sequence.value) + " is missing");
    }
    return false;
}

Result<bool> BlockTable::begins_after(Sequence sequence) {
    const StatementScope scope(next_);
    next_.bind(1, as_integer(sequence));
    return next_.step();
}

}  // namespace carehub::journal
