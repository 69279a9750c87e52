// Export.csv: whose data this is, in which version, how old it is, what its silence means, and
// whether names may be used at all.
//
// Contract: an export that cannot be read as a whole (FY2022 and older, a version not known yet, no
// authority for its ids) gives a DocumentRefusal; nothing of it is kept.
// Threads: any thread.
#pragma once

#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "adapters/housing/table.hpp"
#include "hub/model/refusal.hpp"

namespace carehub::adapters::housing {

enum class FormatYear : std::uint16_t { Fy2024 = 2024, Fy2026 = 2026 };

/// Whether a row that is not there is gone: only a full refresh (directive 2) of a reporting period
/// (type 3) says so, and only of that period.
enum class Absence : std::uint8_t { SaysNothing, MeansGone };

struct Period {
    Date from{};
    Date to{};
    friend bool operator==(const Period&, const Period&) = default;
};

struct ExportInfo {
    FormatYear year = FormatYear::Fy2024;
    std::string authority;  ///< makes a PersonalID unique
    bool hashed = true;     ///< HashStatus other than 1: names are no names
    bool is_delta = false;  ///< ExportDirective 1: only what changed
    Absence absence = Absence::SaysNothing;
    std::optional<Period> period;
    std::optional<LocalTime> as_of;  ///< ExportDate, else the period's end: the age of the data
};

/// Why the document as a whole is refused.
struct DocumentRefusal {
    std::string file;
    std::uint64_t line = 0;
    Refusal refusal;
    std::string why;
};
template <class T>
using OrRefusal = tl::expected<T, DocumentRefusal>;

/// The first row of Export.csv, as told.
struct ExportRow {
    std::string implementation_id;
    std::string source_id;
    std::string csv_version;
    bool hashed = true;
    bool is_delta = false;
    Absence absence = Absence::SaysNothing;
    std::optional<Period> period;
    std::optional<LocalTime> as_of;
};
[[nodiscard]] ExportRow parse_export(Row& row);

/// Which columns the tables have, where the versions differ.
struct VersionSigns {
    bool has_client = true;                      ///< a delta may have no Client.csv
    bool client_has_sex = false;                 ///< since FY2026
    bool enrollment_has_rental_subsidy = false;  ///< since FY2024
};

/// `site_authority`, when it is not empty, wins over what the export says.
[[nodiscard]] OrRefusal<ExportInfo> judge_export(const ExportRow& row, const VersionSigns& signs,
                                                 const std::string& site_authority, Report& report);

}  // namespace carehub::adapters::housing
