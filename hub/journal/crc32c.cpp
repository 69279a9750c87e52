#include "hub/journal/crc32c.hpp"

#include <cstring>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace carehub::journal {
namespace {

constexpr std::uint32_t kPolynomialReversed = 0x82F63B78;
constexpr std::uint32_t kInverted = 0xFFFFFFFF;

constexpr std::array<std::uint32_t, 256> make_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? kPolynomialReversed : 0);
        }
        table[byte] = crc;
    }
    return table;
}

constexpr auto kTable = make_table();

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) std::uint32_t crc32c_sse42(ByteView bytes) {
    std::uint64_t crc = kInverted;
    while (bytes.size() >= sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), sizeof word);
        crc = _mm_crc32_u64(crc, word);
        bytes = bytes.subspan(sizeof word);
    }
    auto crc32 = static_cast<std::uint32_t>(crc);
    for (const std::uint8_t byte : bytes) {
        crc32 = _mm_crc32_u8(crc32, byte);
    }
    return crc32 ^ kInverted;
}
#endif

}  // namespace

std::uint32_t crc32c_portable(ByteView bytes) {
    std::uint32_t crc = kInverted;
    for (const std::uint8_t byte : bytes) {
        crc = (crc >> 8U) ^ kTable[(crc ^ byte) & 0xFFU];
    }
    return crc ^ kInverted;
}

std::uint32_t crc32c(ByteView bytes) {
#if defined(__x86_64__)
    static const bool has_instruction = __builtin_cpu_supports("sse4.2") != 0;
    if (has_instruction) {
        return crc32c_sse42(bytes);
    }
#endif
    return crc32c_portable(bytes);
}

}  // namespace carehub::journal
