#include "hub/journal/ledger.hpp"

#include <filesystem>
#include <optional>

#include "hub/journal/crc32c.hpp"
#include "hub/journal/little_endian.hpp"

namespace carehub::journal {
namespace {

constexpr std::string_view kMagic = "CHLEDGER";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kVersionAt = 8;
constexpr std::size_t kGenerationAt = 16;
constexpr std::size_t kJournalAt = 24;
constexpr std::size_t kSequenceAt = 40;
constexpr std::size_t kRootAt = 48;
constexpr std::size_t kChecksumAt = 80;
constexpr std::size_t kSlotBytes = 84;
/// A page of the disk: a torn write of one slot cannot reach the other.
constexpr std::size_t kSlotSpacing = 4'096;
constexpr std::size_t kSlots = 2;

Bytes encode(const LedgerRecord& record) {
    Bytes slot;
    slot.reserve(kSlotBytes);
    put(slot, as_bytes(kMagic));
    put(slot, kVersion);
    put(slot, std::uint32_t{0});
    put(slot, record.generation);
    put(slot, record.journal);
    put(slot, record.head.size);
    put(slot, record.head.root);
    put(slot, crc32c(slot));
    return slot;
}

std::optional<LedgerRecord> decode(ByteView slot) {
    if (slot.size() != kSlotBytes || as_text(slot.first(kMagic.size())) != kMagic ||
        get<std::uint32_t>(slot, kChecksumAt) != crc32c(slot.first(kChecksumAt))) {
        return std::nullopt;
    }
    LedgerRecord record;
    record.generation = get<std::uint64_t>(slot, kGenerationAt);
    record.journal = get_array<Hash128>(slot, kJournalAt);
    record.head.size = get<std::uint64_t>(slot, kSequenceAt);
    record.head.root = get_array<Hash256>(slot, kRootAt);
    return record;
}

bool is_unused(ByteView slot) {
    return std::ranges::all_of(slot, [](std::uint8_t byte) { return byte == 0; });
}

std::uint64_t offset_of(std::uint64_t generation) { return generation % kSlots * kSlotSpacing; }

Status write_new(Disk& disk, const std::string& path, const LedgerRecord& record) {
    CAREHUB_TRY(const auto file, disk.open(path, OpenMode::Create));
    CAREHUB_TRY_DONE(file->write_at(0, Bytes(kSlots * kSlotSpacing, 0)));
    CAREHUB_TRY_DONE(file->write_at(offset_of(record.generation), encode(record)));
    return file->sync();
}

}  // namespace

Result<Ledger> Ledger::create(Disk& disk, const std::string& path, const Hash128& journal,
                              const audit::TreeHead& head) {
    CAREHUB_TRY(const bool exists, disk.exists(path));
    if (exists) {
        return fail(ErrorCode::AnotherWriter, "there is a ledger already: " + path);
    }
    // Written aside and renamed: a ledger under its name is always whole.
    const std::string aside = path + ".new";
    CAREHUB_TRY_DONE(write_new(disk, aside, LedgerRecord{1, journal, head}));
    CAREHUB_TRY_DONE(disk.rename(aside, path));
    CAREHUB_TRY_DONE(disk.sync_folder(std::filesystem::path(path).parent_path().string()));
    return open(disk, path);
}

Result<Ledger> Ledger::open(Disk& disk, const std::string& path) {
    CAREHUB_TRY(auto file, disk.open(path, OpenMode::Update));
    std::optional<LedgerRecord> newest;
    bool torn = false;
    for (std::size_t slot = 0; slot < kSlots; ++slot) {
        Bytes bytes(kSlotBytes);
        CAREHUB_TRY(const std::size_t read, file->read_at(slot * kSlotSpacing, bytes));
        bytes.resize(read);
        const auto record = decode(bytes);
        if (record && get<std::uint32_t>(bytes, kVersionAt) != kVersion) {
            return fail(ErrorCode::Unsupported, "a ledger of another version: " + path);
        }
        torn = torn || (!record && (read != kSlotBytes || !is_unused(bytes)));
        if (record && (!newest || record->generation > newest->generation)) {
            newest = record;
        }
    }
    if (!newest) {
        return fail(ErrorCode::Damaged, "no slot of the ledger is whole: " + path);
    }
    Ledger ledger(std::move(file), *newest);
    ledger.had_torn_slot_ = torn;
    return ledger;
}

Status Ledger::write(const audit::TreeHead& head) {
    const LedgerRecord next{record_.generation + 1, record_.journal, head};
    CAREHUB_TRY_DONE(file_->write_at(offset_of(next.generation), encode(next)));
    CAREHUB_TRY_DONE(file_->sync());
    record_ = next;
    return {};
}

}  // namespace carehub::journal
