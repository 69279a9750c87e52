// What the journal's tests share: a folder that goes away, entries to store, engines to store them.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "hub/base/prng.hpp"
#include "hub/journal/journal.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace carehub::journal {

/// The journal's randomness in tests: each journal made gets another id, the same in every run.
class TestRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override {
        for (std::uint8_t& byte : out) {
            byte = static_cast<std::uint8_t>(prng_.next());
        }
    }

private:
    Prng prng_{17};
};

/// The entry with this sequence: always the same bytes, of many lengths, some of none; two of three have
/// something sealed, of which the first byte is that of the sequence.
inline StoredEntry sample_entry(std::uint64_t sequence) {
    Prng prng(sequence);
    StoredEntry entry{{sequence}, Bytes(prng.below(700))};
    for (std::uint8_t& byte : entry.bytes) {
        byte = static_cast<std::uint8_t>(prng.next());
    }
    if (sequence % 3 != 0) {
        entry.sealed.assign(1 + sequence % 50, static_cast<std::uint8_t>(sequence));
    }
    return entry;
}

inline std::vector<StoredEntry> sample_batch(std::uint64_t first, std::uint64_t last) {
    std::vector<StoredEntry> batch;
    for (std::uint64_t sequence = first; sequence <= last; ++sequence) {
        batch.push_back(sample_entry(sequence));
    }
    return batch;
}

/// Appends sample entries up to `last`, in one batch.
inline Appended append_to(Journal& journal, std::uint64_t last) {
    const auto appended =
        journal.append(journal.last(), sample_batch(journal.last().value + 1, last));
    REQUIRE(appended);
    return *appended;
}

inline std::vector<StoredEntry> read_all(const JournalReader& journal, std::uint64_t from = 1,
                                         std::uint64_t count_max = UINT64_MAX) {
    std::vector<StoredEntry> entries;
    const Status status = journal.read({from}, count_max, [&](const StoredEntry& entry) {
        entries.push_back(entry);
        return Status{};
    });
    REQUIRE(status);
    return entries;
}

/// Opens a journal in a folder as the hub does, with system files.
class SqliteFolder {
public:
    using Opened = Result<std::unique_ptr<SqliteJournal>>;

    [[nodiscard]] Opened open(Check check = Check::LastBlock) {
        return SqliteJournal::open({folder_.path(), Missing::Create, check}, disk_, random_);
    }
    /// A journal with the sample entries up to each of `ends`, one batch each; closed again.
    void fill(std::initializer_list<std::uint64_t> ends) {
        const auto journal = open();
        REQUIRE(journal);
        for (const std::uint64_t end : ends) {
            append_to(**journal, end);
        }
    }
    [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }
    [[nodiscard]] SystemDisk& disk() { return disk_; }
    [[nodiscard]] TestRandom& random() { return random_; }

private:
    TemporaryFolder folder_;
    SystemDisk disk_;
    TestRandom random_;
};

}  // namespace carehub::journal
