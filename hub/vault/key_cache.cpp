#include "hub/vault/key_cache.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "hub/base/check.hpp"

namespace carehub::vault {
namespace {

constexpr std::size_t kFirstPlaces = 1'024;

}  // namespace

KeyCache::KeyCache(std::size_t keys_max)
    : keys_max_(keys_max), places_(std::min(keys_max, kFirstPlaces)) {
    CAREHUB_CHECK(keys_max >= kWays && (keys_max & (keys_max - 1)) == 0,
                  "a cache of keys has a power of two of places");
}

std::size_t KeyCache::set_of(const Hash128& subject) const {
    std::size_t word = 0;
    std::memcpy(&word, subject.data(), sizeof word);
    return (word * kWays) & (places_.size() - 1);
}

const SubjectKey* KeyCache::find(const Hash128& subject) const {
    const SubjectKey* const set = &places_[set_of(subject)];
    for (std::size_t way = 0; way < kWays; ++way) {
        if (set[way].number != 0 && set[way].subject == subject) {
            return &set[way];
        }
    }
    return nullptr;
}

const SubjectKey& KeyCache::put(SubjectKey key) {
    drop(key.subject);
    SubjectKey* const set = &places_[set_of(key.subject)];
    std::size_t way = 0;
    while (way < kWays && set[way].number != 0) {
        ++way;
    }
    if (way == kWays && places_.size() < keys_max_) {
        grow();
        return put(std::move(key));
    }
    if (way == kWays) {
        way = turn_++ % kWays;
    }
    set[way] = std::move(key);
    return set[way];
}

void KeyCache::grow() {
    const std::vector<SubjectKey> before = std::exchange(places_, {});
    places_.resize(2 * before.size());
    for (const SubjectKey& key : before) {
        if (key.number != 0) {
            put(key);
        }
    }
}

void KeyCache::drop(const Hash128& subject) {
    SubjectKey* const set = &places_[set_of(subject)];
    for (std::size_t way = 0; way < kWays; ++way) {
        if (set[way].subject == subject) {
            set[way] = {};
        }
    }
}

void KeyCache::clear() {
    for (SubjectKey& place : places_) {
        place = {};
    }
}

}  // namespace carehub::vault
