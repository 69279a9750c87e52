#include "hub/codec/wire_buffer.hpp"

#include <bit>

namespace carehub::codec {

AlignedBytes::AlignedBytes(ByteView bytes) : view_(bytes) {
    if (std::bit_cast<std::uintptr_t>(bytes.data()) % kBufferAlignment != 0) {
        copy_.assign(bytes.begin(), bytes.end());
        view_ = copy_;
    }
}

Error to_error(std::string_view what, const Refusal& refusal) {
    std::string context(what);
    context += ": ";
    context += name_of(refusal.reason);
    if (!refusal.field.empty()) {
        context += " at " + refusal.field;
    }
    return {ErrorCode::Invalid, context + ": " + refusal.fix};
}

}  // namespace carehub::codec
