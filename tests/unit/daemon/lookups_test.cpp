// Reading what is owed back from the journal.
#include "hub/daemon/lookups.hpp"

#include <chrono>

#include "hub/daemon/open_hub.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace carehub::daemon {
namespace {

namespace fs = std::filesystem;

constexpr PartnerId kRare{101};   // told of one event in fifty
constexpr PartnerId kOften{102};  // of all the others
constexpr std::uint64_t kShare = 50;

/// A journal in which two partners are told of what a third one sends.
class Owing {
    TemporaryFolder root_;  // goes last

public:
    Owing() {
        const DataFolder folder{root_.path() / "data"};
        REQUIRE(init_folder(folder, {true, *parse_iso_time("2026-03-02T08:00:00Z")}));
        auto opened = OpenHub::open(folder);
        REQUIRE(opened);
        hub = std::move(*opened);
        first = Sequence{hub->journal->last().value + 1};
        now = hub->machine.state().now;
        reader = *hub->reader();
        entries.emplace(*reader, *hub->vault);
        lookups.emplace(hub->follower, *entries);
    }
    Owing(const Owing&) = delete;
    Owing& operator=(const Owing&) = delete;

    /// So many further entries, a second apart, durable and applied.
    void tell(std::uint64_t count) {
        JournalStage stage(*hub->journal, *hub->vault, hub->follower);
        constexpr std::uint64_t kBatch = 4'096;
        for (std::uint64_t done = 0; done < count; done += kBatch) {
            CoreBatch batch;
            for (std::uint64_t i = 0; i < std::min(kBatch, count - done); ++i) {
                batch.entries.push_back(std::make_shared<Entry>(next()));
            }
            std::vector<CoreBatch> batches;
            batches.push_back(std::move(batch));
            REQUIRE(stage.commit(std::move(batches)));
        }
    }

    /// Reads until the end, as the gateway does.
    [[nodiscard]] std::vector<Delivery> drain(PartnerId recipient, std::uint64_t after) const {
        std::vector<Delivery> all;
        gateway::Backlog read;
        do {
            const std::uint64_t from = all.empty() ? after : all.back().number;
            auto more = lookups->deliveries(recipient, from, read.next, 100);
            REQUIRE(more);
            read = std::move(*more);
            all.insert(all.end(), read.deliveries.begin(), read.deliveries.end());
        } while (!read.at_end);
        return all;
    }

    std::unique_ptr<OpenHub> hub;
    std::unique_ptr<journal::SqliteReader> reader;
    std::optional<follower::EntryReader> entries;
    std::optional<Lookups> lookups;
    Sequence first;
    UtcTime now = kUnknownTime;

private:
    Entry next() {
        Entry entry;
        entry.sequence = Sequence{first.value + told_};
        now += std::chrono::seconds{1};
        entry.at = now;
        entry.input_kind = InputKind::Tick;
        entry.decisions.now = now;
        Delivery delivery;
        delivery.recipient = told_ % kShare == 0 ? kRare : kOften;
        delivery.number = ++numbers_[delivery.recipient];
        delivery.state = DeliveryState::Queued;
        delivery.entry = entry.sequence;
        delivery.form = Form::Full;
        entry.decisions.deliveries.push_back(delivery);
        ++told_;
        return entry;
    }

    std::uint64_t told_ = 0;
    std::map<PartnerId, std::uint64_t> numbers_;
};

}  // namespace

TEST_CASE("what a recipient is owed is read back in order, a bounded stretch at a time",
          "[daemon][backlog]") {
    Owing owing;
    owing.tell(3 * kBacklogEntriesMax);
    const auto first = owing.lookups->deliveries(kRare, 0, {}, 1'000);
    REQUIRE(first);
    CHECK(first->deliveries.size() <= kBacklogEntriesMax / kShare + 1);
    CHECK_FALSE(first->at_end);
    const auto all = owing.drain(kRare, 0);
    REQUIRE(all.size() == (3 * kBacklogEntriesMax + kShare - 1) / kShare);
    for (std::size_t i = 0; i < all.size(); ++i) {
        REQUIRE(all[i].number == i + 1);
        REQUIRE(all[i].recipient == kRare);
    }
    CHECK(owing.drain(kRare, 100).front().number == 101);
    CHECK(owing.drain(kOften, 0).size() == 3 * kBacklogEntriesMax - all.size());
}

TEST_CASE("reading begins near the number that is asked for", "[daemon][backlog]") {
    Owing owing;
    owing.tell(3 * kBacklogEntriesMax);
    const std::uint64_t late = 3 * kBacklogEntriesMax - 300;
    const auto read = owing.lookups->deliveries(kOften, late - 200, {}, 1);
    REQUIRE(read);
    REQUIRE(read->deliveries.size() == 1);
    CHECK(read->deliveries[0].number == late - 199);
}

TEST_CASE("what became durable later is found by reading on", "[daemon][backlog]") {
    Owing owing;
    owing.tell(10);
    auto read = owing.lookups->deliveries(kOften, 9, {}, 10);
    REQUIRE(read);
    CHECK(read->at_end);
    CHECK(read->deliveries.empty());
    owing.tell(5);
    read = owing.lookups->deliveries(kOften, 9, read->next, 10);
    REQUIRE(read);
    CHECK(read->deliveries.size() == 5);
}

TEST_CASE("the first entry since a time is found", "[daemon][backlog]") {
    Owing owing;
    const UtcTime begin = owing.now;
    owing.tell(100);
    CHECK(*owing.lookups->first_since(begin + std::chrono::seconds{31}) ==
          Sequence{owing.first.value + 30});
    CHECK(*owing.lookups->first_since(owing.now + std::chrono::hours{1}) ==
          Sequence{owing.first.value + 100});
}

TEST_CASE("who is told one event in fifty is read 10,000 events a second",
          "[daemon][backlog][.slow]") {
    Owing owing;
    owing.tell(500'000);
    const auto begin = std::chrono::steady_clock::now();
    const auto all = owing.drain(kRare, 0);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    const double rate = static_cast<double>(all.size()) / took.count();
    WARN("read back " << rate << " deliveries/s, " << rate * kShare << " entries/s");
    CHECK(all.size() == 10'000);
    CHECK(rate >= 10'000);
}

}  // namespace carehub::daemon
