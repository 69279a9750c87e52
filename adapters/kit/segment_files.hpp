// The files of a log that is kept in segments: `segment-NNNNNNNNNNNNNNNNNNNN`, called by the number
// of the first item, so that their names sort as their items do.
//
// Errors: Io. Threads: any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/error.hpp"

namespace carehub::adapters {

[[nodiscard]] std::string segment_name(std::uint64_t first);
/// The number in the name; nothing when it is no segment's.
[[nodiscard]] std::optional<std::uint64_t> first_of(const std::filesystem::path& path);
/// The folder's segments in order.
[[nodiscard]] Result<std::vector<std::filesystem::path>> list_segments(
    const std::filesystem::path& folder);

}  // namespace carehub::adapters
