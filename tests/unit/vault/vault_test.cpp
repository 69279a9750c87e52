#include "hub/vault/vault.hpp"

#include <set>

#include "tests/unit/vault/fixtures.hpp"

using namespace carehub;
using namespace carehub::vault;

namespace {

Vault make(const TemporaryFolder& folder, const std::string& name, std::uint8_t seed) {
    static SystemRandom nonces;  // a vault draws from it as long as it lives
    CountingRandom random(seed);
    SystemDisk disk;
    const VaultFiles files{{folder.file(name + ".key")}, folder.file(name + ".keys")};
    REQUIRE(Vault::create(disk, files, random));
    auto vault = Vault::open(disk, files, nonces);
    REQUIRE(vault);
    return std::move(*vault);
}

}  // namespace

TEST_CASE("a keyed hash depends on key, domain, and where its parts end", "[vault]") {
    const TemporaryFolder folder;
    const Vault vault = make(folder, "hub", 1);
    const auto hash = vault.keyed_hash(HashDomain::Subject, {as_bytes("ab"), as_bytes("c")});
    CHECK(vault.keyed_hash(HashDomain::Subject, {as_bytes("ab"), as_bytes("c")}) == hash);
    CHECK(vault.keyed_hash(HashDomain::Subject, {as_bytes("a"), as_bytes("bc")}) != hash);
    CHECK(vault.keyed_hash(HashDomain::Subject, {as_bytes("abc")}) != hash);
    CHECK(vault.keyed_hash(HashDomain::Subject, {as_bytes("ab"), as_bytes("c"), as_bytes("")}) !=
          hash);
    CHECK(vault.keyed_hash(HashDomain::BusinessKey, {as_bytes("ab"), as_bytes("c")}) != hash);
    const Vault other = make(folder, "other", 2);
    CHECK(other.keyed_hash(HashDomain::Subject, {as_bytes("ab"), as_bytes("c")}) != hash);
}

TEST_CASE("a keyed hash is the same in every release", "[vault]") {
    const TemporaryFolder folder;
    const Vault vault = make(folder, "hub", 0);
    CHECK(to_hex(vault.keyed_hash(HashDomain::Subject, {as_bytes("MRN"), as_bytes("17")})) ==
          "4ec96c1492c7f5680c0f3aa6ed3247b7");
}

TEST_CASE("what is sealed opens as it was and shows nothing of it", "[vault]") {
    Site site;
    Vault vault = site.open();
    for (const std::string text : {"", "a", "Quirrelwood lives in Elm House"}) {
        for (const SealContext& of : {context(1, 17), SealContext{{}, 18, 3}}) {
            const Bytes sealed = Site::seal(vault, of, text);
            CHECK(unsealed(vault, of, sealed) == text);
            CHECK(sealed.size() == text.size() + 45);
            CHECK(sealed.front() == 1);
            CHECK((text.size() < 2 || as_text(sealed).find(text) == std::string_view::npos));
        }
    }
}

TEST_CASE("a key made for a subject that is expected is the one that seals", "[vault]") {
    Site site;
    Vault vault = site.open();
    REQUIRE(vault.expect(context(1, 17).subject));
    REQUIRE(vault.expect(context(1, 17).subject));
    REQUIRE(vault.counts().live == 1);
    REQUIRE(vault.sync());
    const Bytes sealed = Site::seal(vault, context(1, 17), "Elm House");
    CHECK(vault.counts().live == 1);
    const Vault next = site.open();  // without another sync
    CHECK(unsealed(next, context(1, 17), sealed) == "Elm House");
}

TEST_CASE("what was sealed by one run opens in the next", "[vault]") {
    Site site;
    std::vector<Bytes> sealed;
    for (std::uint64_t run = 0; run < 3; ++run) {
        Vault vault = site.open();
        sealed.push_back(Site::seal(vault, context(1, run), "run " + std::to_string(run)));
        for (std::uint64_t earlier = 0; earlier <= run; ++earlier) {
            CHECK(unsealed(vault, context(1, earlier), sealed[earlier]) ==
                  "run " + std::to_string(earlier));
        }
        CHECK(vault.counts().live == 1);
    }
}

TEST_CASE("no two seals share a nonce, also not those of two runs", "[vault]") {
    Site site;
    std::set<std::string> nonces;
    for (int run = 0; run < 4; ++run) {
        Vault vault = site.open();
        for (int i = 0; i < 50; ++i) {
            const Bytes sealed = Site::seal(vault, context(1, 9), "the same again");
            CHECK(nonces.insert(to_hex(ByteView(sealed).subspan(5, 24))).second);
        }
    }
}

TEST_CASE("sealed bytes open in their own place alone", "[vault]") {
    Site site;
    Vault vault = site.open();
    const SealContext mine = context(1, 17);
    const SealContext yours = context(2, 18);
    const Bytes sealed = Site::seal(vault, mine, "mine");
    const Bytes other = Site::seal(vault, yours, "yours");
    REQUIRE(unsealed(vault, mine, sealed) == "mine");
    REQUIRE(unsealed(vault, yours, other) == "yours");
    const std::string damaged(name_of(ErrorCode::Damaged));
    CHECK(unsealed(vault, yours, sealed) == damaged);  // the two exchanged
    CHECK(unsealed(vault, mine, other) == damaged);
    CHECK(unsealed(vault, {mine.subject, 18, 1}, sealed) == damaged);
    CHECK(unsealed(vault, {mine.subject, 17, 2}, sealed) == damaged);
    CHECK(unsealed(vault, {yours.subject, 17, 1}, sealed) == damaged);
    CHECK(unsealed(vault, {{}, 17, 1}, sealed) == damaged);
    const Bytes nobodys = Site::seal(vault, {{}, 17, 1}, "nobody's");
    CHECK(unsealed(vault, mine, nobodys) == damaged);
}

TEST_CASE("a flipped bit anywhere is refused", "[vault]") {
    Site site;
    Vault vault = site.open();
    const SealContext of = context(1, 17);
    const Bytes sealed = Site::seal(vault, of, "some bytes");
    Unsealer unsealer(vault);
    REQUIRE(unsealer.unseal(of, sealed));
    for (std::size_t bit = 0; bit < 8 * sealed.size(); ++bit) {
        Bytes flipped = sealed;
        flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        INFO(bit);
        CHECK_FALSE(unsealer.unseal(of, flipped));
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        CHECK_FALSE(unsealer.unseal(of, ByteView(sealed).first(size)));
    }
}

TEST_CASE("foreign bytes do not open", "[vault]") {
    Site site;
    const Vault vault = site.open();
    CHECK(unsealed(vault, context(1, 1), {}) == name_of(ErrorCode::Damaged));
    CHECK(unsealed(vault, context(1, 1), as_bytes("\x7F...")) == name_of(ErrorCode::Unsupported));
    const Bytes clear = {0, 'A', 'd', 'a'};  // as before there were keys
    CHECK(unsealed(vault, context(1, 1), clear) == name_of(ErrorCode::Unsupported));
}

TEST_CASE("another hub's key is refused at start by name", "[vault]") {
    Site site;
    Site other;
    REQUIRE(site.open().counts().live == 0);
    std::filesystem::copy_file(other.files.hub_key.path, site.files.hub_key.path,
                               std::filesystem::copy_options::overwrite_existing);
    const auto refused = Vault::open(site.disk, site.files, site.random);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::Damaged);
    CHECK_THAT(refused.error().context, Catch::Matchers::Contains("vault.key does not open"));
}
