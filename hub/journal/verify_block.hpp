// One block on the way through a complete verification, wherever it is read from.
//
// Errors: Damaged, naming the entry or the smallest run of entries. Threads: any one thread.
#pragma once

#include "hub/audit/verifier.hpp"
#include "hub/journal/sealed_parts.hpp"

namespace carehub::journal {

/// Adds the block's entries, each shown to `check` where there is one, then holds the block's own root,
/// tree and checksum against them.
[[nodiscard]] Status verify_block(const Block& block, ByteView sealed, audit::Verifier& verifier,
                                  const EntrySink& check);

}  // namespace carehub::journal
