#include "hub/journal/memory/memory_journal.hpp"

#include "hub/journal/sealed_parts.hpp"

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
        Row row;
        encode_block(batch, tree_, row.block);
        encode_sealed(batch, row.sealed);
        blocks_.emplace(batch.front().sequence, std::move(row));
    }
    return Appended{last(), root()};
}

Result<bool> MemoryJournal::find_block(Sequence sequence, Bytes& block, Bytes* sealed) const {
    const auto after = blocks_.upper_bound(sequence);
    if (after == blocks_.begin() || sequence > last()) {
        return false;
    }
    const Row& row = std::prev(after)->second;
    block = row.block;
    if (sealed != nullptr) {
        *sealed = row.sealed;
    }
    return true;
}

Status MemoryJournal::replace_sealed(std::span<const Replaced> blocks) {
    for (const Replaced& replaced : blocks) {
        blocks_.at(replaced.first).sealed = replaced.sealed;
    }
    return {};
}

}  // namespace carehub::journal
