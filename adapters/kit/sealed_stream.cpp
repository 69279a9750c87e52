#include "adapters/kit/sealed_stream.hpp"

#include <array>

#include "adapters/kit/limits.hpp"

namespace carehub::adapters {
namespace {

constexpr std::size_t kLengthBytes = 4;

}  // namespace

Result<SealedWriter> SealedWriter::create(const std::filesystem::path& path, std::uint64_t stream,
                                          Sealing& sealing) {
    CAREHUB_TRY(File file, File::open(path, OpenFor::Writing));
    CAREHUB_TRY_DONE(file.truncate(0));
    return SealedWriter(std::move(file), stream, sealing);
}

Status SealedWriter::write(ByteView bytes) {
    clear_.insert(clear_.end(), bytes.begin(), bytes.end());
    return clear_.size() < kStreamPieceBytes ? Status{} : put_piece();
}

Status SealedWriter::put_piece() {
    if ((piece_ + 1) % kStreamPiecesMax == 0) {
        return fail(ErrorCode::Full, "a sealed file has more pieces than it may");
    }
    const Bytes sealed = sealing_->seal(SealedAs::Stream, piece_++, clear_);
    clear_.clear();
    std::array<std::uint8_t, kLengthBytes> length{};
    for (std::size_t i = 0; i < kLengthBytes; ++i) {
        length[i] = static_cast<std::uint8_t>(sealed.size() >> (8 * i));
    }
    CAREHUB_TRY_DONE(file_.write_at(offset_, length));
    CAREHUB_TRY_DONE(file_.write_at(offset_ + kLengthBytes, sealed));
    offset_ += kLengthBytes + sealed.size();
    return {};
}

Status SealedWriter::finish(StreamKept kept) {
    if (!clear_.empty()) {
        CAREHUB_TRY_DONE(put_piece());
    }
    CAREHUB_TRY_DONE(put_piece());
    return kept == StreamKept::Durably ? file_.sync() : Status{};
}

Result<SealedReader> SealedReader::open(const std::filesystem::path& path, std::uint64_t stream,
                                        const Sealing& sealing) {
    CAREHUB_TRY(File file, File::open(path, OpenFor::Reading));
    return SealedReader(std::move(file), stream, sealing);
}

Result<Bytes> SealedReader::next() {
    if (ended_) {
        return Bytes{};
    }
    std::array<std::uint8_t, kLengthBytes> length{};
    CAREHUB_TRY(const std::size_t head, file_.read_at(offset_, length));
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < kLengthBytes; ++i) {
        bytes |= std::size_t{length[i]} << (8 * i);
    }
    // One write may bring more than a piece holds, but never more than an item of the spool.
    if (head != kLengthBytes || bytes > 2 * kStreamPieceBytes + kSpoolItemBytesMax) {
        return fail(ErrorCode::Damaged, "a sealed file is cut short or damaged");
    }
    Bytes sealed(bytes);
    CAREHUB_TRY(const std::size_t got, file_.read_at(offset_ + kLengthBytes, sealed));
    if (got != bytes) {
        return fail(ErrorCode::Damaged, "a sealed file is cut short");
    }
    offset_ += kLengthBytes + bytes;
    CAREHUB_TRY(Bytes clear, sealing_->open(SealedAs::Stream, piece_++, sealed));
    ended_ = clear.empty();
    return clear;
}

}  // namespace carehub::adapters
