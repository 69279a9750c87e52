// directory: staff, absences, on call, places and calendars, each row an entry of the journal.
#include "tools/carehub/csv_import.hpp"
#include "tools/carehub/words.hpp"

namespace carehub::tool {
namespace fs = std::filesystem;
namespace {

Result<std::uint16_t> small_number(const Row& row, const std::string& column) {
    const std::string& text = row.at(column);
    unsigned long value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9' || value > 6'000) {
            return row.bad(column, "write a whole number up to 60000");
        }
        value = value * 10 + static_cast<unsigned long>(c - '0');
    }
    return static_cast<std::uint16_t>(value);
}

Result<CommandBody> staff_row(const Row& row) {
    StaffCommand staff;
    staff.staff = row.at("staff");
    const auto role = parse_word<StaffRole>(row.at("role"));
    if (!role) {
        return row.bad("role", "use case_manager, supervisor, integration or operator");
    }
    staff.role = *role;
    staff.team = row.at("team");
    staff.supervisor = row.at("supervisor");
    staff.calendar = row.at("calendar");
    staff.zone = row.at("zone");
    staff.email = row.at("email");
    CAREHUB_TRY(staff.caseload_limit, small_number(row, "caseload_limit"));
    CAREHUB_TRY(staff.quiet_from_min, row.clock("quiet_from"));
    CAREHUB_TRY(staff.quiet_until_min, row.clock("quiet_until"));
    return CommandBody(staff);
}

Result<CommandBody> absence_row(const Row& row) {
    AbsenceCommand absence;
    absence.staff = row.at("staff");
    absence.deputy = row.at("deputy");
    CAREHUB_TRY(absence.from, row.date("from"));
    CAREHUB_TRY(absence.until, row.date("until"));
    return CommandBody(absence);
}

Result<CommandBody> on_call_row(const Row& row) {
    OnCallCommand on_call;
    on_call.team = row.at("team");
    on_call.staff = row.at("staff");
    CAREHUB_TRY(on_call.from, row.time("from"));
    CAREHUB_TRY(on_call.until, row.time("until"));
    return CommandBody(on_call);
}

Result<std::int32_t> degrees_e7(const Row& row, const std::string& column) {
    const std::string& text = row.at(column);
    if (text.empty()) {
        return 0;
    }
    char* end = nullptr;
    const double degrees = std::strtod(text.c_str(), &end);
    if (end != text.c_str() + text.size() || degrees < -180.0 || degrees > 180.0) {
        return row.bad(column, "write degrees such as 42.3601");
    }
    return static_cast<std::int32_t>(degrees * 1e7);
}

Result<CommandBody> place_row(const Row& row) {
    PlaceCommand place;
    place.partner = row.at("partner");
    place.code = row.at("code");
    place.site = row.at("site");
    place.city = row.at("city");
    place.zone = row.at("zone");
    CAREHUB_TRY(place.lat_e7, degrees_e7(row, "lat"));
    CAREHUB_TRY(place.lon_e7, degrees_e7(row, "lon"));
    const auto program = parse_word<Program>(row.at("program"));
    if (!program && !row.at("program").empty()) {
        return row.bad("program",
                       "use general, psychiatric, sud, detox, emergency, shelter, court, "
                       "supervision, jail or other");
    }
    place.program = program.value_or(Program::Unset);
    const auto labels = parse_labels(row.at("labels"));
    if (!labels) {
        return row.bad("labels", "use PART2, MENTAL_HEALTH, HIV ..., separated by ;");
    }
    place.labels = *labels;
    return CommandBody(place);
}

/// "MO-FR" or "SA" as ISO weekdays; empty when the text is no weekday rule.
std::vector<std::uint8_t> weekdays_of(const std::string& text) {
    static const std::vector<std::string> kDays = {"mo", "tu", "we", "th", "fr", "sa", "su"};
    const auto index = [](const std::string& day) {
        const auto at = std::find(kDays.begin(), kDays.end(), plain_word(day));
        return at == kDays.end() ? -1 : static_cast<int>(at - kDays.begin());
    };
    const std::size_t dash = text.find('-');
    const int first = index(text.substr(0, dash));
    const int last = dash == std::string::npos ? first : index(text.substr(dash + 1));
    std::vector<std::uint8_t> days;
    for (int day = first; first >= 0 && day <= last; ++day) {
        days.push_back(static_cast<std::uint8_t>(day + 1));
    }
    return days;
}

Result<std::vector<CommandBody>> calendar_row(const Row& row) {
    CalendarCommand day;
    day.calendar = row.at("calendar");
    const std::string open = plain_word(row.at("open"));
    if (open != "yes" && open != "no" && open != "true" && open != "false" && open != "1" &&
        open != "0") {
        return row.bad("open", "write yes or no");
    }
    day.open = open == "yes" || open == "true" || open == "1";
    CAREHUB_TRY(day.from_min, row.clock("from"));
    CAREHUB_TRY(day.until_min, row.clock("until"));
    std::vector<CommandBody> days;
    for (const std::uint8_t weekday : weekdays_of(row.at("date"))) {
        day.weekday = weekday;
        days.emplace_back(day);
    }
    if (days.empty()) {
        CAREHUB_TRY(day.date, row.date("date"));
        days.emplace_back(day);
    }
    return days;
}

struct DirectoryFile {
    std::string name;
    std::vector<std::string> columns;
    Result<CommandBody> (*row)(const Row&);
};

Result<int> directory_import(const Run& run, const fs::path& folder) {
    static const std::vector<DirectoryFile> kFiles = {
        {"staff.csv",
         {"staff", "role", "team", "supervisor", "calendar", "zone", "email", "caseload_limit",
          "quiet_from", "quiet_until"},
         staff_row},
        {"absences.csv", {"staff", "from", "until", "deputy"}, absence_row},
        {"on_call.csv", {"team", "from", "until", "staff"}, on_call_row},
        {"places.csv",
         {"partner", "code", "site", "city", "zone", "lat", "lon", "program", "labels"},
         place_row}};
    CAREHUB_TRY(Door door, Door::open(run));
    Import import(run, door);
    for (const DirectoryFile& file : kFiles) {
        if (fs::exists(folder / file.name)) {
            CAREHUB_TRY_DONE(
                import.read(folder / file.name, file.columns, [&](const Row& row) -> Status {
                    CAREHUB_TRY(CommandBody command, file.row(row));
                    return import.add(row, std::move(command));
                }));
        }
    }
    if (fs::exists(folder / "calendars.csv")) {
        const auto add_days = [&import](const Row& row) -> Status {
            CAREHUB_TRY(const auto days, calendar_row(row));
            for (const CommandBody& day : days) {
                CAREHUB_TRY_DONE(import.add(row, day));
            }
            return {};
        };
        CAREHUB_TRY_DONE(import.read(folder / "calendars.csv",
                                     {"calendar", "date", "open", "from", "until"}, add_days));
    }
    return import.finish("directory");
}

}  // namespace

void add_directory(CLI::App& app, Run& run) {
    auto* directory = subcommand(app, "directory", "staff, absences, on call, places, calendars");
    directory->require_subcommand(1);
    auto folder = std::make_shared<std::string>();
    auto* import = subcommand(*directory, "import", "the csv files of a folder; says what changed");
    option(*import, "DIR", *folder, "folder with staff.csv, places.csv ...")
        ->required()
        ->check(CLI::ExistingDirectory);
    runs(import, run, [&run, folder] { return directory_import(run, *folder); });
}

}  // namespace carehub::tool
