#include "adapters/housing/read_export.hpp"

#include <array>

#include "adapters/housing/export_reading.hpp"
#include "adapters/housing/limits.hpp"
#include "adapters/housing/table_check.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters::housing {
namespace {

Parsed refused(DocumentRefusal document) {
    Parsed parsed;
    parsed.refusals.push_back({std::move(document.file), document.line, std::move(document.refusal),
                               std::move(document.why)});
    return parsed;
}

tl::unexpected<DocumentRefusal> unreadable(std::string_view name, std::string why,
                                           std::string fix) {
    return tl::unexpected<DocumentRefusal>(DocumentRefusal{
        std::string(name), 0, Refusal{RefusalReason::FormatUnreadable, "", std::move(fix)},
        std::move(why)});
}

Result<OrRefusal<ExportRow>> read_export_row(const ExportSet& set, Report& report) {
    if (!set.has(file::kExport)) {
        return OrRefusal<ExportRow>(
            unreadable(file::kExport, "the export has no such file", "Export the whole set."));
    }
    std::optional<ExportRow> first;
    CAREHUB_TRY_DONE(read_table(set, file::kExport, report, [&](Row& row) -> Status {
        if (!first) {
            first = parse_export(row);
        }
        return {};
    }));
    if (!first) {
        return OrRefusal<ExportRow>(unreadable(file::kExport, "the file has no readable row",
                                               "Export.csv has exactly one row."));
    }
    return OrRefusal<ExportRow>(std::move(*first));
}

Result<VersionSigns> read_signs(const ExportSet& set) {
    VersionSigns signs;
    signs.has_client = set.has(file::kClient);
    if (signs.has_client) {
        CAREHUB_TRY(const auto client, read_header(set, file::kClient));
        signs.client_has_sex = client && client->has(Column::Sex);
    }
    if (set.has(file::kEnrollment)) {
        CAREHUB_TRY(const auto enrollment, read_header(set, file::kEnrollment));
        signs.enrollment_has_rental_subsidy =
            enrollment && enrollment->has(Column::RentalSubsidyType);
    }
    return signs;
}

/// The export's head; a delta may leave out every other file.
Result<OrRefusal<ExportInfo>> read_info(ExportSet& set, const std::string& site_authority,
                                        Report& report) {
    CAREHUB_TRY(const auto row, read_export_row(set, report));
    if (!row) {
        return OrRefusal<ExportInfo>(tl::unexpected<DocumentRefusal>(row.error()));
    }
    CAREHUB_TRY(auto damaged, leave_out_damaged(set, row->is_delta, report));
    if (damaged) {
        return OrRefusal<ExportInfo>(tl::unexpected<DocumentRefusal>(std::move(*damaged)));
    }
    for (const std::string_view name : {file::kProject, file::kClient, file::kEnrollment}) {
        if (!row->is_delta && !set.has(name)) {
            return OrRefusal<ExportInfo>(
                unreadable(name, "the export has no such file", "Export the whole set of files."));
        }
    }
    CAREHUB_TRY(const VersionSigns signs, read_signs(set));
    return judge_export(*row, signs, site_authority, report);
}

/// A date that lies ahead of the file itself is not when its data were taken.
Status temper_age(const ExportSet& set, const Site& site, ExportInfo& info, Report& report) {
    CAREHUB_TRY(const auto written, set.written_at(file::kExport));
    if (!written || !info.as_of) {
        return {};
    }
    const LocalTime latest = to_local(site.zone, *written);
    if (*info.as_of > latest + kExportAheadMax) {
        report.find({file::kExport, 0}, name_of(Column::ExportDate),
                    "lies ahead of the file itself: the time when that was written counts");
        info.as_of = latest;
    }
    return {};
}

/// Loud, and first: somebody has to stop the partner from sending this.
void tell_alarm(std::uint64_t rows, Parsed& parsed) {
    if (rows == 0) {
        return;
    }
    const std::string what =
        "ALARM for the integration team: " + std::to_string(rows) +
        " rows of a victim service provider's clients came with this export; none of them was "
        "stored or sent";
    log::error("housing", what);
    Refusal refusal{RefusalReason::VictimServiceProvider,
                    std::string(name_of(Column::VictimServiceProvider)),
                    "Have the partner leave the provider out, and destroy this export's files."};
    parsed.refusals.insert(parsed.refusals.begin(),
                           {std::string(file::kOrganization), 0, std::move(refusal), what});
}

Result<Parsed> read_set(ExportSet& set, const Site& site, KnownRows& known, const FeedDesk* desk) {
    Report report;
    CAREHUB_TRY(OrRefusal<ExportInfo> info, read_info(set, site.authority, report));
    if (!info) {
        return refused(std::move(info).error());
    }
    CAREHUB_TRY_DONE(temper_age(set, site, *info, report));
    OrderedEvents events(desk);
    KnownRows changed = known;
    const std::uint64_t stream = known.next_stream();
    KnownSet& rows = changed.set_of(info->authority);
    CAREHUB_TRY_DONE(
        ExportReading({set, site, desk, stream, events, report}, std::move(*info), rows).run());
    Parsed parsed;
    CAREHUB_TRY(parsed.events, events.take());
    known = std::move(changed);
    const std::uint64_t provider_rows = report.refused_for(RefusalReason::VictimServiceProvider);
    parsed.records = report.rows();
    parsed.refused_untold = report.refused_untold();
    parsed.refusals = report.take_refusals();
    parsed.findings = report.take_findings();
    tell_alarm(provider_rows, parsed);
    return parsed;
}

}  // namespace

Result<Parsed> read_export(const std::filesystem::path& folder_or_zip, const Site& site,
                           KnownRows& known, const FeedDesk* desk) {
    return read_export_set(ExportSet::open(folder_or_zip), folder_or_zip.filename().string(), site,
                           known, desk);
}

Result<Parsed> read_export_set(Result<ExportSet> set, const std::string& name, const Site& site,
                               KnownRows& known, const FeedDesk* desk) {
    if (desk != nullptr) {
        CAREHUB_TRY_DONE(remove_unknown_files(known, *desk));
    }
    Result<Parsed> parsed =
        set ? read_set(*set, site, known, desk) : tl::unexpected<Error>(set.error());
    if (parsed || parsed.error().code != ErrorCode::Invalid) {
        return parsed;
    }
    DocumentRefusal document{name, 0, {}, parsed.error().context};
    document.refusal.reason = RefusalReason::FormatUnreadable;
    document.refusal.fix = "Export the set again; a file must be whole UTF-8 CSV (RFC 4180).";
    return refused(std::move(document));
}

Result<Parsed> read_export(const std::filesystem::path& folder_or_zip, const Site& site,
                           std::string& state, const FeedDesk* desk) {
    auto known = KnownRows::from_text(state);
    if (!known) {
        return fail(ErrorCode::Damaged, known.error().context);
    }
    CAREHUB_TRY(Parsed parsed, read_export(folder_or_zip, site, *known, desk));
    state = known->to_text();
    return parsed;
}

}  // namespace carehub::adapters::housing
