#include "adapters/housing/export_set.hpp"

#include <algorithm>
#include <system_error>

#include "adapters/housing/zip_archive.hpp"
#include "adapters/kit/file.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters::housing {
namespace {

namespace fs = std::filesystem;

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

/// A member's name without the folders that some vendors pack around the files.
std::string_view base_name(std::string_view member) {
    const std::size_t slash = member.find_last_of("/\\");
    return slash == std::string_view::npos ? member : member.substr(slash + 1);
}

bool is_litter(std::string_view member) {
    return member.starts_with("__MACOSX/") || base_name(member).starts_with("._");
}

}  // namespace

ExportSet::ExportSet() = default;
ExportSet::ExportSet(ExportSet&&) noexcept = default;
ExportSet& ExportSet::operator=(ExportSet&&) noexcept = default;
ExportSet::~ExportSet() = default;

Result<ExportSet> ExportSet::open(const fs::path& folder_or_zip) {
    ExportSet set;
    std::error_code ignored;
    if (fs::is_directory(folder_or_zip, ignored)) {
        CAREHUB_TRY_DONE(set.list_folder(folder_or_zip));
    } else {
        CAREHUB_TRY(set.zip_, ZipArchive::open(folder_or_zip));
        set.zip_path_ = folder_or_zip;
        CAREHUB_TRY_DONE(set.list_zip());
    }
    return set;
}

Result<ExportSet> ExportSet::of_texts(const std::map<std::string, std::string>& texts) {
    ExportSet set;
    set.in_memory_ = true;
    for (const auto& [name, text] : texts) {
        CAREHUB_TRY_DONE(set.add(name, text));
    }
    return set;
}

Status ExportSet::list_folder(const fs::path& folder) {
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code ignored;
        if (at->is_regular_file(ignored)) {
            CAREHUB_TRY_DONE(add(at->path().filename().string(), at->path().string()));
        }
    }
    if (error) {
        return fail(ErrorCode::Io, "cannot list the export's folder: " + error.message());
    }
    return {};
}

Status ExportSet::list_zip() {
    for (const std::string& member : zip_->members()) {
        if (!is_litter(member)) {
            CAREHUB_TRY_DONE(add(base_name(member), member));
        }
    }
    return {};
}

Status ExportSet::add(std::string_view name, std::string where) {
    const std::string key = lower(name);
    if (key.ends_with(".csv") && !files_.emplace(key, std::move(where)).second) {
        return fail(ErrorCode::Invalid, "two files have the name " + key);
    }
    return {};
}

bool ExportSet::has(std::string_view file) const { return files_.contains(lower(file)); }

void ExportSet::leave_out(std::string_view file) { files_.erase(lower(file)); }

Result<std::optional<UtcTime>> ExportSet::written_at(std::string_view file) const {
    const auto found = files_.find(lower(file));
    CAREHUB_CHECK(found != files_.end(), "only files of the export are asked for");
    if (in_memory_) {
        return std::nullopt;
    }
    CAREHUB_TRY(const UtcTime written, modified_at(zip_ ? zip_path_ : fs::path(found->second)));
    return written;
}

Status ExportSet::read(std::string_view file, const OnCsvRow& on_row,
                       const OnMalformedRow& on_malformed) const {
    const auto found = files_.find(lower(file));
    CAREHUB_CHECK(found != files_.end(), "only files of the export are read");
    const CsvLimits limits;
    if (in_memory_) {
        return read_csv_bytes(as_bytes(found->second), limits, on_row, on_malformed);
    }
    if (zip_ == nullptr) {
        return read_csv(found->second, limits, on_row, on_malformed);
    }
    CAREHUB_TRY(const ZipArchive::Unpack next, zip_->unpack(found->second));
    return read_csv_from(next, CsvForm{limits}, on_row, on_malformed);
}

}  // namespace carehub::adapters::housing
