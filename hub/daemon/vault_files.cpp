#include "hub/daemon/vault_files.hpp"

#include <cstdlib>

namespace carehub::daemon {
namespace fs = std::filesystem;
namespace {

/// Empty when systemd gave this process none.
fs::path credentials_folder() {
    const char* const folder = std::getenv("CREDENTIALS_DIRECTORY");
    return folder == nullptr ? fs::path() : fs::path(folder);
}

fs::path key_path(const DataFolder& folder, const Config& config) {
    if (!config.vault_key.empty()) {
        return folder.path / config.vault_key;  // an absolute path stands for itself
    }
    const fs::path credential = credentials_folder() / folder.vault_key().filename();
    std::error_code error;
    const bool given = !credentials_folder().empty() && fs::exists(credential, error);
    return given ? credential : folder.vault_key();
}

}  // namespace

vault::VaultFiles vault_files(const DataFolder& folder, const Config& config) {
    const fs::path key = key_path(folder, config);
    const bool credential =
        !credentials_folder().empty() && key.parent_path() == credentials_folder();
    return {{key.string(), credential ? vault::KeyPlace::Credential : vault::KeyPlace::File},
            folder.vault_keys().string()};
}

Result<vault::KeyCounts> check_vault(const DataFolder& folder, const Config& config) {
    SystemDisk disk;
    return vault::Vault::check(disk, vault_files(folder, config));
}

}  // namespace carehub::daemon
