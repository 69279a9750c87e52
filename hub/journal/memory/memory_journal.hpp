// A journal in memory: for tests, for the simulator, and to see the contract without a disk.
//
// Contract: journal.hpp; "durable" means as long as the object. Blocks are encoded and checked as
// any engine's are.
// Threads: confined to its owner; there is no reader beside the writer.
#pragma once

#include <map>

#include "hub/audit/merkle_tree.hpp"
#include "hub/journal/journal.hpp"

namespace carehub::journal {

class MemoryJournal final : public Journal {
public:
    explicit MemoryJournal(Hash128 id = {}) : id_(id) {}

    [[nodiscard]] Result<Appended> append(Sequence expected_last,
                                          std::span<const StoredEntry> batch) override;
    [[nodiscard]] Sequence last() const override { return {tree_.size()}; }
    [[nodiscard]] Hash256 root() const override { return tree_.root(); }
    [[nodiscard]] Hash128 id() const override { return id_; }
    [[nodiscard]] Result<Sequence> dropped_for() const override { return dropped_for_; }
    [[nodiscard]] Status set_dropped_for(Sequence entry) override {
        dropped_for_ = entry;
        return {};
    }

protected:
    [[nodiscard]] Result<bool> find_block(Sequence sequence, Bytes& block,
                                          Bytes* sealed) const override;
    [[nodiscard]] Status replace_sealed(std::span<const Replaced> blocks) override;

private:
    Hash128 id_;
    audit::MerkleTree tree_;
    struct Row {
        Bytes block;
        Bytes sealed;
    };
    std::map<Sequence, Row> blocks_;  ///< by their first entry
    Sequence dropped_for_;
    bool stopped_ = false;
};

}  // namespace carehub::journal
