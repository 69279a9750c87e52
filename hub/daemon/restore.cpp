#include <unistd.h>

#include "hub/daemon/backup.hpp"
#include "hub/daemon/config.hpp"
#include "hub/daemon/copy_file.hpp"
#include "hub/daemon/local_hub.hpp"
#include "hub/daemon/vault_files.hpp"
#include "hub/journal/ledger.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"

namespace carehub::daemon {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDatabase = "journal.db";
/// A folder that is being restored; renamed when all of it is good.
constexpr const char* kUnfinished = ".restoring";

Status check_target(const fs::path& path) {
    std::error_code error;
    if (fs::exists(path, error) && (!fs::is_directory(path, error) || !fs::is_empty(path, error))) {
        return fail(ErrorCode::AnotherWriter,
                    "the folder is not empty: `carehub restore` never overwrites; name a new one");
    }
    return {};
}

Result<SignedManifest> read_manifest(const fs::path& backup) {
    const auto text = read_text(backup / "manifest");
    if (!text) {
        return fail(ErrorCode::NotFound,
                    "there is no manifest: this is no backup, or one that was not finished");
    }
    return manifest_from_text(*text);
}

/// Removes what was made when the restore is not finished.
class Unfinished {
public:
    explicit Unfinished(fs::path path) : path_(std::move(path)) {}
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    ~Unfinished() {
        std::error_code none;
        fs::remove_all(path_, none);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

class Restore {
public:
    Restore(fs::path backup, fs::path keys, const DataFolder& folder)
        : backup_(std::move(backup)), keys_(std::move(keys)), folder_(folder) {}

    Result<Restored> run() {
        CAREHUB_TRY(const SignedManifest told, read_manifest(backup_));
        CAREHUB_TRY_DONE(make_folder());
        CAREHUB_TRY_DONE(copy_keys());
        for (const BackupFile& file : told.manifest.files) {
            if (file.name == "carehub.toml") {
                CAREHUB_TRY_DONE(copy(file));
            }
        }
        CAREHUB_TRY(const Config config, read_config(folder_.settings()));
        const vault::VaultFiles files = vault_files(folder_, config);
        CAREHUB_TRY_DONE(check_signature(told, files));
        for (const BackupFile& file : told.manifest.files) {
            if (file.name != "carehub.toml") {
                CAREHUB_TRY_DONE(copy(file));
            }
        }
        CAREHUB_TRY_DONE(check_journal(told.manifest.checkpoint));
        CAREHUB_TRY(const vault::KeyCounts keys, vault::Vault::check(disk_, files));
        CAREHUB_TRY_DONE(
            write_private(folder_.restored(), audit::to_text(told.manifest.checkpoint)));
        CAREHUB_TRY_DONE(disk_.sync_folder(folder_.path.string()));
        return Restored{told.manifest.checkpoint, keys.damaged};
    }

private:
    Status make_folder() {
        std::error_code error;
        fs::create_directories(folder_.snapshots(), error);
        if (error) {
            return fail(ErrorCode::Io, "cannot make the folder: " + error.message());
        }
        fs::permissions(folder_.path, fs::perms::owner_all, error);
        fs::permissions(folder_.snapshots(), fs::perms::owner_all, error);
        return {};
    }

    /// Some may be missing: the hub's key may live elsewhere, the operator's link too.
    Status copy_keys() {
        for (const fs::path& path :
             {folder_.vault_key(), folder_.vault_keys(), folder_.hub_key(), folder_.admin_link()}) {
            const fs::path from = keys_ / path.filename();
            if (is_there(from)) {
                CAREHUB_TRY([[maybe_unused]] const auto told, copy_file(disk_, from, path));
            }
        }
        for (const fs::path& path : {folder_.vault_keys(), folder_.hub_key()}) {
            if (!is_there(path)) {
                return fail(ErrorCode::NotFound, path.filename().string() +
                                                     " is not among the keys: name the folder that "
                                                     "holds them with --keys");
            }
        }
        return {};
    }

    /// Before anything large is copied: whose backup it is.
    static Status check_signature(const SignedManifest& told, const vault::VaultFiles& files) {
        const auto signer = vault::Signer::of(files.hub_key);
        if (!signer) {
            return fail(
                signer.error().code,
                "the hub's key is needed to hold the backup against: " + signer.error().context);
        }
        if (signer->public_key() != told.manifest.hub_key) {
            return fail(ErrorCode::Invalid,
                        "vault.key is not the key of the hub that made this backup: name the "
                        "folder of its keys with --keys");
        }
        if (!told.is_genuine()) {
            return fail(ErrorCode::Damaged,
                        "the manifest is not what the hub signed: it was changed");
        }
        return {};
    }

    Status copy(const BackupFile& file) {
        const bool is_snapshot = file.name.starts_with("snapshot-");
        const fs::path to = (is_snapshot ? folder_.snapshots() : folder_.path) / file.name;
        auto told = copy_file(disk_, backup_ / file.name, to);
        if (!told && told.error().code == ErrorCode::NotFound) {
            return fail(ErrorCode::Damaged, file.name + " is missing: half a copy");
        }
        CAREHUB_TRY(const BackupFile copied, std::move(told));
        if (copied.bytes < file.bytes) {
            return fail(ErrorCode::Damaged, file.name + " has " + std::to_string(copied.bytes) +
                                                " of " + std::to_string(file.bytes) +
                                                " bytes: half a copy");
        }
        return copied == file ? Status{}
                              : fail(ErrorCode::Damaged, file.name + " is not what the hub signed");
    }

    /// Every leaf and root, against the head that was signed.
    Status check_journal(const audit::Checkpoint& signed_head) {
        CAREHUB_TRY([[maybe_unused]] const auto ledger,
                    journal::Ledger::create(disk_, (folder_.path / "journal.ledger").string(),
                                            signed_head.journal, signed_head.head));
        SystemRandom random;
        journal::SqliteOptions options;
        options.folder = folder_.path.string();
        options.check = journal::Check::AllBlocks;
        CAREHUB_TRY(const auto journal, journal::SqliteJournal::open(options, disk_, random));
        return journal->last().value == signed_head.head.size
                   ? Status{}
                   : fail(ErrorCode::Damaged,
                          std::string(kDatabase) + " holds entries that were not signed");
    }

    fs::path backup_;
    fs::path keys_;
    const DataFolder& folder_;
    SystemDisk disk_;
};

}  // namespace

Result<Restored> restore_backup(const fs::path& backup, const fs::path& keys,
                                const DataFolder& target) {
    CAREHUB_TRY_DONE(check_target(target.path));
    fs::path whole = fs::absolute(target.path).lexically_normal();
    if (!whole.has_filename()) {
        whole = whole.parent_path();  // it was written with a slash at its end
    }
    const fs::path unfinished = whole.string() + kUnfinished;
    if (is_there(unfinished)) {
        return fail(ErrorCode::AnotherWriter,
                    unfinished.filename().string() +
                        " is there: another restore runs, or one was cut short; remove it");
    }
    const Unfinished made(unfinished);
    const DataFolder folder{made.path()};
    CAREHUB_TRY(const Restored restored,
                Restore(backup, keys.empty() ? backup / "keys" : keys, folder).run());
    SystemDisk disk;
    CAREHUB_TRY_DONE(disk.rename(made.path().string(), whole.string()));
    CAREHUB_TRY_DONE(disk.sync_folder(whole.parent_path().string()));
    return restored;
}

Result<std::optional<audit::Checkpoint>> gap_of(const DataFolder& folder) {
    if (!is_there(folder.restored())) {
        return std::nullopt;
    }
    CAREHUB_TRY(const std::string text, read_text(folder.restored()));
    CAREHUB_TRY(const audit::Checkpoint gap, audit::checkpoint_from_text(text));
    return gap;
}

Result<audit::Checkpoint> accept_gap(const DataFolder& folder, const std::string& reason) {
    CAREHUB_TRY(const auto gap, gap_of(folder));
    if (!gap) {
        return fail(ErrorCode::NotFound, "this folder has no gap to accept");
    }
    {
        CAREHUB_TRY(const auto hub, LocalHub::open(folder, AfterRestore::Accept));
        CAREHUB_TRY(const Receipt receipt,
                    hub->command(RestoreCommand{{gap->head.size}, gap->at, reason}));
        if (receipt.status == ReceiptStatus::Refused) {
            return fail(ErrorCode::Invalid, "the hub refused the acceptance: " +
                                                std::string(name_of(receipt.refusal.reason)));
        }
    }
    SystemDisk disk;
    CAREHUB_TRY_DONE(disk.remove(folder.restored().string()));
    CAREHUB_TRY_DONE(disk.sync_folder(folder.path.string()));
    return *gap;
}

}  // namespace carehub::daemon
