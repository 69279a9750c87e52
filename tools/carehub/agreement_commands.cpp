// agreement: what organisations agreed may flow, each an entry of the journal.
#include "adapters/kit/toml.hpp"
#include "tools/carehub/csv_import.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/words.hpp"

namespace carehub::tool {
namespace fs = std::filesystem;
namespace {

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
        CAREHUB_TRY(AgreementCommand agreement,
                    agreement_of(*item.as_table(), commands.size() + 1));
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

Result<int> agreement_list(const Run& run) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const auto lines, door.ask("agreements", {}));
    print_lines(lines, run.json,
                {{"agreement", "agreement"},
                 {"from", "discloser"},
                 {"to", "recipient"},
                 {"purpose", "purpose"},
                 {"kinds of event (none: every kind)", "event_kinds"},
                 {"form", "form"},
                 {"from day", "valid_from"},
                 {"to day", "valid_until"},
                 {"basis", "basis"}},
                "No agreements: without one, or a consent, nothing moves.");
    return 0;
}

}  // namespace

void add_agreement(CLI::App& app, Run& run) {
    auto* agreement = subcommand(app, "agreement", "what organisations agreed may flow");
    agreement->require_subcommand(1);
    auto file = std::make_shared<std::string>();
    auto* import = subcommand(*agreement, "import", "[[agreement]] tables of a TOML file");
    option(*import, "FILE", *file, "agreements.toml")->required()->check(CLI::ExistingFile);
    runs(import, run, [&run, file] { return agreement_import(run, *file); });
    runs(subcommand(*agreement, "list", "all agreements, ended ones too"), run,
         [&run] { return agreement_list(run); });
}

}  // namespace carehub::tool
