// doctor: is this folder fit to be a hub's? A line a check, the red ones with what to do.
#include <sys/stat.h>

#include <array>
#include <fstream>
#include <iostream>

#include <boost/json.hpp>

#include "hub/daemon/config.hpp"
#include "hub/daemon/disk_space.hpp"
#include "hub/daemon/witness_folder.hpp"
#include "hub/journal/proofs.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/session.hpp"

namespace carehub::tool {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

/// A day of a busy county, several times over; below it somebody has to look.
constexpr std::uint64_t kDiskFreeMin = std::uint64_t{2} << 30U;
constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20U;
/// SQLite's file format: the bytes that say how the database is read and written; 2 is WAL.
constexpr std::size_t kFormatBytesAt = 18;
constexpr char kWalFormat = 2;

struct Check {
    std::string check;
    bool ok = true;
    std::string value;
    std::string explain;  ///< what it means; of a red line: what to do
};
using Checks = std::vector<Check>;

void check_private(const fs::path& path, const std::string& name, mode_t wanted, Checks& checks) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) {
        checks.push_back(
            {name, false, "missing", "restore it from the backup; a hub cannot do without it"});
        return;
    }
    const mode_t mode = found.st_mode & 0777U;
    std::array<char, 8> octal{};
    std::snprintf(octal.data(), octal.size(), "%04o", static_cast<unsigned>(mode));
    const bool ok = (mode & ~wanted) == 0;
    checks.push_back(
        {name, ok, octal.data(),
         ok ? "only the owner reads it" : "others may read it: take their rights away with chmod"});
}

void check_files(const daemon::DataFolder& folder, Checks& checks) {
    check_private(folder.path, "folder", 0700, checks);
    check_private(folder.hub_key(), "hub_key", 0600, checks);
    check_private(folder.vault_key(), "vault_key", 0600, checks);
    check_private(folder.admin_link(), "admin_link", 0600, checks);
    std::error_code error;
    const fs::space_info space = fs::space(folder.path, error);
    const bool room = !error && space.available >= kDiskFreeMin;
    checks.push_back({"disk_free", room,
                      std::to_string(error ? 0 : space.available / kMebibyte) + " MiB",
                      room ? "enough" : "make room: a hub whose disk is full refuses every event"});
}

/// What the hub keeps free for itself, and refuses events for.
void check_disk_reserve(const daemon::DataFolder& folder, Checks& checks) {
    const auto config = daemon::read_config(folder.settings());
    const auto room = daemon::disk_room(folder.path);
    if (!config || !room) {
        return;  // told by the lines of settings and disk
    }
    const std::uint64_t reserve = daemon::disk_reserve(room->size, config->disk_reserve_mib);
    const bool enough = room->free >= reserve;
    checks.push_back(
        {"disk_reserve", enough, std::to_string(reserve / kMebibyte) + " MiB",
         enough ? "kept free: below it events are refused as DiskLow, commands and questions go on"
                : "less than that is free: events are refused as DiskLow until you make room; they "
                  "are taken again by themselves"});
}

void check_settings(const daemon::DataFolder& folder, Checks& checks) {
    const auto config = daemon::read_config(folder.settings());
    if (!config) {
        checks.push_back({"settings", false, "unreadable", config.error().context});
        return;
    }
    checks.push_back({"settings", true, config->address + ":" + std::to_string(config->port),
                      "where a hub on this folder listens; port 0 is any free one"});
    checks.push_back({"clock", true, config->simulation ? "simulated" : "real",
                      config->simulation
                          ? "business time stands until `carehub clock advance` moves it"
                          : "the system's; keep it set by NTP"});
    checks.push_back({"retention", true,
                      std::to_string(config->keep.general) + " years, " +
                          std::to_string(config->keep.housing) + " where housing knows the client",
                      "`carehub retention due` lists whose years are over; people erase"});
}

void check_sync(const daemon::DataFolder& folder, Checks& checks) {
    std::ifstream database(folder.path / "journal.db", std::ios::binary);
    std::array<char, 2> format{};
    database.seekg(kFormatBytesAt);
    database.read(format.data(), format.size());
    const bool wal = database && format[0] == kWalFormat && format[1] == kWalFormat;
    checks.push_back({"sync", wal, wal ? "WAL, synchronous=FULL" : "not WAL",
                      wal ? "the hub starts in no other mode; what is acknowledged is on disk"
                          : "journal.db is not as the hub made it: restore it from the backup"});
}

void check_ledger(const daemon::DataFolder& folder, Checks& checks) {
    SystemDisk disk;
    const auto ledger = journal::Ledger::open(disk, (folder.path / "journal.ledger").string());
    if (!ledger) {
        checks.push_back({"ledger", false, "unreadable", ledger.error().context});
        return;
    }
    const std::uint64_t witnessed = ledger->record().head.size;
    const auto reader = journal::SqliteReader::open(folder.path.string());
    const auto last =
        reader ? (*reader)->last() : Result<Sequence>(tl::unexpected<Error>(reader.error()));
    if (!last) {
        checks.push_back({"journal", false, "unreadable", last.error().context});
        return;
    }
    const bool whole = last->value >= witnessed && (*reader)->id() == ledger->record().journal;
    checks.push_back({"journal", true, std::to_string(last->value) + " entries", "readable"});
    checks.push_back(
        {"ledger", whole, std::to_string(witnessed) + " entries witnessed",
         whole ? "the journal has all that was acknowledged; `carehub trail verify` recomputes it"
               : "the journal lacks what was acknowledged: restore it from the backup"});
}

