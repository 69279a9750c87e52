#include "hub/daemon/journal_stage.hpp"

#include <iterator>

#include "hub/journal/limits.hpp"

namespace carehub::daemon {
namespace {

/// What is appended at once; a block may be larger, for the one entry that is.
constexpr std::size_t kAppendBytesMax = std::size_t{16} << 20U;
static_assert(kAppendBytesMax <= journal::kStoredEntryBytesMax);

void apply(const gateway::Released& released, follower::Follower& follower) {
    auto event = released.events.begin();
    for (const auto& entry : released.entries) {
        const bool is_decoded = event != released.events.end() && event->entry == entry->sequence;
        follower.apply(*entry, 0, is_decoded ? (event++)->event.get() : nullptr);
    }
}

template <class T>
void append_to(std::vector<T>& out, std::vector<T>& from) {
    out.insert(out.end(), std::make_move_iterator(from.begin()),
               std::make_move_iterator(from.end()));
}

}  // namespace

template <class Attempt>
auto JournalStage::with_room(const Attempt& attempt) const {
    auto done = attempt();
    while (!done && done.error().code == ErrorCode::Full && wait_for_room_ && wait_for_room_()) {
        done = attempt();
    }
    return done;
}

Result<Committed> JournalStage::commit(std::vector<CoreBatch> batches) {
    Committed committed;
    std::vector<journal::StoredEntry> stored;
    std::size_t bytes = 0;
    for (CoreBatch& batch : batches) {
        append_to(committed.released.receipts, batch.receipts);
        append_to(committed.released.events, batch.events);
        append_to(committed.released.resumed, batch.resumed);
        append_to(committed.released.principals, batch.principals);
        append_to(committed.released.narrowed, batch.narrowed);
        append_to(committed.reads, batch.reads);
        for (std::shared_ptr<Entry>& entry : batch.entries) {
            if (!to_destroy_.empty() && entry->decisions.erasures.empty()) {
                // What follows is not to be sealed under a key that goes.
                CAREHUB_TRY_DONE(append(stored));
                bytes = 0;
            }
            if (!entry->decisions.erasures.empty()) {
                entry->keys_to = vault_.newest_key();
            }
            CAREHUB_TRY(auto next, with_room([&] { return follower::store(*entry, vault_); }));
            const std::size_t size = next.bytes.size() + next.sealed.size();
            if (bytes + size > kAppendBytesMax && !stored.empty()) {
                CAREHUB_TRY_DONE(append(stored));
                bytes = 0;
            }
            bytes += size;
            stored.push_back(std::move(next));
            for (const Erasure& erasure : entry->decisions.erasures) {
                to_destroy_.insert(to_destroy_.end(), erasure.subjects.begin(),
                                   erasure.subjects.end());
                committed.last_erasure = entry->sequence;
            }
            committed.released.deliveries.insert(committed.released.deliveries.end(),
                                                 entry->decisions.deliveries.begin(),
                                                 entry->decisions.deliveries.end());
            committed.released.entries.push_back(std::move(entry));
        }
    }
    CAREHUB_TRY_DONE(append(stored));
    if (!committed.released.entries.empty()) {
        follower_.write([&](follower::Follower& follower) { apply(committed.released, follower); });
    }
    for (gateway::PendingReceipt& pending : committed.released.receipts) {
        pending.receipt.root = journal_.root();
    }
    return committed;
}

Status JournalStage::append(std::vector<journal::StoredEntry>& stored) {
    if (!stored.empty()) {
        // An entry without its key could never be read.
        CAREHUB_TRY_DONE(with_room([this] { return vault_.sync(); }));
        CAREHUB_TRY([[maybe_unused]] const auto appended,
                    with_room([&] { return journal_.append(journal_.last(), stored); }));
        stored.clear();
    }
    return destroy_keys();
}

Status JournalStage::destroy_keys() {
    if (!to_destroy_.empty()) {
        CAREHUB_TRY([[maybe_unused]] const std::size_t destroyed,
                    with_room([this] { return vault_.erase(to_destroy_, vault_.newest_key()); }));
        to_destroy_.clear();
    }
    return {};
}

}  // namespace carehub::daemon
