#include "hub/journal/sqlite/connection.hpp"

#include <sqlite3.h>

#include "hub/base/check.hpp"
#include "hub/journal/limits.hpp"

namespace carehub::journal {
namespace {

ErrorCode code_of(int extended) {
    if (extended == SQLITE_IOERR_FSYNC || extended == SQLITE_IOERR_DIR_FSYNC) {
        return ErrorCode::SyncFailed;
    }
    switch (extended & 0xFF) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return ErrorCode::Damaged;
        case SQLITE_FULL: return ErrorCode::Full;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_CONSTRAINT: return ErrorCode::AnotherWriter;
        case SQLITE_CANTOPEN: return ErrorCode::NotFound;
        default: return ErrorCode::Io;
    }
}

tl::unexpected<Error> failure(sqlite3* database, std::string_view what) {
    return fail(
        code_of(sqlite3_extended_errcode(database)),
        "the journal's database cannot " + std::string(what) + ": " + sqlite3_errmsg(database));
}

int remember_wal_pages(void* pages, sqlite3* /*database*/, const char* /*name*/, int count) {
    *static_cast<std::uint64_t*>(pages) = static_cast<std::uint64_t>(count);
    return SQLITE_OK;
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
    sqlite3_finalize(statement);
}

void Statement::bind(int index, std::int64_t value) {
    const int done = sqlite3_bind_int64(statement_.get(), index, value);
    CAREHUB_CHECK(done == SQLITE_OK, "a number cannot be bound");
}

void Statement::bind(int index, ByteView blob) {
    // No bytes are a value too: without an address they would be bound as NULL.
    const int done = blob.empty() ? sqlite3_bind_zeroblob(statement_.get(), index, 0)
                                  : sqlite3_bind_blob64(statement_.get(), index, blob.data(),
                                                        blob.size(), SQLITE_STATIC);
    CAREHUB_CHECK(done == SQLITE_OK, "bytes cannot be bound");
}

Result<bool> Statement::step() {
    switch (sqlite3_step(statement_.get())) {
        case SQLITE_ROW: return true;
        case SQLITE_DONE: return false;
        default: return failure(sqlite3_db_handle(statement_.get()), "run a statement");
    }
}

void Statement::reset() {
    // Its result repeats what step() already told.
    (void)sqlite3_reset(statement_.get());
    (void)sqlite3_clear_bindings(statement_.get());
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

ByteView Statement::blob(int column) const {
    const auto* bytes =
        static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return bytes == nullptr ? ByteView{} : ByteView{bytes, static_cast<std::size_t>(size)};
}

void Connection::Close::operator()(sqlite3* database) const noexcept { sqlite3_close(database); }

Result<Connection> Connection::open_writer(const std::string& path, const std::string& vfs) {
    CAREHUB_TRY(auto connection, open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                      vfs.empty() ? nullptr : vfs.c_str()));
    CAREHUB_TRY_DONE(connection.configure_writer());
    return connection;
}

Result<Connection> Connection::open_reader(const std::string& path) {
    CAREHUB_TRY(auto connection, open(path, SQLITE_OPEN_READONLY, nullptr));
    sqlite3_busy_timeout(connection.database_.get(), kReaderWaitMs);
    CAREHUB_TRY_DONE(connection.run("PRAGMA query_only=ON"));
    return connection;
}

Result<Connection> Connection::open(const std::string& path, int flags, const char* vfs) {
    sqlite3* database = nullptr;
    const int opened = sqlite3_open_v2(path.c_str(), &database, flags | SQLITE_OPEN_NOMUTEX, vfs);
    Connection connection;
    connection.database_.reset(database);
    CAREHUB_CHECK(database != nullptr, "no memory for a database connection");
    if (opened != SQLITE_OK) {
        return failure(database, "be opened");
    }
    CAREHUB_TRY_DONE(connection.harden());
    return connection;
}

Status Connection::harden() {
    sqlite3* const database = database_.get();
    sqlite3_extended_result_codes(database, 1);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, static_cast<int>(kBlockBytesMax) + 4'096);
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
    for (const auto& [option, on] :
         {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1}, std::pair{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
          std::pair{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
          // Keeps readers from checkpoints, and the WAL for overwriting.
          std::pair{SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1}}) {
        int now = -1;
        if (sqlite3_db_config(database, option, on, &now) != SQLITE_OK || now != on) {
            return fail(ErrorCode::Unsupported, "this SQLite lacks a protection the journal needs");
        }
    }
    return run("PRAGMA mmap_size=0; PRAGMA cell_size_check=ON");
}

Status Connection::configure_writer() {
    CAREHUB_TRY_DONE(
        run("PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA wal_autocheckpoint=0"));
    CAREHUB_TRY_DONE(
        require("SELECT count(*) FROM pragma_journal_mode WHERE journal_mode='wal'", 1));
    CAREHUB_TRY_DONE(require("PRAGMA synchronous", 2));
    CAREHUB_TRY(const std::int64_t page, ask("PRAGMA page_size"));
    page_bytes_ = static_cast<std::uint64_t>(page);
    sqlite3_wal_hook(database_.get(), &remember_wal_pages, wal_pages_.get());
    return {};
}

Status Connection::require(std::string_view pragma, std::int64_t value) {
    CAREHUB_TRY(const std::int64_t now, ask(pragma));
    if (now != value) {
        return fail(ErrorCode::Unsupported, "the journal's database does not take a setting");
    }
    return {};
}

Status Connection::run(const std::string& sql) {
    if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return failure(database_.get(), "run a command");
    }
    return {};
}

Result<Statement> Connection::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
        return failure(database_.get(), "prepare a statement");
    }
    return Statement(statement);
}

Result<std::int64_t> Connection::ask(std::string_view sql) {
    CAREHUB_TRY(auto statement, prepare(sql));
    CAREHUB_TRY(const bool row, statement.step());
    return row ? statement.number(0) : 0;
}

Status Connection::checkpoint() {
    int in_wal = 0;
    int copied = 0;
    const int done = sqlite3_wal_checkpoint_v2(database_.get(), "main", SQLITE_CHECKPOINT_PASSIVE,
                                               &in_wal, &copied);
    if (done != SQLITE_OK && done != SQLITE_BUSY) {
        return failure(database_.get(), "make a checkpoint");
    }
    // A WAL copied completely is begun anew by the next commit.
    *wal_pages_ = in_wal > copied ? static_cast<std::uint64_t>(in_wal - copied) : 0;
    return {};
}

}  // namespace carehub::journal
