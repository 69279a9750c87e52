// SQLite's door to the model disk: does what SQLite's own layer for Unix does, as far as order,
// syncs and names go (sqlite.org, "The VFS"; the WAL's and a rollback journal's first sync also
// syncs the folder, a deletion does when it is told to).
//
// How honest it is stands for SQLite's `synchronous`, which the hub cannot be told to lower: syncs
// that answer "done" and do nothing are the same to a disk as syncs that were never asked for.
//
// Contract: while it lives it is SQLite's default layer, and SQLite's random numbers (the salts of
// a WAL) come from `seed`. One connection at a time.
// Threads: confined to one. Lifetime: the disk outlives it, it outlives connections.
#pragma once

#include <string>

#include <sqlite3.h>

#include "tests/simulation/model_disk.hpp"

namespace carehub::simulation {

/// Which syncs SQLite's files really get.
enum class Syncs : std::uint8_t {
    Full,    ///< all: as with synchronous=FULL
    Normal,  ///< the WAL's only at checkpoints: as with synchronous=NORMAL
    Off      ///< none
};

class ModelVfs {
public:
    ModelVfs(ModelDisk& disk, Syncs syncs, std::uint64_t seed);
    ModelVfs(const ModelVfs&) = delete;
    ModelVfs& operator=(const ModelVfs&) = delete;
    ~ModelVfs();

    [[nodiscard]] static const char* name() { return "model"; }

private:
    struct OpenFile;
    struct Calls;

    [[nodiscard]] bool is_honest_now(const OpenFile& file) const;
    [[nodiscard]] int sync(OpenFile& file);

    ModelDisk& disk_;
    Syncs syncs_;
    Prng prng_;
    bool in_checkpoint_ = false;
    sqlite3_vfs vfs_{};
};

}  // namespace carehub::simulation
