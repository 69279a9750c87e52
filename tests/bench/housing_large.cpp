// What a large HMIS export takes: carehub_housing_large make FOLDER MIB [CHANGED_PER_MILLE [DAY]]
//                                 carehub_housing_large read ROOT
//
// `make` writes a whole export, FY2026, of about so many MiB: all 32-digit ids, wide tables, some
// rows changed in this way that an export without changes has 0 of 1,000; it prints how many
// rows of each table it wrote and how many of them it changed. The same numbers give the same bytes.
// `read` is an adapter without its link over ROOT/in, ROOT/state, ROOT/spool: it takes what lies in
// the folder, as the feed does (fingerprint, reading, spool, state, moved), and prints what it took.
#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <iostream>

#include "adapters/housing/read_export.hpp"
#include "adapters/kit/file_feed.hpp"
#include "hub/base/random.hpp"
#include "hub/base/zone_database.hpp"
#include "hub/codec/submission.hpp"

namespace {

namespace fs = std::filesystem;
using namespace carehub;
using namespace carehub::adapters;

constexpr int kDays = 1'000;
/// Rows of each table for one client: a county's shelters write many nights.
constexpr int kServices = 12;
constexpr int kSituations = 2;

std::string id_of(char table, std::uint64_t number) {
    std::uint64_t mixed = (number + 1) * 0x9e3779b97f4a7c15UL + static_cast<unsigned char>(table);
    std::string id(32, '0');
    for (char& digit : id) {
        mixed = mixed * 6364136223846793005UL + 1442695040888963407UL;
        digit = "0123456789abcdef"[mixed >> 60U];
    }
    return id;
}

class Writer {
public:
    Writer(fs::path folder, unsigned changed_per_mille, unsigned day)
        : folder_(std::move(folder)), changed_(changed_per_mille), day_(day) {
        fs::create_directories(folder_);
    }
    std::ofstream table(const std::string& name, const std::string& header) const {
        std::ofstream file(folder_ / (name + ".csv"), std::ios::binary);
        file << header << ",DateCreated,DateUpdated,UserID,DateDeleted,ExportID\r\n";
        return file;
    }
    /// The last five cells; a changed row has a new DateUpdated.
    std::string tail(std::uint64_t row) {
        const bool changed = row * 2'654'435'761U % 1'000 < changed_;
        changed_rows_ += changed ? 1 : 0;
        bytes_ += 1;
        return ",2026-01-05 09:00:00," +
               (changed ? "2026-07-0" + std::to_string(day_ % 9 + 1) : std::string("2026-06-01")) +
               " 09:30:00," + id_of('u', row % 40) + ",," + id_of('x', day_) + "\r\n";
    }
    std::uint64_t changed_rows() const { return changed_rows_; }
    unsigned day() const { return day_; }

private:
    fs::path folder_;
    unsigned changed_;
    unsigned day_;
    std::uint64_t changed_rows_ = 0;
    std::uint64_t bytes_ = 0;
};

std::string day_text(std::uint64_t number) {
    return to_iso(Date{std::chrono::days{19'500 + static_cast<int>(number % kDays)}});
}

int make(const fs::path& folder, std::uint64_t bytes, unsigned changed, unsigned day) {
    Writer writer(folder, changed, day);
    std::ofstream(folder / "Export.csv", std::ios::binary)
        << "ExportID,SourceType,SourceID,ExportDate,ExportStartDate,ExportEndDate,SoftwareName,"
           "CSVVersion,ExportPeriodType,ExportDirective,HashStatus,ImplementationID\r\n"
        << id_of('x', day) << ",1,77,2026-07-0" << day % 9 + 1
        << " 01:00:00,2020-01-01,2026-07-31,Bench,2026 v1.0,3,2,1,Bench HMIS\r\n";
    std::ofstream(folder / "Organization.csv") << "OrganizationID,VictimServiceProvider\r\nO,0\r\n";
    std::ofstream(folder / "Project.csv")
        << "ProjectID,OrganizationID,ProjectType,TargetPopulation\r\nES,O,1,4\r\nRRH,O,13,4\r\n";
    auto clients = writer.table("Client",
                                "PersonalID,FirstName,LastName,NameDataQuality,SSN,"
                                "SSNDataQuality,DOB,DOBDataQuality,Sex");
    auto enrollments =
        writer.table("Enrollment",
                     "EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH,"
                     "LivingSituation,RentalSubsidyType,MoveInDate,TimeToHousingLoss");
    auto exits = writer.table("Exit",
                              "ExitID,EnrollmentID,PersonalID,ExitDate,Destination,"
                              "DestinationSubsidyType,CMExitReason");
    auto situations =
        writer.table("CurrentLivingSituation",
                     "CurrentLivingSitID,EnrollmentID,PersonalID,InformationDate,"
                     "CurrentLivingSituation,LeaveSituation14Days,SubsequentResidence");
    auto services = writer.table("Services",
                                 "ServicesID,EnrollmentID,PersonalID,DateProvided,"
                                 "RecordType,TypeProvided,OtherTypeProvided,FAAmount");
    auto incomes = writer.table("IncomeBenefits",
                                "IncomeBenefitsID,EnrollmentID,PersonalID,"
                                "InformationDate,IncomeFromAnySource,Details");
    std::uint64_t written = 0;
    std::uint64_t row = 0;
    std::uint64_t people = 0;
    const auto put = [&](std::ofstream& file, const std::string& cells) {
        const std::string text = cells + writer.tail(row++);
        written += text.size();
        file << text;
    };
    for (; written < bytes; ++people) {
        const std::string person = id_of('p', people);
        const std::string enrollment = id_of('e', people);
        const std::string both = "," + enrollment + "," + person + ",";
        put(clients, person + ",Given" + std::to_string(people) + ",\"Family, of " +
                         std::to_string(people) + "\",1,123456780,1,1980-01-01,1,1");
        put(enrollments, enrollment + "," + person + (people % 4 == 0 ? ",RRH," : ",ES,") +
                             day_text(people) + "," + id_of('h', people / 2) + ",1,116,," +
                             (people % 4 == 0 ? day_text(people + 1) : "") + ",");
        if (people % 2 == 0) {
            put(exits, id_of('q', people) + both + day_text(people + 200) + ",116,,");
        }
        for (int i = 0; i < kSituations; ++i) {
            put(situations, id_of('s', people * kSituations + static_cast<unsigned>(i)) + both +
                                day_text(people + static_cast<unsigned>(i)) + ",116,0,");
        }
        for (int i = 0; i < kServices; ++i) {
            put(services, id_of('v', people * kServices + static_cast<unsigned>(i)) + both +
                              day_text(people + static_cast<unsigned>(i)) + ",200,200,,");
        }
        for (int i = 0; i < 4; ++i) {
            put(incomes, id_of('i', people * 4 + static_cast<unsigned>(i)) + both +
                             day_text(people) + ",1," + std::string(300, '0'));
        }
    }
    std::cout << "{\"bytes\":" << written << ",\"rows\":" << row << ",\"people\":" << people
              << ",\"changed_rows\":" << writer.changed_rows() << "}\n";
    return 0;
}

Status read(const fs::path& root) {
    SystemRandom random;
    CAREHUB_TRY(Sealing sealing, Sealing::of_link({Hash256{7}, {}}, random));
    CAREHUB_TRY(const auto spool, Spool::open(root / "spool", sealing));
    CAREHUB_TRY(const TimeZone zone, load_zone("America/New_York"));
    const housing::Site site{"bench", zone, ""};
    Counts counts;
    FileFeedOptions options;
    options.folders = {root / "in", root / "done", root / "refused"};
    options.takes = Takes::FilesAndSets;
    options.state_folder = root / "state";
    options.read_large = [&site](const fs::path& file, std::string& state, const FeedDesk& desk) {
        return housing::read_export(file, site, state, &desk);
    };
    options.encode = codec::encode_submission;
    CAREHUB_TRY(const auto feed, FileFeed::open(options, *spool, sealing, counts));
    const std::uint64_t before = spool->next();
    const auto begin = std::chrono::steady_clock::now();
    while (!feed->is_idle()) {
        CAREHUB_TRY_DONE(feed->step());
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    std::cout << "{\"files_done\":" << feed->files_done()
              << ",\"files_refused\":" << feed->files_refused()
              << ",\"events\":" << spool->next() - before << ",\"wall_s\":" << took.count()
              << ",\"cpu_s\":" << seconds(usage.ru_utime) + seconds(usage.ru_stime)
              << ",\"peak_mib\":" << usage.ru_maxrss / 1024 << "}\n";
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> given(argv, argv + argc);
    if (given.size() >= 4 && given[1] == "make") {
        const auto number = [&](std::size_t at) {
            return given.size() > at ? static_cast<unsigned>(std::stoul(given[at])) : 0U;
        };
        return make(given[2], std::uint64_t{number(3)} << 20U, number(4), number(5));
    }
    if (given.size() == 3 && given[1] == "read") {
        const Status done = read(given[2]);
        if (!done) {
            std::cerr << to_string(done.error()) << '\n';
        }
        return done ? 0 : 1;
    }
    std::cerr << "carehub_housing_large make FOLDER MIB [CHANGED_PER_MILLE [DAY]] | read ROOT\n";
    return 2;
}
