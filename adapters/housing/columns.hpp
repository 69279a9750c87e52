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
    ExportStartDate,
    ExportEndDate,
    ExportPeriodType,
    ExportDirective,
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
    // Services
    ServicesId,
    DateProvided,
    RecordType,
    // Event
    EventId,
    EventDate,
    Event,
    ReferralResult,
    ResultDate,
    // Assessment
    AssessmentId,
    AssessmentDate,
    AssessmentLevel,
    PrioritizationStatus,
    // HealthAndDV
    CurrentlyFleeing,
    // User, and every file of clients
    UserId,
    DateCreated,
    DateUpdated,
    DateDeleted,
};

inline constexpr std::array<std::string_view, 56> kColumnNames = {
    "SourceID",
    "ImplementationID",
    "CSVVersion",
    "HashStatus",
    "ExportDate",
    "ExportStartDate",
    "ExportEndDate",
    "ExportPeriodType",
    "ExportDirective",
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
    "ServicesID",
    "DateProvided",
    "RecordType",
    "EventID",
    "EventDate",
    "Event",
    "ReferralResult",
    "ResultDate",
    "AssessmentID",
    "AssessmentDate",
    "AssessmentLevel",
    "PrioritizationStatus",
    "CurrentlyFleeing",
    "UserID",
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
