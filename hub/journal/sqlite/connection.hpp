// SQLite behind our own error lane: the only header of the house, with its sources, that meets it.
//
// Contract: a Connection is opened as writer or as reader. Both trust no schema, load no extension
// and use no memory map. The writer runs WAL with synchronous=FULL and makes every checkpoint. A
// reader only reads: it never writes, never checkpoints, not even when it closes. That one
// connection does every write and every checkpoint keeps SQLite 3.40.1's WAL-reset bug out.
// Errors: Damaged (corrupt, no database), Full, AnotherWriter (a lock or a constraint of the table
// is in the way), SyncFailed, Io for all else. Texts are SQLite's own; values are never in them.
// Threads: confined to its owner. Lifetime: a Statement does not outlive its Connection.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace carehub::journal {

/// A prepared statement; bound views must live until reset().
class Statement {
public:
    Statement() = default;  ///< of no use until a prepared one is assigned
    void bind(int index, std::int64_t value);
    void bind(int index, ByteView blob);

    /// True when a row is there, false when the statement is done.
    [[nodiscard]] Result<bool> step();
    /// Ends the statement's transaction and forgets the bound values.
    void reset();

    [[nodiscard]] std::int64_t number(int column) const;
    /// Valid until the next step() or reset().
    [[nodiscard]] ByteView blob(int column) const;

private:
    friend class Connection;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };
    explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// Resets a statement at the end of a scope, however the scope is left.
class StatementScope {
public:
    explicit StatementScope(Statement& statement) : statement_(statement) {}
    StatementScope(const StatementScope&) = delete;
    StatementScope& operator=(const StatementScope&) = delete;
    ~StatementScope() { statement_.reset(); }

private:
    Statement& statement_;
};

class Connection {
public:
    /// `vfs` names SQLite's layer to the system; empty for the ordinary one.
    [[nodiscard]] static Result<Connection> open_writer(const std::string& path,
                                                        const std::string& vfs);
    [[nodiscard]] static Result<Connection> open_reader(const std::string& path);

    [[nodiscard]] Status run(const std::string& sql);
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    /// The first column of the first row, as a number.
    [[nodiscard]] Result<std::int64_t> ask(std::string_view sql);

    /// Bytes in the WAL that no checkpoint has copied yet, as of the last commit.
    [[nodiscard]] std::uint64_t wal_bytes() const { return *wal_pages_ * page_bytes_; }
    /// Copies the WAL into the database and syncs it, as far as readers let it.
    [[nodiscard]] Status checkpoint();

private:
    struct Close {
        void operator()(sqlite3* database) const noexcept;
    };

    [[nodiscard]] static Result<Connection> open(const std::string& path, int flags,
                                                 const char* vfs);
    [[nodiscard]] Status harden();
    [[nodiscard]] Status configure_writer();
    [[nodiscard]] Status require(std::string_view pragma, std::int64_t value);

    // On the heap, because SQLite's hook keeps its address.
    std::unique_ptr<std::uint64_t> wal_pages_ = std::make_unique<std::uint64_t>(0);
    std::uint64_t page_bytes_ = 0;
    std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace carehub::journal
