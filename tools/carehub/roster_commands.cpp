// roster: clients and their identifiers at each partner, each row an entry of the journal.
#include <algorithm>
#include <iostream>

#include <boost/json.hpp>

#include "adapters/kit/csv_writer.hpp"
#include "tools/carehub/csv_import.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/words.hpp"

namespace carehub::tool {
namespace fs = std::filesystem;
namespace {

const std::vector<std::string>& roster_columns() {
    static const std::vector<std::string> kColumns = {
        "client", "partner", "authority", "id_type", "id",          "owner",      "team",
        "model",  "tier",    "transport", "zone",    "family_name", "given_name", "birth_date"};
    return kColumns;
}

Result<CommandBody> roster_row(const Row& row) {
    RosterCommand client;
    client.client = row.at("client");
    if (client.client.empty()) {
        return row.bad("client", "give the client's id");
    }
    client.partner = row.at("partner");
    client.identifier = {row.at("authority"), row.at("id_type"), row.at("id")};
    client.owner = row.at("owner");
    client.team = row.at("team");
    const auto optional_word = [&](const std::string& column,
                                   auto parsed) -> Result<decltype(parsed)> {
        if (!parsed && !row.at(column).empty()) {
            return row.bad(column, "not a value of the glossary");
        }
        return parsed;
    };
    CAREHUB_TRY(const auto model, optional_word("model", parse_word<CaseModel>(row.at("model"))));
    CAREHUB_TRY(const auto tier, optional_word("tier", parse_word<RiskTier>(row.at("tier"))));
    CAREHUB_TRY(const auto transport,
                optional_word("transport", parse_word<Transport>(row.at("transport"))));
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
    CAREHUB_TRY_DONE(import.read(file, roster_columns(), [&](const Row& row) -> Status {
        CAREHUB_TRY(CommandBody command, roster_row(row));
        return import.add(row, std::move(command));
    }));
    return import.finish("roster");
}

/// The roster as `roster import` reads it: importing it again changes nothing.
Result<int> roster_export(const Run& run) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> rows, door.ask("roster", {}));
    if (run.json) {
        print_lines(rows, true, {}, "");
        return 0;
    }
    const auto is_whole = [](const std::string& row) { return parse_line(row).contains("id"); };
    if (!std::ranges::all_of(rows, is_whole)) {
        return fail(ErrorCode::Invalid,
                    "say why with --reason: a roster holds names and identifiers of clients");
    }
    std::cout << adapters::csv_record(roster_columns());
    for (const std::string& row : rows) {
        const boost::json::object object = parse_line(row);
        std::vector<std::string> cells;
        for (const std::string& column : roster_columns()) {
            cells.push_back(text_at(object, column));
        }
        std::cout << adapters::csv_record(cells);
    }
    return 0;
}

}  // namespace

void add_roster(CLI::App& app, Run& run) {
    auto* roster = subcommand(app, "roster", "clients and their identifiers at each partner");
    roster->require_subcommand(1);
    auto file = std::make_shared<std::string>();
    auto* import =
        subcommand(*roster, "import", "a second import changes only what differs, and says what");
    option(*import, "FILE", *file, "roster.csv")->required()->check(CLI::ExistingFile);
    runs(import, run, [&run, file] { return roster_import(run, *file); });
    runs(subcommand(*roster, "export", "the roster as roster.csv, to standard output"), run,
         [&run] { return roster_export(run); });
}

}  // namespace carehub::tool
