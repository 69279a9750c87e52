// trail verify: is the journal what it was, and does a bundle prove what it says?
#include <iostream>

#include <boost/json.hpp>

#include "hub/daemon/witness_folder.hpp"
#include "hub/follower/sealed_check.hpp"
#include "hub/journal/proofs.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"
#include "tools/carehub/bundle.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/witness.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

struct Verdict {
    std::optional<Error> problem;
    audit::TreeHead head;
    Witness witness;
};

Result<Witness> ledger_witness(const daemon::DataFolder& folder) {
    SystemDisk disk;
    CAREHUB_TRY(const journal::Ledger ledger,
                journal::Ledger::open(disk, (folder.path / "journal.ledger").string()));
    return Witness{"ledger", ledger.record().journal, ledger.record().head, false};
}

/// What the witness folder keeps, if there is one. Signatures are checked where the hub's key is.
Result<std::vector<audit::TreeHead>> kept_outside(const daemon::DataFolder& folder,
                                                  const Hash128& journal) {
    CAREHUB_TRY(const daemon::Config config, daemon::read_config(folder.settings()));
    const std::filesystem::path path = daemon::witness_path(folder, config);
    std::vector<audit::TreeHead> heads;
    if (path.empty()) {
        return heads;
    }
    const auto notary = daemon::Notary::of(folder, config, journal);
    const daemon::WitnessFolder kept(path, notary ? std::optional(notary->key()) : std::nullopt);
    CAREHUB_TRY(const auto checkpoints, kept.latest());
    for (const audit::Checkpoint& checkpoint : checkpoints) {
        heads.push_back(checkpoint.head);
    }
    return heads;
}

/// A receipt's root is that of the commit its entry came with, which may end later.
Status check_receipt(const journal::JournalReader& journal, const Witness& receipt) {
    CAREHUB_TRY(const bool held,
                journal::holds_receipt(journal, {receipt.head.size}, receipt.head.root));
    const std::string entry = "entry " + std::to_string(receipt.head.size);
    return held ? Status{}
                : fail(ErrorCode::Damaged, entry +
                                               " is not the one of the receipt: no commit from "
                                               "it on has the receipt's root");
}

/// The ledger is read before the journal: a running hub only adds to what the ledger witnessed.
Result<Verdict> verify_folder(const daemon::DataFolder& folder, const std::string& file,
                              const std::string& key) {
    CAREHUB_TRY(const Witness ledger, ledger_witness(folder));
    Verdict verdict;
    verdict.witness = ledger;
    if (!file.empty()) {
        CAREHUB_TRY(verdict.witness, read_witness(file, key));
    }
    CAREHUB_TRY(const auto reader, journal::SqliteReader::open(folder.path.string()));
    const Witness& witness = verdict.witness;
    if (reader->id() != ledger.journal || (witness.journal && reader->id() != *witness.journal)) {
        verdict.problem = Error{ErrorCode::Damaged, "the witness belongs to another journal"};
        return verdict;
    }
    CAREHUB_TRY(std::vector<audit::TreeHead> heads, kept_outside(folder, reader->id()));
    heads.push_back(ledger.head);
    if (!witness.is_receipt) {
        heads.push_back(witness.head);
    }
    follower::SealedCheck sealed;
    auto head = reader->verify(
        std::move(heads), [&](const journal::StoredEntry& entry) { return sealed.take(entry); });
    if (const Status whole = sealed.finish(); head && !whole) {
        head = tl::unexpected<Error>(whole.error());
    }
    if (head && witness.is_receipt) {
        const Status held = check_receipt(*reader, witness);
        head = held ? std::move(head) : tl::unexpected<Error>(held.error());
    }
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

json::value problem_of(const std::optional<Error>& problem) {
    return problem ? json::value(json::string(problem->context)) : json::value();
}

json::object checkpoint_of(std::string_view from, const audit::TreeHead& head) {
    return {{"from", from}, {"entries", head.size}, {"root", to_hex(head.root)}};
}

json::object to_json(const Verdict& verdict) {
    const bool ok = !verdict.problem;
    return {{"ok", ok},
            {"entries", verdict.head.size},
            {"root", ok ? to_hex(verdict.head.root) : ""},
            {"checkpoint", checkpoint_of(verdict.witness.name, verdict.witness.head)},
            {"first_bad", ok ? json::value() : first_bad_of(*verdict.problem)},
            {"problem", problem_of(verdict.problem)}};
}

json::object to_json(const BundleVerdict& verdict) {
    const audit::TreeHead& head = verdict.checkpoint.head;
    return {{"ok", !verdict.problem},
            {"entries", verdict.entries},
            {"root", verdict.problem ? "" : to_hex(head.root)},
            {"checkpoint", checkpoint_of("bundle", head)},
            {"first_bad", verdict.first_bad ? json::value(*verdict.first_bad) : json::value()},
            {"problem", problem_of(verdict.problem)},
            {"client", verdict.client},
            {"key", verdict.key},
            {"since", verdict.since ? json::value(*verdict.since) : json::value()}};
}

void print(const BundleVerdict& verdict, bool key_given) {
    if (verdict.problem) {
        std::cout << "The bundle does NOT hold: " << verdict.problem->context << ".\n";
        return;
    }
    std::cout << "The bundle holds: " << verdict.entries << " entries about " << verdict.client
              << " stand unchanged in the journal of " << verdict.checkpoint.head.size
              << " entries\nthat the hub signed at " << to_iso(verdict.checkpoint.at)
              << ", and their words are those it signed.\n";
    if (verdict.since) {
        std::cout << "That journal continues the one of " << *verdict.since
                  << " entries of the older checkpoint.\n";
    }
    if (!key_given) {
        std::cout << "Signed by the key below: compare it with the one the hub's people tell you "
                     "(--key).\n"
                  << verdict.key << "\n";
    }
}

Result<int> verify_bundle(const Run& run, const std::string& text, const std::string& key) {
    const BundleVerdict verdict = check_bundle(text, key);
    if (run.json) {
        std::cout << json::serialize(to_json(verdict)) << "\n";
    } else {
        print(verdict, !key.empty());
    }
    return verdict.problem ? 1 : 0;
}

Result<int> verify_journal(const Run& run, const std::string& file, const std::string& key) {
    auto verified = verify_folder(folder_of(run), file, key);
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

Result<int> verify(const Run& run, const std::string& file, const std::string& key) {
    if (!file.empty()) {
        CAREHUB_TRY(const std::string text, daemon::read_text(file));
        if (is_bundle(text)) {
            return verify_bundle(run, text, key);
        }
    }
    return verify_journal(run, file, key);
}

}  // namespace

void add_trail_verify(CLI::App& trail, Run& run) {
    auto file = std::make_shared<std::string>();
    auto key = std::make_shared<std::string>();
    auto* command =
        subcommand(trail, "verify",
                   "recompute the folder's journal, or check an exported bundle; exit 1 when "
                   "something was changed");
    option(*command, "FILE", *file,
           "a checkpoint or a receipt kept elsewhere, or a bundle, which needs no folder; default: "
           "the folder's own ledger");
    option(*command, "--key", *key,
           "the hub's verifier key as its people told it: the signature has to be of it");
    runs(command, run, [&run, file, key] { return verify(run, *file, *key); });
}

}  // namespace carehub::tool
