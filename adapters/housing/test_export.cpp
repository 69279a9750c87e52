#include "adapters/housing/test_export.hpp"

#include <stdlib.h>

#include <algorithm>
#include <fstream>

#include <zip.h>

#include "hub/base/check.hpp"
#include "hub/base/zone_database.hpp"

namespace carehub::adapters::housing {

namespace fs = std::filesystem;

TestExport::TestExport(int year) {
    files_["Export.csv"] =
        "ExportID,SourceID,ExportDate,CSVVersion,HashStatus,ImplementationID,ExportPeriodType,"
        "ExportDirective,ExportStartDate,ExportEndDate\n"
        "1,77,2026-06-30 01:00:00," +
        std::to_string(year) + " v1.0,1,Harbor HMIS,,,,\n";
    files_["Organization.csv"] =
        "OrganizationID,OrganizationName,VictimServiceProvider\nO1,Harbor,0\nO2,Haven,1\n";
    files_["Project.csv"] =
        "ProjectID,OrganizationID,ProjectName,ProjectType,TargetPopulation\n"
        "P3,O1,Homes,3,4\nS1,O1,Nights,1,4\nV12,O1,Stay,12,4\nD3,O1,Safe,3,1\nX1,O2,Haven,3,1\n";
    files_["Client.csv"] =
        std::string("PersonalID,FirstName,LastName,NameDataQuality,DOB,DOBDataQuality,") +
        (year >= 2026 ? "Sex,DateUpdated,ExportID\n" : "DateUpdated,ExportID\n");
    files_["Enrollment.csv"] =
        "EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,LivingSituation,MoveInDate,"
        "TimeToHousingLoss,DateUpdated,DateDeleted,RentalSubsidyType,ExportID\n";
    files_["Exit.csv"] =
        "ExitID,EnrollmentID,PersonalID,ExitDate,Destination,CMExitReason,DateUpdated,DateDeleted,"
        "ExportID\n";
    files_["CurrentLivingSituation.csv"] =
        "CurrentLivingSitID,EnrollmentID,PersonalID,InformationDate,CurrentLivingSituation,"
        "LeaveSituation14Days,SubsequentResidence,DateUpdated,DateDeleted,ExportID\n";
}

TestExport& TestExport::replace(const std::string& name, const std::string& from,
                                const std::string& to) {
    std::string& text = files_.at(name);
    const std::size_t at = text.find(from);
    CAREHUB_CHECK(at != std::string::npos, "the text to replace is there");
    text.replace(at, from.size(), to);
    return *this;
}

TestExport& TestExport::csv_version(const std::string& version) {
    std::string& text = files_.at("Export.csv");
    const std::size_t from = text.find("01:00:00,") + 9;
    text.replace(from, text.find(',', from) - from, version);
    return *this;
}

TestExport& TestExport::hash_status(const std::string& status) {
    return replace("Export.csv", ",1,Harbor", "," + status + ",Harbor");
}

TestExport& TestExport::implementation(const std::string& id) {
    return replace("Export.csv", "Harbor HMIS", id);
}

TestExport& TestExport::client(const std::string& cells) {
    files_.at("Client.csv") += cells + ",1\n";
    return *this;
}

TestExport& TestExport::enrollment(const std::string& cells) {
    files_.at("Enrollment.csv") += cells + ",,1\n";
    return *this;
}

TestExport& TestExport::exit(const std::string& cells) {
    files_.at("Exit.csv") += cells + ",1\n";
    return *this;
}

TestExport& TestExport::situation(const std::string& cells) {
    files_.at("CurrentLivingSituation.csv") += cells + ",1\n";
    return *this;
}

TestExport& TestExport::service(const std::string& cells) {
    return append("Services.csv",
                  "ServicesID,EnrollmentID,PersonalID,DateProvided,RecordType,DateUpdated,"
                  "DateDeleted,ExportID\n",
                  cells);
}

TestExport& TestExport::referral(const std::string& cells) {
    return append("Event.csv",
                  "EventID,EnrollmentID,PersonalID,EventDate,Event,ReferralResult,ResultDate,"
                  "DateUpdated,DateDeleted,ExportID\n",
                  cells);
}

TestExport& TestExport::assessment(const std::string& cells) {
    return append("Assessment.csv",
                  "AssessmentID,EnrollmentID,PersonalID,AssessmentDate,AssessmentLevel,"
                  "PrioritizationStatus,DateUpdated,DateDeleted,ExportID\n",
                  cells);
}

TestExport& TestExport::append(const std::string& name, const std::string& header,
                               const std::string& cells) {
    std::string& text = files_[name];
    text += (text.empty() ? header : "") + cells + ",1\n";
    return *this;
}

TestExport& TestExport::period(const std::string& type, const std::string& directive,
                               const std::string& from, const std::string& to) {
    return replace("Export.csv", ",,,,\n",
                   "," + type + "," + directive + "," + from + "," + to + "\n");
}

TestExport& TestExport::exported(const std::string& day) {
    return replace("Export.csv", "2026-06-30", day);
}

TestExport& TestExport::file(const std::string& name, const std::string& text) {
    files_[name] = text;
    return *this;
}

TestExport& TestExport::without(const std::string& name) {
    files_.erase(name);
    return *this;
}

void TestExport::write_to(const TemporaryFolder& folder) const {
    for (const auto& [name, text] : files_) {
        folder.write(name, text);
    }
}

void write_zip(const fs::path& zip, const std::vector<std::pair<std::string, std::string>>& files) {
    int error = 0;
    zip_t* archive = zip_open(zip.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    CAREHUB_CHECK(archive != nullptr, "a test writes its zip");
    for (const auto& [name, text] : files) {
        zip_source_t* source = zip_source_buffer(archive, text.data(), text.size(), 0);
        CAREHUB_CHECK(zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0,
                      "a test adds to its zip");
    }
    CAREHUB_CHECK(zip_close(archive) == 0, "a test closes its zip");
}

const Site& test_site() {
    static const Site site{"shelter", load_zone("America/New_York").value(), ""};
    return site;
}

Parsed read(const TestExport& test_export, KnownRows& known) {
    const TemporaryFolder folder;
    test_export.write_to(folder);
    auto parsed = read_export(folder.path(), test_site(), known);
    CAREHUB_CHECK(parsed.has_value(), "the test's export can be read");
    return std::move(*parsed);
}

Parsed read(const TestExport& test_export) {
    KnownRows known;
    return read(test_export, known);
}

std::vector<Submission> of_kind(const Parsed& parsed, EventKind kind) {
    std::vector<Submission> events;
    std::ranges::copy_if(parsed.events, std::back_inserter(events),
                         [kind](const Submission& event) { return event.kind == kind; });
    return events;
}

const HousingClaim& claim_of(const Submission& event) {
    return std::get<HousingClaim>(event.payload);
}

bool has_finding(const Parsed& parsed, std::string_view file, std::string_view field) {
    return std::ranges::any_of(parsed.findings, [&](const Finding& finding) {
        return finding.file == file && finding.field == field;
    });
}

}  // namespace carehub::adapters::housing
