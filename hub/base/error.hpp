// The operating-error lane: what the world may do to us, as values.
//
// Contract: a function that can fail for a reason outside the program returns Result<T>; the caller
// passes it on with CAREHUB_TRY or handles it once. A refusal of a partner's input is not an Error
// (model/refusal.hpp), and a programmer's mistake is not one either (base/check.hpp).
// Errors carry no personal data: `context` says what was attempted, never with whose data.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace carehub {

enum class ErrorCode : std::uint8_t {
    Io,             ///< a read, write, open or rename failed; nothing of the call can be relied on
    SyncFailed,     ///< data may or may not be on disk: the process must stop (exit 70)
    Damaged,        ///< stored bytes are not what was written (exit 71)
    BehindLedger,   ///< the database knows less than its ledger witnessed (exit 71)
    AnotherWriter,  ///< someone else holds or wrote what only one may (exit 72)
    Full,           ///< a named bound is reached; try again later
    Invalid,        ///< input that does not keep its format
    NotFound,
    Unsupported,
    Unavailable,  ///< the peer or resource cannot serve now
    Timeout,
};

[[nodiscard]] std::string_view name_of(ErrorCode code);

struct [[nodiscard]] Error {
    ErrorCode code;
    std::string context;  ///< one line for an operator: what failed and what to do

    friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string context) {
    return tl::unexpected<Error>(Error{code, std::move(context)});
}

/// As fail(), with the text of `errno` appended.
[[nodiscard]] tl::unexpected<Error> fail_errno(ErrorCode code, std::string context);

/// "io: cannot open ledger: Permission denied"
[[nodiscard]] std::string to_string(const Error& error);

}  // namespace carehub

#define CAREHUB_CONCAT_(a, b) a##b
#define CAREHUB_CONCAT(a, b) CAREHUB_CONCAT_(a, b)

/// CAREHUB_TRY(auto value, f()); declares `value` or returns the error from this function.
#define CAREHUB_TRY(declaration, expression) \
    CAREHUB_TRY_NAMED(CAREHUB_CONCAT(carehub_try_, __LINE__), declaration, expression)
#define CAREHUB_TRY_NAMED(name, declaration, expression)                  \
    auto name = (expression);                                             \
    if (!name) {                                                          \
        return tl::unexpected<::carehub::Error>(std::move(name).error()); \
    }                                                                     \
    declaration = std::move(*name)

/// CAREHUB_TRY_DONE(f()); for a Status.
#define CAREHUB_TRY_DONE(expression) \
    CAREHUB_TRY_DONE_NAMED(CAREHUB_CONCAT(carehub_done_, __COUNTER__), expression)
#define CAREHUB_TRY_DONE_NAMED(name, expression)                              \
    do {                                                                      \
        auto name = (expression);                                             \
        if (!name) {                                                          \
            return tl::unexpected<::carehub::Error>(std::move(name).error()); \
        }                                                                     \
    } while (false)
