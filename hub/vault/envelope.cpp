#include "hub/vault/envelope.hpp"

#include <algorithm>

namespace carehub::vault {
namespace {

constexpr std::uint8_t kSubjectKey = 1;
constexpr std::size_t kKeyAt = 1;
constexpr std::size_t kNonceAt = 5;

}  // namespace

Bytes envelope(std::uint32_t key, const Nonce& nonce, std::size_t clear_bytes) {
    Bytes bytes(kEnvelopeHeadBytes + clear_bytes + kTagBytes);
    bytes[0] = kSubjectKey;
    for (std::size_t i = 0; i < sizeof key; ++i) {
        bytes[kKeyAt + i] = static_cast<std::uint8_t>(key >> (8 * i));
    }
    std::ranges::copy(nonce, bytes.begin() + kNonceAt);
    return bytes;
}

Result<Envelope> read_envelope(ByteView bytes) {
    if (bytes.empty()) {
        return fail(ErrorCode::Damaged, "sealed bytes are empty");
    }
    if (bytes.front() != kSubjectKey) {
        return fail(ErrorCode::Unsupported, "sealed by another version of carehub: upgrade");
    }
    if (bytes.size() < kEnvelopeHeadBytes + kTagBytes) {
        return fail(ErrorCode::Damaged, "sealed bytes are cut short");
    }
    Envelope envelope;
    for (std::size_t i = 0; i < sizeof envelope.key; ++i) {
        envelope.key |= std::uint32_t{bytes[kKeyAt + i]} << (8 * i);
    }
    std::copy_n(bytes.begin() + kNonceAt, envelope.nonce.size(), envelope.nonce.begin());
    envelope.sealed = bytes.subspan(kEnvelopeHeadBytes);
    return envelope;
}

BoundContext bound_of(const SealContext& context) {
    BoundContext bound{};
    std::ranges::copy(context.subject, bound.begin());
    const std::size_t at = context.subject.size();
    for (std::size_t i = 0; i < 8; ++i) {
        bound[at + i] = static_cast<std::uint8_t>(context.sequence >> (8 * i));
    }
    bound[at + 8] = static_cast<std::uint8_t>(context.kind);
    bound[at + 9] = static_cast<std::uint8_t>(context.kind >> 8U);
    return bound;
}

}  // namespace carehub::vault
