// The witness beside the database: last sequence and root, written and synced after each commit.
//
// SQLite drops commits in silence when its WAL is damaged or lost; the ledger is the second file
// that knows how far the journal came. It has two slots of one page each, overwritten by turns, so
// that a write torn by a power cut leaves the other slot whole.
//
// Layout: slot 0 at offset 0, slot 1 at offset 4096; numbers little-endian; a slot:
//   offset  size  what
//   0       8     "CHLEDGER"
//   8       4     version: 1
//   12      4     0
//   16      8     generation: counts the writes; the higher whole slot holds
//   24      16    id of the journal
//   40      8     last sequence
//   48      32    Merkle root up to it
//   80      4     CRC-32C of bytes 0 to 79
//   84      ...   zeros up to the page's end, never read
//
// Contract: after write() returned, open() gives that head or a later one, whatever power cut
// follows. Generation g goes to slot g % 2.
// Errors: Damaged when no slot is whole; NotFound; Unsupported; SyncFailed: the file must not be
// used further, the process must stop.
// Threads: confined to its owner. Lifetime: the disk outlives the ledger.
#pragma once

#include <memory>
#include <string>

#include "hub/audit/proof.hpp"
#include "hub/base/disk.hpp"

namespace carehub::journal {

struct LedgerRecord {
    std::uint64_t generation = 0;
    Hash128 journal{};
    audit::TreeHead head;

    friend bool operator==(const LedgerRecord&, const LedgerRecord&) = default;
};

class Ledger {
public:
    /// Makes the ledger of a journal; replaces nothing: AnotherWriter when the file exists.
    [[nodiscard]] static Result<Ledger> create(Disk& disk, const std::string& path,
                                               const Hash128& journal, const audit::TreeHead& head);
    [[nodiscard]] static Result<Ledger> open(Disk& disk, const std::string& path);

    /// Witnesses `head`; on disk when it returns.
    [[nodiscard]] Status write(const audit::TreeHead& head);

    [[nodiscard]] const LedgerRecord& record() const { return record_; }
    /// True when one slot was torn or damaged at open(), and the other one spoke.
    [[nodiscard]] bool had_torn_slot() const { return had_torn_slot_; }

private:
    Ledger(std::unique_ptr<File> file, const LedgerRecord& record)
        : file_(std::move(file)), record_(record) {}

    std::unique_ptr<File> file_;
    LedgerRecord record_;
    bool had_torn_slot_ = false;
};

}  // namespace carehub::journal
