// Seam: files as ledgers and spools need them, so that tests can cut the power between two calls.
//
// Contract: a write is on disk only after sync() of its file returned; a new name, a rename or a
// removal only after sync_folder() of its folder did. Files are made with mode 0600.
// Errors: Io with the system's text; SyncFailed when a sync failed: the bytes since the last good
// sync may or may not be on disk, so stop. NotFound when a file to be opened is missing; Full when
// the disk is.
// Threads: a File is confined to its owner; a Disk may be shared.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

namespace carehub {

class File {
public:
    virtual ~File() = default;

    [[nodiscard]] virtual Result<std::uint64_t> size() const = 0;
    /// Fills `out` from `offset`; fewer bytes only where the file ends.
    [[nodiscard]] virtual Result<std::size_t> read_at(std::uint64_t offset,
                                                      std::span<std::uint8_t> out) const = 0;
    /// Writes all of `bytes`, growing the file when needed.
    [[nodiscard]] virtual Status write_at(std::uint64_t offset, ByteView bytes) = 0;
    [[nodiscard]] virtual Status truncate(std::uint64_t size) = 0;
    /// Waits until the file's bytes and size are on disk.
    [[nodiscard]] virtual Status sync() = 0;
};

enum class OpenMode : std::uint8_t {
    Read,      ///< the file must exist
    Update,    ///< the file must exist; read and write
    Create,    ///< read and write; made when missing
    CreateNew  ///< read and write; refused when it exists
};

class Disk {
public:
    virtual ~Disk() = default;

    [[nodiscard]] virtual Result<std::unique_ptr<File>> open(const std::string& path,
                                                             OpenMode mode) = 0;
    [[nodiscard]] virtual Result<bool> exists(const std::string& path) const = 0;
    /// Replaces `to` when it exists, in one step.
    [[nodiscard]] virtual Status rename(const std::string& from, const std::string& to) = 0;
    [[nodiscard]] virtual Status remove(const std::string& path) = 0;
    [[nodiscard]] virtual Status sync_folder(const std::string& path) = 0;
};

/// The operating system's files.
class SystemDisk final : public Disk {
public:
    [[nodiscard]] Result<std::unique_ptr<File>> open(const std::string& path,
                                                     OpenMode mode) override;
    [[nodiscard]] Result<bool> exists(const std::string& path) const override;
    [[nodiscard]] Status rename(const std::string& from, const std::string& to) override;
    [[nodiscard]] Status remove(const std::string& path) override;
    [[nodiscard]] Status sync_folder(const std::string& path) override;
};

}  // namespace carehub
