// A seeded generator for simulations and the county: the same seed gives the same world everywhere.
// Never for keys (base/random.hpp). xoshiro256** (Blackman, Vigna), seeded through splitmix64.
#pragma once

#include <array>
#include <cstdint>

namespace carehub {

class Prng {
public:
    explicit Prng(std::uint64_t seed);

    [[nodiscard]] std::uint64_t next();
    /// Uniform in [0, bound); bound > 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);
    /// Uniform in [low, high], both included.
    [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high);
    /// True `percent` times in a hundred.
    [[nodiscard]] bool chance(unsigned percent);

private:
    std::array<std::uint64_t, 4> state_{};
};

}  // namespace carehub
