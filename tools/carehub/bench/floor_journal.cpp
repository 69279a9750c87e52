#include "tools/carehub/bench/floor_journal.hpp"

#include <algorithm>
#include <iterator>

namespace carehub::tool::bench {

Result<std::unique_ptr<FloorJournal>> FloorJournal::create(const std::string& folder) {
    std::unique_ptr<FloorJournal> made(new FloorJournal());
    CAREHUB_TRY(made->vault_,
                vault::Vault::create(made->disk_, {{folder + "/vault.key"}, folder + "/vault.keys"},
                                     made->random_));
    journal::SqliteOptions options;
    options.folder = folder;
    options.missing = journal::Missing::Create;
    CAREHUB_TRY(made->journal_, journal::SqliteJournal::open(options, made->disk_, made->random_));
    return made;
}

Result<Bytes> FloorJournal::stored(std::uint64_t sequence, ByteView event) {
    const std::size_t sealed_bytes = std::min(event.size(), kFloorSealedBytes);
    vault::SealContext context;
    context.sequence = sequence;
    CAREHUB_TRY(const Bytes sealed, vault_->seal(context, event.last(sealed_bytes)));
    const ByteView clear = event.first(event.size() - sealed_bytes);
    Bytes entry;
    entry.reserve(clear.size() + sealed.size());
    entry.insert(entry.end(), clear.begin(), clear.end());
    entry.insert(entry.end(), sealed.begin(), sealed.end());
    return entry;
}

Result<FloorCommit> FloorJournal::commit(std::vector<FloorBatch> batches) {
    FloorCommit done;
    done.first_sequence = journal_->last().value + 1;
    std::vector<journal::StoredEntry> entries;
    for (FloorBatch& batch : batches) {
        for (const FloorMessage& message : batch) {
            for (const ByteView event : message.frame.slices) {
                const std::uint64_t sequence = done.first_sequence + entries.size();
                CAREHUB_TRY(Bytes bytes, stored(sequence, event));
                entries.push_back({{sequence}, std::move(bytes)});
            }
        }
        done.messages.insert(done.messages.end(), std::make_move_iterator(batch.begin()),
                             std::make_move_iterator(batch.end()));
    }
    CAREHUB_TRY_DONE(vault_->sync());
    CAREHUB_TRY(const auto appended, journal_->append(journal_->last(), entries));
    done.root = appended.root;
    return done;
}

}  // namespace carehub::tool::bench
