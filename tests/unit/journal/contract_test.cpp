// One suite for every engine: what journal.hpp promises.
#include "hub/audit/hash.hpp"
#include "hub/audit/merkle_tree.hpp"
#include "hub/audit/proof_builder.hpp"
#include "hub/journal/block_cache.hpp"
#include "hub/journal/limits.hpp"
#include "hub/journal/memory/memory_journal.hpp"
#include "hub/journal/proofs.hpp"
#include "tests/unit/journal/samples.hpp"

using namespace carehub;
using namespace carehub::journal;

namespace {

class MemoryEngine {
public:
    Journal& journal() { return journal_; }

private:
    MemoryJournal journal_;
};

class SqliteEngine {
public:
    SqliteEngine() {
        auto opened = folder_.open();
        REQUIRE(opened);
        journal_ = std::move(*opened);
    }
    Journal& journal() { return *journal_; }

private:
    SqliteFolder folder_;
    std::unique_ptr<SqliteJournal> journal_;
};

Hash256 root_of_samples(std::uint64_t size) {
    audit::MerkleTree tree;
    for (std::uint64_t sequence = 1; sequence <= size; ++sequence) {
        tree.append(audit::hash_leaf(sample_entry(sequence).bytes));
    }
    return tree.root();
}

}  // namespace

TEMPLATE_TEST_CASE("an empty journal ends at 0, reads nothing and verifies", "[journal]",
                   MemoryEngine, SqliteEngine) {
    TestType engine;
    Journal& journal = engine.journal();
    CHECK(journal.last() == Sequence{0});
    CHECK(journal.root() == audit::empty_root());
    CHECK(read_all(journal).empty());
    CHECK(journal.verify({{0, audit::empty_root()}}));
}

TEMPLATE_TEST_CASE("what is appended reads back, whatever the batches", "[journal]", MemoryEngine,
                   SqliteEngine) {
    TestType engine;
    Journal& journal = engine.journal();
    for (const std::uint64_t end : {1U, 2U, 3U, 10U, 11U, 75U, 600U}) {
        const Appended appended = append_to(journal, end);
        CHECK(appended.last == Sequence{end});
        CHECK(appended.root == root_of_samples(end));
        CHECK(journal.last() == appended.last);
        CHECK(journal.root() == appended.root);
    }
    CHECK(read_all(journal) == sample_batch(1, 600));
}

TEMPLATE_TEST_CASE("reading begins and ends in the middle of batches", "[journal]", MemoryEngine,
                   SqliteEngine) {
    TestType engine;
    Journal& journal = engine.journal();
    for (const std::uint64_t end : {4U, 8U, 20U}) {
        append_to(journal, end);
    }
    for (std::uint64_t from = 1; from <= 21; ++from) {
        for (const std::uint64_t count : {0U, 1U, 5U, 12U, 100U}) {
            INFO(count << " from " << from);
            const std::uint64_t last = std::min<std::uint64_t>(20, from + count - 1);
            CHECK(read_all(journal, from, count) == sample_batch(from, count == 0 ? 0 : last));
        }
    }
    CHECK(read_all(journal, 0, 2) == sample_batch(1, 2));
    CHECK(read_all(journal, UINT64_MAX).empty());
}

TEMPLATE_TEST_CASE("a reader's error ends the reading and comes back", "[journal]", MemoryEngine,
                   SqliteEngine) {
    TestType engine;
    append_to(engine.journal(), 10);
    std::uint64_t seen = 0;
    const Status status = engine.journal().read({1}, 100, [&](const StoredEntry& entry) -> Status {
        seen = entry.sequence.value;
        return seen == 3 ? Status(fail(ErrorCode::Timeout, "enough")) : Status{};
    });
    REQUIRE_FALSE(status);
    CHECK(status.error().code == ErrorCode::Timeout);
    CHECK(seen == 3);
}

