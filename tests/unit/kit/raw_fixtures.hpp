// What the tests of the raw archive share: an archive in a folder of its own, and days.
#pragma once

#include <string>
#include <vector>

#include "adapters/kit/raw_archive.hpp"
#include "adapters/kit/raw_reader.hpp"
#include "adapters/kit/segment_files.hpp"
#include "adapters/kit/sha256.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/kit/fixtures.hpp"

namespace carehub::adapters {

using ArchivePtr = std::unique_ptr<RawArchive>;

inline constexpr UtcTime kFirstDay{std::chrono::days{20'000}};

inline UtcTime day(int number) { return kFirstDay + std::chrono::days{number}; }

inline Sealing raw_sealing(std::uint8_t byte, std::initializer_list<std::uint8_t> earlier = {}) {
    return sealing_of(byte, earlier, SealingKey::RawArchive);
}

/// As of one link, in every test that does not change it.
inline Sealing& archive_key() {
    static Sealing sealing = raw_sealing(7);
    return sealing;
}

inline ArchivePtr open_archive(const TemporaryFolder& folder, const RawArchiveLimits& limits = {},
                               Sealing& sealing = archive_key()) {
    auto archive = RawArchive::open(folder.path() / "raw", sealing, limits);
    INFO((archive ? std::string() : to_string(archive.error())));
    REQUIRE(archive);
    return std::move(*archive);
}

/// Put, synced, and told of the events.
inline void keep(RawArchive& archive, const std::string& text,
                 const std::vector<Sequence>& events = {}, UtcTime now = kFirstDay) {
    const auto digest = archive.put(as_bytes(text), now);
    REQUIRE(digest);
    REQUIRE(*digest == sha256(as_bytes(text)));
    REQUIRE(archive.tell(*digest, events, now));
    REQUIRE(archive.sync());
}

/// What the reader finds, or the name of its error.
inline std::string text_of(const Result<Bytes>& found) {
    return found ? std::string(as_text(*found)) : std::string(name_of(found.error().code));
}

inline std::string by_event(const TemporaryFolder& folder, std::uint64_t sequence,
                            const Sealing& sealing = archive_key()) {
    return text_of(read_raw_of_event(folder.path() / "raw", sealing, {sequence}));
}

inline std::string by_digest(const TemporaryFolder& folder, const std::string& text,
                             const Sealing& sealing = archive_key()) {
    return text_of(read_raw(folder.path() / "raw", sealing, sha256(as_bytes(text))));
}

inline std::filesystem::path segment_file(const TemporaryFolder& folder, std::uint64_t first = 1) {
    return folder.path() / "raw" / segment_name(first);
}

}  // namespace carehub::adapters
