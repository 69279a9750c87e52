// A class confined to one thread holds one of these and checks it at each door.
#pragma once

#include <thread>

#include "hub/base/check.hpp"

namespace carehub {

class ThreadOwner {
public:
    /// The first caller becomes the owner; every later caller must be the same thread.
    void check() const {
        if (owner_ == std::thread::id{}) {
            owner_ = std::this_thread::get_id();
        }
        CAREHUB_CHECK(owner_ == std::this_thread::get_id(),
                      "called from a thread that does not own this object");
    }
    /// Hands the object on: the next caller of check() owns it. Only between threads' lifetimes.
    void release() { owner_ = std::thread::id{}; }

private:
    mutable std::thread::id owner_;
};

}  // namespace carehub
