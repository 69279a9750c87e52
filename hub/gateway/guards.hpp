// Seams: what the door asks before it lets a client, or an event, in. The daemon implements them
// over journal and disk; tests with a word.
//
// Contract: asked often and answered at once. Threads: the gateway's; they must not wait for it.
#pragma once

#include "hub/gateway/principals.hpp"
#include "hub/model/receipt.hpp"

namespace carehub::gateway {

/// What a receipt that a client holds says of this hub's own past.
enum class Recall : std::uint8_t {
    Known,        ///< the receipt is of this history
    Lost,         ///< it is not: the hub was set back
    LossAccepted  ///< it is not, and the operator has accepted that
};

class History {
public:
    virtual ~History() = default;
    /// `told` is the receipt's sequence, not 0, and `root` its root.
    [[nodiscard]] virtual Recall judge(const Principal& who, Sequence told,
                                       const Hash256& root) = 0;
};

class DiskSpace {
public:
    virtual ~DiskSpace() = default;
    /// Whether events are refused to keep the rest for what must go on.
    [[nodiscard]] virtual bool is_low() = 0;
};

}  // namespace carehub::gateway
