// Exports for the tests: a small FY2024 or FY2026 set in a folder of its own, cell by cell.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "adapters/housing/read_export.hpp"
#include "tests/support/temporary_folder.hpp"

namespace carehub::adapters::housing {

class TestExport {
public:
    /// Project P3 (permanent housing), S1 (shelter), V12 (prevention), D3 (permanent, for
    /// survivors) and X1 (of a victim service provider); no clients yet.
    explicit TestExport(int year = 2024);

    TestExport& csv_version(const std::string& version);
    TestExport& hash_status(const std::string& status);
    TestExport& implementation(const std::string& id);
    /// "PersonalID,First,Last,NameQuality,DOB,DOBQuality[,Sex],DateUpdated"
    TestExport& client(const std::string& cells);
    /// "EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,LivingSituation,MoveInDate,
    /// TimeToHousingLoss,DateUpdated,DateDeleted"
    TestExport& enrollment(const std::string& cells);
    /// "ExitID,EnrollmentID,PersonalID,ExitDate,Destination,CMExitReason,DateUpdated,DateDeleted"
    TestExport& exit(const std::string& cells);
    /// "CurrentLivingSitID,EnrollmentID,PersonalID,InformationDate,CurrentLivingSituation,
    /// LeaveSituation14Days,SubsequentResidence,DateUpdated,DateDeleted"
    TestExport& situation(const std::string& cells);

    /// "ServicesID,EnrollmentID,PersonalID,DateProvided,RecordType,DateUpdated,DateDeleted"
    TestExport& service(const std::string& cells);
    /// "EventID,EnrollmentID,PersonalID,EventDate,Event,ReferralResult,ResultDate,DateUpdated,
    /// DateDeleted"
    TestExport& referral(const std::string& cells);
    /// "AssessmentID,EnrollmentID,PersonalID,AssessmentDate,AssessmentLevel,PrioritizationStatus,
    /// DateUpdated,DateDeleted"
    TestExport& assessment(const std::string& cells);

    /// What Export.csv says of period and directive; a new export has a day.
    TestExport& period(const std::string& type, const std::string& directive,
                       const std::string& from, const std::string& to);
    TestExport& exported(const std::string& day);

    /// Replaces or adds a whole file.
    TestExport& file(const std::string& name, const std::string& text);
    TestExport& without(const std::string& name);
    /// In the file's text, the first `from` becomes `to`.
    TestExport& replace(const std::string& name, const std::string& from, const std::string& to);

    [[nodiscard]] const std::map<std::string, std::string>& files() const { return files_; }
    void write_to(const TemporaryFolder& folder) const;

private:
    TestExport& append(const std::string& name, const std::string& header,
                       const std::string& cells);

    std::map<std::string, std::string> files_;
};

/// A zip of these files, in that order.
void write_zip(const std::filesystem::path& zip,
               const std::vector<std::pair<std::string, std::string>>& files);

/// Feed "shelter", zone America/New_York, the export's own authority.
[[nodiscard]] const Site& test_site();
/// Writes the export to a folder and reads it; a failure to read is a failed test.
[[nodiscard]] Parsed read(const TestExport& test_export, KnownRows& known);
[[nodiscard]] Parsed read(const TestExport& test_export);

/// The events of that kind, in order.
[[nodiscard]] std::vector<Submission> of_kind(const Parsed& parsed, EventKind kind);
[[nodiscard]] const HousingClaim& claim_of(const Submission& event);
[[nodiscard]] bool has_finding(const Parsed& parsed, std::string_view file, std::string_view field);

}  // namespace carehub::adapters::housing
