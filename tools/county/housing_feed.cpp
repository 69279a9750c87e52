#include "tools/county/housing_feed.hpp"

#include <algorithm>
#include <array>

#include "hub/base/check.hpp"
#include "tools/county/hmis_columns.hpp"

namespace carehub::county {
namespace {

constexpr std::string_view kImplementation = "CTY-HMIS";
constexpr std::string_view kCounty = "1";  ///< organisation and user of every row
/// The rest of the export's files hold their header alone.
constexpr std::array<std::string_view, 8> kFilled = {
    "Export", "Organization", "User", "Project",
    "Client", "Enrollment",   "Exit", "CurrentLivingSituation"};

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

const HmisTable& table_named(std::string_view name) {
    const auto tables = hmis_tables();
    const auto found = std::find_if(tables.begin(), tables.end(),
                                    [&](const HmisTable& t) { return t.name == name; });
    CAREHUB_CHECK(found != tables.end(), "the export has this table");
    return *found;
}

std::vector<std::string_view> split(std::string_view columns) {
    std::vector<std::string_view> names;
    for (std::size_t at = 0; at <= columns.size();) {
        const std::size_t comma = std::min(columns.find(',', at), columns.size());
        names.push_back(columns.substr(at, comma - at));
        at = comma + 1;
    }
    return names;
}

/// HMIS times have no zone: they are the provider's wall clock.
std::string stamp(Date date, int minute) { return to_iso(date) + " " + clock_text(minute) + ":00"; }

std::string export_id(int day) { return "EXP-" + padded(static_cast<std::uint64_t>(day), 3); }

}  // namespace

HmisSheet::HmisSheet(const std::filesystem::path& folder, std::string_view table)
    : file_(folder / (std::string(table) + ".csv")), columns_(split(table_named(table).columns)) {
    file_.write(std::string(table_named(table).columns) + "\r\n");
}

void HmisSheet::row(std::initializer_list<Cell> cells) {
    std::vector<std::string> values(columns_.size());
    for (const auto& [name, value] : cells) {
        const auto column = std::find(columns_.begin(), columns_.end(), name);
        CAREHUB_CHECK(column != columns_.end(), "the table has the column that a row fills");
        values[static_cast<std::size_t>(column - columns_.begin())] = value;
    }
    file_.write(csv_line(values));
}

HousingFeed::HousingFeed(const World& world, int day, std::filesystem::path folder)
    : world_(world),
      day_(day),
      folder_(std::move(folder)),
      clients_(folder_, "Client"),
      enrollments_(folder_, "Enrollment"),
      exits_(folder_, "Exit"),
      situations_(folder_, "CurrentLivingSituation") {}

void HousingFeed::add(const ClientPlan& plan) {
    if (!plan.housing || plan.housing->day > day_) {
        return;
    }
    const HousingStay& stay = *plan.housing;
    const Person& person = plan.person;
    const std::string changed = stamp(stay.entry, 9 * 60);
    clients_.row({{"PersonalID", numbered("HM", person.number)},
                  {"FirstName", person.given},
                  {"LastName", person.family},
                  {"NameDataQuality", "1"},
                  {"SSNDataQuality", "99"},
                  {"DOB", to_iso(person.birth)},
                  {"DOBDataQuality", "1"},
                  {"Sex", person.sex == 'F' ? "0" : "1"},
                  {"RaceNone", "99"},
                  {"VeteranStatus", "0"},
                  {"DateCreated", changed},
                  {"DateUpdated", changed},
                  {"UserID", std::string(kCounty)},
                  {"ExportID", export_id(day_)}});
    write_enrollment(person, stay);
    if (stay.exit_day && *stay.exit_day <= day_) {
        write_exit(person, stay);
    }
}

void HousingFeed::write_enrollment(const Person& person, const HousingStay& stay) {
    const std::string changed = stamp(stay.move_in.value_or(stay.entry), 9 * 60 + 30);
    enrollments_.row(
        {{"EnrollmentID", numbered("EN", person.number)},
         {"PersonalID", numbered("HM", person.number)},
         {"ProjectID", std::string(kProjects[static_cast<std::size_t>(stay.project)].id)},
         {"EntryDate", to_iso(stay.entry)},
         {"HouseholdID", numbered("HH", person.number)},
         {"RelationshipToHoH", "1"},
         {"EnrollmentCoC", "XX-501"},
         {"LivingSituation", std::to_string(stay.prior_situation)},
         {"DisablingCondition", "99"},
         {"MoveInDate", stay.move_in ? to_iso(*stay.move_in) : ""},
         {"DateCreated", stamp(stay.entry, 9 * 60)},
         {"DateUpdated", changed},
         {"UserID", std::string(kCounty)},
         {"ExportID", export_id(day_)}});
    if (!stay.situation_on) {
        return;
    }
    const std::string seen = stamp(*stay.situation_on, 15 * 60);
    situations_.row({{"CurrentLivingSitID", numbered("LS", person.number)},
                     {"EnrollmentID", numbered("EN", person.number)},
                     {"PersonalID", numbered("HM", person.number)},
                     {"InformationDate", to_iso(*stay.situation_on)},
                     {"CurrentLivingSituation", std::to_string(stay.situation)},
                     {"DateCreated", seen},
                     {"DateUpdated", seen},
                     {"UserID", std::string(kCounty)},
                     {"ExportID", export_id(day_)}});
}

void HousingFeed::write_exit(const Person& person, const HousingStay& stay) {
    const std::string changed = stamp(stay.exit, 17 * 60);
    exits_.row({{"ExitID", numbered("EX", person.number)},
                {"EnrollmentID", numbered("EN", person.number)},
                {"PersonalID", numbered("HM", person.number)},
                {"ExitDate", to_iso(stay.exit)},
                {"Destination", std::to_string(stay.destination)},
                {"DestinationSubsidyType", stay.destination == 435 ? "433" : ""},
                {"DateCreated", changed},
                {"DateUpdated", changed},
                {"UserID", std::string(kCounty)},
                {"ExportID", export_id(day_)}});
}

Status HousingFeed::write_projects() const {
    const std::string since = "2019-01-01 09:00:00";
    const std::string id = export_id(day_);
    HmisSheet exports(folder_, "Export");
    exports.row({{"ExportID", id},
                 {"SourceType", "1"},
                 {"SourceID", std::string(kImplementation)},
                 {"SourceName", "Ashford County Housing"},
                 {"ExportDate", stamp(world_.date_of(day_), 4 * 60)},
                 {"ExportStartDate", to_iso(world_.start() - std::chrono::days{400})},
                 {"ExportEndDate", to_iso(world_.date_of(day_))},
                 {"SoftwareName", "Ashford HMIS"},
                 {"CSVVersion", "2026 v1.0"},
                 {"ExportPeriodType", "3"},
                 {"ExportDirective", "2"},
                 {"HashStatus", "1"},
                 {"ImplementationID", std::string(kImplementation)}});
    CAREHUB_TRY_DONE(exports.close());
    HmisSheet organizations(folder_, "Organization");
    organizations.row({{"OrganizationID", std::string(kCounty)},
                       {"OrganizationName", "Ashford County Housing"},
                       {"VictimServiceProvider", "0"},
                       {"DateCreated", since},
                       {"DateUpdated", since},
                       {"UserID", std::string(kCounty)},
                       {"ExportID", id}});
    CAREHUB_TRY_DONE(organizations.close());
    HmisSheet users(folder_, "User");
    users.row({{"UserID", std::string(kCounty)},
               {"DateCreated", since},
               {"DateUpdated", since},
               {"ExportID", id}});
    CAREHUB_TRY_DONE(users.close());
    HmisSheet projects(folder_, "Project");
    for (const Project& project : kProjects) {
        projects.row({{"ProjectID", std::string(project.id)},
                      {"OrganizationID", std::string(kCounty)},
                      {"ProjectName", std::string(project.name)},
                      {"OperatingStartDate", "2019-01-01"},
                      {"ContinuumProject", "1"},
                      {"ProjectType", std::string(project.type)},
                      {"TargetPopulation", "4"},
                      {"DateCreated", since},
                      {"DateUpdated", since},
                      {"UserID", std::string(kCounty)},
                      {"ExportID", id}});
    }
    return projects.close();
}

Status HousingFeed::close() {
    CAREHUB_TRY_DONE(write_projects());
    for (HmisSheet* sheet : {&clients_, &enrollments_, &exits_, &situations_}) {
        CAREHUB_TRY_DONE(sheet->close());
    }
    for (const HmisTable& table : hmis_tables()) {
        if (std::find(kFilled.begin(), kFilled.end(), table.name) == kFilled.end()) {
            HmisSheet empty(folder_, table.name);
            CAREHUB_TRY_DONE(empty.close());
        }
    }
    return {};
}

}  // namespace carehub::county
