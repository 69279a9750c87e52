#include "hub/base/check.hpp"
#include "hub/codec/entry.hpp"
#include "hub/journal/block.hpp"
#include "hub/journal/crc32c.hpp"
#include "hub/journal/ledger.hpp"
#include "hub/journal/little_endian.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/unit/journal/faulty_disk.hpp"

namespace carehub::fuzz {
namespace {

constexpr std::size_t kChecksumBytes = sizeof(std::uint32_t);
constexpr std::size_t kSlotBytes = 84;
constexpr std::size_t kSlotSpacing = 4'096;
constexpr const char* kPath = "folder/journal.ledger";

/// No fuzzer guesses a checksum: the same bytes with a right one at the end of [begin, end).
void put_checksum_right(Bytes& bytes, std::size_t begin, std::size_t end) {
    if (end > bytes.size() || end - begin < kChecksumBytes) {
        return;
    }
    const std::size_t at = end - kChecksumBytes;
    Bytes checksum;
    journal::put(checksum, journal::crc32c(ByteView(bytes).subspan(begin, at - begin)));
    std::copy(checksum.begin(), checksum.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

bool read_block(ByteView bytes) {
    const auto block = journal::Block::parse(bytes);
    if (!block) {
        return false;
    }
    const bool is_whole = block->check_content().has_value();
    const auto tree = block->tree();
    CAREHUB_CHECK(!tree || tree->size() == block->last().value, "a tree of another size");
    journal::Block::Records records = block->records();
    std::size_t read = 0;
    for (std::uint32_t i = 0; i < block->count(); ++i) {
        read += records.next().size() + block->leaf(i).size();
    }
    CAREHUB_CHECK(read < bytes.size(), "records hold more than their block");
    return is_whole && tree.has_value();
}

/// A ledger that opens must take the next head, and tell it when opened again.
bool read_ledger(ByteView slots) {
    journal::FaultyDisk disk;
    {
        const auto file = disk.open(kPath, OpenMode::Create);
        const std::size_t first = std::min(slots.size(), kSlotBytes);
        const ByteView second =
            slots.subspan(first).first(std::min(slots.size() - first, kSlotBytes));
        CAREHUB_CHECK((*file)->write_at(0, slots.first(first)).has_value(), "not written");
        if (!second.empty()) {
            CAREHUB_CHECK((*file)->write_at(kSlotSpacing, second).has_value(), "not written");
        }
    }
    auto ledger = journal::Ledger::open(disk, kPath);
    if (!ledger) {
        return false;
    }
    audit::TreeHead next = ledger->record().head;
    next.size ^= 1U;
    // The last generation there is cannot be followed.
    if (ledger->record().generation != UINT64_MAX && ledger->write(next)) {
        const auto again = journal::Ledger::open(disk, kPath);
        CAREHUB_CHECK(again && again->record().head == next, "a ledger forgot what it was told");
    }
    return true;
}

}  // namespace

bool run_entry(ByteView bytes) {
    const auto entry = codec::decode_entry(bytes);
    const auto sealing = codec::decode_sealing(bytes);
    const auto decisions = codec::decode_decisions_only(bytes);
    if (!entry) {
        return false;
    }
    CAREHUB_CHECK(sealing && sealing->hash == entry->sealed_hash &&
                      sealing->subject == entry->subject,
                  "an entry that reads whole tells its sealing differently alone");
    CAREHUB_CHECK(decisions && *decisions == entry->decisions, "decisions read differently alone");
    const auto written = codec::encode_entry(*entry);
    CAREHUB_CHECK(!written || codec::decode_entry(*written) == *entry, "an entry changes");
    return true;
}

bool run_decisions(ByteView bytes) {
    const auto decisions = codec::decode_decisions(bytes);
    if (!decisions) {
        return false;
    }
    const auto written = codec::encode_decisions(*decisions);
    CAREHUB_CHECK(!written || codec::decode_decisions(*written) == *decisions, "decisions change");
    return true;
}

bool run_block(ByteView bytes) {
    Bytes repaired(bytes.begin(), bytes.end());
    put_checksum_right(repaired, 0, repaired.size());
    const bool accepted = read_block(bytes);
    return read_block(repaired) || accepted;
}

bool run_ledger(ByteView bytes) {
    Bytes repaired(bytes.begin(), bytes.end());
    put_checksum_right(repaired, 0, kSlotBytes);
    put_checksum_right(repaired, kSlotBytes, 2 * kSlotBytes);
    const bool accepted = read_ledger(bytes);
    return read_ledger(repaired) || accepted;
}

}  // namespace carehub::fuzz
