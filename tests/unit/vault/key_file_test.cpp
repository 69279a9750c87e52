#include <sys/stat.h>

#include "tests/unit/vault/fixtures.hpp"

using namespace carehub;
using namespace carehub::vault;

TEST_CASE("a key file is private, 32 bytes, and reads as it was made", "[vault]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("vault.key");
    CountingRandom random(1);
    const auto made = create_key_file(path, random);
    REQUIRE(made);
    struct stat state {};
    REQUIRE(::stat(path.c_str(), &state) == 0);
    CHECK((state.st_mode & 0777U) == 0600U);
    CHECK(state.st_size == 32);
    CHECK(read_key_file({path})->bytes() == made->bytes());
}

TEST_CASE("an existing key is never replaced", "[vault]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("vault.key");
    CountingRandom random(1);
    const auto made = create_key_file(path, random);
    CHECK_FALSE(create_key_file(path, random));
    CHECK(read_key_file({path})->bytes() == made->bytes());
}

TEST_CASE("a missing, cut, grown or shared key file is refused", "[vault]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("vault.key");
    CHECK(read_key_file({path}).error().code == ErrorCode::NotFound);
    CountingRandom random(1);
    REQUIRE(create_key_file(path, random));
    REQUIRE(read_key_file({path}));
    for (const std::uintmax_t size : {std::uintmax_t{0}, std::uintmax_t{31}, std::uintmax_t{33}}) {
        std::filesystem::resize_file(path, size);
        CHECK(read_key_file({path}).error().code == ErrorCode::Invalid);
    }
    std::filesystem::resize_file(path, 32);
    REQUIRE(read_key_file({path}));
    REQUIRE(::chmod(path.c_str(), 0640) == 0);
    CHECK(read_key_file({path}).error().code == ErrorCode::Invalid);
}

TEST_CASE("a credential may show the group bits of its access list, and no more", "[vault]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("vault.key");
    CountingRandom random(1);
    REQUIRE(create_key_file(path, random));
    REQUIRE(::chmod(path.c_str(), 0440) == 0);
    CHECK(read_key_file({path, KeyPlace::Credential}));
    for (const mode_t mode : {0444U, 0460U}) {
        REQUIRE(::chmod(path.c_str(), mode) == 0);
        CHECK(read_key_file({path, KeyPlace::Credential}).error().code == ErrorCode::Invalid);
    }
}
