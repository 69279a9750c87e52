#include "adapters/kit/spooled_event.hpp"

#include <algorithm>

#include "adapters/kit/limits.hpp"

namespace carehub::adapters {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kFixedBytes = 7;
static_assert(kFixedBytes + kNameBytesMax + kEventBytesMax <= kSpoolItemBytesMax);

}  // namespace

Bytes pack(const SpooledEvent& event) {
    const std::size_t name_bytes = std::min(event.file.size(), kNameBytesMax);
    Bytes bytes{kVersion};
    for (unsigned shift = 0; shift < 32; shift += 8) {
        bytes.push_back(static_cast<std::uint8_t>(event.ordinal >> shift));
    }
    bytes.push_back(static_cast<std::uint8_t>(name_bytes));
    bytes.push_back(static_cast<std::uint8_t>(name_bytes >> 8));
    bytes.insert(bytes.end(), event.file.begin(),
                 event.file.begin() + static_cast<std::ptrdiff_t>(name_bytes));
    bytes.insert(bytes.end(), event.submission.begin(), event.submission.end());
    return bytes;
}

Result<SpooledEvent> unpack(ByteView bytes) {
    if (bytes.size() < kFixedBytes || bytes[0] != kVersion) {
        return fail(ErrorCode::Damaged, "a spooled event is of a format not read here");
    }
    const std::size_t name_bytes = static_cast<std::size_t>(bytes[5] | bytes[6] << 8);
    if (bytes.size() < kFixedBytes + name_bytes) {
        return fail(ErrorCode::Damaged, "a spooled event is cut short");
    }
    SpooledEvent event;
    for (std::size_t i = 0; i < 4; ++i) {
        event.ordinal |= std::uint32_t{bytes[1 + i]} << (8 * i);
    }
    event.file = as_text(bytes.subspan(kFixedBytes, name_bytes));
    const ByteView rest = bytes.subspan(kFixedBytes + name_bytes);
    event.submission.assign(rest.begin(), rest.end());
    return event;
}

}  // namespace carehub::adapters
