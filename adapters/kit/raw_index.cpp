#include "adapters/kit/raw_index.hpp"

#include <algorithm>
#include <cstring>

#include "adapters/kit/limits.hpp"

namespace carehub::adapters {
namespace {

std::uint64_t half_of(const Hash128& hash) {
    std::uint64_t half = 0;
    std::memcpy(&half, hash.data(), sizeof half);
    return half;
}

}  // namespace

void RawIndex::add(const Hash128& keyed_hash, RawPlace place) {
    fresh_.emplace(half_of(keyed_hash), place);
    if (fresh_.size() >= kRawIndexFreshMax) {
        merge();
    }
}

void RawIndex::merge() {
    const auto middle = static_cast<std::ptrdiff_t>(sorted_.size());
    for (const auto& [half_hash, place] : fresh_) {
        sorted_.push_back({half_hash, place});
    }
    fresh_.clear();
    std::ranges::inplace_merge(sorted_, sorted_.begin() + middle, {}, &Entry::half_hash);
}

std::vector<RawPlace> RawIndex::find(const Hash128& keyed_hash) const {
    const std::uint64_t half = half_of(keyed_hash);
    std::vector<RawPlace> places;
    for (auto at = std::ranges::lower_bound(sorted_, half, {}, &Entry::half_hash);
         at != sorted_.end() && at->half_hash == half; ++at) {
        places.push_back(at->place);
    }
    const auto [first, last] = fresh_.equal_range(half);
    for (auto at = first; at != last; ++at) {
        places.push_back(at->second);
    }
    return places;
}

void RawIndex::drop(std::uint32_t segment) {
    std::erase_if(sorted_, [&](const Entry& entry) { return entry.place.segment == segment; });
    std::erase_if(fresh_, [&](const auto& entry) { return entry.second.segment == segment; });
}

}  // namespace carehub::adapters
