#include "hub/snapshot/writer.hpp"

#include "tests/unit/snapshot/samples.hpp"

using namespace carehub;
using namespace carehub::snapshot;
using journal::FaultyDisk;

TEST_CASE("a snapshot that was written loads as the State it is of", "[snapshot]") {
    FaultyDisk disk;
    const test::World world = sample_world();
    const Hash256 digest =
        write_sample(disk, world.machine.state(), sample_header(world.machine.state().last.value));
    const auto state = load_sample(disk);
    REQUIRE(state);
    CHECK(test::same_state(*state, world.machine.state()));
    CHECK(digest == *digest_of(*state));
    auto reader = Reader::open(disk, kPath);
    CHECK(reader->verify());
}

TEST_CASE("equal States give equal files", "[snapshot]") {
    FaultyDisk one;
    FaultyDisk other;
    write_sample(one, sample_world().machine.state());
    write_sample(other, sample_world().machine.state());
    CHECK(one.bytes_of(kPath) == other.bytes_of(kPath));
}

TEST_CASE("one flipped bit anywhere is found before the State is used", "[snapshot][damage]") {
    FaultyDisk disk;
    write_sample(disk, sample_world().machine.state());
    Bytes& file = disk.bytes_of(kPath);
    REQUIRE(file.size() > 1'000);
    for (std::size_t i = 0; i < file.size(); i += i < 500 ? 1 : 97) {
        INFO("byte " << i);
        file[i] ^= 0x04U;
        CHECK_FALSE(load_sample(disk));
        file[i] ^= 0x04U;
    }
    CHECK(load_sample(disk));
}

TEST_CASE("a file cut at any length is found", "[snapshot][damage]") {
    FaultyDisk disk;
    write_sample(disk, sample_world().machine.state());
    const Bytes whole = disk.bytes_of(kPath);
    for (std::size_t size = 0; size < whole.size(); size += 61) {
        disk.bytes_of(kPath).assign(whole.begin(),
                                    whole.begin() + static_cast<std::ptrdiff_t>(size));
        CHECK_FALSE(load_sample(disk));
    }
}

TEST_CASE("a lost, doubled or moved chunk is found", "[snapshot][damage]") {
    FaultyDisk disk;
    auto writer = Writer::create(disk, kPath, sample_header());
    for (const std::uint8_t byte : {std::uint8_t{1}, std::uint8_t{2}, std::uint8_t{3}}) {
        REQUIRE(writer->add({ChunkKind::Postings, Bytes(32, byte)}));
    }
    REQUIRE(writer->finish({}, 0));
    const Bytes whole = disk.bytes_of(kPath);
    const auto at = [&](std::size_t chunk) {
        return whole.begin() + static_cast<std::ptrdiff_t>(kHeaderBytes + chunk * 52);
    };
    const auto refused = [&](Bytes file) {
        disk.bytes_of(kPath) = std::move(file);
        auto reader = Reader::open(disk, kPath);
        while (reader) {
            const auto chunk = reader->next();
            if (!chunk || !*chunk) {
                return !chunk.has_value();
            }
        }
        return true;
    };
    CHECK_FALSE(refused(whole));
    Bytes lost(whole.begin(), at(1));
    lost.insert(lost.end(), at(2), whole.end());
    CHECK(refused(lost));
    Bytes last_lost(whole.begin(), at(2));
    last_lost.insert(last_lost.end(), at(3), whole.end());
    CHECK(refused(last_lost));
    Bytes doubled(whole.begin(), at(2));
    doubled.insert(doubled.end(), at(1), whole.end());
    CHECK(refused(doubled));
    Bytes moved(whole.begin(), at(0));
    moved.insert(moved.end(), at(1), at(2));
    moved.insert(moved.end(), at(0), at(1));
    moved.insert(moved.end(), at(2), whole.end());
    CHECK(refused(moved));
}

TEST_CASE("the end of one snapshot does not pass for another's", "[snapshot][damage]") {
    FaultyDisk disk;
    const test::World world = sample_world();
    write_sample(disk, world.machine.state(), sample_header(5));
    const Bytes other = disk.bytes_of(kPath);
    write_sample(disk, world.machine.state(), sample_header(6));
    Bytes& file = disk.bytes_of(kPath);
    std::copy_n(other.begin(), kHeaderBytes, file.begin());
    CHECK_FALSE(load_sample(disk));
}

TEST_CASE("a change that keeps every checksum is found by the SHA-256", "[snapshot][damage]") {
    FaultyDisk disk;
    auto writer = Writer::create(disk, kPath, sample_header());
    REQUIRE(writer->add({ChunkKind::Postings, Bytes(32, 1)}));
    REQUIRE(writer->finish({}, 0));
    Bytes forged;
    encode_chunk(0, {ChunkKind::Postings, Bytes(32, 2)}, forged);
    std::ranges::copy(forged, disk.bytes_of(kPath).begin() + kHeaderBytes);
    auto reader = Reader::open(disk, kPath);
    REQUIRE(reader);
    CHECK_FALSE(reader->verify());
}

TEST_CASE("a snapshot that cannot be finished never stands under its name", "[snapshot][damage]") {
    FaultyDisk disk;
    const test::World world = sample_world();
    auto writer = Writer::create(disk, kPath, sample_header());
    REQUIRE(
        write_state(world.machine.state(), [&](const Chunk& chunk) { return writer->add(chunk); }));
    disk.syncs_fail = true;
    CHECK_FALSE(writer->finish({}, 0));
    CHECK_FALSE(*disk.exists(kPath));
    CHECK(*disk.exists(kPath + ".new"));
}

TEST_CASE("a full disk leaves no snapshot and says so", "[snapshot][damage]") {
    FaultyDisk disk;
    auto writer = Writer::create(disk, kPath, sample_header());
    disk.is_full = true;
    const Status added = writer->add({ChunkKind::Postings, Bytes(32, 1)});
    REQUIRE_FALSE(added);
    CHECK(added.error().code == ErrorCode::Full);
    CHECK_FALSE(*disk.exists(kPath));
}
