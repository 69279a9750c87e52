#include "tests/simulation/bit_rot.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "hub/base/check.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"
#include "tests/simulation/model_files.hpp"
#include "tests/simulation/model_vfs.hpp"
#include "tests/simulation/seeded_random.hpp"
#include "tests/support/temporary_folder.hpp"

namespace carehub::simulation {
namespace {

using journal::SqliteJournal;
using journal::StoredEntry;
using Entries = std::vector<StoredEntry>;

constexpr std::array<const char*, 3> kFiles{"/journal.db", "/journal.db-wal", "/journal.ledger"};
constexpr std::uint64_t kBatchEntries = 16;
/// Of an older copy these two make the older copy whole, since all it held was in its WAL. An old
/// copy put back whole can be told by witnesses outside only (receipts, signed heads).
constexpr unsigned kWalAndLedger = 6;

enum class Outcome : std::uint8_t { Unaffected, Refused, Named, Silent, Unnamed };

struct Verdict {
    Outcome outcome;
    std::string told;
};

/// A text that sends an operator to a file or an entry.
bool names_something(const std::string& text) {
    constexpr std::array<std::string_view, 8> kNames{"journal.db",
                                                     "ledger",
                                                     "entry ",
                                                     "entries ",
                                                     "the journal's database",
                                                     "journal of another",
                                                     "no journal in",
                                                     "the journal has no id"};
    return std::ranges::any_of(
        kNames, [&](std::string_view name) { return text.find(name) != std::string::npos; });
}

Verdict told(Outcome outcome, const Error& error) {
    return {names_something(error.context) ? outcome : Outcome::Unnamed, to_string(error)};
}

journal::SqliteOptions options_for(const std::string& folder, journal::Missing missing) {
    journal::SqliteOptions options{folder, missing};
    options.vfs = ModelVfs::name();
    return options;
}

Entries next_batch(std::uint64_t last, SeededRandom& random, Prng& prng) {
    Entries batch(kBatchEntries);
    for (StoredEntry& entry : batch) {
        entry.sequence = {++last};
        entry.bytes.resize(prng.below(700));
        random.fill(entry.bytes);
        entry.sealed.resize(prng.below(300));
        random.fill(entry.sealed);
    }
    return batch;
}

/// A journal at rest, half of it in the database and half in the WAL, and what it holds.
struct Sample {
    Sample(const std::string& folder, std::uint64_t seed, std::uint64_t entry_bytes)
        : random(seed), prng(seed) {
        grow(folder, seed, entry_bytes / 2);
        older = disk.copy();
        grow(folder, seed, entry_bytes);  // its start moves the first half into the database
    }

    void grow(const std::string& folder, std::uint64_t seed, std::uint64_t bytes_wanted) {
        const ModelVfs vfs(disk, Syncs::Full, seed);
        ModelFiles files(disk);
        const auto made =
            SqliteJournal::open(options_for(folder, journal::Missing::Create), files, random);
        CAREHUB_CHECK(made.has_value(), "the sample cannot be made");
        while (bytes < bytes_wanted) {
            const Entries batch = next_batch(entries.size(), random, prng);
            CAREHUB_CHECK((*made)->append((*made)->last(), batch).has_value(), "not appended");
            entries.insert(entries.end(), batch.begin(), batch.end());
            for (const StoredEntry& entry : batch) {
                bytes += entry.bytes.size() + entry.sealed.size();
            }
        }
    }

    SeededRandom random;
    Prng prng;
    ModelDisk disk;
    ModelDisk older;  ///< the same journal at half its length
    Entries entries;
    std::uint64_t bytes = 0;
};

/// Opens the damaged journal, reads all, verifies, and writes on.
class Examination {
public:
    Examination(const std::string& folder, ModelDisk& disk, const Entries& entries)
        : folder_(folder), files_(disk), vfs_(disk, Syncs::Full, 7), entries_(entries) {}

