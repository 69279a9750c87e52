#include "hub/transport/context.hpp"

#include <cerrno>

#include <zmq.h>

#include "hub/base/limits.hpp"

namespace carehub::transport {

Result<Context> Context::create() {
    void* handle = zmq_ctx_new();
    if (handle == nullptr) {
        return fail_errno(ErrorCode::Unavailable, "cannot create the messaging context");
    }
    Context context(handle);
    // An unauthenticated peer must not make libzmq hold more than one frame for it.
    if (zmq_ctx_set(handle, ZMQ_MAX_MSGSZ, static_cast<int>(kZmqMessageBytesMax)) != 0) {
        return fail_errno(ErrorCode::Unavailable, "cannot bound messages of the messaging context");
    }
    return context;
}

void Context::Terminate::operator()(void* handle) const noexcept {
    while (zmq_ctx_term(handle) != 0 && errno == EINTR) {
    }
}

}  // namespace carehub::transport
