#include "hub/daemon/vault_files.hpp"

#include "tests/unit/daemon/sealed_folder.hpp"

namespace carehub::daemon {
namespace {

namespace fs = std::filesystem;

/// $CREDENTIALS_DIRECTORY for as long as the object lives.
class Credentials {
public:
    explicit Credentials(const fs::path& folder) {
        ::setenv("CREDENTIALS_DIRECTORY", folder.c_str(), 1);
    }
    Credentials(const Credentials&) = delete;
    Credentials& operator=(const Credentials&) = delete;
    ~Credentials() { ::unsetenv("CREDENTIALS_DIRECTORY"); }
};

}  // namespace

TEST_CASE("the hub's key is looked for in settings, credentials and folder, in this order",
          "[daemon]") {
    const SealedFolder folder;
    const DataFolder data = folder.data();
    const fs::path given = folder.root() / "credentials";
    fs::create_directory(given);
    const Credentials credentials(given);
    CHECK(vault_files(data, {}).hub_key.path == data.vault_key());
    CHECK(vault_files(data, {}).keys == data.vault_keys());

    fs::rename(data.vault_key(), given / "vault.key");
    const vault::VaultFiles by_systemd = vault_files(data, {});
    CHECK(by_systemd.hub_key.path == given / "vault.key");
    CHECK(by_systemd.hub_key.place == vault::KeyPlace::Credential);
    CHECK(OpenHub::open(data));

    fs::rename(given / "vault.key", folder.root() / "kept.key");
    CHECK(OpenHub::open(data).error().code == ErrorCode::NotFound);
    std::ofstream(data.settings(), std::ios::app) << "\n[vault]\nkey = \"../kept.key\"\n";
    const auto config = read_config(data.settings());
    REQUIRE(config);
    CHECK(vault_files(data, *config).hub_key.place == vault::KeyPlace::File);
    CHECK(OpenHub::open(data));
}

TEST_CASE("the keys are counted for people who ask, also while a hub works with them", "[daemon]") {
    const SealedFolder folder;
    const auto counted = [&] { return check_vault(folder.data(), {}); };
    REQUIRE(counted());
    CHECK(counted()->live == 8);  // of ada and bob: their rows, and three identifiers each
    CHECK(counted()->damaged == 0);
    Desk desk(folder.data());
    REQUIRE(desk.erase("ada") > 0);
    CHECK(counted()->live == 4);
    CHECK(counted()->erased == 4);
    fs::permissions(folder.data().vault_key(), fs::perms::owner_all | fs::perms::group_read);
    CHECK(counted().error().code == ErrorCode::Invalid);
}

}  // namespace carehub::daemon
