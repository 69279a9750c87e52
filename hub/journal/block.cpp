#include "hub/journal/block.hpp"

#include <bit>
#include <string>

#include "hub/audit/hash.hpp"
#include "hub/base/check.hpp"
#include "hub/journal/crc32c.hpp"
#include "hub/journal/limits.hpp"
#include "hub/journal/little_endian.hpp"

namespace carehub::journal {
namespace {

constexpr std::string_view kMagic = "CHBK";
constexpr std::uint16_t kVersion = 1;
constexpr std::size_t kVersionAt = 4;
constexpr std::size_t kEdgeCountAt = 6;
constexpr std::size_t kFirstAt = 8;
constexpr std::size_t kCountAt = 16;
constexpr std::size_t kRecordBytesAt = 20;
constexpr std::size_t kRootAt = 24;
constexpr std::size_t kHeadBytes = 56;
constexpr std::size_t kHashBytes = sizeof(Hash256);
constexpr std::size_t kLengthBytes = sizeof(std::uint32_t);
constexpr std::size_t kChecksumBytes = sizeof(std::uint32_t);

std::size_t record_bytes(std::span<const StoredEntry> batch) {
    std::size_t total = 0;
    for (const StoredEntry& entry : batch) {
        total += kLengthBytes + entry.bytes.size();
    }
    return total;
}

std::size_t sealed_bytes(std::span<const StoredEntry> batch) {
    std::size_t total = kChecksumBytes;
    for (const StoredEntry& entry : batch) {
        total += entry.sealed.size();
    }
    return total;
}

std::string run(Sequence first, Sequence last) {
    return "entries " + std::to_string(first.value) + " to " + std::to_string(last.value);
}

tl::unexpected<Error> broken(std::string_view what) {
    return fail(ErrorCode::Damaged, "a block's " + std::string(what) + " is broken");
}

/// True when `area` is exactly `count` records.
bool holds_records(ByteView area, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
        if (area.size() < kLengthBytes) {
            return false;
        }
        const std::size_t length = get<std::uint32_t>(area, 0);
        if (length > area.size() - kLengthBytes) {
            return false;
        }
        area = area.subspan(kLengthBytes + length);
    }
    return area.empty();
}

void put_leaves(std::span<const StoredEntry> batch, audit::MerkleTree& tree, Bytes& leaves) {
    leaves.reserve(batch.size() * kHashBytes);
    for (const StoredEntry& entry : batch) {
        const Hash256 leaf = audit::hash_leaf(entry.bytes);
        tree.append(leaf);
        put(leaves, leaf);
    }
}

}  // namespace

Status check_batch(Sequence expected_last, Sequence last, std::span<const StoredEntry> batch) {
    if (expected_last != last) {
        return fail(ErrorCode::AnotherWriter,
                    "the journal ends at " + std::to_string(last.value) + ", not at " +
                        std::to_string(expected_last.value) + ": another writer was here");
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
        CAREHUB_CHECK(batch[i].sequence.value == last.value + 1 + i, "a batch has a gap");
        if (batch[i].bytes.size() + batch[i].sealed.size() > kStoredEntryBytesMax) {
            return fail(ErrorCode::Invalid, "an entry is larger than a stored entry may be");
        }
    }
    const std::size_t around = kHeadBytes + 64 * kHashBytes + kChecksumBytes;
    const std::size_t bytes = around + batch.size() * (kHashBytes + kLengthBytes) +
                              record_bytes(batch) + sealed_bytes(batch);
    if (batch.size() > kBlockEntriesMax || bytes > kBlockBytesMax) {
        return fail(ErrorCode::Invalid, "a batch is larger than a block may be");
    }
    return {};
}

