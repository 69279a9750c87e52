#include "tests/simulation/tamper.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "hub/audit/hash.hpp"
#include "hub/base/check.hpp"
#include "hub/base/prng.hpp"
#include "hub/journal/block.hpp"
#include "hub/journal/crc32c.hpp"
#include "hub/journal/proofs.hpp"
#include "tests/simulation/seeded_random.hpp"

namespace carehub::simulation {
namespace {

using audit::TreeHead;

using Batch = std::vector<Bytes>;
using Batches = std::vector<Batch>;

constexpr std::size_t kTimeBytes = 8;
constexpr std::size_t kCrcBytes = 4;
constexpr std::size_t kBlockHeadBytes = 56;
constexpr std::size_t kHashBytes = sizeof(Hash256);

/// The blocks of a journal as bytes, read as an engine reads them.
class Blocks final : public journal::JournalReader {
public:
    void put(std::uint64_t first, std::uint32_t count, Bytes bytes) {
        rows_.push_back({first, first + count, std::move(bytes)});
    }
    struct Row {
        std::uint64_t first;
        std::uint64_t end;
        Bytes bytes;
    };
    std::vector<Row> rows_;

protected:
    [[nodiscard]] Result<bool> find_block(Sequence sequence, Bytes& block,
                                          Bytes* /*sealed*/) const override {
        bool later = false;
        for (const Row& row : rows_) {
            if (row.first <= sequence.value && sequence.value < row.end) {
                block = row.bytes;
                return true;
            }
            later = later || row.first > sequence.value;
        }
        return later ? Result<bool>(fail(ErrorCode::Damaged,
                                         "entry " + std::to_string(sequence.value) + " is missing"))
                     : false;
    }
};

/// Encodes batches as blocks, from the given tree on.
void encode(const Batches& batches, std::size_t from, audit::MerkleTree& tree, Blocks& blocks) {
    for (std::size_t i = from; i < batches.size(); ++i) {
        std::vector<journal::StoredEntry> entries;
        for (const Bytes& bytes : batches[i]) {
            entries.push_back({{tree.size() + entries.size() + 1}, bytes});
        }
        const std::uint64_t first = tree.size() + 1;
        Bytes block;
        journal::encode_block(entries, tree, block);
        blocks.put(first, static_cast<std::uint32_t>(entries.size()), std::move(block));
    }
}

void fix_checksum(Bytes& block) {
    const std::uint32_t sum = journal::crc32c(ByteView(block).first(block.size() - kCrcBytes));
    for (std::size_t i = 0; i < kCrcBytes; ++i) {
        block[block.size() - kCrcBytes + i] = static_cast<std::uint8_t>(sum >> (8 * i));
    }
}

/// Where the parts of a block are (journal/block.hpp).
struct Layout {
    explicit Layout(const Bytes& block) {
        const std::size_t edge = block[6] + 256U * block[7];
        for (std::size_t i = 0; i < 4; ++i) {
            count += std::size_t{block[16 + i]} << (8 * i);
        }
        leaves = kBlockHeadBytes + kHashBytes * edge;
        std::size_t at = leaves + kHashBytes * count;
        for (std::size_t i = 0; i < count; ++i) {
            std::size_t size = 0;
            for (std::size_t byte = 0; byte < 4; ++byte) {
                size += std::size_t{block[at + byte]} << (8 * byte);
            }
            records.push_back({at + 4, size});
            at += 4 + size;
        }
    }
    struct Record {
        std::size_t at;
        std::size_t size;
    };
    std::size_t count = 0;
    std::size_t leaves = 0;
    std::vector<Record> records;
};

class Life {
public:
    explicit Life(std::uint64_t seed) : prng_(seed), random_(seed + 1) {
        const std::size_t blocks = 12 + prng_.below(20);
        for (std::size_t i = 0; i < blocks; ++i) {
            batches_.push_back(make_batch(2 + prng_.below(16)));
        }
        audit::MerkleTree tree;
        encode(batches_, 0, tree, true_);
        for (const Blocks::Row& row : true_.rows_) {
            ends_.push_back(row.end - 1);
        }
        ledger_ = head(size());
        for (std::size_t i = 2; i + 3 < ends_.size(); i += 3) {
            checkpoints_.push_back(head(ends_[i]));
        }
    }

    void run(Tampering kind, TamperReport& report) {
        ++report.runs;
        report.whole_passed += true_.verify(witnesses()).has_value() ? 1U : 0U;
        Blocks told;
        const std::uint64_t bad = tamper(kind, told);
        const bool within = static_cast<std::size_t>(kind) < kFoundFromWithin;
        const auto verified = told.verify(within ? witnesses() : from_outside(bad));
        if (verified) {
            note(kind, bad, "nothing", report);
            return;
        }
        ++report.found;
        judge(kind, bad, verified.error().context, report);
    }

private:
    struct Place {
        std::size_t block;
        std::size_t index;
        std::uint64_t entry;
    };

    Batch make_batch(std::size_t count) {
        Batch batch(count);
        for (Bytes& entry : batch) {
            entry.resize(kTimeBytes + 32 + prng_.below(200));
            random_.fill(entry);
        }
        return batch;
    }

