// The columns this adapter reads, once, as HUD spells them. Columns that are not here (the social
// security number, race, health, notes) are never looked at.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace carehub::adapters::housing {

enum class Column : std::uint8_t {
    // Export
    SourceId,
    ImplementationId,
    CsvVersion,
    HashStatus,
    ExportDate,
    // Organization, Project
    OrganizationId,
    VictimServiceProvider,
    ProjectId,
    ProjectType,
    TargetPopulation,
    // Client
    PersonalId,
    FirstName,
    LastName,
    NameDataQuality,
    BirthDate,
    BirthDateDataQuality,
    Sex,
    // Enrollment
    EnrollmentId,
    EntryDate,
    HouseholdId,
    LivingSituation,
    RentalSubsidyType,
    MoveInDate,
    TimeToHousingLoss,
    // Exit
    ExitId,
    ExitDate,
    Destination,
    DestinationSubsidyType,
    CmExitReason,
    // CurrentLivingSituation
    CurrentLivingSitId,
    InformationDate,
    CurrentLivingSituation,
    ClsSubsidyType,
    LeaveSituation14Days,
    SubsequentResidence,
    // HealthAndDV
    CurrentlyFleeing,
    // every file of clients
    DateCreated,
    DateUpdated,
    DateDeleted,
};

inline constexpr std::array<std::string_view, 39> kColumnNames = {
    "SourceID",
    "ImplementationID",
    "CSVVersion",
    "HashStatus",
    "ExportDate",
    "OrganizationID",
    "VictimServiceProvider",
    "ProjectID",
    "ProjectType",
    "TargetPopulation",
    "PersonalID",
    "FirstName",
    "LastName",
    "NameDataQuality",
    "DOB",
    "DOBDataQuality",
    "Sex",
    "EnrollmentID",
    "EntryDate",
    "HouseholdID",
    "LivingSituation",
    "RentalSubsidyType",
    "MoveInDate",
    "TimeToHousingLoss",
    "ExitID",
    "ExitDate",
    "Destination",
    "DestinationSubsidyType",
    "CMExitReason",
    "CurrentLivingSitID",
    "InformationDate",
    "CurrentLivingSituation",
    "CLSSubsidyType",
    "LeaveSituation14Days",
    "SubsequentResidence",
    "CurrentlyFleeing",
    "DateCreated",
    "DateUpdated",
    "DateDeleted",
};
inline constexpr std::size_t kColumnsMax = kColumnNames.size();
static_assert(static_cast<std::size_t>(Column::DateDeleted) + 1 == kColumnsMax);

[[nodiscard]] constexpr std::string_view name_of(Column column) {
    return kColumnNames[static_cast<std::size_t>(column)];
}

}  // namespace carehub::adapters::housing
