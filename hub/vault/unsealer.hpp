// Opens what the vault sealed: one for each thread that reads.
//
// Errors: NotFound when the subject's key was erased: there is nothing to tell any more.
// BehindLedger when vault.keys has no key of that number: it is older than the journal. Damaged
// when the bytes are not what was sealed for this context, or their key's record is damaged.
// Unsupported: a newer sealing.
// Threads: confined to one thread, while the vault's own seals and erases.
// Lifetime: borrows the vault.
#pragma once

#include "hub/vault/vault.hpp"

namespace carehub::vault {

class Unsealer {
public:
    explicit Unsealer(const Vault& vault);

    [[nodiscard]] Result<Bytes> unseal(const SealContext& context, ByteView sealed);

private:
    [[nodiscard]] Result<const SubjectKey*> key_of(const Hash128& subject, std::uint32_t number);

    const Vault& vault_;
    KeyCache cache_;
    std::uint64_t erasures_ = 0;  ///< those the cache knows of
};

}  // namespace carehub::vault
