#include "hub/base/random.hpp"

#include <sys/random.h>

#include <cerrno>

#include "hub/base/check.hpp"

namespace carehub {

void SystemRandom::fill(std::span<std::uint8_t> out) {
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got = ::getrandom(out.data() + done, out.size() - done, 0);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        CAREHUB_CHECK(got > 0, "the kernel gives no random bytes");
        done += static_cast<std::size_t>(got);
    }
}

}  // namespace carehub
