// The kinds of partner whose adapters read files, and where an adapter keeps what is its own.
// Threads: confined to one thread.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string_view>

#include "adapters/kit/file_feed.hpp"

namespace carehub::tool {

/// What time is for a reader: business time in a simulation, else the system's.
struct ReadingTime {
    std::function<Result<UtcTime>()> now;
    std::function<Result<UtcTime>(UtcTime real)> instead_of;
};

struct FileKind {
    std::string_view name;
    adapters::Takes takes;
    std::string_view suffix;  ///< of files that no other kind reads; empty: none are called so
    /// A first configuration from a sample; null where none is sketched. Errors: Invalid.
    Result<std::string> (*sketch)(std::string_view sample);
    /// Errors: those of the configuration.
    Result<adapters::ParseFile> (*reader)(const std::filesystem::path& config,
                                          const ReadingTime& time);
    /// What a running adapter reads with instead, if the kind's files may be larger than the memory.
    Result<adapters::ReadLargeFile> (*large_reader)(const std::filesystem::path& config) = nullptr;
};

[[nodiscard]] std::span<const FileKind> file_kinds();

/// The spool and what the kind remembers: beside the configuration, `NAME-state` for NAME.toml.
[[nodiscard]] std::filesystem::path state_folder_of(const std::filesystem::path& config);

}  // namespace carehub::tool
