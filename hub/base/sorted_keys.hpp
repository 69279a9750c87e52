// The keys of a map in ascending order: what is written from a hash table has one form only.
//
// Threads: any.
#pragma once

#include <algorithm>
#include <vector>

namespace carehub {

template <class Map>
[[nodiscard]] std::vector<typename Map::key_type> sorted_keys(const Map& map) {
    std::vector<typename Map::key_type> keys;
    keys.reserve(map.size());
    for (const auto& [key, value] : map) {
        keys.push_back(key);
    }
    std::ranges::sort(keys);
    return keys;
}

}  // namespace carehub
