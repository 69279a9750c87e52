#include "hub/daemon/journal_stage.hpp"

#include <iterator>

namespace carehub::daemon {
namespace {

template <class T>
void append_to(std::vector<T>& out, std::vector<T>& from) {
    out.insert(out.end(), std::make_move_iterator(from.begin()),
               std::make_move_iterator(from.end()));
}

}  // namespace

Result<Committed> JournalStage::commit(std::vector<CoreBatch> batches) {
    Committed committed;
    std::vector<journal::StoredEntry> stored;
    for (CoreBatch& batch : batches) {
        append_to(committed.released.receipts, batch.receipts);
        append_to(committed.released.resumed, batch.resumed);
        append_to(committed.released.principals, batch.principals);
        append_to(committed.reads, batch.reads);
        for (Entry& entry : batch.entries) {
            CAREHUB_TRY(Bytes bytes, follower::store(entry, vault_));
            stored.push_back({entry.sequence, std::move(bytes)});
            committed.released.deliveries.insert(committed.released.deliveries.end(),
                                                 entry.decisions.deliveries.begin(),
                                                 entry.decisions.deliveries.end());
            committed.released.entries.push_back(std::make_shared<const Entry>(std::move(entry)));
        }
    }
    if (!stored.empty()) {
        CAREHUB_TRY([[maybe_unused]] const auto appended, journal_.append(journal_.last(), stored));
        follower_.write([&](follower::Follower& follower) {
            for (const auto& entry : committed.released.entries) {
                follower.apply(*entry);
            }
        });
    }
    for (gateway::PendingReceipt& pending : committed.released.receipts) {
        pending.receipt.root = journal_.root();
    }
    return committed;
}

}  // namespace carehub::daemon
