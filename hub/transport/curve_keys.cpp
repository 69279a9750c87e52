#include "hub/transport/curve_keys.hpp"

#include <algorithm>
#include <array>

#include <zmq.h>

namespace carehub::transport {
namespace {

constexpr std::size_t kZ85KeyLength = 40;
using Z85Buffer = std::array<char, kZ85KeyLength + 1>;  // libzmq ends it with a zero

std::optional<Hash256> read_buffer(const Z85Buffer& text) {
    return from_z85(std::string_view(text.data(), kZ85KeyLength));
}

}  // namespace

Result<CurveKeys> make_curve_keys() {
    Z85Buffer public_text{};
    Z85Buffer secret_text{};
    if (zmq_curve_keypair(public_text.data(), secret_text.data()) != 0) {
        return fail_errno(ErrorCode::Unsupported, "cannot make CURVE keys");
    }
    const auto public_key = read_buffer(public_text);
    const auto secret_key = read_buffer(secret_text);
    if (!public_key || !secret_key) {
        return fail(ErrorCode::Unsupported, "libzmq made a key that is no Z85 text");
    }
    return CurveKeys{*public_key, *secret_key};
}

Result<Hash256> public_key_of(const Hash256& secret_key) {
    Z85Buffer public_text{};
    if (zmq_curve_public(public_text.data(), to_z85(secret_key).c_str()) != 0) {
        return fail_errno(ErrorCode::Unsupported, "cannot derive a public CURVE key");
    }
    const auto key = read_buffer(public_text);
    if (!key) {
        return fail(ErrorCode::Unsupported, "libzmq derived a key that is no Z85 text");
    }
    return *key;
}

std::string to_z85(const Hash256& key) {
    Z85Buffer text{};
    zmq_z85_encode(text.data(), key.data(), key.size());
    return {text.data(), kZ85KeyLength};
}

std::optional<Hash256> from_z85(std::string_view text) {
    constexpr std::string_view kAlphabet =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
    const auto is_known = [&](char c) { return kAlphabet.find(c) != std::string_view::npos; };
    // libzmq 4.3.4 reads foreign characters as arbitrary digits: they are refused here.
    if (text.size() != kZ85KeyLength || !std::ranges::all_of(text, is_known)) {
        return std::nullopt;
    }
    Hash256 key{};
    if (zmq_z85_decode(key.data(), std::string(text).c_str()) == nullptr) {
        return std::nullopt;
    }
    // Five digits can spell more than 32 bits; only the canonical spelling names a key.
    if (to_z85(key) != text) {
        return std::nullopt;
    }
    return key;
}

}  // namespace carehub::transport