    Verdict examine() {
        auto opened =
            SqliteJournal::open(options_for(folder_, journal::Missing::Refuse), files_, random_);
        if (!opened) {
            return told(Outcome::Refused, opened.error());
        }
        SqliteJournal& journal = **opened;
        const Verdict before = read_all(journal, entries_);
        if (before.outcome != Outcome::Unaffected) {
            return before;
        }
        if (const auto verified = journal.verify({}); !verified) {
            return told(Outcome::Named, verified.error());
        }
        return write_on(journal);
    }

private:
    static Verdict read_all(const SqliteJournal& journal, const Entries& wanted) {
        std::uint64_t count = 0;
        std::uint64_t different = 0;
        const Status read = journal.read({1}, UINT64_MAX, [&](const StoredEntry& entry) {
            different += count < wanted.size() && wanted[count] == entry ? 0U : 1U;
            ++count;
            return Status{};
        });
        if (different != 0) {
            return {Outcome::Silent, "an entry that was never written"};
        }
        if (!read) {
            return told(Outcome::Named, read.error());
        }
        if (count != wanted.size()) {
            return {Outcome::Silent, "the journal is shorter"};
        }
        return {Outcome::Unaffected, {}};
    }

    /// A journal that reads well must also be writable, or say why not.
    Verdict write_on(SqliteJournal& journal) {
        Prng prng(7);
        const Entries batch = next_batch(entries_.size(), random_, prng);
        const auto appended = journal.append(journal.last(), batch);
        if (!appended) {
            return told(Outcome::Named, appended.error());
        }
        Entries read;
        const Status status =
            journal.read(batch.front().sequence, UINT64_MAX, [&](const StoredEntry& entry) {
                read.push_back(entry);
                return Status{};
            });
        if (!status) {
            return told(Outcome::Named, status.error());
        }
        return {read == batch ? Outcome::Unaffected : Outcome::Silent, "what was written after"};
    }

    const std::string folder_;
    ModelFiles files_;
    ModelVfs vfs_;
    SeededRandom random_{7};
    const Entries& entries_;
};

/// The bytes of all blocks as SQLite gives them; false when SQLite itself sees the damage.
bool read_rows(const std::string& folder, ModelDisk& disk, std::vector<Bytes>& rows) {
    const ModelVfs vfs(disk, Syncs::Full, 7);
    auto connection = journal::Connection::open_reader(folder + "/journal.db");
    if (!connection) {
        return false;
    }
    auto select = connection->prepare("SELECT block FROM block ORDER BY first");
    if (!select) {
        return false;
    }
    for (;;) {
        const auto row = select->step();
        if (!row || !*row) {
            return row.has_value();
        }
        const ByteView blob = select->blob(0);
        rows.emplace_back(blob.begin(), blob.end());
    }
}

class Rot {
public:
    explicit Rot(const RotOptions& options)
        : options_(options), sample_(folder_.path(), options.seed, options.entry_bytes) {
        for (std::size_t file = 0; file < kFiles.size(); ++file) {
            sizes_[file] = sample_.disk.bytes_of(path(file)).size();
            report_.store_bytes += sizes_[file];
        }
        report_.wal_bytes = sizes_[1];
    }

    RotReport flips() {
        ModelDisk whole = sample_.disk.copy();
        std::vector<Bytes> rows;
        CAREHUB_CHECK(read_rows(folder_.path(), whole, rows), "the sample cannot be read");
        for (std::uint64_t number = options_.first; number < options_.end; ++number) {
            Prng prng(Prng(options_.seed).next() + number);
            const std::size_t file = choose_file(prng);
            const std::uint64_t bit = prng.below(sizes_[file] * 8);
            ModelDisk damaged = sample_.disk.copy();
            std::uint8_t& byte = damaged.bytes_of(path(file))[bit / 8];
            byte = static_cast<std::uint8_t>(byte ^ (1U << (bit % 8)));
            ++report_.flips;
            if (options_.compare_without_checks) {
                ModelDisk same = damaged.copy();
                std::vector<Bytes> read;
                const bool unnoticed = read_rows(folder_.path(), same, read);
                report_.silent_without_checks += unnoticed && read != rows ? 1U : 0U;
            }
            count(damaged, std::string("flip ") + std::to_string(number) + ": bit " +
                               std::to_string(bit) + " of " + kFiles[file]);
        }
        return report_;
    }

