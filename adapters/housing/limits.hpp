// Bounds of the housing adapter: a name, a unit, a reason.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace carehub::adapters::housing {

/// Members of a zip: a whole export has 24 files; the rest is room for a vendor's extra files.
inline constexpr std::uint64_t kZipFilesMax = 200;
/// All members of a zip unpacked.
inline constexpr std::uint64_t kZipUnpackedBytesMax = std::uint64_t{4} << 30;
/// Unpacked to packed size of one member: more is a bomb, not a table.
inline constexpr std::uint64_t kZipRatioMax = 200;
/// HUD allows 32; exports whose ids are UUIDs with dashes have 36.
inline constexpr std::size_t kHmisIdBytesMax = 64;
/// HUD allows 50; a longer name is not a name.
inline constexpr std::size_t kPersonNameBytesMax = 128;
/// HUD: ImplementationID has at most 200.
inline constexpr std::size_t kAuthorityBytesMax = 200;
/// A feed's name is part of every business key.
inline constexpr std::size_t kFeedNameBytesMax = 64;
/// Refused rows of one kind (file, column, reason) told one by one; the rest are one line.
inline constexpr std::uint64_t kRefusalsToldMax = 1'000;
/// Rows that vanish from a full refresh are believed up to this share of a table, in percent; more
/// of them look like an export cut short, unless the next export says the same.
inline constexpr std::uint64_t kVanishedPercentMax = 40;
/// Fewer vanished rows than this are no anomaly, whatever their share, of a table that still has rows.
inline constexpr std::uint64_t kVanishedRowsMin = 20;
/// Known rows are gathered to this size before they are written.
inline constexpr std::size_t kKnownBufferBytes = std::size_t{1} << 16;
/// An ExportDate further than this ahead of the file that tells it is a wrong clock's: taken at its
/// word it would make every later export an older one.
inline constexpr std::chrono::hours kExportAheadMax{24};
/// Days between the statement "must leave within 14 days" and the loss of the place.
inline constexpr int kImminentLossDays = 14;

}  // namespace carehub::adapters::housing