/// How old the newest is, by the hub's own time: business time in a simulation.
std::string age_of(const audit::Checkpoint& checkpoint) {
    const auto age =
        std::chrono::duration_cast<std::chrono::seconds>(SystemClock().now() - checkpoint.at);
    return std::to_string(checkpoint.head.size) + " entries, signed " + to_iso(checkpoint.at) +
           " (" + std::to_string(age.count()) + " s ago)";
}

/// Whether the journal has what the witness folder's checkpoints saw.
Status check_kept(const daemon::DataFolder& folder, const std::vector<audit::Checkpoint>& kept) {
    CAREHUB_TRY(const auto reader, journal::SqliteReader::open(folder.path.string()));
    for (const audit::Checkpoint& checkpoint : kept) {
        const auto head = journal::head_at(*reader, {checkpoint.head.size});
        if (checkpoint.journal != reader->id() || !head || *head != checkpoint.head) {
            return fail(ErrorCode::Damaged,
                        "a checkpoint of " + std::to_string(checkpoint.head.size) +
                            " entries is kept there that this journal does not hold: it was set "
                            "back or rewritten; keep the folder as evidence");
        }
    }
    return {};
}

/// The key that people outside compare, and what they can hold the journal against.
void check_witness(const daemon::DataFolder& folder, Checks& checks) {
    const auto config = daemon::read_config(folder.settings());
    const auto reader = journal::SqliteReader::open(folder.path.string());
    if (!config || !reader) {
        return;  // told by the lines of settings and journal
    }
    const auto notary = daemon::Notary::of(folder, *config, (*reader)->id());
    if (!notary) {
        checks.push_back({"signing_key", false, "unreadable", notary.error().context});
        return;
    }
    checks.push_back({"signing_key", true, audit::to_text(notary->key()),
                      "checks this hub's checkpoints and bundles: tell it to whoever keeps them"});
    const fs::path path = daemon::witness_path(folder, *config);
    if (path.empty()) {
        checks.push_back({"witness", true, "none",
                          "partners hold checkpoints; for a witness of your own name a folder on "
                          "another machine in carehub.toml: [witness] folder"});
        return;
    }
    const auto kept = daemon::WitnessFolder(path, notary->key()).latest();
    const Status agrees = kept ? check_kept(folder, *kept) : Status(tl::unexpected(kept.error()));
    const bool none = kept && kept->empty();
    checks.push_back({"witness", agrees && !none,
                      !kept  ? "unreadable"
                      : none ? "empty"
                             : age_of(kept->back()),
                      !agrees ? agrees.error().context
                      : none  ? "no checkpoint is kept yet in " + path.string() +
                                   ": a running hub writes them; its log says why it cannot"
                             : "the journal holds what the checkpoints in " + path.string() +
                                   " saw; while entries come, a new one is kept every " +
                                   std::to_string(config->checkpoint_every.count()) + " s"});
}

using Ask = std::function<Result<std::vector<std::string>>(const std::string& question)>;

/// What waits for a person.
void check_traffic(const json::object& status, Checks& checks) {
    const std::string paused = text_at(status, "paused");
    checks.push_back({"paused", true, paused.empty() ? "none" : paused,
                      paused.empty() ? "every partner is at work"
                                     : "what they send is refused for now and what they are owed "
                                       "waits: `carehub partner resume NAME`"});
    const std::string letters = text_at(status, "dead_letters");
    const bool none = letters.empty() || letters == "0";
    checks.push_back({"dead_letters", none, none ? "0" : letters,
                      none
                          ? "no delivery was given up"
                          : "recipients did not take them: `carehub deadletters list`, then replay "
                            "or discard each"});
    const std::string poison = text_at(status, "poison");
    const bool clean = poison.empty() || poison == "0";
    checks.push_back({"poison", clean, clean ? "0" : poison,
                      clean ? "no input ever stopped the hub"
                            : "inputs that stopped the hub are refused: tell its makers; after an "
                              "upgrade release them with `carehub deadletters replay h-N`"});
}

/// What only the hub's own state tells.
void check_registry(const Ask& ask, Checks& checks) {
    const auto status = ask("status");
    if (!status || status->empty()) {
        checks.push_back(
            {"registry", false, "no answer", status ? "ask again" : status.error().context});
        return;
    }
    const json::object told = parse_line(status->front());
    checks.push_back(
        {"partners", true, text_at(told, "partners"), "organisations and staff links with a key"});
    checks.push_back({"clients", true, text_at(told, "clients"), "in the roster"});
    check_traffic(told, checks);
    if (told.contains("agreements")) {
        const bool none = text_at(told, "agreements") == "0";
        checks.push_back({"agreements", !none, text_at(told, "agreements"),
                          none ? "without consent or agreement nothing moves: `carehub agreement "
                                 "import FILE.toml`"
                               : "between organisations; each client's consents come beside them"});
    }
}

