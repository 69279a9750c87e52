// A file that somebody outside kept, to hold the journal against.
//
//   a signed checkpoint              `trail checkpoint`, the witness folder, an adapter's last-checkpoint
//   carehub checkpoint 1 ...         of a backup (audit/checkpoint.hpp)
//   {"sequence":12,"root":"..."}     a receipt as `carehub send --json` prints it; the first of a file
//   KEY 12 ROOT                      an adapter's last-receipt (adapters/kit/last_receipt.hpp)
//
// Errors: Invalid for anything else; Damaged when a key is given that did not sign the checkpoint.
#pragma once

#include <optional>
#include <string>

#include "hub/audit/proof.hpp"
#include "hub/base/error.hpp"

namespace carehub::tool {

struct Witness {
    std::string name;                ///< "ledger", "file", "receipt"
    std::optional<Hash128> journal;  ///< a receipt does not tell
    audit::TreeHead head;            ///< of a receipt: the entry, and the root of its commit
    bool is_receipt = false;
};

/// `key`: a verifier key, or empty.
[[nodiscard]] Result<Witness> read_witness(const std::string& file, const std::string& key);
/// JSON that is no receipt.
[[nodiscard]] bool is_bundle(const std::string& text);

}  // namespace carehub::tool
