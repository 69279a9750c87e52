// trail: who sent, received and saw what, and the proof that nothing of it was changed.
#include <algorithm>
#include <iostream>

#include <boost/json.hpp>

#include "hub/audit/checkpoint.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/page.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

const std::vector<Column> kTrailColumns = {
    {"at", "at"},         {"what", "kind"},           {"by", "actor"},
    {"client", "client"}, {"recipient", "recipient"}, {"result", "result"},
    {"detail", "detail"}, {"event", "event_id"}};

Result<int> print_trail(const Run& run, const std::string& question,
                        const follower::Arguments& arguments) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask(question, arguments));
    print_lines(lines, run.json, kTrailColumns, "Nothing is known.");
    return 0;
}

// --- Verification ---

/// What the journal is held against.
struct Witness {
    std::string name;
    Hash128 journal{};
    audit::TreeHead head;
};

struct Verdict {
    std::optional<Error> problem;
    audit::TreeHead head;
    Witness witness;
};

Result<Witness> ledger_witness(const daemon::DataFolder& folder) {
    SystemDisk disk;
    CAREHUB_TRY(const journal::Ledger ledger,
                journal::Ledger::open(disk, (folder.path / "journal.ledger").string()));
    return Witness{"ledger", ledger.record().journal, ledger.record().head};
}

Result<Witness> checkpoint_witness(const std::string& file) {
    CAREHUB_TRY(const std::string text, daemon::read_text(file));
    CAREHUB_TRY(const audit::Checkpoint checkpoint, audit::checkpoint_from_text(text));
    return Witness{"file", checkpoint.journal, checkpoint.head};
}

/// The ledger is read before the journal: a running hub only adds to what the ledger witnessed.
Result<Verdict> verify_folder(const daemon::DataFolder& folder, const std::string& file) {
    CAREHUB_TRY(const Witness ledger, ledger_witness(folder));
    Verdict verdict;
    verdict.witness = ledger;
    if (!file.empty()) {
        CAREHUB_TRY(verdict.witness, checkpoint_witness(file));
    }
    CAREHUB_TRY(const auto reader, journal::SqliteReader::open(folder.path.string()));
    if (reader->id() != verdict.witness.journal || reader->id() != ledger.journal) {
        verdict.problem = Error{ErrorCode::Damaged, "the witness belongs to another journal"};
        return verdict;
    }
    const auto head = reader->verify({ledger.head, verdict.witness.head});
    if (head) {
        verdict.head = *head;
    } else {
        verdict.problem = head.error();
    }
    return verdict;
}

/// The number in "entry 12 is missing", the first in "entries 7 to 9 disagree": where to look.
json::value first_bad_of(const Error& problem) {
    for (const std::string_view word : {"entry ", "entries "}) {
        const std::size_t found = problem.context.find(word);
        const std::size_t digit = found == std::string::npos ? found : found + word.size();
        if (digit < problem.context.size() &&
            std::isdigit(static_cast<unsigned char>(problem.context[digit])) != 0) {
            return std::strtoull(problem.context.c_str() + digit, nullptr, 10);
        }
    }
    return nullptr;
}

json::object to_json(const Verdict& verdict) {
    const bool ok = !verdict.problem;
    return {{"ok", ok},
            {"entries", verdict.head.size},
            {"root", ok ? to_hex(verdict.head.root) : ""},
            {"checkpoint", json::object{{"from", verdict.witness.name},
                                        {"entries", verdict.witness.head.size},
                                        {"root", to_hex(verdict.witness.head.root)}}},
            {"first_bad", ok ? json::value() : first_bad_of(*verdict.problem)},
            {"problem", ok ? json::value() : json::value(json::string(verdict.problem->context))}};
}

Result<int> verify(const Run& run, const std::string& file) {
    auto verified = verify_folder(folder_of(run), file);
    if (!verified && verified.error().code != ErrorCode::Damaged) {
        return tl::unexpected<Error>(verified.error());
    }
    Verdict verdict;
    if (verified) {
        verdict = std::move(*verified);
    } else {
        verdict.problem = verified.error();
    }
    if (run.json) {
        std::cout << json::serialize(to_json(verdict)) << "\n";
    } else if (verdict.problem) {
        std::cout << "The trail is NOT what was written: " << verdict.problem->context << ".\n";
    } else {
        std::cout << "The trail is whole: " << verdict.head.size << " entries, root "
                  << to_hex(verdict.head.root) << ",\nas witnessed by the " << verdict.witness.name
                  << " up to entry " << verdict.witness.head.size << ".\n";
    }
    return verdict.problem ? 1 : 0;
}

void add_question(CLI::App& command, Run& run, const std::string& about,
                  const std::string& meaning) {
    auto arguments = std::make_shared<follower::Arguments>();
    auto* added = subcommand(command, about, "what happened to one " + about + ", oldest first");
    option(*added, "ID", (*arguments)[about], meaning)->required();
    option(*added, "--from", (*arguments)["from"],
           "only from this time or date on, ISO 8601; a date begins where the client "
           "lives");
    option(*added, "--to", (*arguments)["to"], "only before this time or date");
    runs(added, run,
         [&run, arguments, about] { return print_trail(run, "trail_" + about, *arguments); });
}

}  // namespace

void add_trail(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "trail", "the communication trail, and its proof");
    command->require_subcommand(1);
    add_question(*command, run, "client", "the client's name in the roster");
    add_question(*command, run, "event", "an event id of a receipt, h-12");
    auto file = std::make_shared<std::string>();
    auto* verify_command = subcommand(*command, "verify",
                                      "recompute the folder's journal; exit 1 when it was changed");
    option(*verify_command, "FILE", *file,
           "a checkpoint kept elsewhere; default: the folder's own ledger");
    runs(verify_command, run, [&run, file] { return verify(run, *file); });
}

}  // namespace carehub::tool
