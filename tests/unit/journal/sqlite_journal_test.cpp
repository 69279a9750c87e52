// What happens to a journal on disk, named for the damage.
#include "hub/journal/sqlite/sqlite_journal.hpp"

#include <fstream>

#include <sqlite3.h>

#include "hub/audit/hash.hpp"
#include "tests/unit/journal/failing_vfs.hpp"
#include "tests/unit/journal/faulty_disk.hpp"
#include "tests/unit/journal/samples.hpp"

using namespace carehub;
using namespace carehub::journal;
namespace fs = std::filesystem;

namespace {

/// Runs SQL as a stranger with the sqlite3 tool would; SQLite's answer.
int run_sql(const std::string& path, const std::string& sql) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    const int result = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
    sqlite3_close(database);
    return result;
}

/// As run_sql(), past the triggers that guard the tables.
void tamper(const SqliteFolder& at, const std::string& sql) {
    REQUIRE(run_sql(at.folder().file("journal.db"),
                    "DROP TRIGGER block_never_changes; DROP TRIGGER block_never_goes; "
                    "DROP TRIGGER block_follows; DROP TRIGGER sealed_only_goes; " +
                        sql) == SQLITE_OK);
}

void copy(const SqliteFolder& from, const SqliteFolder& to, const std::string& name) {
    fs::copy_file(from.folder().file(name), to.folder().file(name),
                  fs::copy_options::overwrite_existing);
}

/// Flips one bit of the stored entry `sequence` in the database file itself.
void flip_bit_of_entry(const std::string& path, std::uint64_t sequence) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(file), {}};
    const Bytes wanted = sample_entry(sequence).bytes;
    // The first bytes are enough to find it, and short enough not to cross a page's end.
    const std::size_t at = content.find(std::string(as_text(ByteView(wanted).first(16))));
    REQUIRE(at != std::string::npos);
    file.seekp(static_cast<std::streamoff>(at));
    file.put(static_cast<char>(content[at] ^ 1));
}

Error error_of(const SqliteFolder::Opened& opened) {
    REQUIRE_FALSE(opened);
    return opened.error();
}

