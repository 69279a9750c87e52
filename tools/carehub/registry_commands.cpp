// partner, directory, roster, agreement: the registry, each row an entry of the journal.
#include <boost/json.hpp>
#include <iostream>

#include "adapters/kit/toml.hpp"
#include "hub/daemon/config.hpp"
#include "hub/model/kind_word.hpp"
#include "tools/carehub/csv_import.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/words.hpp"

namespace carehub::tool {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kImportChunk = 1'000;  ///< commands sent before their receipts are looked at

// --- partner -----------------------------------------------------------------------------------

struct PartnerArguments {
    std::string name;
    std::string kind;
    std::string role;
    std::string public_key;
    std::string calendar;
    std::string backfill_until;
    std::string out;
};

Result<PartnerCommand> partner_command(const PartnerArguments& arguments, Hash256 public_key) {
    PartnerCommand command;
    command.name = arguments.name;
    const auto kind = parse_kind_word(arguments.kind);
    if (!kind) {
        return fail(ErrorCode::Invalid, "--kind is one of clinic, hospital, housing, court, supervision, jail, staff");
    }
    command.kind = *kind;
    if (command.kind == PartnerKind::Staff) {
        const auto role = parse_word<StaffRole>(arguments.role);
        if (!role) {
            return fail(ErrorCode::Invalid, "--role is one of case_manager, supervisor, integration, operator");
        }
        command.role = *role;
    }
    if (!arguments.backfill_until.empty()) {
        const auto until = parse_iso_time(arguments.backfill_until);
        if (!until) {
            return fail(ErrorCode::Invalid, "--backfill-until wants a time such as 2026-03-02T06:00:00-05:00");
        }
        command.backfill_until = *until;
    }
    command.calendar = arguments.calendar;
    command.public_key = public_key;
    return command;
}

Result<std::string> endpoint_of(const daemon::DataFolder& folder) {
    if (const auto running = daemon::read_text(folder.endpoint())) {
        return running->substr(0, running->find('\n'));
    }
    CAREHUB_TRY(const daemon::Config config, daemon::read_config(folder.settings()));
    return "tcp://" + config.address + ":" + std::to_string(config.port);
}

Result<int> partner_add(const Run& run, const PartnerArguments& arguments) {
    CAREHUB_TRY(transport::CurveKeys keys, transport::make_curve_keys());
    if (!arguments.public_key.empty()) {
        const auto given = transport::from_z85(arguments.public_key);
        if (!given) {
            return fail(ErrorCode::Invalid, "--public-key is 40 characters of Z85");
        }
        keys = {*given, {}};
    }
    CAREHUB_TRY(const PartnerCommand command, partner_command(arguments, keys.public_key));
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const Receipt receipt, door.command(command));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    const daemon::DataFolder folder = folder_of(run);
    CAREHUB_TRY(const transport::CurveKeys hub, daemon::read_hub_keys(folder));
    adapters::LinkFile link;
    link.name = arguments.name;
    link.kind = command.kind;
    link.role = command.role;
    CAREHUB_TRY(link.endpoint, endpoint_of(folder));
    link.hub_public_key = hub.public_key;
    link.public_key = keys.public_key;
    link.secret_key = keys.secret_key;
    const fs::path file = arguments.out.empty() ? arguments.name + ".carehub" : arguments.out;
    CAREHUB_TRY_DONE(adapters::write_link_file(file, link));
    std::cout << "Added " << arguments.name << " (" << arguments.kind << "); its link file is " << file.string()
              << ", which holds a secret key.\n";
    return 0;
}

Result<int> partner_list(const Run& run) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const auto lines, door.ask("partners", {}));
    print_lines(lines, run.json,
                {{"partner", "partner"}, {"kind", "kind"}, {"role", "role"}, {"removed", "removed"}},
                "No partners yet: carehub partner add NAME --kind clinic");
    return 0;
}

Result<int> partner_remove(const Run& run, const std::string& name) {
    CAREHUB_TRY(Door door, Door::open(run));
    PartnerCommand command;
    command.name = name;
    command.kind = PartnerKind::Staff;  // not looked at when removing
    command.removed = true;
    CAREHUB_TRY(const Receipt receipt, door.command(command));
    if (receipt.status == ReceiptStatus::Refused) {
        return tl::unexpected<Error>(refusal_error(receipt));
    }
    std::cout << "Removed " << name << ": its key is not admitted any more.\n";
    return 0;
}

// --- directory ---------------------------------------------------------------------------------

/// Collects commands from rows and sends them in chunks.
class Import {
public:
    Import(const Run& run, Door& door) : run_(run), door_(door) {}

    Status add(const Row& row, CommandBody command) {
        commands_.push_back(std::move(command));
        where_.push_back("line " + std::to_string(row.line()));
        return commands_.size() < kImportChunk ? Status{} : flush();
    }

