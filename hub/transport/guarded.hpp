// One value that several threads may look at and one changes: the house's only lock beside Mailbox.
//
// Contract: read() and write() run the function while nobody writes (reads) or nobody else is
// inside (write). Functions are short and never call back into the same object.
// Threads: any thread.
#pragma once

#include <mutex>
#include <shared_mutex>
#include <utility>

namespace carehub::transport {

template <class T>
class Guarded {
public:
    template <class... Arguments>
    explicit Guarded(Arguments&&... arguments) : value_(std::forward<Arguments>(arguments)...) {}

    template <class Function>
    auto read(Function&& function) const {
        const std::shared_lock lock(mutex_);
        return function(std::as_const(value_));
    }

    template <class Function>
    auto write(Function&& function) {
        const std::unique_lock lock(mutex_);
        return function(value_);
    }

private:
    mutable std::shared_mutex mutex_;
    T value_;
};

}  // namespace carehub::transport
