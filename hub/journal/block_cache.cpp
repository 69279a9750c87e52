#include "hub/journal/block_cache.hpp"

#include <algorithm>
#include <string>

#include "hub/journal/sealed_parts.hpp"

namespace carehub::journal {

Result<BlockCache::Found> BlockCache::entry(Sequence sequence) {
    ++questions_;
    auto after = blocks_.upper_bound(sequence);
    if (after != blocks_.begin()) {
        auto& [first, cached] = *std::prev(after);
        const std::uint64_t index = sequence.value - first.value;
        if (index < cached.records.size()) {
            cached.used = questions_;
            return cached.records[index];
        }
    }
    return load(sequence);
}

Result<BlockCache::Found> BlockCache::load(Sequence sequence) {
    Cached cached;
    std::optional<Block> block;
    if (sequence.value > 0) {
        CAREHUB_TRY(block, journal_.load_block(sequence, cached.bytes, cached.sealed));
    }
    if (!block) {
        return fail(ErrorCode::NotFound,
                    "the journal has no entry " + std::to_string(sequence.value));
    }
    Block::Records records = block->records();
    CAREHUB_TRY(SealedParts parts, SealedParts::parse(cached.sealed, *block));
    for (std::uint32_t i = 0; i < block->count(); ++i) {
        cached.records.push_back({records.next(), parts.next()});
    }
    cached.used = questions_;
    make_room(cached.size());
    bytes_ += cached.size();
    const Found wanted = cached.records[sequence.value - block->first().value];
    blocks_.emplace(block->first(), std::move(cached));
    return wanted;
}

void BlockCache::make_room(std::size_t bytes) {
    while (!blocks_.empty() && bytes_ + bytes > bytes_max_) {
        const auto oldest = std::ranges::min_element(
            blocks_, {}, [](const auto& block) { return block.second.used; });
        bytes_ -= oldest->second.size();
        blocks_.erase(oldest);
    }
}

}  // namespace carehub::journal
