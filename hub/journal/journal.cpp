#include "hub/journal/journal.hpp"

#include <algorithm>
#include <string>

#include "hub/audit/verifier.hpp"
#include "hub/journal/block.hpp"

namespace carehub::journal {
namespace {

/// Parses a block that must hold `wanted`; what is wrong with it is told as wrong with that entry.
Result<Block> block_holding(Sequence wanted, ByteView bytes) {
    auto block = Block::parse(bytes);
    if (!block) {
        return fail(block.error().code,
                    "at entry " + std::to_string(wanted.value) + ": " + block.error().context);
    }
    if (wanted < block->first() || wanted > block->last()) {
        return fail(ErrorCode::Damaged, "entry " + std::to_string(wanted.value) +
                                            " is missing: another block stands in its place");
    }
    return block;
}

/// Adds one block's entries, then holds the block's own root, tree and checksum against them.
Status verify_block(const Block& block, audit::Verifier& verifier) {
    Block::Records records = block.records();
    for (std::uint32_t i = 0; i < block.count(); ++i) {
        const std::uint64_t sequence = block.first().value + i;
        CAREHUB_TRY_DONE(verifier.add(sequence, records.next(), block.leaf(i)));
    }
    // An edge that does not fold to the block's own root tells nothing.
    const auto tree = block.tree();
    CAREHUB_TRY_DONE(
        verifier.expect_root(block.root(), tree ? tree->edge() : std::span<const Hash256>{}));
    CAREHUB_TRY_DONE(tree);
    return block.check_content();
}

}  // namespace

Result<std::optional<Block>> JournalReader::load_block(Sequence sequence, Bytes& bytes) const {
    CAREHUB_TRY(const bool found, find_block(sequence, bytes));
    if (!found) {
        return std::nullopt;
    }
    CAREHUB_TRY(Block block, block_holding(sequence, bytes));
    CAREHUB_TRY_DONE(block.check_content());
    return block;
}

Status JournalReader::read(Sequence from, std::uint64_t count_max, const EntrySink& sink) const {
    Sequence next{std::max<std::uint64_t>(from.value, 1)};
    StoredEntry entry;
    Bytes bytes;
    while (count_max > 0) {
        CAREHUB_TRY(const std::optional<Block> block, load_block(next, bytes));
        if (!block) {
            return {};
        }
        Block::Records records = block->records();
        for (std::uint64_t at = block->first().value; at <= block->last().value; ++at) {
            const ByteView record = records.next();
            if (at < next.value) {
                continue;
            }
            if (count_max == 0) {
                return {};
            }
            --count_max;
            entry.sequence = {at};
            entry.bytes.assign(record.begin(), record.end());
            CAREHUB_TRY_DONE(sink(entry));
        }
        next = {block->last().value + 1};
    }
    return {};
}

Status JournalReader::read_leaves(Sequence from, std::uint64_t count_max,
                                  const LeafSink& sink) const {
    Sequence next{std::max<std::uint64_t>(from.value, 1)};
    Bytes bytes;
    while (count_max > 0) {
        CAREHUB_TRY(const std::optional<Block> block, load_block(next, bytes));
        if (!block) {
            return {};
        }
        for (; next <= block->last() && count_max > 0; ++next.value, --count_max) {
            const auto index = static_cast<std::uint32_t>(next.value - block->first().value);
            CAREHUB_TRY_DONE(sink(next, block->leaf(index)));
        }
    }
    return {};
}

Result<audit::TreeHead> JournalReader::verify(std::vector<audit::TreeHead> witnesses) const {
    audit::Verifier verifier(std::move(witnesses));
    Sequence next{1};
    Bytes bytes;
    for (;;) {
        CAREHUB_TRY(const bool found, find_block(next, bytes));
        if (!found) {
            return verifier.finish();
        }
        CAREHUB_TRY(const Block block, block_holding(next, bytes));
        CAREHUB_TRY_DONE(verify_block(block, verifier));
        next = {block.last().value + 1};
    }
}

}  // namespace carehub::journal
