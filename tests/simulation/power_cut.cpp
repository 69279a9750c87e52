#include "tests/simulation/power_cut.hpp"

#include <optional>

#include "hub/audit/hash.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"
#include "tests/simulation/model_files.hpp"
#include "tests/simulation/seeded_random.hpp"
#include "tests/support/temporary_folder.hpp"

namespace carehub::simulation {
namespace {

using journal::SqliteJournal;
using journal::StoredEntry;

constexpr std::uint64_t kOperationsBetweenCuts = 260;
constexpr std::uint64_t kOperationsOfRecovery = 24;
constexpr std::uint64_t kCutsOfRecoveryMax = 3;
constexpr std::uint64_t kBatchEntriesMax = 8;
constexpr unsigned kKillPercent = 20;
constexpr unsigned kCutInRecoveryPercent = 40;
/// So small that most lives see several checkpoints and a WAL begun anew.
constexpr std::uint64_t kWalBytesMax = 96 << 10;

/// One journal's life, and what it must know.
class Life {
public:
    Life(const std::string& folder, Syncs syncs, std::uint64_t seed, std::uint64_t wal_bytes,
         CutReport& report)
        : folder_(folder),
          prng_(seed),
          random_(seed),
          vfs_(disk_, syncs, seed),
          report_(report),
          wal_bytes_(wal_bytes) {}

    void run() {
        for (std::uint64_t cut = 0; cut < kCutsOfLife && healthy_; ++cut) {
            if (prng_.chance(kKillPercent)) {
                work(1 + prng_.below(kOperationsBetweenCuts));
                kill();
            }
            if (healthy_) {
                work(1 + prng_.below(kOperationsBetweenCuts));
            }
            if (healthy_) {
                cut_power(static_cast<Damage>(prng_.below(kDamages)));
                ++report_.cuts;
                recover();
                check();
            }
        }
        finish();
    }

    /// Works until that operation is interrupted, cuts the power once, and checks.
    void run_once(std::uint64_t stop_at, Damage damage) {
        work(stop_at);
        cut_power(damage);
        ++report_.cuts;
        open();
        check();
        finish();
    }

private:
    void open() {
        journal::SqliteOptions options{folder_, journal::Missing::Refuse};
        // Before anything was acknowledged the making itself may have been cut.
        options.missing = known_.empty() ? journal::Missing::Create : journal::Missing::Refuse;
        options.vfs = ModelVfs::name();
        options.wal_bytes_before_checkpoint = wal_bytes_;
        auto opened = SqliteJournal::open(options, files_, random_);
        if (opened) {
            journal_ = std::move(*opened);
        } else if (!disk_.is_stopped()) {
            refused(opened.error());
        }
    }

    /// Appends until the disk stops, so many operations from now.
    void work(std::uint64_t operations) {
        disk_.stop_after(operations);
        if (journal_ == nullptr) {
            open();
        }
        while (!disk_.is_stopped() && healthy_) {
            in_flight_ = next_batch();
            const auto appended = journal_->append(journal_->last(), in_flight_);
            if (appended) {
                known_.insert(known_.end(), in_flight_.begin(), in_flight_.end());
                report_.acknowledged += in_flight_.size();
                in_flight_.clear();
            } else if (!disk_.is_stopped()) {
                found("an append failed on a working disk: " + appended.error().context);
            }
        }
        report_.batches_in_flight += in_flight_.empty() ? 0U : 1U;
    }

