// The vault's bounds: a name, a unit, a reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace carehub::vault {

/// One record of a key file: a power of two below a disk's sector, so that a power cut leaves a
/// record as it was or as it should be, never half of each.
inline constexpr std::size_t kKeyRecordBytes = 128;
/// The key file grows by so many bytes of zeros at once: later writes and syncs change no size.
inline constexpr std::uint64_t kKeyFileStepBytes = 524'288;
static_assert(kKeyFileStepBytes % kKeyRecordBytes == 0);
/// Bytes of the key file read at once at start.
inline constexpr std::size_t kKeyFileReadBytes = 1'048'576;
/// Keys one file can number (4 bytes in each envelope); 0 is the hub's own.
inline constexpr std::uint32_t kKeysMax = 0xFFFF'FFFE;
/// Keys the sealing thread keeps unwrapped, 52 bytes each: everyone a large county hears of in a
/// day.
inline constexpr std::size_t kSealingKeysCachedMax = 262'144;
/// Keys one reader keeps unwrapped: the people of the questions and notices of the last minutes.
inline constexpr std::size_t kReadingKeysCachedMax = 4'096;

}  // namespace carehub::vault
