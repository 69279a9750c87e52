#include "hub/journal/journal.hpp"

#include <algorithm>
#include <string>

#include "hub/journal/verify_block.hpp"

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

void assign(StoredEntry& entry, Sequence sequence, ByteView record, ByteView sealed) {
    entry.sequence = sequence;
    entry.bytes.assign(record.begin(), record.end());
    entry.sealed.assign(sealed.begin(), sealed.end());
}

/// What find_block() did, checked.
Result<std::optional<Block>> checked(const Result<bool>& found, Sequence sequence, ByteView bytes) {
    if (!found) {
        return tl::unexpected<Error>(found.error());
    }
    if (!*found) {
        return std::nullopt;
    }
    CAREHUB_TRY(Block block, block_holding(sequence, bytes));
    CAREHUB_TRY_DONE(block.check_content());
    return block;
}

}  // namespace

Status verify_block(const Block& block, ByteView sealed, audit::Verifier& verifier,
                    const EntrySink& check) {
    Block::Records records = block.records();
    CAREHUB_TRY(SealedParts parts, SealedParts::parse(sealed, block));
    StoredEntry entry;
    for (std::uint32_t i = 0; i < block.count(); ++i) {
        const std::uint64_t sequence = block.first().value + i;
        const ByteView record = records.next();
        const ByteView part = parts.next();
        CAREHUB_TRY_DONE(verifier.add(sequence, record, block.leaf(i)));
        if (check) {
            assign(entry, {sequence}, record, part);
            CAREHUB_TRY_DONE(check(entry));
        }
    }
    // An edge that does not fold to the block's own root tells nothing.
    const auto tree = block.tree();
    CAREHUB_TRY_DONE(
        verifier.expect_root(block.root(), tree ? tree->edge() : std::span<const Hash256>{}));
    CAREHUB_TRY_DONE(tree);
    return block.check_content();
}

Result<std::optional<Block>> JournalReader::load_block(Sequence sequence, Bytes& bytes) const {
    const auto found = find_block(sequence, bytes, nullptr);
    return checked(found, sequence, bytes);
}

Result<std::optional<Block>> JournalReader::load_block(Sequence sequence, Bytes& bytes,
                                                       Bytes& sealed) const {
    const auto found = find_block(sequence, bytes, &sealed);
    return checked(found, sequence, bytes);
}

Status JournalReader::read(Sequence from, std::uint64_t count_max, const EntrySink& sink,
                           Sealed sealed) const {
    Sequence next{std::max<std::uint64_t>(from.value, 1)};
    StoredEntry entry;
    Bytes bytes;
    Bytes beside;
    while (count_max > 0) {
        CAREHUB_TRY(const std::optional<Block> block, sealed == Sealed::Read
                                                          ? load_block(next, bytes, beside)
                                                          : load_block(next, bytes));
        if (!block) {
            return {};
        }
        Block::Records records = block->records();
        CAREHUB_TRY(SealedParts parts, SealedParts::parse(beside, *block));
        for (std::uint64_t at = block->first().value; at <= block->last().value; ++at) {
            const ByteView record = records.next();
            const ByteView part = parts.next();
            if (at < next.value) {
                continue;
            }
            if (count_max == 0) {
                return {};
            }
            --count_max;
            assign(entry, {at}, record, part);
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

Result<audit::TreeHead> JournalReader::verify(std::vector<audit::TreeHead> witnesses,
                                              const EntrySink& check) const {
    audit::Verifier verifier(std::move(witnesses));
    Sequence next{1};
    Bytes bytes;
    Bytes sealed;
    for (;;) {
        CAREHUB_TRY(const bool found, find_block(next, bytes, &sealed));
        if (!found) {
            return verifier.finish();
        }
        CAREHUB_TRY(const Block block, block_holding(next, bytes));
        CAREHUB_TRY_DONE(verify_block(block, sealed, verifier, check));
        next = {block.last().value + 1};
    }
}

Result<Dropped> Journal::drop_sealed(Sequence from, std::size_t bytes_max, const IsGone& is_gone) {
    Dropped done;
    std::vector<Replaced> replaced;
    Sequence next = from;
    Bytes bytes;
    Bytes sealed;
    for (std::size_t read = 0; read < bytes_max; read += bytes.size() + sealed.size()) {
        CAREHUB_TRY(const std::optional<Block> block, load_block(next, bytes, sealed));
        if (!block) {
            CAREHUB_TRY_DONE(replace_sealed(replaced));
            return done;
        }
        CAREHUB_TRY(Thinned left, thin(sealed, *block, is_gone));
        if (left.dropped > 0) {
            done.parts += left.dropped;
            done.bytes += sealed.size() - left.parts.size();
            replaced.push_back({block->first(), std::move(left.parts)});
        }
        next = {block->last().value + 1};
    }
    CAREHUB_TRY_DONE(replace_sealed(replaced));
    done.next = next;
    return done;
}

}  // namespace carehub::journal
