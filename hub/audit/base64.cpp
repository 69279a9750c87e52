#include "hub/audit/base64.hpp"

#include <algorithm>
#include <limits>

#include <openssl/evp.h>

#include "hub/base/check.hpp"

namespace carehub::audit {
namespace {

constexpr std::size_t kGroupBytes = 3;
constexpr std::size_t kGroupChars = 4;

tl::unexpected<Error> invalid() { return fail(ErrorCode::Invalid, "this is not base 64"); }

}  // namespace

std::string to_base64(ByteView bytes) {
    constexpr std::size_t kBytesMax = std::numeric_limits<int>::max() / kGroupChars * kGroupBytes;
    CAREHUB_CHECK(bytes.size() < kBytesMax, "libcrypto counts with int");
    // libcrypto ends what it writes with a zero.
    std::string text((bytes.size() + kGroupBytes - 1) / kGroupBytes * kGroupChars + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                     static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

Result<Bytes> from_base64(std::string_view text) {
    if (text.size() % kGroupChars != 0 || text.size() > std::numeric_limits<int>::max()) {
        return invalid();
    }
    Bytes bytes(text.size() / kGroupChars * kGroupBytes);
    const ByteView in = as_bytes(text);
    const int size = EVP_DecodeBlock(bytes.data(), in.data(), static_cast<int>(in.size()));
    const auto padding = static_cast<std::size_t>(
        std::ranges::count(text.substr(text.size() - std::min<std::size_t>(text.size(), 2)), '='));
    if (size < 0 || static_cast<std::size_t>(size) != bytes.size()) {
        return invalid();
    }
    bytes.resize(bytes.size() - padding);
    // libcrypto takes blanks at the ends, and bits that no encoder sets.
    if (to_base64(bytes) != text) {
        return invalid();
    }
    return bytes;
}

Result<Hash256> hash_from_base64(std::string_view text) {
    CAREHUB_TRY(const Bytes bytes, from_base64(text));
    Hash256 hash{};
    if (bytes.size() != hash.size()) {
        return fail(ErrorCode::Invalid, "this is not a hash of 32 bytes in base 64");
    }
    std::ranges::copy(bytes, hash.begin());
    return hash;
}

}  // namespace carehub::audit
