#include "hub/codec/wire_buffer.hpp"

#include <bit>

namespace carehub::codec {

AlignedBytes::AlignedBytes(ByteView bytes) : view_(bytes) {
    if (std::bit_cast<std::uintptr_t>(bytes.data()) % kBufferAlignment != 0) {
        copy_.assign(bytes.begin(), bytes.end());
        view_ = copy_;
    }
}

Refusal not_verified(const char* identifier) {
    return {RefusalReason::Malformed,
            {},
            std::string("send a FlatBuffer with the file identifier ") + identifier};
}

flatbuffers::FlatBufferBuilder& builder_of_thread() {
    constexpr std::size_t kBeginBytes = 4'096;  // most messages and entries; it grows
    thread_local flatbuffers::FlatBufferBuilder builder(kBeginBytes);
    builder.Clear();
    return builder;
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