    RotReport file_damage(std::uint64_t truncations) {
        Prng prng(options_.seed);
        for (std::uint64_t i = 0; i < truncations; ++i) {
            const std::size_t file = choose_file(prng);
            const std::uint64_t size = prng.below(sizes_[file]);
            ModelDisk damaged = sample_.disk.copy();
            damaged.bytes_of(path(file)).resize(size);
            ++report_.truncations;
            count(damaged, std::string(kFiles[file]) + " cut at " + std::to_string(size));
        }
        const Sample other(folder_.path(), options_.seed + 1, options_.entry_bytes);
        // Every choice of files but none and all.
        for (unsigned choice = 1; choice < 7; ++choice) {
            lose(choice);
            swap(choice, other.disk, "another journal");
            if (choice != kWalAndLedger) {
                swap(choice, sample_.older, "an older copy");
            }
        }
        return report_;
    }

private:
    std::string path(std::size_t file) const { return folder_.path().string() + kFiles[file]; }

    /// By size, but the small ledger at least one time in ten.
    std::size_t choose_file(Prng& prng) const {
        if (prng.chance(10)) {
            return 2;
        }
        return prng.below(sizes_[0] + sizes_[1]) < sizes_[0] ? 0 : 1;
    }

    void lose(unsigned choice) {
        ModelDisk damaged = sample_.disk.copy();
        std::string what = "lost:";
        for (std::size_t file = 0; file < kFiles.size(); ++file) {
            if ((choice >> file & 1U) != 0) {
                damaged.erase(path(file));
                what += kFiles[file];
            }
        }
        ++report_.losses;
        count(damaged, what);
    }

    void swap(unsigned choice, const ModelDisk& from, const std::string& whose) {
        ModelDisk damaged = sample_.disk.copy();
        std::string what = "of " + whose + ":";
        for (std::size_t file = 0; file < kFiles.size(); ++file) {
            if ((choice >> file & 1U) != 0) {
                damaged.replace(path(file), from);
                what += kFiles[file];
            }
        }
        ++report_.swaps;
        count(damaged, what);
    }

    void count(ModelDisk& damaged, const std::string& damage) {
        const auto began = std::chrono::steady_clock::now();
        const Verdict verdict = Examination(folder_.path(), damaged, sample_.entries).examine();
        const std::chrono::duration<double, std::micro> took =
            std::chrono::steady_clock::now() - began;
        report_.slowest_us = std::max(report_.slowest_us, static_cast<std::uint64_t>(took.count()));
        ++counter_of(verdict.outcome);
        if (!report_.is_clean() && report_.first_finding.empty()) {
            report_.first_finding = damage + ": " + verdict.told;
        }
    }

    std::uint64_t& counter_of(Outcome outcome) {
        switch (outcome) {
            case Outcome::Unaffected: return report_.unaffected;
            case Outcome::Refused: return report_.refused;
            case Outcome::Named: return report_.named;
            case Outcome::Silent: return report_.silent;
            case Outcome::Unnamed: return report_.unnamed;
        }
        return report_.unnamed;
    }

    RotOptions options_;
    TemporaryFolder folder_;
    Sample sample_;
    std::array<std::uint64_t, kFiles.size()> sizes_{};
    RotReport report_;
};

}  // namespace

RotReport run_flips(const RotOptions& options) { return Rot(options).flips(); }

RotReport run_file_damage(const RotOptions& options, std::uint64_t truncations) {
    return Rot(options).file_damage(truncations);
}

}  // namespace carehub::simulation
