// The journal's side of `bench floor`: what must be done to make an event durable, and no more.
//
// An event's last kFloorSealedBytes bytes are sealed, the entry's leaf and nodes are hashed, a
// block of all that waited is committed and synced, the ledger witnesses it; then receipts are
// made. There is no decision and nothing is decoded.
//
// Errors: as Vault::seal and Journal::append. Threads: confined to the journal's thread.
#pragma once

#include <memory>
#include <optional>

#include "hub/base/disk.hpp"
#include "hub/base/random.hpp"
#include "hub/codec/frame.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"
#include "hub/vault/vault.hpp"

namespace carehub::tool::bench {

inline constexpr std::size_t kFloorSealedBytes = 128;

/// One message of a publisher: views into its own bytes.
struct FloorMessage {
    std::string from;  ///< the connection
    Bytes bytes;
    codec::Frame frame;
};
using FloorBatch = std::vector<FloorMessage>;

struct FloorCommit {
    FloorBatch messages;
    std::uint64_t first_sequence = 0;
    Hash256 root{};
};

class FloorJournal {
public:
    [[nodiscard]] static Result<std::unique_ptr<FloorJournal>> create(const std::string& folder);
    [[nodiscard]] Result<FloorCommit> commit(std::vector<FloorBatch> batches);

private:
    FloorJournal() = default;
    [[nodiscard]] Result<Bytes> stored(std::uint64_t sequence, ByteView event);

    SystemDisk disk_;
    SystemRandom random_;
    std::optional<vault::Vault> vault_;
    std::unique_ptr<journal::SqliteJournal> journal_;
};

}  // namespace carehub::tool::bench
