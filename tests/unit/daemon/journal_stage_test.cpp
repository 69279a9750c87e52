#include "hub/daemon/journal_stage.hpp"

#include "hub/journal/memory/memory_journal.hpp"
#include "tests/unit/daemon/sealed_folder.hpp"
#include "tests/unit/journal/faulty_disk.hpp"

namespace carehub::daemon {
namespace {

/// A stage over a journal in memory and keys on a disk that can fail.
struct Stage {
    SealedFolder folder;
    journal::FaultyDisk disk;
    SystemRandom random;
    vault::VaultFiles files{{(folder.root() / "stage.key").string()}, "vault.keys"};
    std::optional<vault::Vault> vault;
    journal::MemoryJournal journal;
    GuardedFollower follower{core::RuleSet{}};
    std::optional<JournalStage> stage;

    Stage() {
        auto made = vault::Vault::create(disk, files, random);
        REQUIRE(made);
        vault.emplace(std::move(*made));
        stage.emplace(journal, *vault, follower);
    }
    Result<Committed> commit(std::uint8_t subject, const Link* linked = nullptr) {
        Entry entry;
        if (linked != nullptr) {
            entry.decisions.links.push_back(*linked);
        }
        entry.sequence = {journal.last().value + 1};
        entry.input_kind = InputKind::Command;
        entry.subject.value.fill(subject);
        entry.input = {1, 2, 3};
        std::vector<CoreBatch> batches(1);
        batches.front().entries.push_back(std::make_shared<Entry>(entry));
        return stage->commit(std::move(batches));
    }
};

}  // namespace

TEST_CASE("no entry is appended before the key that seals it is on disk", "[daemon]") {
    Stage one;
    one.disk.syncs_fail = true;
    const auto failed = one.commit(7);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == ErrorCode::SyncFailed);
    CHECK(one.journal.last().value == 0);
}

TEST_CASE("a commit that makes no key waits for no sync of the keys", "[daemon]") {
    Stage one;
    REQUIRE(one.commit(7));
    one.disk.syncs_fail = true;
    CHECK(one.commit(7));
    CHECK(one.commit(0));  // of no subject
    CHECK_FALSE(one.commit(8));
}

TEST_CASE("whoever is linked has a key before the first event", "[daemon]") {
    Stage one;
    Link linked;
    linked.subject.value.fill(8);
    linked.client.value.fill(7);
    REQUIRE(one.commit(7, &linked));
    Link gone;
    gone.subject.value.fill(9);
    REQUIRE(one.commit(7, &gone));  // an unlink
    one.disk.syncs_fail = true;
    CHECK(one.commit(8));
    CHECK_FALSE(one.commit(9));
}

namespace {

/// A journal whose disk is full for so many appends.
class FullJournal final : public journal::Journal {
public:
    explicit FullJournal(journal::MemoryJournal& inner) : inner_(inner) {}

    [[nodiscard]] Result<journal::Appended> append(
        Sequence expected_last, std::span<const journal::StoredEntry> batch) override {
        if (full_for > 0) {
            --full_for;
            return fail(ErrorCode::Full, "no space");
        }
        return inner_.append(expected_last, batch);
    }
    [[nodiscard]] Sequence last() const override { return inner_.last(); }
    [[nodiscard]] Hash256 root() const override { return inner_.root(); }
    [[nodiscard]] Hash128 id() const override { return inner_.id(); }
    [[nodiscard]] Result<Sequence> dropped_for() const override { return inner_.dropped_for(); }
    [[nodiscard]] Status set_dropped_for(Sequence entry) override {
        return inner_.set_dropped_for(entry);
    }

    int full_for = 0;

protected:
    [[nodiscard]] Result<bool> find_block(Sequence /*sequence*/, Bytes& /*block*/,
                                          Bytes* /*sealed*/) const override {
        return false;
    }
    [[nodiscard]] Status replace_sealed(std::span<const Replaced> /*blocks*/) override {
        return {};
    }

private:
    journal::MemoryJournal& inner_;
};

CoreBatch one_entry(std::uint64_t sequence) {
    CoreBatch batch;
    Entry entry;
    entry.sequence = {sequence};
    entry.input_kind = InputKind::Command;
    batch.entries.push_back(std::make_shared<Entry>(entry));
    batch.receipts.push_back({1, {sequence, ReceiptStatus::Accepted, {sequence}, {}, {}}});
    return batch;
}

}  // namespace

TEST_CASE("a batch that finds the disk full is kept and written when there is room", "[daemon]") {
    Stage one;
    FullJournal full(one.journal);
    int waits = 0;
    const WaitForRoom wait = [&] {
        ++waits;
        CHECK(one.journal.last().value == 0);
        return true;
    };
    JournalStage stage(full, *one.vault, one.follower, wait);
    full.full_for = 3;
    std::vector<CoreBatch> batches;
    batches.push_back(one_entry(1));
    batches.push_back(one_entry(2));
    const auto done = stage.commit(std::move(batches));
    REQUIRE(done);
    CHECK(waits == 3);
    CHECK(one.journal.last().value == 2);
    CHECK(done->released.receipts.size() == 2);
    CHECK(done->released.receipts.back().receipt.root == one.journal.root());
}

TEST_CASE("a stage that waits no more says that the disk is full, and released nothing",
          "[daemon]") {
    Stage one;
    FullJournal full(one.journal);
    full.full_for = 100;
    int waits = 0;
    JournalStage stage(full, *one.vault, one.follower, [&] { return ++waits < 3; });
    std::vector<CoreBatch> batches;
    batches.push_back(one_entry(1));
    const auto done = stage.commit(std::move(batches));
    REQUIRE_FALSE(done);
    CHECK(done.error().code == ErrorCode::Full);
    CHECK(one.journal.last().value == 0);
    one.follower.read(
        [](const follower::Follower& follower) { CHECK(follower.state().last.value == 0); });
}

}  // namespace carehub::daemon
