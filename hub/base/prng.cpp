#include "hub/base/prng.hpp"

#include <bit>

#include "hub/base/check.hpp"

namespace carehub {

Prng::Prng(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {
        seed += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = seed;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        word = mixed ^ (mixed >> 31U);
    }
}

std::uint64_t Prng::next() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

std::uint64_t Prng::below(std::uint64_t bound) {
    CAREHUB_CHECK(bound > 0, "a range of nothing has no member");
    const std::uint64_t unfair = (~bound + 1) % bound;  // values below it would favour low results
    std::uint64_t drawn = next();
    while (drawn < unfair) {
        drawn = next();
    }
    return drawn % bound;
}

std::int64_t Prng::between(std::int64_t low, std::int64_t high) {
    CAREHUB_CHECK(low <= high, "a range runs from low to high");
    const auto span = static_cast<std::uint64_t>(high - low) + 1;
    return low + static_cast<std::int64_t>(below(span));
}

bool Prng::chance(unsigned percent) { return below(100) < percent; }

}  // namespace carehub
