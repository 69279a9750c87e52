// The hub's randomness in a simulation: the same in every run of a seed.
#pragma once

#include <algorithm>
#include <cstring>

#include "hub/base/prng.hpp"
#include "hub/base/random.hpp"

namespace carehub::simulation {

class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : prng_(seed) {}

    void fill(std::span<std::uint8_t> out) override {
        for (std::size_t at = 0; at < out.size(); at += sizeof(std::uint64_t)) {
            const std::uint64_t drawn = prng_.next();
            std::memcpy(out.data() + at, &drawn, std::min(sizeof drawn, out.size() - at));
        }
    }

private:
    Prng prng_;
};

}  // namespace carehub::simulation
