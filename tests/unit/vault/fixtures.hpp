// What the vault's tests share: a folder that goes away, known randomness, a vault on a disk whose
// power can be cut.
#pragma once

#include <stdlib.h>

#include <cstring>
#include <filesystem>
#include <string>

#include "hub/vault/unsealer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/journal/faulty_disk.hpp"

namespace carehub::vault {

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

inline Hash128 subject(std::uint64_t number) {
    Hash128 hash{};
    std::memcpy(hash.data(), &number, sizeof number);
    hash[15] = 1;  // never the zero subject
    return hash;
}

inline SealContext context(std::uint64_t of, std::uint64_t sequence) {
    return {subject(of), sequence, 1};
}

/// A hub key on the real disk, vault.keys on one whose power can be cut.
struct Site {
    TemporaryFolder folder;
    journal::FaultyDisk disk;
    SystemRandom random;
    VaultFiles files{{folder.file("vault.key"), KeyPlace::File}, "vault.keys"};

    Site() { REQUIRE(Vault::create(disk, files, random)); }

    [[nodiscard]] Vault open() {
        auto vault = Vault::open(disk, files, random);
        REQUIRE(vault);
        return std::move(*vault);
    }
    /// Seals and makes the key durable, as a commit does.
    [[nodiscard]] static Bytes seal(Vault& vault, const SealContext& of, std::string_view text) {
        auto sealed = vault.seal(of, as_bytes(text));
        REQUIRE(sealed);
        REQUIRE(vault.sync());
        return std::move(*sealed);
    }
};

inline std::string unsealed(const Vault& vault, const SealContext& of, ByteView sealed) {
    const auto clear = Unsealer(vault).unseal(of, sealed);
    return clear ? std::string(as_text(*clear)) : std::string(name_of(clear.error().code));
}

}  // namespace carehub::vault
