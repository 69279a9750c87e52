#include "tools/county/housing_feed.hpp"

#include <algorithm>

#include "tools/county/hmis_columns.hpp"

namespace carehub::county {
namespace {

using Cells = std::vector<HmisSheet::Cell>;
using std::chrono::days;

constexpr int kOpens = 9 * 60;
constexpr int kCloses = 17 * 60;
/// The rest of the export's files hold their header alone.
constexpr std::array<std::string_view, 11> kFilled = {"Export",
                                                      "Organization",
                                                      "User",
                                                      "Project",
                                                      "Client",
                                                      "Enrollment",
                                                      "Exit",
                                                      "Services",
                                                      "Event",
                                                      "Assessment",
                                                      "CurrentLivingSituation"};

bool is_merged(const HousingStay& stay, int day) {
    return !stay.merged_day || *stay.merged_day <= day;
}

/// The PersonalID under which the stay stands on that day.
std::string personal_id(const Person& person, const HousingStay& stay, int day) {
    return is_merged(stay, day) ? numbered("HM", person.number) : numbered("HM", person.number, 2);
}

std::string code_text(int code) { return code == 0 ? "" : std::to_string(code); }

/// The columns of a table's own.
Cells cells_of(const HousingRow& row, const HousingRowVersion& version) {
    const std::string on = to_iso(version.date);
    const std::string code = std::to_string(version.code);
    switch (row.table) {
        case HousingTable::Services:
            return {{"ServicesID", row.id},
                    {"DateProvided", on},
                    {"RecordType", code},
                    {"TypeProvided", code}};
        case HousingTable::Event:
            return {{"EventID", row.id},
                    {"EventDate", on},
                    {"Event", code},
                    {"ReferralResult", code_text(version.outcome)},
                    {"ResultDate", version.outcome_on ? to_iso(*version.outcome_on) : ""}};
        case HousingTable::Assessment:
            return {{"AssessmentID", row.id},
                    {"AssessmentDate", on},
                    {"AssessmentLocation", "Ashford access point"},
                    {"AssessmentType", "3"},
                    {"AssessmentLevel", code},
                    {"PrioritizationStatus", code_text(version.outcome)}};
        case HousingTable::CurrentLivingSituation:
            return {{"CurrentLivingSitID", row.id},
                    {"InformationDate", on},
                    {"CurrentLivingSituation", code},
                    {"LeaveSituation14Days", version.must_leave ? "1" : ""},
                    {"SubsequentResidence", version.must_leave ? "0" : ""}};
    }
    return {};
}

}  // namespace

HousingFeed::HousingFeed(const World& world, int day, std::filesystem::path folder)
    : world_(world),
      day_(day),
      folder_(std::move(folder)),
      clients_(folder_, "Client"),
      enrollments_(folder_, "Enrollment"),
      exits_(folder_, "Exit"),
      rows_{HmisSheet(folder_, "Services"), HmisSheet(folder_, "Event"),
            HmisSheet(folder_, "Assessment"), HmisSheet(folder_, "CurrentLivingSituation")} {}

HmisSheet& HousingFeed::sheet_of(HousingTable table) {
    return rows_[static_cast<std::size_t>(table)];
}

Cells HousingFeed::stamped(Cells cells, const std::string& created,
                           const std::string& updated) const {
    cells.insert(cells.end(), {{"DateCreated", created},
                               {"DateUpdated", updated},
                               {"UserID", std::string(kHmisUser)},
                               {"ExportID", export_id(day_)}});
    return cells;
}

void HousingFeed::add(const ClientPlan& plan) {
    if (!plan.housing || plan.housing->day > day_) {
        return;
    }
    const HousingStay& stay = *plan.housing;
    write_client(plan.person, stay);
    write_enrollment(plan.person, stay);
    if (stay.exit_day && holds_change(day_, *stay.exit_day)) {
        write_exit(plan.person, stay);
    }
    if (stay.situation_on && holds_change(day_, stay.day)) {
        HousingRowVersion seen;
        seen.date = *stay.situation_on;
        seen.code = stay.situation;
        write_row(
            plan.person, stay,
            {HousingTable::CurrentLivingSituation, numbered("LS", plan.person.number), {seen}});
    }
    for (const HousingRow& row : stay.rows) {
        write_row(plan.person, stay, row);
    }
}

void HousingFeed::write_client(const Person& person, const HousingStay& stay) {
    const int changed = stay.merged_day && is_merged(stay, day_) ? *stay.merged_day : stay.day;
    if (!holds_change(day_, changed)) {
        return;
    }
    const std::string created = hmis_time(stay.entry, kOpens);
    clients_.row(stamped({{"PersonalID", personal_id(person, stay, day_)},
                          {"FirstName", person.given},
                          {"LastName", person.family},
                          {"NameDataQuality", "1"},
                          {"SSNDataQuality", "99"},
                          {"DOB", to_iso(person.birth)},
                          {"DOBDataQuality", "1"},
                          {"Sex", person.sex == 'F' ? "0" : "1"},
                          {"RaceNone", "99"},
                          {"VeteranStatus", "0"}},
                         created, created));
}

void HousingFeed::write_enrollment(const Person& person, const HousingStay& stay) {
    const bool corrected = stay.corrected_day && *stay.corrected_day <= day_;
    const bool merged = stay.merged_day && is_merged(stay, day_);
    const int changed = corrected ? *stay.corrected_day : merged ? *stay.merged_day : stay.day;
    if (!holds_change(day_, changed)) {
        return;
    }
    const std::string updated = corrected || merged
                                    ? hmis_time(world_.date_of(changed) - days{1}, kCloses)
                                    : hmis_time(stay.move_in.value_or(stay.entry), kOpens + 30);
    enrollments_.row(stamped({{"EnrollmentID", numbered("EN", person.number)},
                              {"PersonalID", personal_id(person, stay, day_)},
                              {"ProjectID", project_id(stay.project)},
                              {"EntryDate", to_iso(corrected ? stay.corrected_entry : stay.entry)},
                              {"HouseholdID", numbered("HH", person.number)},
                              {"RelationshipToHoH", "1"},
                              {"EnrollmentCoC", "XX-501"},
                              {"LivingSituation", std::to_string(stay.prior_situation)},
                              {"DisablingCondition", "99"},
                              {"MoveInDate", stay.move_in ? to_iso(*stay.move_in) : ""}},
                             hmis_time(stay.entry, kOpens), updated));
}

void HousingFeed::write_exit(const Person& person, const HousingStay& stay) {
    const std::string changed = hmis_time(stay.exit, kCloses);
    exits_.row(stamped({{"ExitID", numbered("EX", person.number)},
                        {"EnrollmentID", numbered("EN", person.number)},
                        {"PersonalID", personal_id(person, stay, day_)},
                        {"ExitDate", to_iso(stay.exit)},
                        {"Destination", std::to_string(stay.destination)},
                        {"DestinationSubsidyType", stay.destination == 435 ? "433" : ""}},
                       changed, changed));
}

void HousingFeed::write_row(const Person& person, const HousingStay& stay, const HousingRow& row) {
    const HousingRowVersion* version = version_on(row.versions, day_);
    if (version == nullptr || version->state == RowState::Vanished ||
        !holds_change(day_, std::max(version->day, stay.day))) {
        return;
    }
    Cells cells = cells_of(row, *version);
    cells.insert(cells.end(), {{"EnrollmentID", numbered("EN", person.number)},
                               {"PersonalID", personal_id(person, stay, day_)}});
    // Told the evening before; what is deleted, on the evening before that was told.
    const Date told = version->day > 0 ? world_.date_of(version->day) - days{1} : version->date;
    if (version->state == RowState::Deleted) {
        cells.emplace_back("DateDeleted", hmis_time(told, kCloses));
    }
    sheet_of(row.table).row(
        stamped(std::move(cells), hmis_time(version->date, kCloses - 2 * 60),
                hmis_time(told, version->day > 0 ? kCloses : kCloses - 2 * 60)));
}

Status HousingFeed::close() {
    CAREHUB_TRY_DONE(write_provider(world_, day_, folder_));
    for (HmisSheet* sheet : {&clients_, &enrollments_, &exits_}) {
        CAREHUB_TRY_DONE(sheet->close());
    }
    for (HmisSheet& sheet : rows_) {
        CAREHUB_TRY_DONE(sheet.close());
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
