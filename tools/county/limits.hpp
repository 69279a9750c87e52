// Bounds of the county generator.
#pragma once

#include <cstddef>
#include <cstdint>

namespace carehub::county {

inline constexpr std::uint64_t kClientsMin = 10;  ///< fewer hold no planted conflict for sure
inline constexpr std::uint64_t kClientsMax = 1'000'000;
inline constexpr unsigned kDaysMax = 366;
inline constexpr std::uint64_t kClientsPerCaseManager = 25;
inline constexpr std::uint64_t kCaseManagersPerTeam = 8;
/// Situations, traps and withheld cases are dealt out within blocks of this many clients.
inline constexpr std::uint64_t kBlockClients = 100;
/// Messages of one clinic file: an upload of some megabytes.
inline constexpr std::size_t kMessagesPerFileMax = 5'000;
/// How far ahead partners announce, so that every date lies within the rules' horizon.
inline constexpr int kAheadDaysMax = 12;
/// A file is handed to the system in pieces of this size.
inline constexpr std::size_t kWriteBytes = 256 * 1024;

}  // namespace carehub::county
