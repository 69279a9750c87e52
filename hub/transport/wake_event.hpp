// A descriptor that becomes readable when another thread has something to say (Linux eventfd).
//
// Threads: signal() from any thread; clear() from the one that waits.
#pragma once

namespace carehub::transport {

class WakeEvent {
public:
    /// Stops the process when the kernel gives no descriptor: a thread that cannot be woken is no
    /// thread.
    WakeEvent();
    ~WakeEvent();
    WakeEvent(const WakeEvent&) = delete;
    WakeEvent& operator=(const WakeEvent&) = delete;

    void signal() noexcept;
    void clear() noexcept;
    [[nodiscard]] int fd() const { return fd_; }

private:
    int fd_;
};

}  // namespace carehub::transport