void encode_block(std::span<const StoredEntry> batch, audit::MerkleTree& tree, Bytes& block) {
    CAREHUB_CHECK(!batch.empty(), "a block holds at least one entry");
    CAREHUB_CHECK(batch.front().sequence.value == tree.size() + 1, "a block follows its tree");
    Bytes leaves;
    put_leaves(batch, tree, leaves);
    const std::size_t records = record_bytes(batch);
    const std::size_t edge = tree.edge().size();
    block.clear();
    block.reserve(kHeadBytes + edge * kHashBytes + leaves.size() + records + kChecksumBytes);
    put(block, as_bytes(kMagic));
    put(block, kVersion);
    put(block, static_cast<std::uint16_t>(edge));
    put(block, batch.front().sequence.value);
    put(block, static_cast<std::uint32_t>(batch.size()));
    put(block, static_cast<std::uint32_t>(records));
    put(block, tree.root());
    for (const Hash256& hash : tree.edge()) {
        put(block, hash);
    }
    put(block, leaves);
    for (const StoredEntry& entry : batch) {
        put(block, static_cast<std::uint32_t>(entry.bytes.size()));
        put(block, entry.bytes);
    }
    put(block, crc32c(block));
}

Result<Block> Block::parse(ByteView bytes) {
    if (bytes.size() < kHeadBytes + kChecksumBytes || bytes.size() > kBlockBytesMax ||
        as_text(bytes.first(kMagic.size())) != kMagic) {
        return broken("beginning");
    }
    if (get<std::uint16_t>(bytes, kVersionAt) != kVersion) {
        return fail(ErrorCode::Unsupported,
                    "a block of another version: use the carehub that wrote it");
    }
    Block block;
    block.bytes_ = bytes;
    block.first_ = {get<std::uint64_t>(bytes, kFirstAt)};
    block.count_ = get<std::uint32_t>(bytes, kCountAt);
    block.root_ = get_array<Hash256>(bytes, kRootAt);
    const std::size_t edge = get<std::uint16_t>(bytes, kEdgeCountAt);
    const std::size_t records = get<std::uint32_t>(bytes, kRecordBytesAt);
    const std::uint64_t last = block.first_.value + block.count_ - 1;
    if (block.count_ == 0 || block.count_ > kBlockEntriesMax || block.first_.value == 0 ||
        last < block.first_.value || edge != static_cast<std::size_t>(std::popcount(last))) {
        return broken("head");
    }
    const std::size_t leaves_at = kHeadBytes + edge * kHashBytes;
    const std::size_t records_at = leaves_at + block.count_ * kHashBytes;
    if (bytes.size() != records_at + records + kChecksumBytes) {
        return broken("length");
    }
    block.edge_ = bytes.subspan(kHeadBytes, edge * kHashBytes);
    block.leaves_ = bytes.subspan(leaves_at, block.count_ * kHashBytes);
    block.records_ = bytes.subspan(records_at, records);
    if (!holds_records(block.records_, block.count_)) {
        return broken("list of records");
    }
    return block;
}

Status Block::check_content() const {
    const ByteView covered = bytes_.first(bytes_.size() - kChecksumBytes);
    if (crc32c(covered) == get<std::uint32_t>(bytes_, covered.size())) {
        return {};
    }
    Records walk = records();
    for (std::uint32_t i = 0; i < count_; ++i) {
        if (audit::hash_leaf(walk.next()) != leaf(i)) {
            return fail(ErrorCode::Damaged,
                        "entry " + std::to_string(first_.value + i) + " is not what was written");
        }
    }
    return fail(ErrorCode::Damaged,
                "the head or checksum of the block of " + run(first_, last()) + " is damaged");
}

Hash256 Block::leaf(std::uint32_t index) const {
    return get_array<Hash256>(leaves_, index * kHashBytes);
}

Result<audit::MerkleTree> Block::tree() const {
    std::vector<Hash256> edge;
    for (std::size_t at = 0; at < edge_.size(); at += kHashBytes) {
        edge.push_back(get_array<Hash256>(edge_, at));
    }
    auto tree = audit::MerkleTree::restore(last().value, std::move(edge));
    if (!tree || tree->root() != root_) {
        return fail(ErrorCode::Damaged,
                    "the tree of the block of " + run(first_, last()) + " is damaged");
    }
    return tree;
}

ByteView Block::Records::next() {
    const std::size_t length = get<std::uint32_t>(rest_, 0);
    const ByteView record = rest_.subspan(kLengthBytes, length);
    rest_ = rest_.subspan(kLengthBytes + length);
    return record;
}

}  // namespace carehub::journal
