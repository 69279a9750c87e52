// The tables that events come of: their files, and what an event of a row is called.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "adapters/housing/columns.hpp"
#include "hub/model/event_kind.hpp"

namespace carehub::adapters::housing {

namespace file {
inline constexpr std::string_view kExport = "Export.csv";
inline constexpr std::string_view kOrganization = "Organization.csv";
inline constexpr std::string_view kProject = "Project.csv";
inline constexpr std::string_view kUser = "User.csv";
inline constexpr std::string_view kClient = "Client.csv";
inline constexpr std::string_view kEnrollment = "Enrollment.csv";
inline constexpr std::string_view kExit = "Exit.csv";
inline constexpr std::string_view kSituation = "CurrentLivingSituation.csv";
inline constexpr std::string_view kService = "Services.csv";
inline constexpr std::string_view kReferral = "Event.csv";
inline constexpr std::string_view kAssessment = "Assessment.csv";
inline constexpr std::string_view kHealthAndDv = "HealthAndDV.csv";
}  // namespace file

/// The number is written in known rows: never renumber.
enum class Table : std::uint8_t {
    Client = 0,
    Enrollment = 1,
    Exit = 2,
    Situation = 3,
    Service = 4,
    Referral = 5,
    Assessment = 6,
    ProviderProject = 7,  ///< no events: projects of victim service providers, for later deltas
};
inline constexpr std::uint8_t kTablesMax = 8;

struct TableInfo {
    std::string_view file;
    std::string_view name;      ///< in an event's id
    std::string_view key_word;  ///< in its business key
    Column id;
    Column day;      ///< of what the row tells
    EventKind kind;  ///< of the row's own event
};

inline constexpr std::array<TableInfo, kTablesMax> kTables = {{
    {file::kClient, "Client", "person", Column::PersonalId, Column::DateUpdated,
     EventKind::PersonUpserted},
    {file::kEnrollment, "Enrollment", "enrollment", Column::EnrollmentId, Column::EntryDate,
     EventKind::HousingEnrollmentStarted},
    {file::kExit, "Exit", "enrollment", Column::ExitId, Column::ExitDate, EventKind::HousingExit},
    {file::kSituation, "CurrentLivingSituation", "cls", Column::CurrentLivingSitId,
     Column::InformationDate, EventKind::LivingSituationRecorded},
    {file::kService, "Services", "service", Column::ServicesId, Column::DateProvided,
     EventKind::HousingServiceProvided},
    {file::kReferral, "Event", "referral", Column::EventId, Column::EventDate,
     EventKind::HousingReferral},
    {file::kAssessment, "Assessment", "assessment", Column::AssessmentId, Column::AssessmentDate,
     EventKind::HousingAssessmentRecorded},
    {file::kProject, "Project", "project", Column::ProjectId, Column::DateUpdated,
     EventKind::Unset},
}};

[[nodiscard]] constexpr const TableInfo& info_of(Table table) {
    return kTables[static_cast<std::size_t>(table)];
}

}  // namespace carehub::adapters::housing