/// What only the running process knows.
void check_health(const Ask& ask, Checks& checks) {
    const auto told = ask("health");
    if (!told || told->empty()) {
        return;
    }
    const json::object health = parse_line(told->front());
    if (text_at(health, "journal_full") == "true") {
        checks.push_back(
            {"journal_full", false, "waiting",
             "the disk is full: what was decided is not written yet; make room, and the "
             "hub goes on by itself"});
    }
    const json::value* differ = health.if_contains("receipts_differ");
    const json::array partners =
        differ != nullptr && differ->is_array() ? differ->get_array() : json::array{};
    std::string names;
    for (const json::value& partner : partners) {
        names += (names.empty() ? "" : ", ") + text_at(partner.as_object(), "partner") +
                 " (entry " + text_at(partner.as_object(), "sequence") + ")";
    }
    checks.push_back({"receipts", partners.empty(), partners.empty() ? "agree" : names,
                      partners.empty()
                          ? "every partner that told its last receipt holds one of this history"
                          : "these hold receipts this journal does not know, and are kept out: "
                            "restore the newest backup, or accept the gap with `carehub restore`; "
                            "then they send again what was lost"});
}

void check_idle(daemon::LocalHub& hub, Checks& checks) {
    checks.push_back({"hub", true, "not running", "start it with `carehub hub`"});
    check_registry(
        [&hub](const std::string& question) -> Result<std::vector<std::string>> {
            CAREHUB_TRY(follower::Answer answer, hub.ask(question, {}));
            return std::move(answer.lines);
        },
        checks);
}

/// A hub that holds the folder must also answer.
void check_running(const Run& run, Checks& checks) {
    Run folder_only = run;
    folder_only.link.clear();
    auto client = connect_client(folder_only, codec::Purpose::Staff);
    if (!client) {
        checks.push_back({"hub", false, "silent",
                          "it holds the folder and does not answer: " + client.error().context});
        return;
    }
    const auto endpoint = daemon::read_text(folder_of(run).endpoint());
    checks.push_back({"hub", true,
                      "running at " + (endpoint ? endpoint->substr(0, endpoint->find('\n')) : ""),
                      "it answers on its admin link"});
    const Ask ask = [&client](const std::string& question) { return client->ask(question, {}); };
    check_registry(ask, checks);
    check_health(ask, checks);
    client->leave();
}

void check_hub(const Run& run, Checks& checks) {
    const auto local = daemon::LocalHub::open(folder_of(run));
    if (local) {
        check_idle(**local, checks);
    } else if (local.error().code == ErrorCode::AnotherWriter) {
        check_running(run, checks);
    } else {
        checks.push_back({"hub", false, "cannot start", local.error().context});
    }
}

void add_versions(Checks& checks) {
    const std::array<std::pair<const char*, const char*>, 4> built_with = {
        {{"libzmq", CAREHUB_ZMQ_VERSION},
         {"sqlite", CAREHUB_SQLITE_VERSION},
         {"libsodium", CAREHUB_SODIUM_VERSION},
         {"flatbuffers", CAREHUB_FLATBUFFERS_VERSION}}};
    for (const auto& [name, version] : built_with) {
        checks.push_back({std::string("version_") + name, true, version, "built with"});
    }
}

void print(const Checks& checks, bool as_json) {
    std::vector<std::vector<std::string>> rows;
    for (const Check& check : checks) {
        if (as_json) {
            std::cout << json::serialize(json::object{{"check", check.check},
                                                      {"ok", check.ok},
                                                      {"value", check.value},
                                                      {"explain", check.explain}})
                      << "\n";
        }
        rows.push_back({check.ok ? "ok" : "RED", check.check, check.value, check.explain});
    }
    if (!as_json) {
        print_table({"", "check", "value", "explain"}, rows);
    }
}

Result<int> examine(const Run& run) {
    const daemon::DataFolder folder = folder_of(run);
    if (!fs::is_directory(folder.path)) {
        return fail(ErrorCode::NotFound,
                    "there is no folder " + run.data + ": make one with `carehub init DIR`");
    }
    Checks checks;
    check_files(folder, checks);
    check_disk_reserve(folder, checks);
    check_settings(folder, checks);
    check_sync(folder, checks);
    check_ledger(folder, checks);
    check_witness(folder, checks);
    check_hub(run, checks);
    add_versions(checks);
    print(checks, run.json);
    const bool well =
        std::all_of(checks.begin(), checks.end(), [](const Check& check) { return check.ok; });
    return well ? 0 : 1;
}

}  // namespace

void add_doctor(CLI::App& app, Run& run) {
    subcommand(app, "doctor", "examine the folder and its hub; exit 1 when a line is red")
        ->callback([&run] { run.work = [&run] { return examine(run); }; });
}

}  // namespace carehub::tool
