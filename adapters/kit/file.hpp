// Files whose bytes must survive a crash: open, write, sync, replace, move. POSIX, 0600 unless
// told otherwise.
//
// Contract: what replace_file() and move_path() did is on disk when they return.
// Errors: Io for a call that failed; SyncFailed when data may or may not be on disk: stop.
// Threads: any thread, one file by one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <utility>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"
#include "hub/base/utc_time.hpp"

namespace carehub::adapters {

enum class OpenFor : std::uint8_t { Reading, Writing };

/// An open file; closed with the object.
class File {
public:
    /// Writing creates the file (0600) if there is none, and reads as well.
    [[nodiscard]] static Result<File> open(const std::filesystem::path& path, OpenFor purpose);
    /// A new file, for writing, with these rights from the start whatever the umask. Io where
    /// something has the name already, be it a link that leads nowhere.
    [[nodiscard]] static Result<File> create(const std::filesystem::path& path,
                                             std::filesystem::perms rights);
    File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    File& operator=(File&& other) noexcept;
    ~File();

    [[nodiscard]] Result<std::uint64_t> size() const;
    /// Fills `out` or, at the end of the file, less of it; returns the bytes read.
    [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset,
                                              std::span<std::uint8_t> out) const;
    [[nodiscard]] Status write_at(std::uint64_t offset, ByteView bytes);
    [[nodiscard]] Status truncate(std::uint64_t size);
    [[nodiscard]] Status sync();
    /// AnotherWriter when another process holds the lock; it ends with the object.
    [[nodiscard]] Status lock();

private:
    explicit File(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

/// Makes the entries of a folder durable: files created, renamed or removed in it.
[[nodiscard]] Status sync_folder(const std::filesystem::path& folder);
/// The folder and its parents, 0700 when they are new.
[[nodiscard]] Status make_folder(const std::filesystem::path& folder);
/// Invalid when the file is larger than `bytes_max`.
[[nodiscard]] Result<Bytes> read_file(const std::filesystem::path& path, std::size_t bytes_max);
/// When the file's content last changed, to the second.
[[nodiscard]] Result<UtcTime> modified_at(const std::filesystem::path& path);
/// Whoever reads the file sees the old bytes or the new ones, also after a crash.
[[nodiscard]] Status replace_file(const std::filesystem::path& path, ByteView bytes);
/// A file that is not there is removed already.
[[nodiscard]] Status remove_file(const std::filesystem::path& path);
/// Renames a file or folder within one file system.
[[nodiscard]] Status move_path(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace carehub::adapters
