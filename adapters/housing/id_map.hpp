// A map from ids to small values that takes little room: the id's hash stands for the id.
//
// Contract: 64 bits tell the ids of one table apart (a county has millions of rows: a mistake once
// in ten million exports). Values move when the map grows: no reference survives an insertion.
// Threads: confined to one thread.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace carehub::adapters::housing {

/// Never 0; `kind` keeps the ids of different tables apart. Not for disk: another library's differs.
[[nodiscard]] inline std::uint64_t id_hash(std::string_view id, std::uint8_t kind = 0) {
    static_assert(sizeof(std::size_t) == sizeof(std::uint64_t));
    std::uint64_t hash = std::hash<std::string_view>{}(id) + kind * 0x9e3779b97f4a7c15ULL;
    hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111ebULL;
    hash ^= hash >> 31U;
    return hash == 0 ? 1 : hash;
}

/// In shards, so that growing never holds more than a small part twice.
template <class V>
class IdMap {
public:
    [[nodiscard]] V* find(std::uint64_t id) { return shards_[id % kShards].find(id); }
    [[nodiscard]] const V* find(std::uint64_t id) const {
        return const_cast<IdMap*>(this)->find(id);
    }
    [[nodiscard]] bool contains(std::uint64_t id) const { return find(id) != nullptr; }

    /// The value there, and whether it is new.
    std::pair<V*, bool> insert(std::uint64_t id, const V& value = {}) {
        return shards_[id % kShards].insert(id, value);
    }
    void reserve(std::uint64_t values) {
        for (Shard& shard : shards_) {
            shard.reserve(values / kShards);
        }
    }
    [[nodiscard]] std::uint64_t size() const {
        std::uint64_t size = 0;
        for (const Shard& shard : shards_) {
            size += shard.size;
        }
        return size;
    }

    template <class F>
    void for_each(F&& f) const {
        for (const Shard& shard : shards_) {
            for (const Slot& slot : shard.slots) {
                if (slot.id != 0) {
                    f(slot.id, slot.value);
                }
            }
        }
    }

private:
    static constexpr std::uint64_t kShards = 32;
    static constexpr std::uint64_t kSlotsFirst = 8;

    struct Slot {
        std::uint64_t id = 0;
        [[no_unique_address]] V value{};
    };

    /// Open addressing, at most 7 of 8 slots in use.
    struct Shard {
        std::vector<Slot> slots;
        std::uint64_t size = 0;

        V* find(std::uint64_t id) {
            if (slots.empty()) {
                return nullptr;
            }
            Slot& slot = slots[place(id)];
            return slot.id == id ? &slot.value : nullptr;
        }
        std::pair<V*, bool> insert(std::uint64_t id, const V& value) {
            if ((size + 1) * 8 > slots.size() * 7) {
                grow(slots.empty() ? kSlotsFirst : slots.size() + slots.size() / 2);
            }
            Slot& slot = slots[place(id)];
            const bool is_new = slot.id == 0;
            if (is_new) {
                slot.id = id;
                slot.value = value;
                ++size;
            }
            return {&slot.value, is_new};
        }
        void reserve(std::uint64_t values) {
            const std::uint64_t wanted = values + values / 4 + kSlotsFirst;
            if (wanted > slots.size()) {
                grow(wanted);
            }
        }
        /// Where the id is, or the free slot where it belongs.
        [[nodiscard]] std::uint64_t place(std::uint64_t id) const {
            // The high half of a product spreads ids over any number of slots below 2^32.
            std::uint64_t at = ((id >> 32U) * slots.size()) >> 32U;
            while (slots[at].id != 0 && slots[at].id != id) {
                at = at + 1 == slots.size() ? 0 : at + 1;
            }
            return at;
        }
        void grow(std::uint64_t to) {
            std::vector<Slot> old(to);
            old.swap(slots);
            for (const Slot& slot : old) {
                if (slot.id != 0) {
                    slots[place(slot.id)] = slot;
                }
            }
        }
    };

    std::array<Shard, kShards> shards_;
};

/// Ids alone.
struct Nothing {};
using IdSet = IdMap<Nothing>;

}  // namespace carehub::adapters::housing
