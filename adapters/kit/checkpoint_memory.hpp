// The largest checkpoint of the hub that an adapter holds, beside its last receipt: with it a hub that
// was set back, or that shows two histories, is found out from outside, whatever it says of itself.
//
// Files of the state folder, each replaced as a whole:
//   last-checkpoint      the hub's signed note as it came (C2SP tlog-checkpoint)
//   checkpoint-key       one line: the hub's public key of the link, 64 hexadecimal digits, a blank, and
//                        the verifier key that came with the first checkpoint and holds from then on
//   checkpoint-of-lost   the note that was held when the hub said it had lost what this adapter has
//
// Contract: take() every checkpoint that comes. A larger one than is held has to be proven to continue
// it: Ask says so, and proven_by() takes the hub's answer to the question `consistency`. What a hub with one history never does is Differs, with
// why in trouble(); the checkpoint that is held stays.
// Errors: Io, SyncFailed of writing. Files that are not readable, or of another hub, count as none.
// Threads: confined to one thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "hub/audit/checkpoint.hpp"

namespace carehub::adapters {

class CheckpointMemory {
public:
    /// `hub_key` is the hub's public key, of the link.
    [[nodiscard]] static CheckpointMemory open(std::filesystem::path folder,
                                               const Hash256& hub_key);

    enum class Next : std::uint8_t { Nothing, Ask, Differs };

    [[nodiscard]] Result<Next> take(const std::string& note, const std::string& key);
    /// What to ask for after Ask: the sizes of the two.
    [[nodiscard]] std::uint64_t old_size() const { return held_ ? held_->head.size : 0; }
    [[nodiscard]] std::uint64_t new_size() const { return next_.head.size; }
    [[nodiscard]] Result<Next> proven_by(const std::string& line);
    /// The hub gave no proof, for a reason that does not pass.
    [[nodiscard]] Next refused();

    [[nodiscard]] const std::optional<audit::Checkpoint>& held() const { return held_; }
    [[nodiscard]] const std::string& trouble() const { return trouble_; }
    /// Holds none any more; the note is put aside.
    [[nodiscard]] Status forget();

private:
    CheckpointMemory(std::filesystem::path folder, const Hash256& hub_key)
        : folder_(std::move(folder)), hub_key_(hub_key) {}

    void read();
    [[nodiscard]] Result<Next> hold(const audit::Checkpoint& checkpoint, const std::string& note);
    Next differs(std::string why);

    std::filesystem::path folder_;
    Hash256 hub_key_;
    std::optional<audit::NoteKey> key_;
    std::optional<audit::Checkpoint> held_;
    audit::Checkpoint next_;  ///< of Ask
    std::string next_note_;
    std::string trouble_;
};

}  // namespace carehub::adapters
