// The programmer-error lane: a state that must not exist stops the process, in every build.
#pragma once

#include <string_view>

namespace carehub {

/// Logs place and reason, then aborts. `why` is a literal and never holds personal data.
[[noreturn]] void check_failed(const char* file, int line, std::string_view why) noexcept;

}  // namespace carehub

#define CAREHUB_CHECK(condition, why)                           \
    do {                                                        \
        if (!(condition)) [[unlikely]] {                        \
            ::carehub::check_failed(__FILE__, __LINE__, (why)); \
        }                                                       \
    } while (false)