TEMPLATE_TEST_CASE("a wrong expected last entry is another writer, and stops the journal",
                   "[journal]", MemoryEngine, SqliteEngine) {
    TestType engine;
    Journal& journal = engine.journal();
    append_to(journal, 10);
    const auto batch = sample_batch(10, 12);
    CHECK(journal.append({9}, batch).error().code == ErrorCode::AnotherWriter);
    CHECK_FALSE(journal.append({10}, sample_batch(11, 12)));
    CHECK(journal.last() == Sequence{10});
    CHECK(read_all(journal) == sample_batch(1, 10));
}

TEMPLATE_TEST_CASE("an empty batch changes nothing", "[journal]", MemoryEngine, SqliteEngine) {
    TestType engine;
    append_to(engine.journal(), 3);
    const auto appended = engine.journal().append({3}, {});
    REQUIRE(appended);
    CHECK(appended->last == Sequence{3});
    CHECK(appended->root == root_of_samples(3));
    append_to(engine.journal(), 4);
}

TEMPLATE_TEST_CASE("an entry too large is refused and the journal goes on", "[journal]",
                   MemoryEngine, SqliteEngine) {
    TestType engine;
    append_to(engine.journal(), 1);
    const std::vector<StoredEntry> large{{{2}, Bytes(kStoredEntryBytesMax + 1)}};
    CHECK(engine.journal().append({1}, large).error().code == ErrorCode::Invalid);
    append_to(engine.journal(), 2);
    const std::vector<StoredEntry> largest{{{3}, Bytes(kStoredEntryBytesMax, 7)}};
    REQUIRE(engine.journal().append({2}, largest));
    CHECK(read_all(engine.journal(), 3) == largest);
}

TEMPLATE_TEST_CASE("verification agrees with every root handed out, and with no other", "[journal]",
                   MemoryEngine, SqliteEngine) {
    TestType engine;
    Journal& journal = engine.journal();
    std::vector<audit::TreeHead> receipts;
    for (const std::uint64_t end : {2U, 9U, 40U}) {
        const Appended appended = append_to(journal, end);
        receipts.push_back({appended.last.value, appended.root});
    }
    receipts.push_back({17, root_of_samples(17)});
    const auto head = journal.verify(receipts);
    REQUIRE(head);
    CHECK(*head == audit::TreeHead{40, journal.root()});
    receipts.push_back({12, root_of_samples(13)});
    CHECK(journal.verify(receipts).error().code == ErrorCode::Damaged);
    CHECK(journal.verify({{41, root_of_samples(41)}}).error().context.find("entry 41 is missing") ==
          0);
}

TEMPLATE_TEST_CASE("an inclusion proof is built from the leaves alone", "[journal]", MemoryEngine,
                   SqliteEngine) {
    TestType engine;
    Journal& journal = engine.journal();
    append_to(journal, 13);
    append_to(journal, 30);
    audit::ProofBuilder builder = audit::ProofBuilder::inclusion(16, 30);
    REQUIRE(journal.read_leaves({1}, 30, [&](Sequence, const Hash256& leaf) {
        builder.add(leaf);
        return Status{};
    }));
    const auto path = builder.finish();
    REQUIRE(path);
    CHECK(audit::verify_inclusion({16, 30, *path}, audit::hash_leaf(sample_entry(17).bytes),
                                  journal.root()));
}

TEMPLATE_TEST_CASE("proofs of entries and of growth hold between any two ends, within blocks too",
                   "[journal]", MemoryEngine, SqliteEngine) {
    TestType engine;
    Journal& journal = engine.journal();
    for (const std::uint64_t end : {13U, 14U, 30U, 41U}) {
        append_to(journal, end);
    }
    for (const std::uint64_t last : {1U, 13U, 20U, 30U, 41U}) {
        const auto head = head_at(journal, {last});
        REQUIRE(head);
        CHECK(*head == audit::TreeHead{last, root_of_samples(last)});
        for (std::uint64_t older = 0; older <= last; ++older) {
            const std::vector<Sequence> entries{{older / 2 + 1}, {last}};
            const auto proofs = prove(journal, {entries, older, {last}});
            REQUIRE(proofs);
            REQUIRE(proofs->inclusion.size() == 2);
            for (std::size_t i = 0; i < 2; ++i) {
                CHECK(proofs->inclusion[i].leaf_index + 1 == entries[i].value);
                CHECK(audit::verify_inclusion(
                    proofs->inclusion[i], audit::hash_leaf(sample_entry(entries[i].value).bytes),
                    head->root));
            }
            CHECK(audit::verify_consistency(*proofs->consistency, root_of_samples(older),
                                            head->root));
        }
    }
    CHECK(head_at(journal, {0})->root == audit::empty_root());
    CHECK(head_at(journal, {42}).error().code == ErrorCode::NotFound);
    CHECK(prove(journal, {{}, 13, {42}}).error().code == ErrorCode::NotFound);
}