    Status read(const fs::path& file, const std::vector<std::string>& columns,
                const std::function<Status(const Row&)>& take) {
        CAREHUB_TRY(const std::uint64_t bad, read_rows(file, columns, take));
        counts_.refused += bad;
        return flush();
    }

    int finish(const std::string& what) const { return report(what, counts_, run_.json); }

private:
    Status flush() {
        CAREHUB_TRY_DONE(send_commands(door_, commands_, where_, counts_));
        commands_.clear();
        where_.clear();
        return {};
    }

    const Run& run_;
    Door& door_;
    ImportCounts counts_;
    std::vector<CommandBody> commands_;
    std::vector<std::string> where_;
};

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
        return row.bad("program", "use general, psychiatric, sud, detox, emergency, shelter, court, supervision, jail or other");
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
    if (open != "yes" && open != "no" && open != "true" && open != "false" && open != "1" && open != "0") {
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
         {"staff", "role", "team", "supervisor", "calendar", "zone", "email", "caseload_limit", "quiet_from", "quiet_until"},
         staff_row},
        {"absences.csv", {"staff", "from", "until", "deputy"}, absence_row},
        {"on_call.csv", {"team", "from", "until", "staff"}, on_call_row},
        {"places.csv", {"partner", "code", "site", "city", "zone", "lat", "lon", "program", "labels"}, place_row}};
    CAREHUB_TRY(Door door, Door::open(run));
    Import import(run, door);
    for (const DirectoryFile& file : kFiles) {
        if (fs::exists(folder / file.name)) {
            CAREHUB_TRY_DONE(import.read(folder / file.name, file.columns, [&](const Row& row) -> Status {
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
        CAREHUB_TRY_DONE(import.read(folder / "calendars.csv", {"calendar", "date", "open", "from", "until"}, add_days));
    }
    return import.finish("directory");
}

// --- roster ------------------------------------------------------------------------------------

Result<CommandBody> roster_row(const Row& row) {
    RosterCommand client;
    client.client = row.at("client");
    if (client.client.empty()) {
        return row.bad("client", "give the client's id");
    }
    client.identifier = {row.at("authority"), row.at("id_type"), row.at("id")};
    client.owner = row.at("owner");
    client.team = row.at("team");
    const auto optional_word = [&](const std::string& column, auto parsed) -> Result<decltype(parsed)> {
        if (!parsed && !row.at(column).empty()) {
            return row.bad(column, "not a value of the glossary");
        }
        return parsed;
    };
    CAREHUB_TRY(const auto model, optional_word("model", parse_word<CaseModel>(row.at("model"))));
    CAREHUB_TRY(const auto tier, optional_word("tier", parse_word<RiskTier>(row.at("tier"))));
    CAREHUB_TRY(const auto transport, optional_word("transport", parse_word<Transport>(row.at("transport"))));
    client.model = model.value_or(CaseModel::Unset);
    client.tier = tier.value_or(RiskTier::Unset);
    client.transport = transport.value_or(Transport::Unset);
    client.zone = row.at("zone");
    client.family_name = row.at("family_name");
    client.given_name = row.at("given_name");
    CAREHUB_TRY(client.birth_date, row.optional_date("birth_date"));
    return CommandBody(client);
}

Result<int> roster_import(const Run& run, const fs::path& file) {
    CAREHUB_TRY(Door door, Door::open(run));
    Import import(run, door);
    CAREHUB_TRY_DONE(import.read(file,
                                 {"client", "partner", "authority", "id_type", "id", "owner", "team", "model", "tier",
                                  "transport", "zone", "family_name", "given_name", "birth_date"},
                                 [&](const Row& row) -> Status {
                                     CAREHUB_TRY(CommandBody command, roster_row(row));
                                     return import.add(row, std::move(command));
                                 }));
    return import.finish("roster");
}

// --- agreement ---------------------------------------------------------------------------------

Result<AgreementCommand> agreement_of(const toml::table& table, std::size_t number) {
    const std::string where = "agreement " + std::to_string(number);
    const auto text = [&](std::string_view key) { return table[key].value_or(std::string()); };
    const auto date = [&](std::string_view key) -> Result<Date> {
        if (const auto native = table[key].value<toml::date>()) {
            const auto made = make_date(native->year, native->month, native->day);
            if (made) {
                return *made;
            }
        }
        const auto parsed = parse_iso_date(text(key));
        if (!parsed) {
            return fail(ErrorCode::Invalid, where + ": " + std::string(key) + " must be a date");
        }
        return *parsed;
    };
    AgreementCommand agreement;
    agreement.discloser = text("discloser");
    agreement.recipient = text("recipient");
    agreement.basis = text("basis");
    const auto purpose = parse_word<PurposeOfUse>(text("purpose"));
    const auto form = parse_word<Form>(text("form"));
    if (!purpose || !form) {
        return fail(ErrorCode::Invalid, where + ": purpose or form is not a value of the glossary");
    }
    agreement.purpose = *purpose;
    agreement.form = *form;
    if (const toml::array* kinds = table["event_kinds"].as_array()) {
        for (const auto& item : *kinds) {
            const auto kind = parse_event_kind(item.value_or(std::string_view{}));
            if (!kind) {
                return fail(ErrorCode::Invalid, where + ": event_kinds names a kind that is none");
            }
            agreement.kinds.push_back(*kind);
        }
    }
    CAREHUB_TRY(agreement.valid_from, date("valid_from"));
    CAREHUB_TRY(agreement.valid_until, date("valid_until"));
    return agreement;
}

Result<std::vector<CommandBody>> read_agreements(const fs::path& file) {
    const toml::parse_result parsed = toml::parse_file(file.string());
    if (!parsed) {
        return fail(ErrorCode::Invalid, std::string(parsed.error().description()));
    }
    const toml::array* list = parsed.table()["agreement"].as_array();
    if (list == nullptr) {
        return fail(ErrorCode::Invalid, "the file holds no [[agreement]]");
    }
    std::vector<CommandBody> commands;
    for (const auto& item : *list) {
        if (item.as_table() == nullptr) {
            return fail(ErrorCode::Invalid, "write each agreement as [[agreement]]");
        }
        CAREHUB_TRY(AgreementCommand agreement, agreement_of(*item.as_table(), commands.size() + 1));
        commands.emplace_back(std::move(agreement));
    }
    return commands;
}

Result<int> agreement_import(const Run& run, const fs::path& file) {
    CAREHUB_TRY(const std::vector<CommandBody> commands, read_agreements(file));
    std::vector<std::string> where;
    for (std::size_t i = 0; i < commands.size(); ++i) {
        where.push_back("agreement " + std::to_string(i + 1));
    }
    CAREHUB_TRY(Door door, Door::open(run));
    ImportCounts counts;
    CAREHUB_TRY_DONE(send_commands(door, commands, where, counts));
    return report("agreements", counts, run.json);
}

}  // namespace

void add_partner(CLI::App& app, Run& run) {
    auto* partner = app.add_subcommand("partner", "who may connect: organisations and staff links");
    partner->require_subcommand(1);
    auto arguments = std::make_shared<PartnerArguments>();
    auto* add = partner->add_subcommand("add", "journal a partner's kind and key; writes its secret link file");
    add->add_option("NAME", arguments->name, "the partner's name")->required();
    add->add_option("--kind", arguments->kind, "clinic, hospital, housing, court, supervision, jail, staff")->required();
    add->add_option("--role", arguments->role, "staff: case_manager, supervisor, integration, operator");
    add->add_option("--public-key", arguments->public_key, "Z85; the partner keeps its secret");
    add->add_option("--calendar", arguments->calendar, "the partner's calendar of business days");
    add->add_option("--backfill-until", arguments->backfill_until, "until then its events are history: no alerts about the past");
    add->add_option("--out", arguments->out, "where to write the link file (default NAME.carehub)");
    add->callback([&run, arguments] { run.work = [&run, arguments] { return partner_add(run, *arguments); }; });
    partner->add_subcommand("list", "all partners")->callback([&run] { run.work = [&run] { return partner_list(run); }; });
    auto* remove = partner->add_subcommand("remove", "its key is admitted no more");
    remove->add_option("NAME", arguments->name, "the partner's name")->required();
    remove->callback([&run, arguments] { run.work = [&run, arguments] { return partner_remove(run, arguments->name); }; });
}

void add_directory(CLI::App& app, Run& run) {
    auto* directory = app.add_subcommand("directory", "staff, absences, on call, places, calendars");
    directory->require_subcommand(1);
    auto folder = std::make_shared<std::string>();
    auto* import = directory->add_subcommand("import", "the csv files of a folder; says what changed");
    import->add_option("DIR", *folder, "folder with staff.csv, places.csv ...")->required()->check(CLI::ExistingDirectory);
    import->callback([&run, folder] { run.work = [&run, folder] { return directory_import(run, *folder); }; });
}

void add_roster(CLI::App& app, Run& run) {
    auto* roster = app.add_subcommand("roster", "clients and their identifiers at each partner");
    roster->require_subcommand(1);
    auto file = std::make_shared<std::string>();
    auto* import = roster->add_subcommand("import", "a second import changes only what differs, and says what");
    import->add_option("FILE", *file, "roster.csv")->required()->check(CLI::ExistingFile);
    import->callback([&run, file] { run.work = [&run, file] { return roster_import(run, *file); }; });
}

void add_agreement(CLI::App& app, Run& run) {
    auto* agreement = app.add_subcommand("agreement", "what organisations agreed may flow");
    agreement->require_subcommand(1);
    auto file = std::make_shared<std::string>();
    auto* import = agreement->add_subcommand("import", "[[agreement]] tables of a TOML file");
    import->add_option("FILE", *file, "agreements.toml")->required()->check(CLI::ExistingFile);
    import->callback([&run, file] { run.work = [&run, file] { return agreement_import(run, *file); }; });
}

}  // namespace carehub::tool
