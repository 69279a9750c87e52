// A file of bytes, sealed piece by piece: for what is too large to be sealed, or held, as a whole.
//
// FORMAT: pieces one after another, each a length (4 bytes, little endian) and that many sealed
// bytes (sealing.hpp, as Stream, by the stream's number times kStreamPiecesMax plus the piece's).
// The last piece holds no bytes: a file cut short, or pieces of another stream, do not open.
//
// Contract: a reader gives back the bytes written. A file counts only after finish().
// Errors: Io; SyncFailed; Damaged for a file that is not what was written; Full beyond
// kStreamPiecesMax. Threads: confined to one thread. Lifetime: borrows the sealing.
#pragma once

#include <cstdint>
#include <filesystem>

#include "adapters/kit/file.hpp"
#include "adapters/kit/limits.hpp"
#include "adapters/kit/sealing.hpp"

namespace carehub::adapters {

/// Temporary files need not outlive a crash.
enum class StreamKept : std::uint8_t { Durably, Temporarily };

class SealedWriter {
public:
    /// Replaces a file of that name.
    [[nodiscard]] static Result<SealedWriter> create(const std::filesystem::path& path,
                                                     std::uint64_t stream, Sealing& sealing);
    [[nodiscard]] Status write(ByteView bytes);
    [[nodiscard]] Status finish(StreamKept kept);

private:
    SealedWriter(File file, std::uint64_t stream, Sealing& sealing)
        : file_(std::move(file)), sealing_(&sealing), piece_(stream * kStreamPiecesMax) {}
    Status put_piece();

    File file_;
    Sealing* sealing_;
    std::uint64_t piece_;
    std::uint64_t offset_ = 0;
    Bytes clear_;
};

class SealedReader {
public:
    [[nodiscard]] static Result<SealedReader> open(const std::filesystem::path& path,
                                                   std::uint64_t stream, const Sealing& sealing);
    /// The next bytes, as many as one piece holds; empty at the end.
    [[nodiscard]] Result<Bytes> next();

private:
    SealedReader(File file, std::uint64_t stream, const Sealing& sealing)
        : file_(std::move(file)), sealing_(&sealing), piece_(stream * kStreamPiecesMax) {}

    File file_;
    const Sealing* sealing_;
    std::uint64_t piece_;
    std::uint64_t offset_ = 0;
    bool ended_ = false;
};

}  // namespace carehub::adapters