TEMPLATE_TEST_CASE("what is sealed goes where it is gone, and nothing else changes", "[journal]",
                   MemoryEngine, SqliteEngine) {
    TestType engine;
    Journal& journal = engine.journal();
    for (const std::uint64_t end : {7U, 8U, 9U, 60U, 200U}) {
        append_to(journal, end);
    }
    const Hash256 root = journal.root();
    const auto is_gone = [](ByteView sealed) { return sealed.front() % 5 == 0; };
    std::vector<StoredEntry> wanted = sample_batch(1, 200);
    std::uint64_t gone = 0;
    for (StoredEntry& entry : wanted) {
        if (!entry.sealed.empty() && is_gone(entry.sealed)) {
            entry.sealed.clear();
            ++gone;
        }
    }
    Dropped done{Sequence{1}};
    std::uint64_t parts = 0;
    std::uint64_t bytes = 0;
    while (done.next) {
        const auto step = journal.drop_sealed(*done.next, 1, is_gone);
        REQUIRE(step);
        done = *step;
        parts += done.parts;
        bytes += done.bytes;
    }
    CHECK(parts == gone);
    CHECK(bytes > gone);
    CHECK(read_all(journal) == wanted);
    CHECK(journal.root() == root);
    CHECK(journal.verify({{200, root}}));
    BlockCache cache(journal);
    for (const StoredEntry& entry : wanted) {
        const auto found = cache.entry(entry.sequence);
        REQUIRE(found);
        CHECK(std::ranges::equal(found->sealed, entry.sealed));
    }
    const auto again = journal.drop_sealed({1}, SIZE_MAX, is_gone);
    REQUIRE(again);
    CHECK(again->parts == 0);
    CHECK_FALSE(again->next);
    REQUIRE(journal.drop_sealed({1}, SIZE_MAX, [](ByteView) { return true; }));
    for (const StoredEntry& entry : read_all(journal)) {
        CHECK(entry.sealed.empty());
    }
    append_to(journal, 203);
    CHECK(read_all(journal, 201) == sample_batch(201, 203));
}

TEMPLATE_TEST_CASE("a reader leaves what is sealed where it is, when told to", "[journal]",
                   MemoryEngine, SqliteEngine) {
    TestType engine;
    append_to(engine.journal(), 20);
    std::uint64_t count = 0;
    REQUIRE(engine.journal().read(
        {1}, 20,
        [&](const StoredEntry& entry) {
            ++count;
            CHECK(entry.bytes == sample_entry(count).bytes);
            CHECK(entry.sealed.empty());
            return Status{};
        },
        Sealed::Leave));
    CHECK(count == 20);
}

TEMPLATE_TEST_CASE("a batch with nothing sealed is a batch too", "[journal]", MemoryEngine,
                   SqliteEngine) {
    TestType engine;
    StoredEntry entry = sample_entry(1);
    entry.sealed.clear();
    REQUIRE(engine.journal().append({0}, std::span(&entry, 1)));
    CHECK(read_all(engine.journal()) == std::vector{entry});
}

TEMPLATE_TEST_CASE("the mark of what was dropped is kept", "[journal]", MemoryEngine,
                   SqliteEngine) {
    TestType engine;
    CHECK(*engine.journal().dropped_for() == Sequence{0});
    REQUIRE(engine.journal().set_dropped_for({12}));
    CHECK(*engine.journal().dropped_for() == Sequence{12});
}
