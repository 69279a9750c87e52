#include "hub/journal/sealed_parts.hpp"

#include <algorithm>
#include <string>

#include "hub/journal/crc32c.hpp"
#include "hub/journal/little_endian.hpp"

namespace carehub::journal {
namespace {

constexpr std::size_t kChecksumBytes = sizeof(std::uint32_t);
constexpr std::size_t kLengthBytes = sizeof(std::uint32_t);

tl::unexpected<Error> damaged(const Block& block) {
    return fail(ErrorCode::Damaged,
                "what is sealed of entries " + std::to_string(block.first().value) + " to " +
                    std::to_string(block.last().value) + " is not what was written");
}

/// True when `area` is exactly `count` parts.
bool holds_parts(ByteView area, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
        if (area.size() < kLengthBytes) {
            return false;
        }
        const std::size_t length = get<std::uint32_t>(area, 0);
        if (length > area.size() - kLengthBytes) {
            return false;
        }
        area = area.subspan(kLengthBytes + length);
    }
    return area.empty();
}

void put_part(Bytes& parts, ByteView part) {
    put(parts, static_cast<std::uint32_t>(part.size()));
    put(parts, part);
}

/// Room for a checksum, which finish() fills in.
void begin(Bytes& parts, std::size_t bytes) {
    parts.clear();
    parts.reserve(kChecksumBytes + bytes);
    put(parts, std::uint32_t{0});
}

void finish(Bytes& parts) {
    const std::uint32_t sum = crc32c(ByteView(parts).subspan(kChecksumBytes));
    Bytes head;
    put(head, sum);
    std::ranges::copy(head, parts.begin());
}

}  // namespace

void encode_sealed(std::span<const StoredEntry> batch, Bytes& parts) {
    std::size_t bytes = 0;
    for (const StoredEntry& entry : batch) {
        bytes += entry.sealed.size();
    }
    if (bytes == 0) {
        parts.clear();
        return;
    }
    begin(parts, bytes + batch.size() * kLengthBytes);
    for (const StoredEntry& entry : batch) {
        put_part(parts, entry.sealed);
    }
    finish(parts);
}

Result<SealedParts> SealedParts::parse(ByteView parts, const Block& block) {
    if (parts.empty()) {
        return SealedParts(parts);
    }
    if (parts.size() < kChecksumBytes) {
        return damaged(block);
    }
    const ByteView area = parts.subspan(kChecksumBytes);
    if (crc32c(area) != get<std::uint32_t>(parts, 0) || !holds_parts(area, block.count())) {
        return damaged(block);
    }
    return SealedParts(area);
}

ByteView SealedParts::next() {
    if (rest_.empty()) {
        return {};
    }
    const std::size_t length = get<std::uint32_t>(rest_, 0);
    const ByteView part = rest_.subspan(kLengthBytes, length);
    rest_ = rest_.subspan(kLengthBytes + length);
    return part;
}

Result<Thinned> thin(ByteView parts, const Block& block, const IsGone& is_gone) {
    CAREHUB_TRY(SealedParts walk, SealedParts::parse(parts, block));
    Thinned out;
    std::size_t left = 0;
    begin(out.parts, parts.size());
    for (std::uint32_t i = 0; i < block.count(); ++i) {
        const ByteView part = walk.next();
        const bool drop = !part.empty() && is_gone(part);
        out.dropped += drop ? 1U : 0U;
        left += drop ? 0U : part.size();
        put_part(out.parts, drop ? ByteView{} : part);
    }
    if (left == 0) {
        out.parts.clear();
    } else {
        finish(out.parts);
    }
    return out;
}

}  // namespace carehub::journal
