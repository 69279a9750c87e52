// Seals on a thread of its own under keys that have sealed already: for copies the hub makes of
// what it knows of a person, beside the journal.
//
// Contract: makes no key and changes nothing in vault.keys. The key is named by its number, as
// bytes sealed for the same subject carry it (key_number()). What seal() gives opens by
// Unsealer::unseal() with the same context, until the subject's key is erased.
// Errors: NotFound when the key was erased; Damaged when it is another subject's or unreadable;
// Invalid for the hub's own key, which no person's data is ever sealed with.
// Threads: confined to one thread, while the vault's own seals and erases. Lifetime: borrows the
// vault.
#pragma once

#include "hub/vault/vault.hpp"

namespace carehub::vault {

class Resealer {
public:
    Resealer(const Vault& vault, Random& random) : vault_(vault), nonces_(random) {}

    [[nodiscard]] Result<Bytes> seal(std::uint32_t key, const SealContext& context, ByteView clear);

private:
    const Vault& vault_;
    NonceSource nonces_;
};

/// The number of the key that sealed these bytes; 0: the hub's own.
[[nodiscard]] Result<std::uint32_t> key_number(ByteView sealed);

}  // namespace carehub::vault
