#include "hub/vault/key_store.hpp"

#include "tests/unit/vault/fixtures.hpp"

using namespace carehub;
using namespace carehub::vault;

namespace {

const Key kWrapping{Hash256{7}};
constexpr std::size_t kFirstRecord = 4'096;

struct Store {
    journal::FaultyDisk disk;
    SystemRandom random;
    KeyStore::Pointer keys;

    Store() {
        REQUIRE(start_sodium());
        auto made = KeyStore::create(disk, "keys", kWrapping, random);
        REQUIRE(made);
        keys = std::move(*made);
    }
    void reopen() {
        keys.reset();
        auto opened = KeyStore::open(disk, "keys", kWrapping, random);
        REQUIRE(opened);
        keys = std::move(*opened);
    }
    [[nodiscard]] ErrorCode open_error() {
        keys.reset();
        auto opened = KeyStore::open(disk, "keys", kWrapping, random);
        REQUIRE_FALSE(opened);
        return opened.error().code;
    }
    SubjectKey key(std::uint64_t of) const {
        const auto found = keys->key_for(subject(of));
        REQUIRE(found);
        return **found;
    }
    [[nodiscard]] Bytes& bytes() { return disk.bytes_of("keys"); }
};

}  // namespace

TEST_CASE("each subject has a key of its own, the same after a restart", "[vault]") {
    Store store;
    std::vector<SubjectKey> made;
    for (std::uint64_t n = 0; n < 5'000; ++n) {  // more than a step of the file
        made.push_back(store.key(n));
        REQUIRE(made.back().number == n + 1);
    }
    REQUIRE(made[0].key.bytes() != made[1].key.bytes());
    REQUIRE(store.keys->sync());
    store.reopen();
    CHECK(store.keys->counts().live == 5'000);
    for (std::uint64_t n = 0; n < 5'000; ++n) {
        const SubjectKey again = store.key(n);
        CHECK(again.number == made[n].number);
        CHECK(again.key.bytes() == made[n].key.bytes());
    }
    CHECK(store.key(5'000).number == 5'001);
}

TEST_CASE("the file holds no key in the clear, and grows in steps", "[vault]") {
    Store store;
    const std::size_t empty = store.bytes().size();
    CHECK(empty == kFirstRecord + kKeyFileStepBytes);
    const SubjectKey made = store.key(1);
    REQUIRE(store.keys->sync());
    CHECK(store.bytes().size() == empty);
    CHECK(as_text(store.bytes()).find(as_text(made.key.bytes())) == std::string_view::npos);
}

TEST_CASE("a tombstone beside an old copy of its record does not give the key away", "[vault]") {
    Store store;
    const SubjectKey made = store.key(1);
    REQUIRE(store.keys->sync());
    const Bytes before = store.bytes();
    REQUIRE(*store.keys->erase(std::vector{subject(1)}, store.keys->newest()) == 1);
    Hash256 both{};  // under one nonce the two would differ by the key itself
    for (std::size_t i = 0; i < both.size(); ++i) {
        both[i] = before[kFirstRecord + 32 + i] ^ store.bytes()[kFirstRecord + 32 + i];
    }
    CHECK(both != made.key.bytes());
    CHECK(both != Hash256{});
}

TEST_CASE("two subjects that begin alike keep their own keys", "[vault]") {
    Store store;
    Hash128 first = subject(1);
    Hash128 second = first;
    second[15] = 2;  // the index remembers the first 8 bytes
    const SubjectKey one = **store.keys->key_for(first);
    const SubjectKey two = **store.keys->key_for(second);
    CHECK(one.number != two.number);
    REQUIRE(store.keys->sync());
    store.reopen();
    CHECK((*store.keys->key_for(second))->number == two.number);
    CHECK((*store.keys->key_for(first))->number == one.number);
    REQUIRE(*store.keys->erase(std::vector{first}, store.keys->newest()) == 1);
    CHECK((*store.keys->key_for(second))->key.bytes() == two.key.bytes());
}

TEST_CASE("a key that was synced survives a power cut, one that was not is passed over",
          "[vault]") {
    Store store;
    const SubjectKey kept = store.key(1);
    REQUIRE(store.keys->sync());
    (void)store.key(2);
    store.disk.cut_power();
    store.reopen();
    CHECK(store.keys->counts().live == 1);
    CHECK(store.key(1).key.bytes() == kept.key.bytes());
}

TEST_CASE("what the last run wrote and never synced is made durable at start", "[vault]") {
    Store store;
    store.disk.syncs_fail = true;
    const SubjectKey made = store.key(1);
    REQUIRE(store.keys->sync().error().code == ErrorCode::SyncFailed);  // written, not synced
    CHECK(store.open_error() == ErrorCode::SyncFailed);
    store.disk.syncs_fail = false;
    store.reopen();
    CHECK(store.key(1).number == made.number);
    store.disk.cut_power();
    store.reopen();
    CHECK(store.key(1).key.bytes() == made.key.bytes());
}

TEST_CASE("a torn last record is dropped and its number not used again", "[vault]") {
    Store store;
    (void)store.key(1);
    REQUIRE(store.keys->sync());
    const std::size_t last = kFirstRecord + kKeyRecordBytes;
    (void)store.key(2);
    REQUIRE(store.keys->sync());
    for (const std::size_t arrived : {std::size_t{21}, std::size_t{40}, std::size_t{79}}) {
        Bytes& bytes = store.bytes();
        std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(last + arrived),
                  bytes.begin() + static_cast<std::ptrdiff_t>(last + kKeyRecordBytes),
                  std::uint8_t{0});
        store.reopen();
        CHECK(store.keys->counts().live == 1);
        CHECK(store.key(2).number == 3);
    }
}

TEST_CASE("a hole that a power cut left is passed over, the keys behind it stay", "[vault]") {
    Store store;
    (void)store.key(1);
    (void)store.key(2);
    const SubjectKey third = store.key(3);
    REQUIRE(store.keys->sync());
    const std::size_t second = kFirstRecord + kKeyRecordBytes;
    std::fill_n(store.bytes().begin() + static_cast<std::ptrdiff_t>(second), kKeyRecordBytes,
                std::uint8_t{0});
    store.reopen();
    CHECK(store.keys->counts().live == 2);
    CHECK(store.key(3).key.bytes() == third.key.bytes());
    CHECK(store.key(2).number == 4);
    CHECK(store.keys->read(2).error().code == ErrorCode::BehindLedger);
}

TEST_CASE("a damaged record costs its own subject alone and is counted", "[vault]") {
    Store store;
    (void)store.key(1);
    (void)store.key(2);
    const SubjectKey third = store.key(3);
    REQUIRE(store.keys->sync());
    for (const std::size_t at : {kFirstRecord + 3, kFirstRecord + 17, kFirstRecord + 40}) {
        store.bytes()[at] ^= 1;
        store.reopen();
        CHECK(store.keys->read(1).error().code == ErrorCode::Damaged);
        CHECK(store.key(3).key.bytes() == third.key.bytes());
        const auto counts = KeyStore::check(store.disk, "keys", kWrapping);
        REQUIRE(counts);
        CHECK(counts->damaged == 1);
        CHECK(counts->live == 2);
        store.bytes()[at] ^= 1;
    }
    store.bytes()[kFirstRecord + 40] ^= 1;
    store.reopen();
    CHECK(store.key(1).number == 4);  // the person goes on being served
}

TEST_CASE("a head that is not this hub's is refused by name", "[vault]") {
    Store store;
    REQUIRE(store.keys->sync());
    const Bytes whole = store.bytes();
    for (const std::size_t at : {std::size_t{0}, std::size_t{20}, std::size_t{33}}) {
        store.bytes()[at] ^= 1;
        CHECK(store.open_error() == ErrorCode::Damaged);
        store.bytes() = whole;
    }
    store.bytes()[8] = 2;
    CHECK(store.open_error() == ErrorCode::Unsupported);
    store.bytes().resize(100);
    CHECK(store.open_error() == ErrorCode::Damaged);
    CHECK(KeyStore::open(store.disk, "others", kWrapping, store.random).error().code ==
          ErrorCode::NotFound);
    store.bytes() = whole;
    store.reopen();
}

TEST_CASE("a disk without room is told, and the keys made go in once there is some", "[vault]") {
    Store store;
    store.disk.is_full = true;
    const SubjectKey made = store.key(1);
    CHECK(store.keys->sync().error().code == ErrorCode::Full);
    store.disk.is_full = false;
    REQUIRE(store.keys->sync());
    store.reopen();
    CHECK(store.key(1).key.bytes() == made.key.bytes());
}

TEST_CASE("a key pushed out of memory before it was synced is found again", "[vault]") {
    Store store;
    const SubjectKey made = store.key(1);
    // All in the same places of the cache: the low bits of their first 8 bytes are alike.
    for (std::uint64_t n = 1; n <= 8; ++n) {
        (void)store.key(1 + n * kSealingKeysCachedMax);
    }
    const SubjectKey again = store.key(1);
    CHECK(again.number == made.number);
    CHECK(again.key.bytes() == made.key.bytes());
}
