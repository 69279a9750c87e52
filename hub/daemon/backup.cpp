#include "hub/daemon/backup.hpp"

#include "hub/base/clock.hpp"
#include "hub/daemon/config.hpp"
#include "hub/daemon/copy_file.hpp"
#include "hub/daemon/vault_files.hpp"
#include "hub/follower/sealed_check.hpp"
#include "hub/journal/ledger.hpp"
#include "hub/journal/sqlite/copy.hpp"

namespace carehub::daemon {
namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest = "manifest";
constexpr const char* kDatabase = "journal.db";

/// A folder that is there and empty serves too.
Status make_target(const fs::path& path) {
    std::error_code error;
    if (fs::exists(path, error) && (!fs::is_directory(path, error) || !fs::is_empty(path, error))) {
        return fail(ErrorCode::AnotherWriter,
                    "the target is not empty: a backup never overwrites; name a new folder");
    }
    fs::create_directories(path / "keys", error);
    if (error) {
        return fail(ErrorCode::Io, "cannot make the folder of the backup: " + error.message());
    }
    fs::permissions(path, fs::perms::owner_all, error);
    fs::permissions(path / "keys", fs::perms::owner_all, error);
    return {};
}

class Backup {
public:
    Backup(const DataFolder& folder, const fs::path& target) : folder_(folder), target_(target) {}

    Result<BackupMade> take(const Pulse& pulse) {
        CAREHUB_TRY(const Config config, read_config(folder_.settings()));
        const vault::VaultFiles keys = vault_files(folder_, config);
        CAREHUB_TRY(const vault::Signer signer, vault::Signer::of(keys.hub_key));
        CAREHUB_TRY_DONE(make_target(target_));
        CAREHUB_TRY_DONE(copy_entries(pulse));
        CAREHUB_TRY_DONE(copy(folder_.settings()));
        CAREHUB_TRY_DONE(copy_snapshot());
        CAREHUB_TRY_DONE(copy_keys(keys));
        CAREHUB_TRY_DONE(sign(signer));
        for (const BackupFile& file : manifest_.files) {
            made_.bytes += file.bytes;
        }
        made_.checkpoint = manifest_.checkpoint;
        return made_;
    }

private:
    /// The ledger is read before the journal: a running hub only adds to what it witnessed.
    Status copy_entries(const Pulse& pulse) {
        CAREHUB_TRY(const journal::Ledger ledger,
                    journal::Ledger::open(disk_, (folder_.path / "journal.ledger").string()));
        CAREHUB_TRY(const auto from, journal::SqliteReader::open(folder_.path.string()));
        if (from->id() != ledger.record().journal) {
            return fail(ErrorCode::Damaged,
                        "journal.ledger belongs to another journal than journal.db");
        }
        manifest_.checkpoint = {from->id(), ledger.record().head, SystemClock().now()};
        follower::SealedCheck sealed;
        CAREHUB_TRY_DONE(journal::copy_journal(
            *from, ledger.record().head, disk_, (target_ / kDatabase).string(),
            [&](const journal::StoredEntry& entry) { return sealed.take(entry); }, pulse));
        CAREHUB_TRY_DONE(sealed.finish());
        CAREHUB_TRY(BackupFile told, measure_file(disk_, target_ / kDatabase));
        manifest_.files.push_back(std::move(told));
        return {};
    }

    Status copy(const fs::path& from) {
        CAREHUB_TRY(BackupFile told, copy_file(disk_, from, target_ / from.filename()));
        manifest_.files.push_back(std::move(told));
        return {};
    }

    /// The running hub may have removed it meanwhile: then the restored hub reads its journal.
    Status copy_snapshot() {
        const snapshot::SnapshotFolder snapshots(disk_, folder_.snapshots().string());
        for (const Sequence sequence : snapshots.list()) {
            if (sequence.value > manifest_.checkpoint.head.size) {
                continue;
            }
            auto reader = snapshot::Reader::open(disk_, snapshots.path_of(sequence));
            if (reader && reader->verify() && copy(snapshots.path_of(sequence))) {
                made_.snapshot = sequence;
                return {};
            }
            std::error_code none;
            fs::remove(target_ / snapshot::SnapshotFolder::name_of(sequence), none);
        }
        return {};
    }

    /// After the entries, so that every key that sealed one of them is there.
    Status copy_keys(const vault::VaultFiles& files) {
        for (const fs::path& path : {folder_.vault_keys(), folder_.hub_key()}) {
            CAREHUB_TRY([[maybe_unused]] const auto told,
                        copy_file(disk_, path, target_ / "keys" / path.filename()));
        }
        if (is_there(folder_.admin_link())) {
            CAREHUB_TRY([[maybe_unused]] const auto told,
                        copy_file(disk_, folder_.admin_link(),
                                  target_ / "keys" / folder_.admin_link().filename()));
        }
        if (files.hub_key.path == folder_.vault_key().string()) {
            CAREHUB_TRY([[maybe_unused]] const auto told,
                        copy_file(disk_, folder_.vault_key(),
                                  target_ / "keys" / folder_.vault_key().filename()));
        }
        return disk_.sync_folder((target_ / "keys").string());
    }

    Status sign(const vault::Signer& signer) {
        manifest_.hub_key = signer.public_key();
        const std::string text =
            to_signed_text(manifest_, signer.sign(as_bytes(to_text(manifest_))));
        CAREHUB_TRY_DONE(disk_.sync_folder(target_.string()));
        CAREHUB_TRY_DONE(write_private(target_ / kManifest, text));
        return disk_.sync_folder(target_.string());
    }

    const DataFolder& folder_;
    const fs::path& target_;
    SystemDisk disk_;
    BackupManifest manifest_;
    BackupMade made_;
};

}  // namespace

Result<BackupMade> take_backup(const DataFolder& folder, const fs::path& target,
                               const Pulse& pulse) {
    return Backup(folder, target).take(pulse ? pulse : [](Sequence) { return Status{}; });
}

}  // namespace carehub::daemon
