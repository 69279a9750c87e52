#include "hub/daemon/copy_file.hpp"

#include "hub/audit/hash.hpp"

namespace carehub::daemon {
namespace {

constexpr std::size_t kStepBytes = std::size_t{1} << 20U;

/// Hands out the file in steps.
template <class Take>
Result<BackupFile> read_all(const File& file, const std::filesystem::path& path, Take take) {
    BackupFile told{path.filename().string(), 0, {}};
    audit::Sha256 hash;
    Bytes step(kStepBytes);
    for (;;) {
        CAREHUB_TRY(const std::size_t got, file.read_at(told.bytes, step));
        if (got == 0) {
            told.sha256 = hash.finish();
            return told;
        }
        const ByteView bytes = ByteView(step).first(got);
        hash.update(bytes);
        CAREHUB_TRY_DONE(take(told.bytes, bytes));
        told.bytes += got;
    }
}

}  // namespace

Result<BackupFile> copy_file(Disk& disk, const std::filesystem::path& from,
                             const std::filesystem::path& to) {
    CAREHUB_TRY(const auto source, disk.open(from.string(), OpenMode::Read));
    CAREHUB_TRY(const auto target, disk.open(to.string(), OpenMode::CreateNew));
    CAREHUB_TRY(BackupFile told, read_all(*source, to, [&](std::uint64_t offset, ByteView bytes) {
                    return target->write_at(offset, bytes);
                }));
    CAREHUB_TRY_DONE(target->sync());
    return told;
}

bool is_there(const std::filesystem::path& path) {
    std::error_code unreadable;  // opening it tells what is wrong
    return std::filesystem::exists(path, unreadable);
}

Result<BackupFile> measure_file(Disk& disk, const std::filesystem::path& path) {
    CAREHUB_TRY(const auto file, disk.open(path.string(), OpenMode::Read));
    return read_all(*file, path, [](std::uint64_t, ByteView) { return Status{}; });
}

}  // namespace carehub::daemon
