// The csv files of one export: a folder of them, a zip, or texts in memory. Names match in any
// case; files that HUD does not define are left alone.
//
// Contract: read() gives a file's rows in order, the header first; it may be called again.
// A zip is checked before anything is unpacked: number of members, bytes unpacked, ratio.
// Errors: Io when the folder or zip cannot be read; Invalid when the zip is damaged, encrypted or
// beyond the limits, when two files have one name, and as kit's read_csv says.
// Threads: confined to one thread.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/kit/csv_reader.hpp"
#include "hub/base/error.hpp"
#include "hub/base/utc_time.hpp"

namespace carehub::adapters::housing {

class ZipArchive;

class ExportSet {
public:
    [[nodiscard]] static Result<ExportSet> open(const std::filesystem::path& folder_or_zip);

    /// Name -> text of each file.
    [[nodiscard]] static Result<ExportSet> of_texts(
        const std::map<std::string, std::string>& texts);

    ExportSet(ExportSet&&) noexcept;
    ExportSet& operator=(ExportSet&&) noexcept;
    ~ExportSet();

    /// `file` as HUD spells it: "Exit.csv".
    [[nodiscard]] bool has(std::string_view file) const;
    /// From here on the set has no such file.
    void leave_out(std::string_view file);
    /// When `file`, or the zip that has it, was last written; nothing for texts in memory. Requires
    /// has(file).
    [[nodiscard]] Result<std::optional<UtcTime>> written_at(std::string_view file) const;
    /// Requires has(file).
    [[nodiscard]] Status read(std::string_view file, const OnCsvRow& on_row,
                              const OnMalformedRow& on_malformed) const;

private:
    ExportSet();
    Status add(std::string_view name, std::string where);
    Status list_folder(const std::filesystem::path& folder);
    Status list_zip();

    std::unique_ptr<ZipArchive> zip_;  ///< of a zip only
    std::filesystem::path zip_path_;
    bool in_memory_ = false;
    std::map<std::string, std::string> files_;  ///< name in lower case -> path, member or text
};

}  // namespace carehub::adapters::housing
