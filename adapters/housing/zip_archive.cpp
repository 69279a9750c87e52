#include "adapters/housing/zip_archive.hpp"

#include <zip.h>

#include "adapters/housing/limits.hpp"

namespace carehub::adapters::housing {
namespace {

struct CloseMember {
    void operator()(zip_file_t* member) const {
        if (member != nullptr) {
            zip_fclose(member);
        }
    }
};

tl::unexpected<Error> damaged(const std::string& what) {
    return fail(ErrorCode::Invalid, "the zip " + what);
}

}  // namespace

Result<std::unique_ptr<ZipArchive>> ZipArchive::open(const std::filesystem::path& file) {
    int error = 0;
    zip_t* handle = zip_open(file.c_str(), ZIP_RDONLY, &error);
    if (handle == nullptr) {
        const bool is_io = error == ZIP_ER_OPEN || error == ZIP_ER_NOENT || error == ZIP_ER_READ;
        return is_io ? Result<std::unique_ptr<ZipArchive>>(
                           fail(ErrorCode::Io, "the zip cannot be opened"))
                     : damaged("is damaged or is no zip");
    }
    std::unique_ptr<ZipArchive> archive(new ZipArchive(handle));
    CAREHUB_TRY_DONE(archive->list_members());
    return archive;
}

ZipArchive::~ZipArchive() { zip_discard(archive_); }

Status ZipArchive::list_members() {
    const auto count = static_cast<std::uint64_t>(zip_get_num_entries(archive_, 0));
    if (count > kZipFilesMax) {
        return damaged("has more than " + std::to_string(kZipFilesMax) + " files");
    }
    std::uint64_t unpacked = 0;
    for (std::uint64_t index = 0; index < count; ++index) {
        zip_stat_t stat;
        zip_stat_init(&stat);
        constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
        if (zip_stat_index(archive_, index, 0, &stat) != 0 || (stat.valid & kNeeded) != kNeeded) {
            return damaged("has a directory that cannot be read");
        }
        if (stat.size > kZipUnpackedBytesMax - unpacked) {
            return damaged("unpacks to more than " + std::to_string(kZipUnpackedBytesMax) +
                           " bytes");
        }
        unpacked += stat.size;
        if (stat.size / kZipRatioMax > stat.comp_size) {
            return damaged("has a file packed more than " + std::to_string(kZipRatioMax) + " fold");
        }
        members_.emplace_back(stat.name);
    }
    return {};
}

Result<ZipArchive::Unpack> ZipArchive::unpack(const std::string& member) const {
    zip_stat_t stat;
    zip_stat_init(&stat);
    const std::shared_ptr<zip_file_t> file(zip_fopen(archive_, member.c_str(), 0), CloseMember{});
    if (file == nullptr || zip_stat(archive_, member.c_str(), 0, &stat) != 0) {
        return damaged("has a file that cannot be unpacked: damaged, or encrypted");
    }
    return Unpack(
        [file, left = stat.size](std::span<std::uint8_t> out) mutable -> Result<std::size_t> {
            const auto got = zip_fread(file.get(), out.data(), out.size());
            if (got < 0) {
                return damaged("has a file whose bytes do not keep their checksum");
            }
            const auto bytes = static_cast<std::uint64_t>(got);
            if (bytes > left || (bytes == 0 && left > 0)) {
                return damaged("has a file of another size than its directory says");
            }
            left -= bytes;
            return static_cast<std::size_t>(bytes);
        });
}

}  // namespace carehub::adapters::housing
