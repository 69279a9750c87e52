// Where the raw archive keeps a message, by the keyed hash of its digest; 16 bytes a message.
//
// Contract: find() gives every place that may hold the message, the newest last: half of the hash
// is kept, so the place itself has the last word. Errors: none. Threads: confined to one thread.
#pragma once

#include <map>
#include <vector>

#include "hub/base/bytes.hpp"

namespace carehub::adapters {

struct RawPlace {
    std::uint32_t segment = 0;  ///< by the archive's own count of them
    std::uint32_t offset = 0;
    friend auto operator<=>(const RawPlace&, const RawPlace&) = default;
};

class RawIndex {
public:
    void add(const Hash128& keyed_hash, RawPlace place);
    [[nodiscard]] std::vector<RawPlace> find(const Hash128& keyed_hash) const;
    /// Forgets every place in that segment.
    void drop(std::uint32_t segment);

    [[nodiscard]] std::size_t size() const { return sorted_.size() + fresh_.size(); }

private:
    struct Entry {
        std::uint64_t half_hash = 0;
        RawPlace place;
        friend auto operator<=>(const Entry&, const Entry&) = default;
    };
    static_assert(sizeof(Entry) == 16);

    void merge();

    std::vector<Entry> sorted_;
    std::multimap<std::uint64_t, RawPlace> fresh_;  ///< at most kRawIndexFreshMax
};

}  // namespace carehub::adapters
