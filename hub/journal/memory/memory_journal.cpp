#include "hub/journal/memory/memory_journal.hpp"

#include "hub/journal/block.hpp"

namespace carehub::journal {

Result<Appended> MemoryJournal::append(Sequence expected_last, std::span<const StoredEntry> batch) {
    if (stopped_) {
        return fail(ErrorCode::AnotherWriter, "the journal stopped after an earlier failure");
    }
    if (const Status status = check_batch(expected_last, last(), batch); !status) {
        stopped_ = status.error().code == ErrorCode::AnotherWriter;
        return tl::unexpected<Error>(status.error());
    }
    if (!batch.empty()) {
        Bytes block;
        encode_block(batch, tree_, block);
        blocks_.emplace(batch.front().sequence, std::move(block));
    }
    return Appended{last(), root()};
}

Result<bool> MemoryJournal::find_block(Sequence sequence, Bytes& block) const {
    const auto after = blocks_.upper_bound(sequence);
    if (after == blocks_.begin() || sequence > last()) {
        return false;
    }
    block = std::prev(after)->second;
    return true;
}

}  // namespace carehub::journal
