// What carries a message out of the desk: a mail server, a webhook.
//
// Contract: one message at a time. begin() reaches the receiver; when the next thing it waits for
// is the message itself, `ready` runs: only then is the truth asked for, and hand_over() or drop()
// follows. Where the receiver cannot be reached, or says no before, `done` runs and `ready` does
// not. After drop() neither runs, and nothing was told. Both run from within step(). What a receiver
// was handed may reach it although the answer is Away: it comes again under the same name.
// Threads: confined to one thread.
#pragma once

#include <functional>
#include <string>

#include "adapters/kit/out/out_message.hpp"

namespace carehub::adapters::desk {

enum class Carried : std::uint8_t {
    Taken,    ///< the receiver has it
    Refused,  ///< it will never take this message for this address
    Away,     ///< not now
};

struct CarrierAnswer {
    Carried carried = Carried::Away;
    std::string what;  ///< words of ours for the log: no address, nothing of the message
};

/// Seam: SMTP, HTTP; one in memory for tests.
class Carrier {
public:
    using Ready = std::function<void()>;
    using Done = std::function<void(const CarrierAnswer&)>;

    virtual ~Carrier() = default;
    /// begin() may be called; after drop() it may take a step.
    [[nodiscard]] virtual bool is_idle() const = 0;
    virtual void begin(const std::string& address, Ready ready, Done done) = 0;
    virtual void hand_over(OutMessage message) = 0;
    virtual void drop() = 0;
    virtual void step() = 0;
};

}  // namespace carehub::adapters::desk