    std::vector<StoredEntry> next_batch() {
        std::vector<StoredEntry> batch(1 + prng_.below(kBatchEntriesMax));
        std::uint64_t sequence = known_.size();
        for (StoredEntry& entry : batch) {
            entry.sequence = {++sequence};
            entry.bytes.resize(prng_.below(prng_.chance(5) ? 20'000 : 700));
            random_.fill(entry.bytes);
            entry.sealed.resize(prng_.below(prng_.chance(5) ? 20'000 : 300));
            random_.fill(entry.sealed);
        }
        return batch;
    }

    void cut_power(Damage damage) {
        journal_.reset();
        ++report_.damages[static_cast<std::size_t>(damage)];
        disk_.restart_after_power_cut(damage, prng_);
    }

    /// The process is gone, what it wrote is still in the system's memory.
    void kill() {
        journal_.reset();
        ++report_.kills;
        disk_.restart_process();
        open();
        check();
    }

    void recover() {
        for (std::uint64_t cut = 0; journal_ == nullptr && healthy_; ++cut) {
            if (cut < kCutsOfRecoveryMax && prng_.chance(kCutInRecoveryPercent)) {
                disk_.stop_after(1 + prng_.below(kOperationsOfRecovery));
            }
            open();
            if (disk_.is_stopped()) {
                cut_power(static_cast<Damage>(prng_.below(kDamages)));
                ++report_.cuts_in_recovery;
            }
            disk_.never_stop();
        }
    }

    /// Takes over what the journal knows of the batch in flight, then compares all.
    void check() {
        if (!healthy_) {
            return;
        }
        const std::uint64_t last = journal_->last().value;
        if (!in_flight_.empty() && last == known_.size() + in_flight_.size()) {
            known_.insert(known_.end(), in_flight_.begin(), in_flight_.end());
            ++report_.batches_kept;
        }
        in_flight_.clear();
        if (last < known_.size()) {
            lost(known_.size() - last);
        } else if (last > known_.size()) {
            report_.phantom += last - known_.size();
            found("there is more than was appended");
        }
        compare_entries();
        compare_heads();
        if (healthy_ && !(disk_.is_synced(folder_ + "/journal.db") &&
                          disk_.is_synced(folder_ + "/journal.ledger"))) {
            found("a start rests on what is not on disk yet");
        }
    }

    void compare_entries() {
        std::uint64_t different = 0;
        const Status read = journal_->read({1}, UINT64_MAX, [&](const StoredEntry& entry) {
            const std::size_t index = entry.sequence.value - 1;
            different += index < known_.size() && known_[index] == entry ? 0U : 1U;
            return Status{};
        });
        if (different != 0) {
            report_.phantom += different;
            found("an entry is not the one that was appended");
        }
        if (!read) {
            ++report_.corrupt;
            found("an entry cannot be read: " + read.error().context);
        }
    }

    void compare_heads() {
        audit::MerkleTree tree;
        for (const StoredEntry& entry : known_) {
            tree.append(audit::hash_leaf(entry.bytes));
        }
        const audit::TreeHead head{tree.size(), tree.root()};
        if (healthy_ && journal_->root() != head.root) {
            found("the root is another one");
        }
        const auto verified = journal_->verify({head});
        if (healthy_ && !verified) {
            found("the journal does not verify: " + verified.error().context);
        }
        const auto ledger = journal::Ledger::open(files_, folder_ + "/journal.ledger");
        if (healthy_ && (!ledger || ledger->record().head != head)) {
            found("the ledger does not tell the journal's head");
        }
    }

    void refused(const Error& error) {
        ++report_.refused;
        found("a start was refused: " + to_string(error));
        report_.corrupt += error.code == ErrorCode::Damaged ? 1U : 0U;
        count_what_is_left();
    }

    /// How much a database holds that the journal would not open.
    void count_what_is_left() {
        std::uint64_t last = 0;
        auto connection = journal::Connection::open_reader(folder_ + "/journal.db");
        if (connection) {
            auto table = journal::BlockTable::open(*connection);
            last = table ? table->last().value_or(0) : 0;
            report_.corrupt += is_whole(*connection) ? 0U : 1U;
        }
        if (last < known_.size()) {
            lost(known_.size() - last);
        }
    }

    static bool is_whole(journal::Connection& connection) {
        const auto faults = connection.ask(
            "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'");
        return faults && *faults == 0;
    }

    void finish() {
        ++report_.lives;
        report_.lives_with_loss += lost_ ? 1U : 0U;
        journal_.reset();
        if (healthy_) {
            auto connection = journal::Connection::open_reader(folder_ + "/journal.db");
            if (!connection || !is_whole(*connection)) {
                ++report_.corrupt;
                found("SQLite calls the database damaged");
            }
        }
    }

    void lost(std::uint64_t entries) {
        lost_ = true;
        report_.lost += entries;
        found("acknowledged entries are gone");
    }

    void found(const std::string& what) {
        healthy_ = false;
        if (report_.first_finding.empty()) {
            report_.first_finding = what;
        }
    }

    const std::string folder_;
    Prng prng_;
    SeededRandom random_;
    ModelDisk disk_;
    ModelFiles files_{disk_};
    ModelVfs vfs_;
    CutReport& report_;
    std::uint64_t wal_bytes_;
    std::unique_ptr<SqliteJournal> journal_;
    std::vector<StoredEntry> known_;      ///< acknowledged, or found after a start
    std::vector<StoredEntry> in_flight_;  ///< appended, neither acknowledged nor refused
    bool healthy_ = true;
    bool lost_ = false;
};

std::uint64_t seed_of(std::uint64_t seed, std::uint64_t life) { return Prng(seed).next() + life; }

}  // namespace

CutReport run_lives(std::uint64_t seed, std::uint64_t first, std::uint64_t end, Syncs syncs) {
    const TemporaryFolder folder;
    CutReport report;
    for (std::uint64_t life = first; life < end; ++life) {
        const bool was_clean = report.first_finding.empty();
        const std::uint64_t own = seed_of(seed, life);
        Life(folder.path(), syncs, own, Prng(own).below(kWalBytesMax), report).run();
        if (was_clean && !report.first_finding.empty()) {
            report.first_finding = "life " + std::to_string(life) + ": " + report.first_finding;
        }
    }
    return report;
}

CutReport run_every_cut(std::uint64_t seed) {
    constexpr std::uint64_t kOperations = 160;  // the making, some appends, two checkpoints
    constexpr std::uint64_t kWalBytesOfScript = 24 << 10;
    const TemporaryFolder folder;
    CutReport report;
    for (std::uint64_t stop_at = 1; stop_at <= kOperations; ++stop_at) {
        for (std::size_t damage = 0; damage < kDamages; ++damage) {
            const bool was_clean = report.first_finding.empty();
            Life life(folder.path(), Syncs::Full, seed, kWalBytesOfScript, report);
            life.run_once(stop_at, static_cast<Damage>(damage));
            if (was_clean && !report.first_finding.empty()) {
                report.first_finding = "operation " + std::to_string(stop_at) + ", damage " +
                                       std::to_string(damage) + ": " + report.first_finding;
            }
        }
    }
    return report;
}

}  // namespace carehub::simulation
