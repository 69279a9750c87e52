// The folder outside of the hub's own where its checkpoints are kept ([witness] folder of
// carehub.toml): another machine's disk, a store that is written once, a supervisor's share.
//
//   2026-11-23/checkpoint-00000000000000123456      a signed note each; the day of its time, its size
//
// Nothing in it speaks of a person; the hub adds files, and never changes or removes one.
//
// Contract: keep() is given checkpoints of one journal. latest() reads the last of each day, which is
// what a journal is held against; newest by size last.
// Errors: Io; Damaged from keep() when the folder holds another root for that size, and from latest()
// when the hub's key did not sign what is there.
// Threads: any one thread at a time.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "hub/daemon/notary.hpp"

namespace carehub::daemon {

class WitnessFolder {
public:
    /// Without a key, signatures are not checked, and nothing is kept.
    WitnessFolder(std::filesystem::path path, std::optional<audit::NoteKey> key)
        : path_(std::move(path)), key_(std::move(key)) {}

    [[nodiscard]] Status keep(const SignedCheckpoint& made) const;
    [[nodiscard]] Result<std::vector<audit::Checkpoint>> latest() const;
    /// Of the newest day that has any; what the hub's key did not sign is passed over.
    [[nodiscard]] Result<std::optional<audit::Checkpoint>> newest() const;

private:
    [[nodiscard]] Result<audit::Checkpoint> read(const std::filesystem::path& file) const;

    std::filesystem::path path_;
    std::optional<audit::NoteKey> key_;
};

/// The folder that carehub.toml names, a relative path from the data folder; empty when it names none.
[[nodiscard]] std::filesystem::path witness_path(const DataFolder& folder, const Config& config);

}  // namespace carehub::daemon
