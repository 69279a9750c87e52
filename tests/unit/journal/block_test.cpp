#include "hub/journal/block.hpp"

#include "hub/journal/crc32c.hpp"
#include "tests/unit/journal/samples.hpp"

using namespace carehub;
using namespace carehub::journal;

namespace {

/// The block of sample entries `first` to `last`, and the tree after it.
struct Sample {
    Sample(std::uint64_t first, std::uint64_t last) {
        Bytes earlier;
        if (first > 1) {
            encode_block(sample_batch(1, first - 1), tree, earlier);
        }
        encode_block(sample_batch(first, last), tree, bytes);
    }
    audit::MerkleTree tree;
    Bytes bytes;
};

bool is_whole(ByteView bytes) {
    const auto block = Block::parse(bytes);
    return block && block->check_content() && block->tree();
}

}  // namespace

TEST_CASE("the checksum has its published value, with and without the instruction", "[journal]") {
    CHECK(crc32c(as_bytes("123456789")) == 0xE3069283U);
    CHECK(crc32c_portable(as_bytes("123456789")) == 0xE3069283U);
    for (std::uint64_t sequence = 1; sequence < 100; ++sequence) {
        const Bytes bytes = sample_entry(sequence).bytes;
        REQUIRE(crc32c(bytes) == crc32c_portable(bytes));
    }
}

TEST_CASE("a block gives back its entries, its root and its tree", "[journal]") {
    const Sample sample(6, 19);
    const auto block = Block::parse(sample.bytes);
    REQUIRE(block);
    REQUIRE(block->check_content());
    CHECK(block->first() == Sequence{6});
    CHECK(block->last() == Sequence{19});
    CHECK(block->root() == sample.tree.root());
    const auto tree = block->tree();
    REQUIRE(tree);
    CHECK(*tree == sample.tree);
    Block::Records records = block->records();
    for (const StoredEntry& entry : sample_batch(6, 19)) {
        const ByteView record = records.next();
        CHECK(Bytes(record.begin(), record.end()) == entry.bytes);
    }
}

TEST_CASE("a flipped bit anywhere in a block is found", "[journal]") {
    Sample sample(6, 9);
    REQUIRE(is_whole(sample.bytes));
    for (std::size_t bit = 0; bit < sample.bytes.size() * 8; ++bit) {
        std::uint8_t& byte = sample.bytes[bit / 8];
        const auto mask = static_cast<std::uint8_t>(1U << (bit % 8));
        byte = static_cast<std::uint8_t>(byte ^ mask);
        if (is_whole(sample.bytes)) {
            FAIL("bit " << bit << " was missed");
        }
        byte = static_cast<std::uint8_t>(byte ^ mask);
    }
    CHECK(is_whole(sample.bytes));
}

TEST_CASE("a flipped bit in an entry is named with its sequence", "[journal]") {
    Sample sample(6, 9);
    const auto block = Block::parse(sample.bytes);
    REQUIRE(block);
    Block::Records records = block->records();
    (void)records.next();
    (void)records.next();
    const ByteView eighth = records.next();
    REQUIRE_FALSE(eighth.empty());
    sample.bytes[static_cast<std::size_t>(eighth.data() - sample.bytes.data())] ^= 1U;
    const auto status = block->check_content();
    REQUIRE_FALSE(status);
    CHECK(status.error().context == "entry 8 is not what was written");
}

TEST_CASE("a block cut or lengthened anywhere is refused", "[journal]") {
    const Sample sample(1, 3);
    for (std::size_t size = 0; size < sample.bytes.size(); ++size) {
        REQUIRE_FALSE(is_whole(ByteView(sample.bytes).first(size)));
    }
    Bytes longer = sample.bytes;
    longer.push_back(0);
    CHECK_FALSE(is_whole(longer));
}

TEST_CASE("a block of a newer version says so", "[journal]") {
    Sample sample(1, 3);
    sample.bytes[4] = 2;
    CHECK(Block::parse(sample.bytes).error().code == ErrorCode::Unsupported);
}