bool tells(const Error& error, std::string_view text) {
    INFO(error.context);
    return error.context.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("a journal opened again goes on where it ended", "[journal]") {
    SqliteFolder at;
    Hash128 id{};
    for (const std::uint64_t end : {3U, 10U, 64U, 65U}) {
        const auto journal = at.open(Check::AllBlocks);
        REQUIRE(journal);
        CHECK((id == Hash128{} || id == (*journal)->id()));
        id = (*journal)->id();
        append_to(**journal, end);
    }
    const auto journal = at.open(Check::AllBlocks);
    REQUIRE(journal);
    CHECK(read_all(**journal) == sample_batch(1, 65));
    CHECK((*journal)->verify({{65, (*journal)->root()}}));
}

TEST_CASE("a missing journal is not made unasked", "[journal]") {
    SqliteFolder at;
    const auto opened = SqliteJournal::open({at.folder().path()}, at.disk(), at.random());
    CHECK(error_of(opened).code == ErrorCode::NotFound);
    CHECK_FALSE(fs::exists(at.folder().file("journal.db")));
}

TEST_CASE("a second hub on the same folder is refused", "[journal]") {
    SqliteFolder at;
    auto first = at.open();
    REQUIRE(first);
    const Error error = error_of(at.open());
    CHECK(error.code == ErrorCode::AnotherWriter);
    CHECK(tells(error, "another hub runs"));
    append_to(**first, 2);
    first->reset();
    CHECK(at.open());
}

TEST_CASE("a reader beside the writer sees what is committed and cannot write", "[journal]") {
    SqliteFolder at;
    const auto writer = at.open();
    REQUIRE(writer);
    append_to(**writer, 10);
    const auto reader = SqliteReader::open(at.folder().path());
    REQUIRE(reader);
    CHECK(read_all(**reader) == sample_batch(1, 10));
    append_to(**writer, 25);
    CHECK(read_all(**reader, 8) == sample_batch(8, 25));
    CHECK((*reader)->last() == Sequence{25});
    CHECK((*reader)->id() == (*writer)->id());
    CHECK((*reader)->verify({{25, (*writer)->root()}}));
    auto connection = Connection::open_reader(at.folder().file("journal.db"));
    REQUIRE(connection);
    CHECK_FALSE(connection->run("INSERT INTO block VALUES (26, 1, zeroblob(32), x'00', x'')"));
}

TEST_CASE("a database cut behind its ledger is refused", "[journal]") {
    SqliteFolder at;
    at.fill({10, 20, 33});
    tamper(at, "DELETE FROM block WHERE first > 10");
    const Error error = error_of(at.open());
    CHECK(error.code == ErrorCode::BehindLedger);
    CHECK(tells(error,
                "ends at entry 10, but entries up to 33 were acknowledged: 23 entries missing"));
}

TEST_CASE("a database whose WAL is lost is refused", "[journal]") {
    SqliteFolder at;
    at.fill({10});
    at.fill({20});  // the first entries were copied into the database at this start
    REQUIRE(fs::remove(at.folder().file("journal.db-wal")));
    const Error error = error_of(at.open());
    CHECK(error.code == ErrorCode::BehindLedger);
    CHECK(tells(error, "10 entries missing"));
}

TEST_CASE("a flipped bit in the WAL never shortens the journal in silence", "[journal]") {
    SqliteFolder at;
    at.fill({10});
    at.fill({20, 30, 40});
    const std::string path = at.folder().file("journal.db-wal");
    {
        std::fstream wal(path, std::ios::in | std::ios::out | std::ios::binary);
        const auto middle = static_cast<std::streamoff>(fs::file_size(path) / 2);
        wal.seekg(middle);
        const char byte = static_cast<char>(wal.get() ^ 1);
        wal.seekp(middle);
        wal.put(byte);
    }
    CHECK(error_of(at.open()).code == ErrorCode::BehindLedger);
}

TEST_CASE("a lost or emptied database is refused while its ledger is there", "[journal]") {
    SqliteFolder at;
    at.fill({10});
    fs::remove(at.folder().file("journal.db-wal"));
    SECTION("lost") { REQUIRE(fs::remove(at.folder().file("journal.db"))); }
    SECTION("emptied") { fs::resize_file(at.folder().file("journal.db"), 0); }
    const bool was_there = fs::exists(at.folder().file("journal.db"));
    CHECK(error_of(at.open()).code == ErrorCode::BehindLedger);
    CHECK(fs::exists(at.folder().file("journal.db")) == was_there);
}

TEST_CASE("a lost ledger is refused as long as the database holds entries", "[journal]") {
    SqliteFolder at;
    at.fill({});
    REQUIRE(fs::remove(at.folder().file("journal.ledger")));
    at.fill({10});  // nothing could have been acknowledged: made anew
    REQUIRE(fs::remove(at.folder().file("journal.ledger")));
    const Error error = error_of(at.open());
    CHECK(error.code == ErrorCode::Damaged);
    CHECK(tells(error, "journal.ledger is gone, but journal.db holds 10 entries"));
}

TEST_CASE("another hub's ledger is refused", "[journal]") {
    SqliteFolder at;
    SqliteFolder other;
    Hash128 drawn{};
    other.random().fill(drawn);  // so that the other journal gets another id
    at.fill({10});
    other.fill({10});
    copy(other, at, "journal.ledger");
    const Error error = error_of(at.open());
    CHECK(error.code == ErrorCode::Damaged);
    CHECK(tells(error, "belongs to another journal"));
}

TEST_CASE("a history that differs from the witnessed one is refused", "[journal]") {
    SqliteFolder at;
    at.fill({10});
    SqliteFolder fork;
    for (const char* name : {"journal.db", "journal.db-wal", "journal.ledger"}) {
        copy(at, fork, name);
    }
    at.fill({20});
    {
        const auto journal = fork.open();
        REQUIRE(journal);
        std::vector<StoredEntry> others = sample_batch(11, 20);
        others[4].bytes.push_back(1);
        REQUIRE((*journal)->append({10}, others));
    }
    copy(fork, at, "journal.db");
    copy(fork, at, "journal.db-wal");
    const Error error = error_of(at.open());
    CHECK(error.code == ErrorCode::Damaged);
    CHECK(tells(error, "disagree about entry 20"));
}

TEST_CASE("a commit that the ledger did not witness is kept and witnessed", "[journal]") {
    SqliteFolder at;
    at.fill({10});
    SqliteFolder before;
    copy(at, before, "journal.ledger");
    at.fill({20});
    copy(before, at, "journal.ledger");
    {
        const auto journal = at.open();
        REQUIRE(journal);
        CHECK((*journal)->last() == Sequence{20});
    }
    const auto ledger = Ledger::open(at.disk(), at.folder().file("journal.ledger"));
    REQUIRE(ledger);
    CHECK(ledger->record().head.size == 20);
}

TEST_CASE("a flipped bit in a block is named", "[journal]") {
    SqliteFolder at;
    // The second block is of several pages: the page of its entry 90 is not written again.
    at.fill({10, 110});
    at.fill({120});  // 1 to 110 are in the database file now, 111 to 120 in the WAL
    flip_bit_of_entry(at.folder().file("journal.db"), 90);
    SECTION("by a complete check at start") {
        const Error error = error_of(at.open(Check::AllBlocks));
        CHECK(error.code == ErrorCode::Damaged);
        CHECK(tells(error, "entry 90 is not what was written"));
    }
    SECTION("by whoever reads it") {
        const auto journal = at.open();
        REQUIRE(journal);
        std::uint64_t good = 0;
        const Status status = (*journal)->read({1}, 200, [&](const StoredEntry& entry) {
            good = entry.sequence.value;
            return Status{};
        });
        REQUIRE_FALSE(status);
        CHECK(tells(status.error(), "entry 90 is not what was written"));
        CHECK(good == 10);
        CHECK(read_all(**journal, 111) == sample_batch(111, 120));
    }
}

TEST_CASE("a flipped bit in the last block is found at every start", "[journal]") {
    SqliteFolder at;
    at.fill({10, 20});
    at.fill({});  // all is in the database file now; the WAL only repeats it
    REQUIRE(fs::remove(at.folder().file("journal.db-wal")));
    REQUIRE(at.open());
    REQUIRE(fs::remove(at.folder().file("journal.db-wal")));
    flip_bit_of_entry(at.folder().file("journal.db"), 12);
    CHECK(tells(error_of(at.open()), "entry 12 is not what was written"));
}

TEST_CASE("a row cut out of the middle is named", "[journal]") {
    SqliteFolder at;
    at.fill({10, 20, 30});
    tamper(at, "DELETE FROM block WHERE first = 11");
    CHECK(tells(error_of(at.open(Check::AllBlocks)), "entry 11 is missing"));
}

TEST_CASE("a row whose columns differ from its block is refused", "[journal]") {
    SqliteFolder at;
    at.fill({10, 20});
    tamper(at, "UPDATE block SET root = zeroblob(32) WHERE first = 11");
    CHECK(tells(error_of(at.open()), "the block of entry 11 is not the one its row tells of"));
}

TEST_CASE("a rewritten block with true-looking hashes is named by the complete check",
          "[journal]") {
    SqliteFolder at;
    at.fill({10, 20, 30});
    std::vector<StoredEntry> others = sample_batch(11, 20);
    others[2].bytes.push_back(1);
    audit::MerkleTree tree;
    Bytes block;
    encode_block(sample_batch(1, 10), tree, block);
    encode_block(others, tree, block);
    tamper(at, "UPDATE block SET root = x'" + to_hex(tree.root()) + "', block = x'" +
                   to_hex(block) + "' WHERE first = 11");
    REQUIRE(at.open());  // the last block alone cannot know
    CHECK(tells(error_of(at.open(Check::AllBlocks)), "entries 1 to 16 disagree"));
}

TEST_CASE("entries are never changed, removed or put in by SQL", "[journal]") {
    SqliteFolder at;
    at.fill({10, 20});
    const std::string path = at.folder().file("journal.db");
    CHECK(run_sql(path, "UPDATE block SET count = 1") == SQLITE_CONSTRAINT);
    CHECK(run_sql(path, "UPDATE block SET sealed = sealed") == SQLITE_CONSTRAINT);
    CHECK(run_sql(path, "UPDATE block SET sealed = sealed || x'00'") == SQLITE_CONSTRAINT);
    CHECK(run_sql(path, "DELETE FROM block WHERE first = 11") == SQLITE_CONSTRAINT);
    CHECK(run_sql(path, "INSERT OR REPLACE INTO block VALUES (11, 10, zeroblob(32), x'00', x'')") ==
          SQLITE_CONSTRAINT);
    CHECK(run_sql(path, "INSERT INTO block VALUES (22, 1, zeroblob(32), x'00', x'')") ==
          SQLITE_CONSTRAINT);
    CHECK(run_sql(path, "UPDATE journal SET id = zeroblob(16)") == SQLITE_CONSTRAINT);
    CHECK(run_sql(path, "SELECT count(*) FROM block") == SQLITE_OK);
    CHECK(at.open(Check::AllBlocks));
}

TEST_CASE("a row written by someone else is another writer", "[journal]") {
    SqliteFolder at;
    const auto journal = at.open();
    REQUIRE(journal);
    append_to(**journal, 10);
    REQUIRE(run_sql(at.folder().file("journal.db"),
                    "INSERT INTO block VALUES (11, 1, zeroblob(32), x'00', x'')") == SQLITE_OK);
    CHECK((*journal)->append({10}, sample_batch(11, 12)).error().code == ErrorCode::AnotherWriter);
    CHECK_FALSE((*journal)->append({10}, sample_batch(11, 12)));
}

TEST_CASE("another program's database and a newer journal are refused", "[journal]") {
    SqliteFolder at;
    at.fill({10});
    const std::string path = at.folder().file("journal.db");
    REQUIRE(run_sql(path, "PRAGMA user_version=3") == SQLITE_OK);
    CHECK(error_of(at.open()).code == ErrorCode::Unsupported);
    REQUIRE(run_sql(path, "PRAGMA application_id=1") == SQLITE_OK);
    CHECK(error_of(at.open()).code == ErrorCode::Damaged);
}

TEST_CASE("a failed sync of the ledger stops the journal for good", "[journal]") {
    TemporaryFolder folder;
    FaultyDisk disk;
    TestRandom random;
    const auto journal =
        SqliteJournal::open({folder.path(), Missing::Create, Check::LastBlock}, disk, random);
    REQUIRE(journal);
    append_to(**journal, 5);
    SECTION("because the sync fails") { disk.syncs_fail = true; }
    SECTION("because the write finds no space") { disk.is_full = true; }
    CHECK((*journal)->append({5}, sample_batch(6, 7)).error().code == ErrorCode::SyncFailed);
    disk.syncs_fail = disk.is_full = false;
    CHECK((*journal)->append({5}, sample_batch(6, 7)).error().code == ErrorCode::SyncFailed);
    CHECK((*journal)->append({7}, sample_batch(8, 9)).error().code == ErrorCode::SyncFailed);
}

TEST_CASE("a failed sync of the database stops the journal for good", "[journal]") {
    FailingVfs vfs;
    TemporaryFolder folder;
    SystemDisk disk;
    TestRandom random;
    const SqliteOptions options{folder.path(), Missing::Create, Check::LastBlock, vfs.name()};
    auto journal = SqliteJournal::open(options, disk, random);
    REQUIRE(journal);
    append_to(**journal, 5);
    vfs.fail_syncs_with(SQLITE_IOERR_FSYNC);
    CHECK((*journal)->append({5}, sample_batch(6, 7)).error().code == ErrorCode::SyncFailed);
    vfs.fail_syncs_with(SQLITE_OK);
    CHECK((*journal)->append({5}, sample_batch(6, 7)).error().code == ErrorCode::SyncFailed);
    journal->reset();
    // Whether 6 and 7 are there is unknown; the next start knows, and goes on from there.
    journal = SqliteJournal::open(options, disk, random);
    REQUIRE(journal);
    append_to(**journal, 9);
    CHECK(read_all(**journal) == sample_batch(1, 9));
}

TEST_CASE("a full disk refuses the batch and the journal goes on when there is space",
          "[journal]") {
    FailingVfs vfs;
    TemporaryFolder folder;
    SystemDisk disk;
    TestRandom random;
    const auto journal = SqliteJournal::open(
        {folder.path(), Missing::Create, Check::LastBlock, vfs.name()}, disk, random);
    REQUIRE(journal);
    append_to(**journal, 5);
    vfs.fail_writes_with(SQLITE_FULL);
    CHECK((*journal)->append({5}, sample_batch(6, 9)).error().code == ErrorCode::Full);
    CHECK((*journal)->last() == Sequence{5});
    vfs.fail_writes_with(SQLITE_OK);
    append_to(**journal, 9);
    CHECK(read_all(**journal) == sample_batch(1, 9));
}

TEST_CASE("a commit is synced before the ledger, and the ledger before the answer", "[journal]") {
    FailingVfs vfs;
    TemporaryFolder folder;
    SystemDisk disk;
    TestRandom random;
    const auto journal = SqliteJournal::open(
        {folder.path(), Missing::Create, Check::LastBlock, vfs.name()}, disk, random);
    REQUIRE(journal);
    for (std::uint64_t end = 1; end <= 5; ++end) {
        const int before = vfs.syncs();
        append_to(**journal, end);
        CHECK(vfs.syncs() > before);
        const auto ledger = Ledger::open(disk, folder.file("journal.ledger"));
        REQUIRE(ledger);
        CHECK(ledger->record().head == audit::TreeHead{end, (*journal)->root()});
    }
}

TEST_CASE("the WAL is copied into the database before it grows without bound", "[journal]") {
    TemporaryFolder folder;
    SystemDisk disk;
    TestRandom random;
    SqliteOptions options{folder.path(), Missing::Create};
    options.wal_bytes_before_checkpoint = std::uint64_t{256} << 10U;
    const auto journal = SqliteJournal::open(options, disk, random);
    REQUIRE(journal);
    constexpr std::uint64_t kBatch = 200;  // about 70 KiB
    for (std::uint64_t i = 1; i <= 20; ++i) {
        append_to(**journal, i * kBatch);
    }
    CHECK(fs::file_size(folder.file("journal.db-wal")) < std::uintmax_t{512} << 10U);
    CHECK(fs::file_size(folder.file("journal.db")) > std::uintmax_t{1} << 20U);
    CHECK((*journal)->verify({{20 * kBatch, (*journal)->root()}}));
}

TEST_CASE("damage to what is sealed is named, and costs no other block", "[journal]") {
    SqliteFolder at;
    at.fill({10, 20, 30});
    tamper(at,
           "UPDATE block SET sealed = CAST(substr(sealed, 1, 20) || x'5A' || substr(sealed, 22) AS "
           "BLOB) "
           "WHERE first = 11");
    const auto journal = at.open();
    REQUIRE(journal);
    CHECK(read_all(**journal, 1, 10) == sample_batch(1, 10));
    CHECK(read_all(**journal, 21) == sample_batch(21, 30));
    const auto sink = [](const StoredEntry&) { return Status{}; };
    CHECK(tells((*journal)->read({12}, 1, sink).error(), "sealed of entries 11 to 20"));
    CHECK((*journal)->read({12}, 1, sink, Sealed::Leave));
    CHECK(tells((*journal)->verify({}).error(), "sealed of entries 11 to 20"));
}

TEST_CASE("room of what was dropped is used again, and what was dropped stays away",
          "[journal][erasure]") {
    SqliteFolder at;
    at.fill({1'000});
    const std::string path = at.folder().file("journal.db");
    {
        const auto journal = at.open();
        REQUIRE(journal);
        REQUIRE((*journal)->drop_sealed({1}, SIZE_MAX, [](ByteView) { return true; }));
        REQUIRE((*journal)->set_dropped_for({1'000}));
    }
    const auto journal = at.open(Check::AllBlocks);
    REQUIRE(journal);
    CHECK(*(*journal)->dropped_for() == Sequence{1'000});
    for (const StoredEntry& entry : read_all(**journal)) {
        REQUIRE(entry.sealed.empty());
    }
}
