#include "adapters/housing/read_export.hpp"

#include "adapters/housing/event_stamp.hpp"
#include "adapters/housing/export_set.hpp"
#include "adapters/housing/row_events.hpp"
#include "adapters/housing/tables.hpp"

namespace carehub::adapters::housing {
namespace {

Parsed refused(DocumentRefusal document) {
    Parsed parsed;
    parsed.refusals.push_back({std::move(document.file), document.line, std::move(document.refusal),
                               std::move(document.why)});
    return parsed;
}

Result<Parsed> read_set(const ExportSet& set, const Site& site, KnownRows& known) {
    Report report;
    CAREHUB_TRY(const OrRefusal<Tables> tables, load_tables(set, site.authority, report));
    if (!tables) {
        return refused(tables.error());
    }
    const RowEvents events(site, *tables, report);
    EventStamp stamp(site, tables->info.authority, known, report);
    CAREHUB_TRY_DONE(for_each_client(
        set, *tables, report, [&](const ClientRow& row) { stamp.take(events.of_client(row)); }));
    for (const auto& [id, row] : tables->enrollments) {
        stamp.take(events.of_enrollment(row));
    }
    for (const ExitRow& row : tables->exits) {
        stamp.take(events.of_exit(row));
    }
    for (const SituationRow& row : tables->situations) {
        stamp.take(events.of_situation(row));
    }
    stamp.remember(known);
    return Parsed{stamp.take_events(), report.take_refusals(), report.take_findings()};
}

}  // namespace

Result<Parsed> read_export(const std::filesystem::path& folder_or_zip, const Site& site,
                           KnownRows& known) {
    auto set = ExportSet::open(folder_or_zip);
    Result<Parsed> parsed =
        set ? read_set(*set, site, known) : tl::unexpected<Error>(std::move(set).error());
    if (parsed || parsed.error().code != ErrorCode::Invalid) {
        return parsed;
    }
    DocumentRefusal document{folder_or_zip.filename().string(), 0, {}, parsed.error().context};
    document.refusal.reason = RefusalReason::FormatUnreadable;
    document.refusal.fix = "Export the set again; a file must be whole UTF-8 CSV (RFC 4180).";
    return refused(std::move(document));
}

Result<Parsed> read_export(const std::filesystem::path& folder_or_zip, const Site& site,
                           std::string& state) {
    auto known = KnownRows::from_text(state);
    if (!known) {
        return fail(ErrorCode::Damaged, known.error().context);
    }
    CAREHUB_TRY(Parsed parsed, read_export(folder_or_zip, site, *known));
    state = known->to_text();
    return parsed;
}

}  // namespace carehub::adapters::housing
