// What a file feed knows between two files, on disk; written anew for each file, by generation.
//
// FORMAT, version 1: a file `feed-GENERATION` holds, sealed (sealing.hpp) by its generation, text
// in three parts, each ended by a line feed but the last:
//   1  SHA-256 of parts 2 and 3 with the line feed between them, 64 hexadecimal digits
//   2  one line of JSON: {"version":1,"files_done":N,"files_refused":N,"delivery":null or
//      {"name","fingerprint","destination","refusals":{"offset","text"},"findings":{...}},
//      "faults":["RowsLost",...]}
//   3  the kind's own state, as it gave it
// Which generation counts is told by the spool's last note. Sealed because a kind remembers what
// its partner's rows are called: case and enrolment numbers, rooms.
//
// Errors: Damaged when the bytes are not what was written; Io, SyncFailed. Threads: as Sealing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "adapters/kit/feed_fault.hpp"
#include "adapters/kit/line_file.hpp"
#include "adapters/kit/sealing.hpp"
#include "hub/base/error.hpp"

namespace carehub::adapters {

/// A file whose events are spooled and which has to leave the watched folder.
struct Delivery {
    std::string name;         ///< in the watched folder
    std::string fingerprint;  ///< of its content, 64 hexadecimal digits
    std::string destination;  ///< the path it is moved to
    PlacedLines refusals;
    PlacedLines findings;
    friend bool operator==(const Delivery&, const Delivery&) = default;
};

struct FeedState {
    std::uint64_t files_done = 0;      ///< all files dealt with
    std::uint64_t files_refused = 0;   ///< those of them refused as a whole
    std::optional<Delivery> delivery;  ///< of the last file
    std::set<FeedFault> faults;        ///< told to the hub, and not over yet
    std::string kind_state;
    friend bool operator==(const FeedState&, const FeedState&) = default;
};

[[nodiscard]] std::string to_text(const FeedState& state);
[[nodiscard]] Result<FeedState> feed_state_from(std::string_view text);

[[nodiscard]] std::filesystem::path feed_state_path(const std::filesystem::path& folder,
                                                    std::uint64_t generation);
[[nodiscard]] Status write_feed_state(const std::filesystem::path& folder, std::uint64_t generation,
                                      const FeedState& state, Sealing& sealing);
[[nodiscard]] Result<FeedState> read_feed_state(const std::filesystem::path& folder,
                                                std::uint64_t generation, const Sealing& sealing);
/// Removes every generation but `kept`.
[[nodiscard]] Status remove_other_states(const std::filesystem::path& folder, std::uint64_t kept);

}  // namespace carehub::adapters
