// Joins ids and numbers into one 128-bit key. For values that are uniform already (ids, keyed
// hashes) or where a collision is harmless; never a cryptographic hash (audit/), never for strings.
#pragma once

#include <cstdint>
#include <cstring>

#include "hub/base/bytes.hpp"
#include "hub/base/utc_time.hpp"

namespace carehub {

class Mix128 {
public:
    Mix128& add(std::uint64_t word) {
        low_ = scramble(low_ ^ word);
        high_ = scramble(high_ + word + 0x9E3779B97F4A7C15U);
        return *this;
    }
    Mix128& add(const Hash128& hash) {
        std::uint64_t words[2];
        std::memcpy(words, hash.data(), sizeof words);
        return add(words[0]).add(words[1]);
    }
    Mix128& add(UtcTime time) {
        return add(static_cast<std::uint64_t>(time.time_since_epoch().count()));
    }

    [[nodiscard]] Hash128 value() const {
        Hash128 out{};
        const std::uint64_t words[2] = {scramble(low_ ^ high_), scramble(high_ + low_)};
        std::memcpy(out.data(), words, sizeof words);
        return out;
    }

private:
    /// The finaliser of splitmix64.
    static std::uint64_t scramble(std::uint64_t word) {
        word = (word ^ (word >> 30U)) * 0xBF58476D1CE4E5B9U;
        word = (word ^ (word >> 27U)) * 0x94D049BB133111EBU;
        return word ^ (word >> 31U);
    }

    std::uint64_t low_ = 0x6361726568756231U;
    std::uint64_t high_ = 0x6D69783132386B65U;
};

}  // namespace carehub
