#include "hub/journal/ledger.hpp"

#include "hub/audit/hash.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/journal/faulty_disk.hpp"

using namespace carehub;
using namespace carehub::journal;

namespace {

constexpr const char* kPath = "folder/journal.ledger";
constexpr std::size_t kSlotBytes = 84;
constexpr std::size_t kSlotSpacing = 4096;
const Hash128 kJournal{1, 2, 3};

audit::TreeHead head(std::uint64_t size) {
    return {size, audit::sha256(as_bytes(std::to_string(size)))};
}

/// A ledger that has witnessed heads 1 to `last`.
void fill(FaultyDisk& disk, std::uint64_t last) {
    auto ledger = Ledger::create(disk, kPath, kJournal, head(0));
    REQUIRE(ledger);
    for (std::uint64_t size = 1; size <= last; ++size) {
        REQUIRE(ledger->write(head(size)));
    }
}

}  // namespace

TEST_CASE("a ledger tells the last head written, after every write and a power cut", "[journal]") {
    FaultyDisk disk;
    for (std::uint64_t size = 0; size < 9; ++size) {
        (void)disk.remove(kPath);
        fill(disk, size);
        disk.cut_power();
        const auto ledger = Ledger::open(disk, kPath);
        REQUIRE(ledger);
        CHECK(ledger->record().head == head(size));
        CHECK(ledger->record().journal == kJournal);
        CHECK_FALSE(ledger->had_torn_slot());
    }
}

TEST_CASE("a torn ledger slot falls back to the other", "[journal]") {
    for (std::size_t arrived = 0; arrived <= kSlotBytes; ++arrived) {
        INFO(arrived << " bytes arrived");
        FaultyDisk disk;
        fill(disk, 5);
        auto ledger = Ledger::open(disk, kPath);
        REQUIRE(ledger);
        disk.syncs_fail = true;
        REQUIRE(ledger->write(head(6)).error().code == ErrorCode::SyncFailed);
        disk.syncs_fail = false;
        disk.cut_power_tearing(kPath, arrived);
        const auto after = Ledger::open(disk, kPath);
        REQUIRE(after);
        const auto found = after->record().head;
        CHECK((found == head(5) || found == head(6)));
        CHECK((found == head(6)) == (arrived == kSlotBytes));
    }
}

TEST_CASE("a flipped bit in a ledger is never believed", "[journal]") {
    FaultyDisk disk;
    fill(disk, 5);  // the sixth generation, so the newest is in slot 0
    Bytes& bytes = disk.bytes_of(kPath);
    for (const std::size_t slot : {std::size_t{0}, kSlotSpacing}) {
        for (std::size_t bit = 0; bit < kSlotBytes * 8; ++bit) {
            std::uint8_t& byte = bytes[slot + bit / 8];
            const auto mask = static_cast<std::uint8_t>(1U << (bit % 8));
            byte = static_cast<std::uint8_t>(byte ^ mask);
            const auto ledger = Ledger::open(disk, kPath);
            REQUIRE(ledger);
            REQUIRE(ledger->had_torn_slot());
            REQUIRE(ledger->record().head == head(slot == 0 ? 4 : 5));
            byte = static_cast<std::uint8_t>(byte ^ mask);
        }
    }
}

TEST_CASE("a ledger without a whole slot, cut or missing is refused", "[journal]") {
    FaultyDisk disk;
    CHECK(Ledger::open(disk, kPath).error().code == ErrorCode::NotFound);
    fill(disk, 5);
    disk.bytes_of(kPath)[1] ^= 1U;
    disk.bytes_of(kPath)[kSlotSpacing + 1] ^= 1U;
    CHECK(Ledger::open(disk, kPath).error().code == ErrorCode::Damaged);
    disk.bytes_of(kPath).clear();
    CHECK(Ledger::open(disk, kPath).error().code == ErrorCode::Damaged);
}

TEST_CASE("a ledger is never made over another", "[journal]") {
    FaultyDisk disk;
    fill(disk, 5);
    CHECK(Ledger::create(disk, kPath, kJournal, head(0)).error().code == ErrorCode::AnotherWriter);
    CHECK(Ledger::open(disk, kPath)->record().head == head(5));
}

TEST_CASE("the faulty disk loses what was not synced", "[journal]") {
    FaultyDisk disk;
    auto file = disk.open("file", OpenMode::Create);
    REQUIRE(file);
    REQUIRE((*file)->write_at(0, as_bytes("kept")));
    REQUIRE((*file)->sync());
    REQUIRE((*file)->write_at(0, as_bytes("lost")));
    disk.cut_power();
    CHECK(as_text(disk.bytes_of("file")) == "kept");
}
