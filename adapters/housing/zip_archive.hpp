// A zip, read only; the one door to libzip.
//
// Contract: open() checks the whole directory against limits.hpp before a byte is unpacked, and
// unpack() trusts no size the zip tells. Members are unpacked piece by piece.
// Errors: Io when the file cannot be opened; Invalid when it is no zip, is damaged or encrypted, or
// exceeds a limit.
// Threads: confined to one thread. Lifetime: an Unpack borrows the archive.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

struct zip;

namespace carehub::adapters::housing {

class ZipArchive {
public:
    [[nodiscard]] static Result<std::unique_ptr<ZipArchive>> open(
        const std::filesystem::path& file);

    ZipArchive(const ZipArchive&) = delete;
    ZipArchive& operator=(const ZipArchive&) = delete;
    ~ZipArchive();

    [[nodiscard]] const std::vector<std::string>& members() const { return members_; }
    /// Fills the span with the next bytes of the member, or less of it; 0 at its end. Invalid there
    /// when they do not keep the checksum or the size that the directory tells.
    using Unpack = std::function<Result<std::size_t>(std::span<std::uint8_t>)>;
    [[nodiscard]] Result<Unpack> unpack(const std::string& member) const;

private:
    explicit ZipArchive(struct zip* archive) : archive_(archive) {}
    Status list_members();

    struct zip* archive_;
    std::vector<std::string> members_;
};

}  // namespace carehub::adapters::housing
