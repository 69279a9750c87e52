// The law of erasure at the vault's door: one person's bytes are gone for ever, nobody else's are.
#include "tests/unit/vault/fixtures.hpp"

using namespace carehub;
using namespace carehub::vault;

namespace {

const std::string kErased(name_of(ErrorCode::NotFound));
const std::string kDamaged(name_of(ErrorCode::Damaged));

}  // namespace

TEST_CASE("what was sealed for an erased subject opens no more, another's does", "[vault]") {
    Site site;
    Vault vault = site.open();
    const Bytes mine = Site::seal(vault, context(1, 1), "mine");
    const Bytes yours = Site::seal(vault, context(2, 2), "yours");
    Unsealer reader(vault);  // keeps keys it has used
    REQUIRE(reader.unseal(context(1, 1), mine));
    REQUIRE(*vault.erase(std::vector{subject(1)}, vault.newest_key()) == 1);
    CHECK(reader.unseal(context(1, 1), mine).error().code == ErrorCode::NotFound);
    CHECK(reader.unseal(context(2, 2), yours));
    // Bytes that were moved are damage: they must not pass for erased.
    CHECK(reader.unseal(context(2, 2), mine).error().code == ErrorCode::Damaged);
    CHECK(vault.counts().live == 1);
    CHECK(vault.counts().erased == 1);
    const Vault later = site.open();
    CHECK(unsealed(later, context(1, 1), mine) == kErased);
    CHECK(unsealed(later, context(2, 2), yours) == "yours");
}

TEST_CASE("the key itself is overwritten, at once and for ever", "[vault]") {
    Site site;
    Vault vault = site.open();
    (void)Site::seal(vault, context(1, 1), "mine");
    const Bytes before = site.disk.bytes_of("vault.keys");
    const auto wrapped = [](const Bytes& file) {
        return to_hex(ByteView(file).subspan(4'096 + 32, 48));
    };
    REQUIRE(*vault.erase(std::vector{subject(1)}, vault.newest_key()) == 1);
    site.disk.cut_power();  // the erasure was on disk when it returned
    const Bytes& after = site.disk.bytes_of("vault.keys");
    CHECK(wrapped(after) != wrapped(before));
    CHECK(as_text(after).find(as_text(ByteView(before).subspan(4'096 + 32, 32))) ==
          std::string_view::npos);
    const Vault again = site.open();
    CHECK(again.counts().erased == 1);
}

TEST_CASE("a subject without a key has nothing to erase, and erasing twice is once", "[vault]") {
    Site site;
    Vault vault = site.open();
    CHECK(*vault.erase(std::vector{subject(1)}, vault.newest_key()) == 0);
    (void)Site::seal(vault, context(1, 1), "mine");
    CHECK(*vault.erase(std::vector{subject(1)}, vault.newest_key()) == 1);
    CHECK(*vault.erase(std::vector{subject(1)}, vault.newest_key()) == 0);
    CHECK(vault.counts().erased == 1);
}

TEST_CASE("a person heard of again after an erasure gets a new key", "[vault]") {
    Site site;
    Vault vault = site.open();
    const Bytes before = Site::seal(vault, context(1, 1), "before");
    REQUIRE(*vault.erase(std::vector{subject(1)}, vault.newest_key()) == 1);
    const Bytes after = Site::seal(vault, context(1, 2), "after");
    CHECK(unsealed(vault, context(1, 1), before) == kErased);
    CHECK(unsealed(vault, context(1, 2), after) == "after");
    const Vault later = site.open();
    CHECK(unsealed(later, context(1, 1), before) == kErased);
    CHECK(unsealed(later, context(1, 2), after) == "after");
}

TEST_CASE("an erasure that is said again leaves the keys that were given since", "[vault]") {
    Site site;
    Vault vault = site.open();
    (void)Site::seal(vault, context(1, 1), "before");
    (void)Site::seal(vault, context(2, 2), "hers");
    const std::uint32_t newest = vault.newest_key();
    const std::vector both{subject(1), subject(2), subject(3)};
    REQUIRE(*vault.erase(both, newest) == 2);
    const Bytes after = Site::seal(vault, context(1, 3), "after");
    CHECK(*vault.erase(both, newest) == 0);
    CHECK(unsealed(vault, context(1, 3), after) == "after");
    CHECK(*vault.erase(both, vault.newest_key()) == 1);
    CHECK(unsealed(vault, context(1, 3), after) == kErased);
}

TEST_CASE("a key that was only just made is erased as well", "[vault]") {
    Site site;
    Vault vault = site.open();
    const auto sealed = vault.seal(context(1, 1), as_bytes("mine"));
    REQUIRE(*vault.erase(std::vector{subject(1)}, vault.newest_key()) == 1);
    CHECK(unsealed(vault, context(1, 1), *sealed) == kErased);
}

TEST_CASE("a key file older than the journal is damage, not an erasure", "[vault]") {
    Site site;
    Bytes old;
    Bytes mine;
    {
        Vault vault = site.open();
        (void)Site::seal(vault, context(7, 1), "another's");
        old = site.disk.bytes_of("vault.keys");
        mine = Site::seal(vault, context(1, 2), "mine");
    }
    site.disk.bytes_of("vault.keys") = old;
    Vault vault = site.open();
    CHECK(unsealed(vault, context(1, 2), mine) == name_of(ErrorCode::BehindLedger));
    (void)Site::seal(vault, context(8, 3), "the number is given to a third person");
    CHECK(unsealed(vault, context(1, 2), mine) == kDamaged);
}

TEST_CASE("how the keys are is told while a hub works with them", "[vault]") {
    Site site;
    Vault vault = site.open();
    for (std::uint64_t n = 1; n <= 10; ++n) {
        (void)Site::seal(vault, context(n, n), "x");
    }
    REQUIRE(*vault.erase(std::vector{subject(3)}, vault.newest_key()) == 1);
    const auto counts = Vault::check(site.disk, site.files);
    REQUIRE(counts);
    CHECK(counts->live == 9);
    CHECK(counts->erased == 1);
    CHECK(counts->damaged == 0);
}
