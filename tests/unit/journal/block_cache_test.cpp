#include "hub/journal/block_cache.hpp"

#include "hub/journal/memory/memory_journal.hpp"
#include "tests/unit/journal/samples.hpp"

namespace carehub::journal {
namespace {

/// Counts how often blocks are loaded.
class CountingJournal final : public JournalReader {
public:
    explicit CountingJournal(std::uint64_t blocks, std::uint64_t per_block) {
        for (std::uint64_t block = 0; block < blocks; ++block) {
            std::vector<StoredEntry> batch;
            for (std::uint64_t i = 1; i <= per_block; ++i) {
                const std::uint64_t sequence = block * per_block + i;
                batch.push_back({{sequence}, text_of(sequence)});
            }
            Bytes bytes;
            encode_block(batch, tree_, bytes);
            blocks_.emplace(batch.front().sequence, std::move(bytes));
        }
    }

    static Bytes text_of(std::uint64_t sequence) {
        const std::string text = "entry " + std::to_string(sequence);
        return {text.begin(), text.end()};
    }
    [[nodiscard]] std::size_t block_bytes() const { return blocks_.begin()->second.size(); }

    mutable int loads = 0;

protected:
    [[nodiscard]] Result<bool> find_block(Sequence sequence, Bytes& block,
                                          Bytes* /*sealed*/) const override {
        ++loads;
        const auto after = blocks_.upper_bound(sequence);
        if (after == blocks_.begin() || sequence.value > tree_.size()) {
            return false;
        }
        block = std::prev(after)->second;
        return true;
    }

private:
    audit::MerkleTree tree_;
    std::map<Sequence, Bytes> blocks_;
};

void require_entry(BlockCache& cache, std::uint64_t sequence) {
    const auto found = cache.entry({sequence});
    REQUIRE(found);
    REQUIRE(Bytes(found->bytes.begin(), found->bytes.end()) == CountingJournal::text_of(sequence));
}

TEST_CASE("Every entry is found, and its block is loaded once", "[journal]") {
    const CountingJournal journal(5, 7);
    BlockCache cache(journal);
    for (int round = 0; round < 2; ++round) {
        for (std::uint64_t sequence = 35; sequence > 0; --sequence) {
            require_entry(cache, sequence);
        }
    }
    REQUIRE(journal.loads == 5);
}

TEST_CASE("What the journal does not hold is told as not found", "[journal]") {
    const CountingJournal journal(1, 3);
    BlockCache cache(journal);
    REQUIRE(cache.entry({0}).error().code == ErrorCode::NotFound);
    REQUIRE(cache.entry({4}).error().code == ErrorCode::NotFound);
    require_entry(cache, 3);
}

TEST_CASE("The block used longest ago makes room", "[journal]") {
    const CountingJournal journal(3, 4);
    BlockCache cache(journal, 2 * journal.block_bytes() + 200);
    require_entry(cache, 1);
    require_entry(cache, 5);
    require_entry(cache, 2);
    require_entry(cache, 9);  // the second block goes
    REQUIRE(journal.loads == 3);
    require_entry(cache, 3);
    REQUIRE(journal.loads == 3);
    require_entry(cache, 6);
    REQUIRE(journal.loads == 4);
}

TEST_CASE("A block larger than the room is still read", "[journal]") {
    const CountingJournal journal(2, 4);
    BlockCache cache(journal, 1);
    require_entry(cache, 1);
    require_entry(cache, 8);
    require_entry(cache, 2);
    REQUIRE(journal.loads == 3);
}

}  // namespace
}  // namespace carehub::journal
