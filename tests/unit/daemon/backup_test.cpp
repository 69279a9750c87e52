#include "hub/daemon/backup.hpp"

#include <fstream>

#include "hub/daemon/open_hub.hpp"
#include "tests/unit/daemon/folders.hpp"

namespace carehub::daemon {
namespace {

BackupManifest sample_manifest() {
    BackupManifest manifest;
    manifest.checkpoint.journal.fill(3);
    manifest.checkpoint.head.size = 12;
    manifest.checkpoint.head.root.fill(4);
    manifest.checkpoint.at = *parse_iso_time("2026-03-02T08:00:00Z");
    manifest.files = {{"journal.db", 4'096, {}}, {"carehub.toml", 60, {}}};
    return manifest;
}

std::string signed_sample(const HubFolder& folder) {
    const auto signer = vault::Signer::of({folder.data().vault_key().string()});
    REQUIRE(signer);
    BackupManifest manifest = sample_manifest();
    manifest.hub_key = signer->public_key();
    return to_signed_text(manifest, signer->sign(as_bytes(to_text(manifest))));
}

}  // namespace

TEST_CASE("A manifest comes back as it was signed", "[daemon][backup]") {
    const HubFolder folder;
    const auto read = manifest_from_text(signed_sample(folder));
    REQUIRE(read);
    REQUIRE(read->is_genuine());
    BackupManifest expected = sample_manifest();
    expected.hub_key = read->manifest.hub_key;
    REQUIRE(read->manifest == expected);
}

TEST_CASE("Whatever character of a manifest is changed, it is not what was signed",
          "[daemon][backup]") {
    const HubFolder folder;
    const std::string text = signed_sample(folder);
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == '1' ? '2' : '1';
        INFO("character " << i);
        const auto read = manifest_from_text(changed);
        CHECK((!read || !read->is_genuine()));
        CHECK_FALSE(manifest_from_text(text.substr(0, i)));
    }
    CHECK_FALSE(manifest_from_text(text + "\n"));
}

TEST_CASE("No file of a manifest leads out of its folder", "[daemon][backup]") {
    BackupManifest manifest = sample_manifest();
    for (const std::string name : {"../x", "a/b", ".ssh", "/etc/passwd", ""}) {
        manifest.files.front().name = name;
        CHECK_FALSE(manifest_from_text(to_signed_text(manifest, {})));
    }
}

TEST_CASE("Hubs of different keys sign differently, and each always the same", "[daemon][backup]") {
    const HubFolder one;
    const HubFolder other;
    const auto first = vault::Signer::of({one.data().vault_key().string()});
    const auto again = vault::Signer::of({one.data().vault_key().string()});
    const auto second = vault::Signer::of({other.data().vault_key().string()});
    const Bytes text = {1, 2, 3};
    REQUIRE(first->sign(text) == again->sign(text));
    REQUIRE(first->public_key() != second->public_key());
    REQUIRE(vault::is_signed(text, first->sign(text), first->public_key()));
    REQUIRE_FALSE(vault::is_signed(text, second->sign(text), first->public_key()));
    REQUIRE_FALSE(vault::is_signed(Bytes{1, 2}, first->sign(text), first->public_key()));
}

TEST_CASE("A restored folder answers as before, after its gap was accepted", "[daemon][backup]") {
    const HubFolder folder;
    const auto before = folder.roster();
    const auto made = take_backup(folder.data(), folder.root() / "backup", {});
    REQUIRE(made);
    const DataFolder restored{folder.root() / "restored"};
    const auto told = restore_backup(folder.root() / "backup", {}, restored);
    REQUIRE(told);
    REQUIRE(told->checkpoint == made->checkpoint);
    const auto refused = OpenHub::open(restored);
    REQUIRE_FALSE(refused);
    REQUIRE(refused.error().code == ErrorCode::BehindLedger);
    REQUIRE(accept_gap(restored, "drill"));
    REQUIRE(accept_gap(restored, "drill").error().code == ErrorCode::NotFound);
    REQUIRE(HubFolder::roster_of(restored) == before);
}

TEST_CASE("The acceptance of a gap is an entry", "[daemon][backup]") {
    const HubFolder folder;
    const auto made = take_backup(folder.data(), folder.root() / "backup", {});
    REQUIRE(made);
    const DataFolder restored{folder.root() / "restored"};
    REQUIRE(restore_backup(folder.root() / "backup", {}, restored));
    REQUIRE(accept_gap(restored, "drill"));
    const auto hub = OpenHub::open(restored);
    REQUIRE((*hub)->journal->last().value == made->checkpoint.head.size + 1);
}

TEST_CASE("A backup of a damaged journal fails and names the entry", "[daemon][backup]") {
    const HubFolder folder;
    for (const char* name : {"journal.db", "journal.db-wal"}) {
        std::fstream file(folder.data().path / name,
                          std::ios::in | std::ios::out | std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(file), {}};
        const std::size_t at = content.rfind("CHEN");
        if (at != std::string::npos) {
            file.seekp(static_cast<std::streamoff>(at) + 40);
            file.put(static_cast<char>(content[at + 40] ^ 1));
        }
    }
    const auto made = take_backup(folder.data(), folder.root() / "backup", {});
    REQUIRE_FALSE(made);
    REQUIRE(made.error().code == ErrorCode::Damaged);
    REQUIRE_FALSE(std::filesystem::exists(folder.root() / "backup" / "manifest"));
}

TEST_CASE("A restore that is refused leaves nothing behind", "[daemon][backup]") {
    const HubFolder folder;
    REQUIRE(take_backup(folder.data(), folder.root() / "backup", {}));
    std::filesystem::resize_file(folder.root() / "backup" / "journal.db", 5'000);
    const DataFolder restored{folder.root() / "restored"};
    const auto told = restore_backup(folder.root() / "backup", {}, restored);
    REQUIRE_FALSE(told);
    REQUIRE(told.error().code == ErrorCode::Damaged);
    REQUIRE_FALSE(std::filesystem::exists(restored.path));
    REQUIRE_FALSE(std::filesystem::exists(restored.path.string() + ".restoring"));
}

}  // namespace carehub::daemon
