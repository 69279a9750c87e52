// The files of an export that tell whose it is: Export, Organization, User, Project.
#include <array>

#include "tools/county/hmis_sheet.hpp"

namespace carehub::county {
namespace {

constexpr std::string_view kImplementation = "CTY-HMIS";
constexpr std::string_view kSince = "2019-01-01 09:00:00";
constexpr std::string_view kDeltaRefresh = "1";
constexpr std::string_view kFullRefresh = "2";

struct Project {
    std::string_view id;
    std::string_view name;
    std::string_view type;  ///< HMIS 2.02.6
};
/// HousingStay::project is an index into these.
constexpr std::array<Project, 4> kProjects = {{{"P-ES", "Ashford Night Shelter", "0"},
                                               {"P-RRH", "Rapid Rehousing", "13"},
                                               {"P-PSH", "Supportive Homes", "3"},
                                               {"P-SO", "Street Outreach", "4"}}};

Status write_export(const World& world, int day, const std::filesystem::path& folder) {
    HmisSheet exports(folder, "Export");
    exports.row({{"ExportID", export_id(day)},
                 {"SourceType", "1"},
                 {"SourceID", std::string(kImplementation)},
                 {"SourceName", "Ashford County Housing"},
                 {"ExportDate", hmis_time(world.date_of(day), 4 * 60)},
                 {"ExportStartDate", to_iso(world.start() - std::chrono::days{400})},
                 {"ExportEndDate", to_iso(world.date_of(day))},
                 {"SoftwareName", "Ashford HMIS"},
                 {"CSVVersion", "2026 v1.0"},
                 {"ExportPeriodType", "3"},
                 {"ExportDirective", std::string(is_delta(day) ? kDeltaRefresh : kFullRefresh)},
                 {"HashStatus", "1"},
                 {"ImplementationID", std::string(kImplementation)}});
    return exports.close();
}

}  // namespace

std::string project_id(int project) {
    return std::string(kProjects[static_cast<std::size_t>(project)].id);
}

Status write_provider(const World& world, int day, const std::filesystem::path& folder) {
    const std::string since(kSince);
    const std::string user(kHmisUser);
    const std::string id = export_id(day);
    CAREHUB_TRY_DONE(write_export(world, day, folder));
    HmisSheet organizations(folder, "Organization");
    organizations.row({{"OrganizationID", user},
                       {"OrganizationName", "Ashford County Housing"},
                       {"VictimServiceProvider", "0"},
                       {"DateCreated", since},
                       {"DateUpdated", since},
                       {"UserID", user},
                       {"ExportID", id}});
    CAREHUB_TRY_DONE(organizations.close());
    HmisSheet users(folder, "User");
    users.row({{"UserID", user}, {"DateCreated", since}, {"DateUpdated", since}, {"ExportID", id}});
    CAREHUB_TRY_DONE(users.close());
    HmisSheet projects(folder, "Project");
    for (const Project& project : kProjects) {
        projects.row({{"ProjectID", std::string(project.id)},
                      {"OrganizationID", user},
                      {"ProjectName", std::string(project.name)},
                      {"OperatingStartDate", "2019-01-01"},
                      {"ContinuumProject", "1"},
                      {"ProjectType", std::string(project.type)},
                      {"TargetPopulation", "4"},
                      {"DateCreated", since},
                      {"DateUpdated", since},
                      {"UserID", user},
                      {"ExportID", id}});
    }
    return projects.close();
}

}  // namespace carehub::county
