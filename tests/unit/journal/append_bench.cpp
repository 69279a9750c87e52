// Hidden: how fast the journal on disk takes and gives entries. Run it with the tag [.bench].
#include <chrono>
#include <cstdio>

#include "tests/unit/journal/samples.hpp"

using namespace carehub;
using namespace carehub::journal;

namespace {

constexpr std::size_t kEntryBytes = 512;
constexpr std::uint64_t kEntries = 256 * 1024;

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void report(const char* what, std::uint64_t batch, double seconds) {
    std::printf("%s, batches of %llu: %.0f entries/s\n", what,
                static_cast<unsigned long long>(batch), static_cast<double>(kEntries) / seconds);
}

}  // namespace

TEST_CASE("durable appends, reads and verified entries a second", "[.bench]") {
    for (const std::uint64_t batch_size : {64U, 512U, 2048U}) {
        SqliteFolder at;
        const auto journal = at.open();
        REQUIRE(journal);
        std::vector<StoredEntry> batch(batch_size, StoredEntry{{}, Bytes(kEntryBytes, 42)});
        auto start = std::chrono::steady_clock::now();
        while ((*journal)->last().value < kEntries) {
            for (std::uint64_t i = 0; i < batch_size; ++i) {
                batch[i].sequence = {(*journal)->last().value + 1 + i};
            }
            REQUIRE((*journal)->append((*journal)->last(), batch));
        }
        report("append", batch_size, seconds_since(start));
        start = std::chrono::steady_clock::now();
        std::uint64_t bytes = 0;
        REQUIRE((*journal)->read({1}, kEntries, [&](const StoredEntry& entry) {
            bytes += entry.bytes.size();
            return Status{};
        }));
        CHECK(bytes == kEntries * kEntryBytes);
        report("read", batch_size, seconds_since(start));
        start = std::chrono::steady_clock::now();
        REQUIRE((*journal)->verify({}));
        report("verify", batch_size, seconds_since(start));
    }
}
