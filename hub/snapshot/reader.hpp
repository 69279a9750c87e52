// Reads one snapshot file, chunk by chunk, each checked before it is handed out.
//
// Contract: open() checks header, trailer and that they belong together; next() each chunk's number
// and checksum. Read to the end without an error, the file has every chunk that was written.
// Errors: NotFound, Io, Damaged, Unsupported; they name no path.
// Threads: confined to its owner. Lifetime: the disk outlives the reader.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "hub/base/disk.hpp"
#include "hub/snapshot/format.hpp"

namespace carehub::snapshot {

/// A snapshot that is being written has its name with this behind it.
inline constexpr std::string_view kUnfinished = ".new";

class Reader {
public:
    [[nodiscard]] static Result<Reader> open(Disk& disk, const std::string& path);

    [[nodiscard]] const Header& header() const { return header_; }
    [[nodiscard]] const Trailer& trailer() const { return trailer_; }

    /// The next chunk; nothing after the last one. The view holds until the next call.
    [[nodiscard]] Result<std::optional<Chunk>> next();
    /// Reads the whole file: every checksum, the file's SHA-256 and the State's digest.
    [[nodiscard]] Status verify();

private:
    Reader(std::unique_ptr<File> file, std::uint64_t end) : file_(std::move(file)), end_(end) {}

    [[nodiscard]] Status read(std::size_t from, std::size_t bytes);

    std::unique_ptr<File> file_;
    std::uint64_t end_;  ///< where the trailer begins
    std::uint64_t offset_ = kHeaderBytes;
    std::uint64_t number_ = 0;
    Header header_;
    Trailer trailer_;
    Bytes chunk_;  ///< reused from chunk to chunk
};

}  // namespace carehub::snapshot
