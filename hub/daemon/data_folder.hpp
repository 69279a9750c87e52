// The hub's folder: one folder holds everything, and is made once.
//
//   carehub.toml     settings (daemon/config.hpp)
//   hub.key          CURVE secret key of the hub, hexadecimal, 0600
//   vault.key        the hub's key: of the keyed hashes, and what wraps the keys that seal, 0600; it
//                    may live elsewhere (daemon/vault_files.hpp)
//   vault.keys       the key of each person, wrapped (vault/key_record.hpp)
//   journal.*        the journal and its ledger (journal/FORMAT.md)
//   snapshots/       what a start begins with (snapshot/FORMAT.md)
//   old-ids/         ids of events of more than 80 days ago (journal/old_ids.hpp)
//   restored         only after `carehub restore`: head of the backup, until its gap is accepted
//   in-progress.page fingerprint of the input being decided (daemon/poison_page.hpp)
//   hub.endpoint     where the running hub listens
//   admin.carehub    link file of the operator, 0600
//
// Errors: AnotherWriter, NotFound, Io, Invalid. Threads: any thread.
#pragma once

#include <filesystem>
#include <optional>

#include "hub/base/error.hpp"
#include "hub/base/utc_time.hpp"
#include "hub/transport/curve_keys.hpp"

namespace carehub::daemon {

struct DataFolder {
    std::filesystem::path path;

    [[nodiscard]] std::filesystem::path settings() const { return path / "carehub.toml"; }
    [[nodiscard]] std::filesystem::path hub_key() const { return path / "hub.key"; }
    [[nodiscard]] std::filesystem::path vault_key() const { return path / "vault.key"; }
    [[nodiscard]] std::filesystem::path vault_keys() const { return path / "vault.keys"; }
    [[nodiscard]] std::filesystem::path snapshots() const { return path / "snapshots"; }
    [[nodiscard]] std::filesystem::path old_ids() const { return path / "old-ids"; }
    [[nodiscard]] std::filesystem::path restored() const { return path / "restored"; }
    [[nodiscard]] std::filesystem::path page() const { return path / "in-progress.page"; }
    [[nodiscard]] std::filesystem::path endpoint() const { return path / "hub.endpoint"; }
    [[nodiscard]] std::filesystem::path admin_link() const { return path / "admin.carehub"; }
};

/// Whether a folder may be opened that was restored from a backup and may lack acknowledged
/// entries.
enum class AfterRestore : std::uint8_t { Refuse, Accept };

struct InitOptions {
    bool simulation = false;
    UtcTime start = kUnknownTime;  ///< business time at which a simulation begins
};

/// Makes a folder that does not exist yet (or is empty), with keys, settings, an empty journal and
/// the operator as first principal; returns the operator's key pair, for the admin link.
[[nodiscard]] Result<transport::CurveKeys> init_folder(const DataFolder& folder,
                                                       const InitOptions& options);

[[nodiscard]] Result<transport::CurveKeys> read_hub_keys(const DataFolder& folder);
/// Writes a small text file with mode 0600, replacing it in one step.
[[nodiscard]] Status write_private(const std::filesystem::path& path, std::string_view text);
[[nodiscard]] Result<std::string> read_text(const std::filesystem::path& path);

}  // namespace carehub::daemon
