// Where a folder's keys are, and how they are.
//
// The hub's key is looked for in this order: where carehub.toml says ([vault] key, a path; a
// relative one starts at the folder), then $CREDENTIALS_DIRECTORY/vault.key (systemd's
// LoadCredential= or LoadCredentialEncrypted= with the name vault.key), then vault.key in the
// folder, where `carehub init` makes it. The subjects' keys are vault.keys in the folder.
//
// Errors: check_vault(): as Vault::open; the text says what to do. Threads: any thread.
#pragma once

#include "hub/daemon/config.hpp"
#include "hub/daemon/data_folder.hpp"
#include "hub/vault/vault.hpp"

namespace carehub::daemon {

[[nodiscard]] vault::VaultFiles vault_files(const DataFolder& folder, const Config& config);

/// Unwraps every key: how many are live, erased, damaged. Changes nothing; a hub may run meanwhile.
[[nodiscard]] Result<vault::KeyCounts> check_vault(const DataFolder& folder, const Config& config);

}  // namespace carehub::daemon
