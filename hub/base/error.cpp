#include "hub/base/error.hpp"

#include <cerrno>
#include <system_error>

namespace carehub {

std::string_view name_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::Io: return "io";
        case ErrorCode::SyncFailed: return "sync_failed";
        case ErrorCode::Damaged: return "damaged";
        case ErrorCode::BehindLedger: return "behind_ledger";
        case ErrorCode::AnotherWriter: return "another_writer";
        case ErrorCode::Full: return "full";
        case ErrorCode::Invalid: return "invalid";
        case ErrorCode::NotFound: return "not_found";
        case ErrorCode::Unsupported: return "unsupported";
        case ErrorCode::Unavailable: return "unavailable";
        case ErrorCode::Timeout: return "timeout";
    }
    return "unknown";
}

tl::unexpected<Error> fail_errno(ErrorCode code, std::string context) {
    context += ": ";
    context += std::generic_category().message(errno);
    return fail(code, std::move(context));
}

std::string to_string(const Error& error) {
    return std::string(name_of(error.code)) + ": " + error.context;
}

}  // namespace carehub
