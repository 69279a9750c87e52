// backup, restore: a copy of the hub's folder, and a folder from such a copy.
#include "hub/daemon/backup.hpp"

#include <iostream>

#include <boost/json.hpp>

#include "hub/daemon/hub.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

Result<int> backup(const Run& run, const std::string& target) {
    CAREHUB_TRY(const auto journal, journal::SqliteReader::open(run.data));
    CAREHUB_TRY(const Sequence last, journal->last());
    CAREHUB_TRY(const daemon::BackupMade made,
                daemon::take_backup(folder_of(run), target, [last](Sequence done) -> Status {
                    print_progress("entries", done.value, last.value);
                    return {};
                }));
    const audit::TreeHead& head = made.checkpoint.head;
    if (run.json) {
        std::cout << json::serialize(json::object{{"backup", target},
                                                  {"sequence", head.size},
                                                  {"root", to_hex(head.root)},
                                                  {"at", to_iso(made.checkpoint.at)},
                                                  {"bytes", made.bytes},
                                                  {"snapshot", made.snapshot.value}})
                  << "\n";
        return 0;
    }
    std::cout
        << "Copied and verified " << head.size << " entries (" << (made.bytes >> 20U) << " MiB) to "
        << target << ", signed.\nRoot " << to_hex(head.root)
        << ".\nIts folder keys/ opens everything in it: keep it apart, and not longer than an "
           "erasure may take.\n";
    return 0;
}

struct RestoreArguments {
    std::string backup;
    std::string keys;
    bool accept_gap = false;
    std::string reason;
};

Result<int> accept(const Run& run, const RestoreArguments& arguments) {
    CAREHUB_TRY(const audit::Checkpoint gap, daemon::accept_gap(folder_of(run), arguments.reason));
    if (run.json) {
        std::cout << json::serialize(json::object{{"accepted_after", gap.head.size},
                                                  {"made_at", to_iso(gap.at)}})
                  << "\n";
    } else {
        std::cout << "Accepted and journalled: entries after " << gap.head.size
                  << " may be lost. The hub may serve again; partners send again what they hold "
                     "receipts for.\n";
    }
    return 0;
}

Result<int> restore(const Run& run, const RestoreArguments& arguments) {
    if (arguments.accept_gap) {
        return accept(run, arguments);
    }
    if (arguments.backup.empty()) {
        return fail(ErrorCode::Invalid,
                    "name the folder of the backup, or accept the gap of a restored folder with "
                    "--accept-gap");
    }
    const auto restored = daemon::restore_backup(arguments.backup, arguments.keys, folder_of(run));
    if (!restored) {
        std::cerr << "carehub: " << to_string(restored.error()) << "\n";
        return daemon::exit_code_of(restored.error());
    }
    const audit::Checkpoint& checkpoint = restored->checkpoint;
    if (run.json) {
        std::cout << json::serialize(json::object{{"data", run.data},
                                                  {"sequence", checkpoint.head.size},
                                                  {"root", to_hex(checkpoint.head.root)},
                                                  {"made_at", to_iso(checkpoint.at)},
                                                  {"damaged_keys", restored->damaged_keys}})
                  << "\n";
        return 0;
    }
    std::cout << "Restored and verified " << checkpoint.head.size << " entries into " << run.data
              << ", as the hub signed them at " << to_iso(checkpoint.at) << ".\n";
    if (restored->damaged_keys > 0) {
        std::cout << restored->damaged_keys
                  << " keys are damaged: of those people nothing can be read.\n";
    }
    std::cout << "What was acknowledged after entry " << checkpoint.head.size
              << " may be lost here. The hub serves when you accept that:\n"
              << "  carehub restore --accept-gap --data " << run.data << "\n";
    return 0;
}

}  // namespace

void add_backup(CLI::App& app, Run& run) {
    auto* command = subcommand(
        app, "backup", "copy the folder, verified and signed, while its hub runs or stands");
    auto target = std::make_shared<std::string>();
    option(*command, "DIR", *target, "a new or empty folder")->required();
    runs(command, run, [&run, target] { return backup(run, *target); });
}

void add_restore(CLI::App& app, Run& run) {
    auto* command = subcommand(
        app, "restore",
        "make the folder --data from a backup; everything is verified, nothing overwritten");
    auto arguments = std::make_shared<RestoreArguments>();
    option(*command, "BACKUP", arguments->backup, "the folder of the backup");
    option(*command, "--keys", arguments->keys,
           "the folder of keys to use instead of the backup's keys/");
    flag(*command, "--accept-gap", arguments->accept_gap,
         "of the restored folder --data: accept, for the record, that what was "
         "acknowledged after the backup may be lost");
    option(*command, "--reason", arguments->reason, "with --accept-gap: why");
    runs(command, run, [&run, arguments] { return restore(run, *arguments); });
}

}  // namespace carehub::tool
