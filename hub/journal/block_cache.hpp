// Single entries at random: the blocks read last stay in memory, because a block is read whole.
//
// Contract: a block never changes, and what is sealed of it can only go, together with its key, so what
// is cached is always right. The views that entry() gives hold until the next call.
// Errors: NotFound when the journal has no such entry (yet); else as JournalReader::read().
// Threads: confined to its owner. Lifetime: borrows the journal.
#pragma once

#include <map>

#include "hub/journal/block.hpp"
#include "hub/journal/journal.hpp"
#include "hub/journal/limits.hpp"

namespace carehub::journal {

class BlockCache {
public:
    explicit BlockCache(const JournalReader& journal, std::size_t bytes_max = kCachedBlockBytesMax)
        : journal_(journal), bytes_max_(bytes_max) {}

    struct Found {
        ByteView bytes;
        ByteView sealed;
    };
    [[nodiscard]] Result<Found> entry(Sequence sequence);

private:
    struct Cached {
        Bytes bytes;
        Bytes sealed;
        std::vector<Found> records;

        [[nodiscard]] std::size_t size() const { return bytes.size() + sealed.size(); }
        std::uint64_t used = 0;  ///< when it was last asked for, in questions
    };

    [[nodiscard]] Result<Found> load(Sequence sequence);
    void make_room(std::size_t bytes);

    const JournalReader& journal_;
    std::size_t bytes_max_;
    std::size_t bytes_ = 0;
    std::uint64_t questions_ = 0;
    std::map<Sequence, Cached> blocks_;  ///< by their first entry
};

}  // namespace carehub::journal