    [[nodiscard]] std::uint64_t size() const { return ends_.back(); }
    [[nodiscard]] TreeHead head(std::uint64_t last) const {
        const auto found = journal::head_at(true_, {last});
        CAREHUB_CHECK(found.has_value(), "a true journal has its heads");
        return *found;
    }
    [[nodiscard]] std::vector<TreeHead> witnesses() const {
        std::vector<TreeHead> all = checkpoints_;
        all.push_back(ledger_);
        return all;
    }
    /// What one outsider holds: the head at some commit from the bad entry on.
    [[nodiscard]] std::vector<TreeHead> from_outside(std::uint64_t bad) {
        const auto first = std::ranges::lower_bound(ends_, bad);
        const auto choice = prng_.below(static_cast<std::uint64_t>(ends_.end() - first));
        return {head(*(first + static_cast<std::ptrdiff_t>(choice)))};
    }

    /// An entry of a block that has one before and two after it, and more than one entry.
    Place choose() {
        Place place{1 + prng_.below(batches_.size() - 3), 0, 0};
        place.index = prng_.below(batches_[place.block].size());
        place.entry = ends_[place.block - 1] + 1 + place.index;
        return place;
    }

    Bytes edited(Bytes entry, std::size_t from = kTimeBytes) {
        const std::size_t at = from + prng_.below(entry.size() - from);
        entry[at] = static_cast<std::uint8_t>(entry[at] ^ (1U + prng_.below(255)));
        return entry;
    }

    [[nodiscard]] audit::MerkleTree tree_before(std::size_t block) const {
        return *journal::tree_at(true_, {block == 0 ? 0 : ends_[block - 1]});
    }

    /// Blocks before `from` as they are, the rest encoded anew from `batches`.
    void retell(const Batches& batches, std::size_t from, Blocks& told) const {
        told.rows_.assign(true_.rows_.begin(),
                          true_.rows_.begin() + static_cast<std::ptrdiff_t>(from));
        audit::MerkleTree tree = tree_before(from);
        encode(batches, from, tree, told);
    }

    /// Fills `told`; the first entry that is not what it was.
    std::uint64_t tamper(Tampering kind, Blocks& told) {
        const Place place = choose();
        Batches batches = batches_;
        Bytes& entry = batches[place.block][place.index];
        told.rows_ = true_.rows_;
        Bytes& block = told.rows_[place.block].bytes;
        switch (kind) {
            case Tampering::EditByte: return edit_bytes(block, place, false, false);
            case Tampering::EditWithChecksum: return edit_bytes(block, place, true, false);
            case Tampering::EditWithLeafHash: return edit_bytes(block, place, true, true);
            case Tampering::EditWithBlock:
                entry = edited(entry);
                return one_block(batches, place, told);
            case Tampering::BackDate:
                std::fill_n(entry.begin(), kTimeBytes, std::uint8_t{0});
                return one_block(batches, place, told);
            case Tampering::EditAfterErasure:
                std::fill(entry.begin() + kTimeBytes, entry.end(), std::uint8_t{0});
                return one_block(batches, place, told);
            case Tampering::EditToTheEnd:
            case Tampering::RewriteAndSignAgain:
                entry = edited(entry);
                retell(batches, place.block, told);
                return place.entry;
            case Tampering::DeleteEntry:
                take_out(batches, place);
                return one_block(batches, place, told);
            case Tampering::DeleteAndRenumber:
                take_out(batches, place);
                retell(batches, place.block, told);
                return place.entry;
            case Tampering::DeleteBlock:
                told.rows_.erase(told.rows_.begin() + static_cast<std::ptrdiff_t>(place.block));
                return ends_[place.block - 1] + 1;
            case Tampering::InsertAndRenumber:
                batches[place.block].insert(
                    batches[place.block].begin() + static_cast<std::ptrdiff_t>(place.index),
                    make_batch(1).front());
                retell(batches, place.block, told);
                return place.entry;
            case Tampering::SwapEntries: return swap_entries(batches, place, told);
            case Tampering::SwapBlocks:
                std::swap(batches[place.block], batches[place.block + 1]);
                retell(batches, place.block, told);
                return ends_[place.block - 1] + 1;
            case Tampering::RepeatBlock:
                batches[place.block + 1] = batches[place.block];
                retell(batches, place.block + 1, told);
                return ends_[place.block] + 1;
            case Tampering::CutLastBlocks: return cut(place.block, told);
            case Tampering::CutBeforeFirstCheckpoint: return cut(1, told);
            case Tampering::CutLastEntries:
                batches.resize(place.block + 1);
                batches.back().resize(1);
                retell(batches, place.block, told);
                return ends_[place.block - 1] + 2;
            case Tampering::RollBack: return cut(place.block, told);
            case Tampering::RollBackAndGoOn:
                for (std::size_t i = place.block; i < batches.size(); ++i) {
                    batches[i] = make_batch(batches[i].size());
                }
                retell(batches, place.block, told);
                return ends_[place.block - 1] + 1;
        }
        return 0;
    }

