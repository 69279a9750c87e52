#include "adapters/housing/export_info.hpp"

#include <charconv>

#include "adapters/housing/hmis_table.hpp"
#include "adapters/housing/limits.hpp"
#include "adapters/kit/text.hpp"

namespace carehub::adapters::housing {
namespace {

constexpr unsigned kUnhashed = 1;
constexpr unsigned kHashStatusMax = 4;
/// 1.1 and 1.2.
constexpr unsigned kPeriodTypeMax = 4;
constexpr unsigned kReportingPeriod = 3;
constexpr unsigned kDirectiveMax = 3;
constexpr unsigned kDelta = 1;
constexpr unsigned kFullRefresh = 2;
constexpr std::uint64_t kExportLine = 2;
constexpr std::size_t kYearDigits = 4;

tl::unexpected<DocumentRefusal> refuse(RefusalReason reason, Column column, std::string why,
                                       std::string fix) {
    return tl::unexpected<DocumentRefusal>(DocumentRefusal{
        std::string(file::kExport), kExportLine,
        Refusal{reason, std::string(name_of(column)), std::move(fix)}, std::move(why)});
}

/// The first four digits in a row: "2024 v1.3", "FY2022"; 0 when there are none.
unsigned year_in(std::string_view version) {
    std::size_t digits = 0;
    for (std::size_t i = 0; i < version.size(); ++i) {
        digits = version[i] >= '0' && version[i] <= '9' ? digits + 1 : 0;
        if (digits == kYearDigits) {
            unsigned year = 0;
            std::from_chars(version.data() + i + 1 - kYearDigits, version.data() + i + 1, year);
            return year;
        }
    }
    return 0;
}

unsigned year_by_columns(const VersionSigns& signs) {
    if (signs.client_has_sex) {
        return 2026;
    }
    return signs.enrollment_has_rental_subsidy ? 2024 : 0;
}

OrRefusal<FormatYear> judge_version(const ExportRow& row, const VersionSigns& signs,
                                    Report& report) {
    constexpr RowPlace kPlace{file::kExport, kExportLine};
    unsigned year = year_in(row.csv_version);
    if (year == 0) {
        year = year_by_columns(signs);
        report.find(kPlace, name_of(Column::CsvVersion), "no version told: read from the columns");
    }
    if (year != 2024 && year != 2026) {
        return refuse(RefusalReason::FormatVersion, Column::CsvVersion,
                      "the export is neither FY2024 nor FY2026; the numbers of earlier code lists "
                      "mean other places",
                      "Export as HMIS CSV FY2024 or FY2026.");
    }
    if (signs.has_client && (year == 2026) != signs.client_has_sex) {
        report.find(kPlace, name_of(Column::CsvVersion),
                    "the columns are those of the other year: columns are read by name");
    }
    return static_cast<FormatYear>(year);
}

std::string text_of(Row& row, Column column) {
    const std::string_view text = row.text(column);
    return is_utf8(text) && !has_control(text) ? std::string(text) : std::string();
}

void parse_age(Row& row, ExportRow& parsed) {
    const auto from = row.optional_date(Column::ExportStartDate);
    const auto to = row.optional_date(Column::ExportEndDate);
    if (from && to && *from <= *to) {
        parsed.period = Period{*from, *to};
    }
    if (row.text(Column::ExportDate).empty()) {
        row.find(Column::ExportDate, "no export date told");
    } else {
        parsed.as_of = row.optional_time(Column::ExportDate);
    }
    if (!parsed.as_of && to) {
        parsed.as_of = LocalTime{to->time_since_epoch()};
    }
}

}  // namespace

ExportRow parse_export(Row& row) {
    ExportRow parsed;
    parsed.implementation_id = text_of(row, Column::ImplementationId);
    parsed.source_id = text_of(row, Column::SourceId);
    parsed.csv_version = text_of(row, Column::CsvVersion);
    parsed.hashed = row.optional_code(Column::HashStatus, kHashStatusMax) != kUnhashed;
    parse_age(row, parsed);
    const auto period_type = row.optional_code(Column::ExportPeriodType, kPeriodTypeMax);
    const auto directive = row.optional_code(Column::ExportDirective, kDirectiveMax);
    parsed.is_delta = directive == kDelta;
    if (period_type == kReportingPeriod && directive == kFullRefresh) {
        if (parsed.period) {
            parsed.absence = Absence::MeansGone;
        } else {
            row.find(Column::ExportDirective,
                     "a full refresh of no readable period: nothing is taken to be gone");
        }
    }
    return parsed;
}

OrRefusal<ExportInfo> judge_export(const ExportRow& row, const VersionSigns& signs,
                                   const std::string& site_authority, Report& report) {
    ExportInfo info;
    auto year = judge_version(row, signs, report);
    if (!year) {
        return tl::unexpected<DocumentRefusal>(std::move(year).error());
    }
    info.year = *year;
    info.hashed = row.hashed;
    info.is_delta = row.is_delta;
    info.absence = row.absence;
    info.period = row.period;
    info.as_of = row.as_of;
    if (row.hashed) {
        report.refuse({file::kExport, kExportLine}, RefusalReason::HashedIdentity,
                      name_of(Column::HashStatus),
                      "hashed, or not told to be unhashed: no name, birth date or SSN of it links "
                      "anybody; a hash of a name's sound belongs to many people",
                      "Export unhashed, or enroll each PersonalID by hand: PersonalIDs still say "
                      "who it is.");
    }
    info.authority = !site_authority.empty()          ? site_authority
                     : !row.implementation_id.empty() ? row.implementation_id
                                                      : row.source_id;
    if (info.authority.empty()) {
        return refuse(RefusalReason::RowIncomplete, Column::ImplementationId,
                      "neither ImplementationID nor SourceID says whose PersonalIDs these are",
                      "Fill ImplementationID, or set [feed] authority in the adapter's config.");
    }
    if (info.authority.size() > kAuthorityBytesMax) {
        return refuse(RefusalReason::FieldTooLong, Column::ImplementationId,
                      "the authority is too long", "HUD allows 200 characters.");
    }
    return info;
}

}  // namespace carehub::adapters::housing
