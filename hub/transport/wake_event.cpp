#include "hub/transport/wake_event.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

#include "hub/base/check.hpp"

namespace carehub::transport {

WakeEvent::WakeEvent() : fd_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    CAREHUB_CHECK(fd_ >= 0, "no descriptor for a wake event");
}

WakeEvent::~WakeEvent() { close(fd_); }

void WakeEvent::signal() noexcept {
    const std::uint64_t one = 1;
    // The only possible failure is a counter already full: then the descriptor is readable anyway.
    [[maybe_unused]] const auto written = write(fd_, &one, sizeof one);
}

void WakeEvent::clear() noexcept {
    std::uint64_t count = 0;
    // EAGAIN means nobody signalled.
    [[maybe_unused]] const auto got = read(fd_, &count, sizeof count);
}

}  // namespace carehub::transport
