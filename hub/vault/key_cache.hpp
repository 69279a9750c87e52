// Keys lately used, unwrapped: a bounded number of them, found at once.
//
// Contract: holds at most keys_max keys, and memory for about as many as it was given. put() may
// push out the key of another subject; find() is null when a key was pushed out or never put. A
// pointer holds until the next put(), drop() or clear().
// Threads: confined to one thread.
#pragma once

#include <cstdint>
#include <vector>

#include "hub/vault/key.hpp"

namespace carehub::vault {

struct SubjectKey {
    Hash128 subject{};
    std::uint32_t number = 0;  ///< of its record in the key file; 0: the hub's own, or no key
    Key key;
};

class KeyCache {
public:
    /// A power of two.
    explicit KeyCache(std::size_t keys_max);

    [[nodiscard]] const SubjectKey* find(const Hash128& subject) const;
    const SubjectKey& put(SubjectKey key);
    void drop(const Hash128& subject);
    void clear();

private:
    /// A key has its place in one set; its neighbours there are those it may push out, in turn.
    static constexpr std::size_t kWays = 4;

    [[nodiscard]] std::size_t set_of(const Hash128& subject) const;
    /// Twice the sets: each one's keys part into two, so none is pushed out.
    void grow();

    std::size_t keys_max_;
    std::vector<SubjectKey> places_;
    std::size_t turn_ = 0;
};

}  // namespace carehub::vault
