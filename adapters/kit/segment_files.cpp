#include "adapters/kit/segment_files.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <system_error>

namespace carehub::adapters {
namespace {

constexpr std::string_view kSegmentPrefix = "segment-";

}  // namespace

std::string segment_name(std::uint64_t first) {
    std::array<char, 32> name{};
    std::snprintf(name.data(), name.size(), "segment-%020llu",
                  static_cast<unsigned long long>(first));
    return name.data();
}

std::optional<std::uint64_t> first_of(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    if (!name.starts_with(kSegmentPrefix)) {
        return std::nullopt;
    }
    const std::string_view digits = std::string_view(name).substr(kSegmentPrefix.size());
    std::uint64_t first = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), first);
    const bool whole = read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
    return whole ? std::optional(first) : std::nullopt;
}

Result<std::vector<std::filesystem::path>> list_segments(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error)) {
        if (at->path().filename().string().starts_with(kSegmentPrefix)) {
            paths.push_back(at->path());
        }
    }
    if (error) {
        return fail(ErrorCode::Io,
                    "cannot list " + folder.filename().string() + ": " + error.message());
    }
    std::ranges::sort(paths);
    return paths;
}

}  // namespace carehub::adapters
