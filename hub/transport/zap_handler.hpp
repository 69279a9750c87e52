// Answers libzmq's question "may this key connect?" (ZeroMQ RFC 27) on a thread of its own.
//
// Contract: start() returns once the handler is bound; no socket may be bound before. Only
// mechanism CURVE, domain kZapDomain and a key in the table get a yes; the User-Id of the
// connection is then the Z85 text of its public key. Everything else, also a question that cannot
// be read, gets a no. With the handler gone nobody new connects, because sockets enforce the
// domain. Errors: Unavailable when another handler is bound in the same context. Threads: start and
// destroy on one thread; the handler runs its own. Lifetime: borrows context and keys; destroy it
// before the context.
#pragma once

#include <memory>
#include <string_view>
#include <thread>

#include "hub/transport/context.hpp"
#include "hub/transport/key_table.hpp"
#include "hub/transport/wake_event.hpp"

namespace carehub::transport {

inline constexpr std::string_view kZapDomain = "carehub";

class ZapHandler {
public:
    [[nodiscard]] static Result<std::unique_ptr<ZapHandler>> start(const Context& context,
                                                                   const KeyTable& keys);
    ~ZapHandler();
    ZapHandler(const ZapHandler&) = delete;
    ZapHandler& operator=(const ZapHandler&) = delete;

private:
    ZapHandler() = default;

    WakeEvent stop_;
    std::thread thread_;
};

}  // namespace carehub::transport
