#include "adapters/housing/table_check.hpp"

#include <array>

#include "adapters/housing/hmis_table.hpp"
#include "adapters/housing/read_table.hpp"

namespace carehub::adapters::housing {
namespace {

enum class Need : std::uint8_t {
    Always,     ///< whatever the export is: without it nothing can be told safely
    WhenWhole,  ///< a delta may do without it
    Never,
};

struct TableNeed {
    std::string_view file;
    Need need;
    std::array<Column, 2> columns;
};

/// OrganizationID says of a project whether it may be read at all.
constexpr std::array kNeeds = {
    TableNeed{file::kOrganization, Need::Always, {Column::OrganizationId, Column::OrganizationId}},
    TableNeed{file::kProject, Need::WhenWhole, {Column::ProjectId, Column::OrganizationId}},
    TableNeed{file::kClient, Need::WhenWhole, {Column::PersonalId, Column::PersonalId}},
    TableNeed{file::kEnrollment, Need::WhenWhole, {Column::EnrollmentId, Column::PersonalId}},
    TableNeed{file::kUser, Need::Never, {Column::UserId, Column::UserId}},
    TableNeed{file::kExit, Need::Never, {Column::ExitId, Column::EnrollmentId}},
    TableNeed{file::kSituation, Need::Never, {Column::CurrentLivingSitId, Column::EnrollmentId}},
    TableNeed{file::kService, Need::Never, {Column::ServicesId, Column::EnrollmentId}},
    TableNeed{file::kReferral, Need::Never, {Column::EventId, Column::EnrollmentId}},
    TableNeed{file::kAssessment, Need::Never, {Column::AssessmentId, Column::EnrollmentId}},
    TableNeed{file::kHealthAndDv, Need::Never, {Column::PersonalId, Column::CurrentlyFleeing}},
};

DocumentRefusal no_table(const TableNeed& table, const std::optional<Header>& header) {
    DocumentRefusal refused;
    refused.file = table.file;
    refused.refusal.reason = RefusalReason::FormatUnreadable;
    if (!header) {
        refused.why = "the file is empty, or its first row is no header";
        refused.refusal.fix = "Export the file again; one without rows still has its header.";
        return refused;
    }
    const Column lacking =
        header->has(table.columns.front()) ? table.columns.back() : table.columns.front();
    refused.refusal.field = name_of(lacking);
    refused.why = "the first row is no header of this table: the column is not in it";
    refused.refusal.fix =
        "Export the file again as comma-separated UTF-8, with HUD's names of the columns.";
    return refused;
}

}  // namespace

Result<std::optional<DocumentRefusal>> leave_out_damaged(ExportSet& set, bool is_delta,
                                                         Report& report) {
    for (const TableNeed& table : kNeeds) {
        if (!set.has(table.file)) {
            continue;
        }
        CAREHUB_TRY(const auto header, read_header(set, table.file));
        if (header && header->has(table.columns.front()) && header->has(table.columns.back())) {
            continue;
        }
        DocumentRefusal refused = no_table(table, header);
        if (table.need == Need::Always || (table.need == Need::WhenWhole && !is_delta)) {
            return std::optional(std::move(refused));
        }
        report.refuse({table.file, 0}, refused.refusal.reason, refused.refusal.field, refused.why,
                      refused.refusal.fix + " What was known of it stays as it is.");
        set.leave_out(table.file);
    }
    return std::optional<DocumentRefusal>();
}

}  // namespace carehub::adapters::housing
