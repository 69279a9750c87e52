#include "hub/vault/vault.hpp"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::vault;

namespace {

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "vault-test-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string file(const char* name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

/// Not random at all: each byte is the one before plus one.
class CountingRandom final : public Random {
public:
    explicit CountingRandom(std::uint8_t first) : next_(first) {}
    void fill(std::span<std::uint8_t> out) override {
        for (std::uint8_t& byte : out) {
            byte = next_++;
        }
    }

private:
    std::uint8_t next_;
};

Vault make(const Folder& folder, const char* name, std::uint8_t seed) {
    CountingRandom random(seed);
    auto vault = Vault::create(folder.file(name), random);
    REQUIRE(vault);
    return *vault;
}

}  // namespace

TEST_CASE("a key file is private, 32 bytes, and opens the same vault again", "[vault]") {
    const Folder folder;
    const Vault made = make(folder, "hub.key", 1);
    struct stat state {};
    REQUIRE(::stat(folder.file("hub.key").c_str(), &state) == 0);
    CHECK((state.st_mode & 0777U) == 0600U);
    CHECK(state.st_size == 32);
    const auto loaded = Vault::load(folder.file("hub.key"));
    REQUIRE(loaded);
    const auto hash = made.keyed_hash("subject", {as_bytes("mrn"), as_bytes("17")});
    CHECK(loaded->keyed_hash("subject", {as_bytes("mrn"), as_bytes("17")}) == hash);
    CHECK(hash != Hash128{});
}

TEST_CASE("an existing key is never replaced", "[vault]") {
    const Folder folder;
    const Vault first = make(folder, "hub.key", 1);
    CountingRandom random(99);
    CHECK_FALSE(Vault::create(folder.file("hub.key"), random));
    const auto loaded = Vault::load(folder.file("hub.key"));
    REQUIRE(loaded);
    CHECK(loaded->keyed_hash("subject", {}) == first.keyed_hash("subject", {}));
}

TEST_CASE("a missing, cut, grown or shared key file is refused", "[vault]") {
    const Folder folder;
    const std::string path = folder.file("hub.key");
    CHECK(Vault::load(path).error().code == ErrorCode::NotFound);
    (void)make(folder, "hub.key", 1);
    REQUIRE(Vault::load(path));
    for (const std::uintmax_t size : {std::uintmax_t{0}, std::uintmax_t{31}, std::uintmax_t{33}}) {
        std::filesystem::resize_file(path, size);
        CHECK(Vault::load(path).error().code == ErrorCode::Invalid);
    }
    std::filesystem::resize_file(path, 32);
    REQUIRE(Vault::load(path));
    REQUIRE(::chmod(path.c_str(), 0640) == 0);
    CHECK(Vault::load(path).error().code == ErrorCode::Invalid);
}

TEST_CASE("a keyed hash depends on key, domain, and where its parts end", "[vault]") {
    const Folder folder;
    const Vault vault = make(folder, "hub.key", 1);
    const auto hash = vault.keyed_hash("subject", {as_bytes("ab"), as_bytes("c")});
    CHECK(vault.keyed_hash("subject", {as_bytes("ab"), as_bytes("c")}) == hash);
    CHECK(vault.keyed_hash("subject", {as_bytes("a"), as_bytes("bc")}) != hash);
    CHECK(vault.keyed_hash("subject", {as_bytes("abc")}) != hash);
    CHECK(vault.keyed_hash("subject", {as_bytes("ab"), as_bytes("c"), as_bytes("")}) != hash);
    CHECK(vault.keyed_hash("obligation", {as_bytes("ab"), as_bytes("c")}) != hash);
    const Vault other = make(folder, "other.key", 2);
    CHECK(other.keyed_hash("subject", {as_bytes("ab"), as_bytes("c")}) != hash);
}

TEST_CASE("a keyed hash is the same in every release", "[vault]") {
    const Folder folder;
    const Vault vault = make(folder, "hub.key", 0);
    CHECK(to_hex(vault.keyed_hash("subject", {as_bytes("MRN"), as_bytes("17")})) ==
          "8bd4ed5efacc6082e4be884cb16bf67e");
}

TEST_CASE("what is sealed opens as it was, and foreign bytes do not open", "[vault]") {
    const Folder folder;
    const Vault vault = make(folder, "hub.key", 1);
    const SealContext context{Hash128{1}, 17, 1};
    for (const std::string_view text : {"", "a", "some bytes"}) {
        const auto sealed = vault.seal(context, as_bytes(text));
        REQUIRE(sealed);
        const auto clear = vault.unseal(context, *sealed);
        REQUIRE(clear);
        CHECK(as_text(*clear) == text);
    }
    CHECK(vault.unseal(context, {}).error().code == ErrorCode::Damaged);
    CHECK(vault.unseal(context, as_bytes("\x7F...")).error().code == ErrorCode::Unsupported);
}
