// The ZeroMQ context of the process: the only thing that threads share of ZeroMQ.
//
// Contract: every socket made from it is closed before it is destroyed; destruction waits for that.
// Threads: any thread may create sockets from it; main owns it.
#pragma once

#include <memory>

#include "hub/base/error.hpp"

namespace carehub::transport {

class Context {
public:
    [[nodiscard]] static Result<Context> create();

    /// libzmq's own pointer; only this room looks inside.
    [[nodiscard]] void* handle() const { return handle_.get(); }

private:
    struct Terminate {
        void operator()(void* handle) const noexcept;
    };
    explicit Context(void* handle) : handle_(handle) {}

    std::unique_ptr<void, Terminate> handle_;
};

}  // namespace carehub::transport
