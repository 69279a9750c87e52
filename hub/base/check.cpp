#include "hub/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace carehub {

void check_failed(const char* file, int line, std::string_view why) noexcept {
    // Written straight to stderr: the logger may be what is broken.
    std::fprintf(stderr, "carehub: check failed at %s:%d: %.*s\n", file, line,
                 static_cast<int>(why.size()), why.data());
    std::abort();
}

}  // namespace carehub
