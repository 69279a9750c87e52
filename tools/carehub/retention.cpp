// retention due, purge: whose years are over, and the end of what is kept of them.
#include <iostream>

#include <boost/json.hpp>

#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/page.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

/// "legal hold 12, by sue: a lawsuit; legal hold 40, by sue"
std::string words_of_holds(const json::array& holds) {
    std::string words;
    for (const json::value& value : holds) {
        const json::object& hold = value.as_object();
        const std::string reason = text_at(hold, "reason");
        words += (words.empty() ? "legal hold " : "; legal hold ") + text_at(hold, "entry") +
                 ", by " + text_at(hold, "by") + (reason.empty() ? "" : ": " + reason);
    }
    return words;
}

Result<int> list_due(const Run& run) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("retention_due", {}));
    if (run.json) {
        for (const std::string& line : lines) {
            std::cout << line << "\n";
        }
        return 0;
    }
    if (lines.empty()) {
        std::cout << "Nobody's years are over.\n";
        return 0;
    }
    std::vector<std::vector<std::string>> rows;
    for (const std::string& line : lines) {
        const json::object due = json::parse(line).as_object();
        rows.push_back({text_at(due, "client"), text_at(due, "records"), text_at(due, "years"),
                        text_at(due, "last"), text_at(due, "due"),
                        words_of_holds(due.at("holds").as_array())});
    }
    print_table({"client", "records", "years", "last", "due since", ""}, rows);
    return 0;
}

RetentionCommand purge_of(const json::object& due, const std::string& reason) {
    RetentionCommand told;
    told.act = RetentionAct::Purge;
    told.client = text_at(due, "client");
    told.reason = reason;
    told.years = due.at("general_years").to_number<std::uint8_t>();
    told.housing_years = due.at("housing_years").to_number<std::uint8_t>();
    return told;
}

void print_purged(const Run& run, const std::string& client, const Receipt& receipt) {
    const bool gone = receipt.status != ReceiptStatus::Refused;
    if (run.json) {
        std::cout << json::serialize(json::object{
                         {"client", client},
                         {"status", gone ? "purged" : "refused"},
                         {"sequence", receipt.sequence.value},
                         {"reason", gone ? std::string_view() : name_of(receipt.refusal.reason)}})
                  << "\n";
    } else {
        std::cout << client << (gone ? ": purged" : ": refused (" + receipt.refusal.fix + ")")
                  << "\n";
    }
}

/// One after the other: each takes the hub a moment in which nothing else is decided.
Result<int> purge(const Run& run, const std::string& reason) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("retention_due", {}));
    std::size_t held = 0;
    std::size_t refused = 0;
    for (const std::string& line : lines) {
        const json::object due = json::parse(line).as_object();
        if (due.at("held").as_bool()) {
            ++held;
            continue;
        }
        const RetentionCommand told = purge_of(due, reason);
        CAREHUB_TRY(const Receipt receipt, door.command(told));
        print_purged(run, told.client, receipt);
        refused += receipt.status == ReceiptStatus::Refused ? 1U : 0U;
    }
    if (!run.json) {
        std::cout << lines.size() - held - refused << " purged, " << held
                  << " under legal hold left as they are.\n";
    }
    if (refused > 0) {
        return fail(ErrorCode::Invalid, std::to_string(refused) + " clients were not purged");
    }
    return 0;
}

}  // namespace

void add_retention(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "retention", "whose data have been kept for their years");
    command->require_subcommand(1);
    auto* due = subcommand(*command, "due",
                           "clients whose years are over, and who of them is under legal hold "
                           "(supervisors)");
    runs(due, run, [&run] { return list_due(run); });
    auto reason = std::make_shared<std::string>();
    auto* purge_command = subcommand(
        *command, "purge", "erases those that are due and not under legal hold (supervisors)");
    option(*purge_command, "--reason", *reason, "why; kept when all else is gone, so without names")
        ->required();
    runs(purge_command, run, [&run, reason] { return purge(run, *reason); });
}

}  // namespace carehub::tool
