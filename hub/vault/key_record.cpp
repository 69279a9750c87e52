#include "hub/vault/key_record.hpp"

#include <algorithm>

namespace carehub::vault {
namespace {

constexpr std::string_view kMagic{"CHVKEYS\0", 8};
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kVersionAt = 8;
constexpr std::size_t kRecordBytesAt = 12;
constexpr std::size_t kIdAt = 16;
constexpr std::size_t kCheckAt = 32;

constexpr std::size_t kNumberAt = 16;
constexpr std::size_t kStateAt = 20;
constexpr std::size_t kHeadBytes = 21;
constexpr std::size_t kWrappedAt = 32;
constexpr std::size_t kWrappedBytes = sizeof(Hash256) + kTagBytes;
static_assert(kWrappedAt + kWrappedBytes <= kKeyRecordBytes);

void put_number(std::span<std::uint8_t> out, std::uint32_t number) {
    for (std::size_t i = 0; i < sizeof number; ++i) {
        out[i] = static_cast<std::uint8_t>(number >> (8 * i));
    }
}

std::uint32_t get_number(ByteView bytes) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) {
        number |= std::uint32_t{bytes[i]} << (8 * i);
    }
    return number;
}

void put_head(std::span<std::uint8_t> out, const KeyHead& head) {
    std::ranges::copy(head.subject, out.begin());
    put_number(out.subspan(kNumberAt), head.number);
    out[kStateAt] = static_cast<std::uint8_t>(head.state);
}

Nonce nonce_for(const Hash128& id, const KeyHead& head) {
    return nonce_of(id, std::uint64_t{head.number} | std::uint64_t(head.state) << 32U);
}

using Bound = std::array<std::uint8_t, sizeof(Hash128) + kHeadBytes>;

Bound bound_of(const Hash128& id, const KeyHead& head) {
    Bound bound{};
    std::ranges::copy(id, bound.begin());
    put_head(std::span(bound).subspan(id.size()), head);
    return bound;
}

tl::unexpected<Error> damaged(std::uint32_t number) {
    return fail(ErrorCode::Damaged, "record " + std::to_string(number) +
                                        " of the key file is not what was written: restore "
                                        "vault.keys from the newest backup");
}

}  // namespace

std::optional<KeyHead> read_head(std::span<const std::uint8_t, kKeyRecordBytes> bytes) {
    KeyHead head;
    std::copy_n(bytes.begin(), head.subject.size(), head.subject.begin());
    head.number = get_number(bytes.subspan(kNumberAt, 4));
    if (bytes[kStateAt] > static_cast<std::uint8_t>(KeyState::Erased)) {
        return std::nullopt;
    }
    head.state = static_cast<KeyState>(bytes[kStateAt]);
    if (head.state == KeyState::Free &&
        std::ranges::any_of(bytes, [](std::uint8_t byte) { return byte != 0; })) {
        return std::nullopt;
    }
    return head;
}

Result<KeyWrap> KeyWrap::open(const Key& wrapping, ByteView page) {
    if (page.size() < kKeyPageBytes || as_text(page.first(kMagic.size())) != kMagic) {
        return fail(ErrorCode::Damaged, "vault.keys is no key file: restore it from the backup");
    }
    if (get_number(page.subspan(kVersionAt)) != kVersion ||
        get_number(page.subspan(kRecordBytesAt)) != kKeyRecordBytes) {
        return fail(ErrorCode::Unsupported, "vault.keys is of another version of carehub: upgrade");
    }
    Hash128 id{};
    std::copy_n(page.begin() + kIdAt, id.size(), id.begin());
    if (!decrypt(wrapping, nonce_of(id, 0), page.first(kCheckAt), page.subspan(kCheckAt, kTagBytes),
                 {})) {
        return fail(ErrorCode::Damaged,
                    "vault.key does not open vault.keys: one of them is another hub's or damaged; "
                    "put the two of this hub together");
    }
    return KeyWrap(wrapping, id);
}

Bytes KeyWrap::page() const {
    Bytes page(kKeyPageBytes);
    const std::span<std::uint8_t> out(page);
    std::ranges::copy(as_bytes(kMagic), page.begin());
    put_number(out.subspan(kVersionAt), kVersion);
    put_number(out.subspan(kRecordBytesAt), kKeyRecordBytes);
    std::copy_n(id_.begin(), id_.size(), page.begin() + kIdAt);
    encrypt(wrapping_, nonce_of(id_, 0), out.first(kCheckAt), {}, out.subspan(kCheckAt, kTagBytes));
    return page;
}

RecordBytes KeyWrap::write(const KeyRecord& record) const {
    RecordBytes bytes{};
    put_head(bytes, record.head);
    encrypt(wrapping_, nonce_for(id_, record.head), bound_of(id_, record.head), record.key.bytes(),
            std::span(bytes).subspan(kWrappedAt, kWrappedBytes));
    return bytes;
}

Result<KeyRecord> KeyWrap::read(std::uint32_t number, const RecordBytes& bytes) const {
    const auto head = read_head(bytes);
    if (!head || head->number != number || head->state == KeyState::Free) {
        return damaged(number);
    }
    KeyRecord record{*head, {}};
    if (!decrypt(wrapping_, nonce_for(id_, *head), bound_of(id_, *head),
                 std::span(bytes).subspan(kWrappedAt, kWrappedBytes), record.key.bytes())) {
        return damaged(number);
    }
    return record;
}

}  // namespace carehub::vault
