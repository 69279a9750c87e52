// Seam: what the slices of a run's frames are. Two sides: the hub's FlatBuffers, and the bare bytes
// of `bench floor`.
//
// Contract: a floor event begins with its index (8 bytes); a floor receipt is its ticket (8), its
// sequence (8) and the root (32), numbers in the machine's order.
// Errors: Invalid for a slice that is not what it should be, and for an event that was not
// accepted.
// Threads: confined to one thread.
#pragma once

#include <memory>

#include "tools/carehub/bench/events.hpp"

namespace carehub::tool::bench {

enum class Wire : std::uint8_t { Hub, Floor };

struct SeenReceipt {
    std::uint64_t ticket = 0;
    std::uint64_t sequence = 0;
};

struct SeenNotice {
    std::uint64_t index = 0;
    std::uint64_t number = 0;  ///< 0: notices have no number of their own
};

class Dialect {
public:
    virtual ~Dialect() = default;
    [[nodiscard]] virtual Result<Bytes> event(std::uint64_t index) = 0;
    [[nodiscard]] virtual Result<SeenReceipt> receipt(ByteView slice) const = 0;
    [[nodiscard]] virtual Result<SeenNotice> notice(ByteView slice) const = 0;
};

[[nodiscard]] Result<std::unique_ptr<Dialect>> make_dialect(Wire wire, const Options& options,
                                                            UtcTime base);

}  // namespace carehub::tool::bench
