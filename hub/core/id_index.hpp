// Finds records by ids that are uniform hashes: from an id's first 64 bits to the number under
// which its owner keeps the record.
//
// Open addressing with linear probing in many small tables, so that growing moves a small part at a
// time. Beside each slot stands one byte of the hash: a search that finds nothing, which is what
// every new event does, reads that byte's cache line and no record.
//
// Contract: the owner tells what it keeps by functions: `is_it(number)` compares the record with
// the id that is looked for, `word_of(number)` gives a record's 64 bits again. Numbers are below
// 2^32.
// Threads: its owner's.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "hub/base/bytes.hpp"
#include "hub/base/check.hpp"

namespace carehub::core {

/// Any eight bytes of a uniform hash are as good as others.
[[nodiscard]] inline std::uint64_t word_of(const Hash128& id) {
    std::uint64_t word = 0;
    std::memcpy(&word, id.data(), sizeof word);
    return word;
}

/// Asks memory for those bytes, and does not wait for them.
inline void expect_bytes(const void* begin, std::size_t count) {
    constexpr std::size_t kLine = 64;
    for (std::size_t at = 0; at < count; at += kLine) {
        __builtin_prefetch(static_cast<const char*>(begin) + at);
    }
}

class IdIndex {
public:
    IdIndex() : shards_(kShards) {}

    /// Room for so many, while it is empty: growing later costs more than all the rest of a load.
    void reserve(std::size_t count) {
        const std::size_t slots = std::bit_ceil(count / kShards * 3 / 2 + kSlotsMin);
        for (Shard& shard : shards_) {
            if (shard.used == 0) {
                shard.tags.assign(slots, kFree);
                shard.numbers.assign(slots, 0);
            }
        }
    }

    template <class IsIt>
    [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t word, const IsIt& is_it) const {
        const Shard& shard = shards_[shard_of(word)];
        if (shard.tags.empty()) {
            return std::nullopt;
        }
        const std::size_t mask = shard.tags.size() - 1;
        const std::uint8_t tag = tag_of(word);
        for (std::size_t at = home(word) & mask; shard.tags[at] != kFree; at = (at + 1) & mask) {
            if (shard.tags[at] == tag && is_it(shard.numbers[at])) {
                return shard.numbers[at];
            }
        }
        return std::nullopt;
    }

    /// Asks memory for what find() of that word reads here.
    void expect(std::uint64_t word) const {
        const Shard& shard = shards_[shard_of(word)];
        if (!shard.tags.empty()) {
            const std::size_t at = home(word) & (shard.tags.size() - 1);
            __builtin_prefetch(&shard.tags[at]);
            __builtin_prefetch(&shard.numbers[at]);
        }
    }

    /// The id must not be there yet.
    template <class WordOf>
    void insert(std::uint64_t word, std::uint32_t number, const WordOf& word_of_number) {
        Shard& shard = shards_[shard_of(word)];
        if (4 * (shard.used + 1) > 3 * shard.tags.size()) {
            grow(shard, word_of_number);
        }
        place(shard, word, number);
        ++shard.used;
    }

    /// What is behind the slot that becomes free moves up, so that no search ends too early.
    template <class WordOf>
    void erase(std::uint64_t word, std::uint32_t number, const WordOf& word_of_number) {
        Shard& shard = shards_[shard_of(word)];
        const std::size_t mask = shard.tags.size() - 1;
        std::size_t free = home(word) & mask;
        while (shard.tags[free] == kFree || shard.numbers[free] != number) {
            CAREHUB_CHECK(shard.tags[free] != kFree, "what is erased is indexed");
            free = (free + 1) & mask;
        }
        for (std::size_t at = (free + 1) & mask; shard.tags[at] != kFree; at = (at + 1) & mask) {
            const std::size_t wanted = home(word_of_number(shard.numbers[at])) & mask;
            if (((at - wanted) & mask) >= ((at - free) & mask)) {
                shard.tags[free] = shard.tags[at];
                shard.numbers[free] = shard.numbers[at];
                free = at;
            }
        }
        shard.tags[free] = kFree;
        --shard.used;
    }

    [[nodiscard]] std::size_t memory_bytes() const {
        std::size_t bytes = shards_.capacity() * sizeof(Shard);
        for (const Shard& shard : shards_) {
            bytes += shard.tags.capacity() + shard.numbers.capacity() * sizeof(std::uint32_t);
        }
        return bytes;
    }

private:
    struct Shard {
        std::vector<std::uint8_t> tags;
        std::vector<std::uint32_t> numbers;
        std::size_t used = 0;
    };
    static constexpr std::size_t kShards = 256;
    static constexpr std::size_t kSlotsMin = 8;
    static constexpr std::uint8_t kFree = 0;

    // Different bits of the word for the shard, the tag and the place.
    static std::size_t shard_of(std::uint64_t word) { return word % kShards; }
    static std::uint8_t tag_of(std::uint64_t word) {
        return static_cast<std::uint8_t>((word >> 8U) | 1U);
    }
    static std::size_t home(std::uint64_t word) { return word >> 16U; }

    static void place(Shard& shard, std::uint64_t word, std::uint32_t number) {
        const std::size_t mask = shard.tags.size() - 1;
        std::size_t at = home(word) & mask;
        while (shard.tags[at] != kFree) {
            at = (at + 1) & mask;
        }
        shard.tags[at] = tag_of(word);
        shard.numbers[at] = number;
    }

    template <class WordOf>
    static void grow(Shard& shard, const WordOf& word_of_number) {
        const Shard old = std::exchange(shard, {});
        const std::size_t size = old.tags.empty() ? kSlotsMin : 2 * old.tags.size();
        shard.tags.assign(size, kFree);
        shard.numbers.assign(size, 0);
        shard.used = old.used;
        for (std::size_t at = 0; at < old.tags.size(); ++at) {
            if (old.tags[at] != kFree) {
                place(shard, word_of_number(old.numbers[at]), old.numbers[at]);
            }
        }
    }

    std::vector<Shard> shards_;
};

}  // namespace carehub::core