    std::uint64_t edit_bytes(Bytes& block, const Place& place, bool checksum, bool leaf) {
        const Layout layout(block);
        const Layout::Record record = layout.records[place.index];
        const std::size_t at = record.at + prng_.below(record.size);
        block[at] = static_cast<std::uint8_t>(block[at] ^ (1U + prng_.below(255)));
        if (leaf) {
            const Hash256 hash = audit::hash_leaf(ByteView(block).subspan(record.at, record.size));
            std::ranges::copy(hash, block.begin() + static_cast<std::ptrdiff_t>(
                                                        layout.leaves + kHashBytes * place.index));
        }
        if (checksum) {
            fix_checksum(block);
        }
        return place.entry;
    }

    /// The block alone is made anew, its hashes and root with it; those after it stay.
    std::uint64_t one_block(const Batches& batches, const Place& place, Blocks& told) const {
        Blocks anew;
        retell(batches, place.block, anew);
        told.rows_[place.block] = anew.rows_[place.block];
        return place.entry;
    }

    std::uint64_t swap_entries(Batches& batches, const Place& place, Blocks& told) const {
        Batch& batch = batches[place.block];
        const std::size_t other = place.index == 0 ? 1 : place.index - 1;
        std::swap(batch[place.index], batch[other]);
        retell(batches, place.block, told);
        return ends_[place.block - 1] + 1 + std::min(place.index, other);
    }

    static void take_out(Batches& batches, const Place& place) {
        Batch& batch = batches[place.block];
        batch.erase(batch.begin() + static_cast<std::ptrdiff_t>(place.index));
    }

    std::uint64_t cut(std::size_t block, Blocks& told) const {
        told.rows_.erase(told.rows_.begin() + static_cast<std::ptrdiff_t>(block), told.rows_.end());
        return ends_[block - 1] + 1;
    }

    /// "entry 12 ..." or "entries 7 to 9 ...", wherever it stands.
    struct Run {
        std::uint64_t first = 0;
        std::uint64_t last = 0;
    };
    static Run run_of(const std::string& told) {
        Run run;
        const auto number_after = [&](std::string_view word, std::size_t from) -> std::uint64_t {
            const std::size_t found = told.find(word, from);
            std::uint64_t number = 0;
            if (found != std::string::npos) {
                (void)std::from_chars(told.data() + found + word.size(), told.data() + told.size(),
                                      number);
            }
            return number;
        };
        if (told.starts_with("entries ")) {
            return {number_after("entries ", 0), number_after(" to ", 0)};
        }
        run.first = run.last = number_after("entry ", 0);
        const std::size_t agreed = told.find("witnesses agree up to ");
        if (agreed != std::string::npos) {
            run.first = number_after("entry ", agreed) + 1;
        }
        return run;
    }

    void judge(Tampering kind, std::uint64_t bad, const std::string& told, TamperReport& report) {
        const Run run = run_of(told);
        const bool holds = run.first <= bad && bad <= run.last;
        const bool gap = kind == Tampering::DeleteEntry && run.first == run.last &&
                         run.first == *std::ranges::lower_bound(ends_, bad);
        if (holds || gap) {
            ++report.named;
            report.entry_named += holds && run.first == run.last ? 1U : 0U;
        } else {
            note(kind, bad, told, report);
        }
    }

    static void note(Tampering kind, std::uint64_t bad, const std::string& told,
                     TamperReport& report) {
        if (report.first_finding.empty()) {
            report.first_finding =
                std::string(name_of(kind)) + " at entry " + std::to_string(bad) + ", told: " + told;
        }
    }

    Prng prng_;
    SeededRandom random_;
    Batches batches_;
    Blocks true_;
    std::vector<std::uint64_t> ends_;  ///< last entry of each block
    TreeHead ledger_;
    std::vector<TreeHead> checkpoints_;
};

}  // namespace

std::string_view name_of(Tampering kind) {
    constexpr std::array<std::string_view, kTamperings> kNames{
        "edit a byte",
        "edit, checksum made anew",
        "edit, leaf hash made anew",
        "edit, the block made anew",
        "edit, everything after made anew",
        "delete an entry, the block made anew",
        "delete an entry, everything after made anew",
        "delete a block",
        "insert an entry, everything after made anew",
        "swap two entries, everything after made anew",
        "swap two blocks, everything after made anew",
        "repeat a block in place of the next",
        "cut the last blocks",
        "cut the last entries, the block made anew",
        "cut everything after the beginning, before the first checkpoint",
        "back-date, the block made anew",
        "edit after the person's key was erased",
        "rewrite to the end, ledger and checkpoints signed again with the stolen key",
        "roll everything back to an older copy",
        "roll everything back and go on with other entries"};
    return kNames[static_cast<std::size_t>(kind)];
}

TamperReport run_tampering(Tampering kind, std::uint64_t seed, std::uint64_t first,
                           std::uint64_t end) {
    TamperReport report;
    for (std::uint64_t number = first; number < end; ++number) {
        Life life(Prng(seed).next() + number * kTamperings + static_cast<std::uint64_t>(kind));
        life.run(kind, report);
    }
    return report;
}

}  // namespace carehub::simulation
