// What a file feed knows between two files, on disk; written anew for each file, by generation.
//
// FORMAT, version 1: text in three parts, each ended by a line feed but the last:
//   1  SHA-256 of parts 2 and 3 with the line feed between them, 64 hexadecimal digits
//   2  one line of JSON: {"version":1,"files_done":N,"files_refused":N,"delivery":null or
//      {"name","fingerprint","destination","refusals":{"offset","text"},"findings":{...}}}
//   3  the kind's own state, as it gave it
// A file is called `feed-GENERATION`. Which generation counts is told by the spool's last note.
//
// Errors: Damaged when the bytes are not what was written; Io, SyncFailed. Threads: any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "adapters/kit/line_file.hpp"
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
    std::string kind_state;
    friend bool operator==(const FeedState&, const FeedState&) = default;
};

[[nodiscard]] std::string to_text(const FeedState& state);
[[nodiscard]] Result<FeedState> feed_state_from(std::string_view text);

[[nodiscard]] std::filesystem::path feed_state_path(const std::filesystem::path& folder,
                                                    std::uint64_t generation);
/// Removes every generation but `kept`.
[[nodiscard]] Status remove_other_states(const std::filesystem::path& folder, std::uint64_t kept);

}  // namespace carehub::adapters
