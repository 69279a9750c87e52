#include "hub/base/clock.hpp"
#include "hub/base/random.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"
#include "tools/carehub/bench/floor_bytes.hpp"
#include "tools/carehub/bench/folder.hpp"
#include "tools/carehub/bench/raw_limits.hpp"

namespace carehub::tool::bench {
namespace {

constexpr std::size_t kBlocks[] = {64, 512, 2'048};

/// Entries that continue `last`.
std::vector<journal::StoredEntry> make_batch(Sequence last, std::size_t count,
                                             std::size_t size_bytes) {
    std::vector<journal::StoredEntry> batch;
    for (std::uint64_t i = 1; i <= count; ++i) {
        batch.push_back({{last.value + i}, floor_event(last.value + i, size_bytes)});
    }
    return batch;
}

/// Seconds that appending alone took.
Result<double> append_all(journal::Journal& journal, std::uint64_t events, std::size_t block,
                          std::size_t size_bytes) {
    const SystemClock clock;
    Micros spent{0};
    while (journal.last().value < events) {
        const auto batch = make_batch(journal.last(), block, size_bytes);
        const Micros begin = clock.steady();
        CAREHUB_TRY([[maybe_unused]] const auto done, journal.append(journal.last(), batch));
        spent += clock.steady() - begin;
    }
    return std::chrono::duration<double>(spent).count();
}

}  // namespace

Result<std::vector<boost::json::object>> measure_journal(std::uint64_t events,
                                                         std::size_t size_bytes) {
    std::vector<boost::json::object> rows;
    for (const std::size_t block : kBlocks) {
        const Folder folder;
        std::filesystem::create_directories(folder.path());
        SystemDisk disk;
        SystemRandom random;
        journal::SqliteOptions options;
        options.folder = folder.path().string();
        options.missing = journal::Missing::Create;
        CAREHUB_TRY(const auto journal, journal::SqliteJournal::open(options, disk, random));
        CAREHUB_TRY(const double seconds, append_all(*journal, events, block, size_bytes));
        const auto done = static_cast<double>(journal->last().value);
        rows.push_back({{"block", block},
                        {"size_bytes", size_bytes},
                        {"events", journal->last().value},
                        {"events_per_s", static_cast<std::uint64_t>(done / seconds)},
                        {"appends_per_s",
                         static_cast<std::uint64_t>(done / static_cast<double>(block) / seconds)}});
    }
    return rows;
}

}  // namespace carehub::tool::bench
