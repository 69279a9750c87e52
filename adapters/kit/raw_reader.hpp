// Reads one message out of a raw archive, while its adapter runs or not.
//
// Contract: the bytes as they were put. Of an event that was told of two messages (a hub that was
// restored from a backup gives a sequence twice) the message told last.
// Errors: NotFound when the archive keeps no such message; where a part of the archive could not be
// looked through, Damaged, or Invalid when it is sealed with a key the link never had, say so
// instead. Io. Threads: any thread.
#pragma once

#include <filesystem>

#include "adapters/kit/sealing.hpp"
#include "hub/model/receipt.hpp"

namespace carehub::adapters {

/// `folder` is the archive's own; `sealing` of SealingKey::RawArchive.
[[nodiscard]] Result<Bytes> read_raw_of_event(const std::filesystem::path& folder,
                                              const Sealing& sealing, Sequence event);
[[nodiscard]] Result<Bytes> read_raw(const std::filesystem::path& folder, const Sealing& sealing,
                                     const Hash256& raw_sha256);

}  // namespace carehub::adapters
