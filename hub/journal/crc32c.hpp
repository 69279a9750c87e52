// CRC-32C (Castagnoli): finds what disks and cables do to bytes, fast enough for every read. What
// an attacker does is the Merkle tree's business (hub/audit).
//
// Contract: the check value of "123456789" is 0xE3069283. Every change of one or two bits is found.
// Threads: any thread.
#pragma once

#include <cstdint>

#include "hub/base/bytes.hpp"

namespace carehub::journal {

[[nodiscard]] std::uint32_t crc32c(ByteView bytes);

/// The same without the processor's instruction; tests compare the two.
[[nodiscard]] std::uint32_t crc32c_portable(ByteView bytes);

}  // namespace carehub::journal
