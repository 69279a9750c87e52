// Signs heads of the journal's tree as checkpoints, and says when the next one is due.
//
// The signing key is derived from the hub's key (vault/signature.hpp); key and checkpoints bear the
// journal's name (audit/checkpoint.hpp).
//
// Contract: sign() is given heads that are durable: a hub never signs two that differ in their past.
// Errors: as vault::Signer::of().
// Threads: a Notary is immutable; a CheckpointPace is confined to one thread.
#pragma once

#include <optional>

#include "hub/audit/checkpoint.hpp"
#include "hub/base/clock.hpp"
#include "hub/daemon/config.hpp"
#include "hub/daemon/data_folder.hpp"
#include "hub/vault/signature.hpp"

namespace carehub::daemon {

/// A signed note, what it says, and the key that checks it, as text.
struct SignedCheckpoint {
    audit::Checkpoint checkpoint;
    std::string note;
    std::string key;
};

class Notary {
public:
    [[nodiscard]] static Result<Notary> of(const DataFolder& folder, const Config& config,
                                           const Hash128& journal);

    [[nodiscard]] const audit::NoteKey& key() const { return key_; }
    /// A note over a text of the hub's own making.
    [[nodiscard]] std::string sign_text(const std::string& text) const;
    [[nodiscard]] SignedCheckpoint sign(const audit::TreeHead& head, UtcTime at) const;

private:
    Notary(vault::Signer signer, const Hash128& journal)
        : signer_(std::move(signer)),
          journal_(journal),
          key_{audit::origin_of(journal), signer_.public_key()} {}

    vault::Signer signer_;
    Hash128 journal_;
    audit::NoteKey key_;
};

/// A checkpoint is due when entries came since the last one and that is an interval ago; the first at
/// once.
class CheckpointPace {
public:
    explicit CheckpointPace(std::chrono::seconds interval) : interval_(interval) {}

    /// True when one is to be made now, of `size` entries: counted as made.
    [[nodiscard]] bool take(std::uint64_t size, Micros steady);

private:
    std::chrono::seconds interval_;
    std::uint64_t size_ = 0;
    std::optional<Micros> made_at_;
};

}  // namespace carehub::daemon
