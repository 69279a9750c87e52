// A zip, read only; the one door to libzip.
//
// Contract: open() checks the whole directory against limits.hpp before a byte is unpacked, and
// unpack() trusts no size the zip tells.
// Errors: Io when the file cannot be opened; Invalid when it is no zip, is damaged or encrypted, or
// exceeds a limit.
// Threads: confined to one thread.
#pragma once

#include <filesystem>
#include <memory>
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
    /// The member's bytes, checked against its checksum.
    [[nodiscard]] Result<Bytes> unpack(const std::string& member) const;

private:
    explicit ZipArchive(struct zip* archive) : archive_(archive) {}
    Status list_members();

    struct zip* archive_;
    std::vector<std::string> members_;
};

}  // namespace carehub::adapters::housing
