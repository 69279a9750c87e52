// Seam: randomness for keys and nonces. The core never sees it: ids made inside are derived.
#pragma once

#include <cstdint>
#include <span>

namespace carehub {

class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

/// The kernel's generator (getrandom); stops the process when the kernel has none.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override;
};

}  // namespace carehub
