#include "hub/base/clock.hpp"
#include "hub/base/disk.hpp"
#include "tools/carehub/bench/figures.hpp"
#include "tools/carehub/bench/folder.hpp"
#include "tools/carehub/bench/raw_limits.hpp"

namespace carehub::tool::bench {
namespace {

constexpr std::size_t kPageBytes = 4'096;
constexpr std::uint64_t kPages = 4'096;

}  // namespace

Result<std::vector<boost::json::object>> measure_fsync(std::uint64_t syncs) {
    const Folder folder;
    std::filesystem::create_directories(folder.path());
    SystemDisk disk;
    const SystemClock clock;
    CAREHUB_TRY(const auto file, disk.open((folder.path() / "pages").string(), OpenMode::Create));
    CAREHUB_TRY_DONE(file->write_at(0, Bytes(kPages * kPageBytes, 1)));
    CAREHUB_TRY_DONE(file->sync());
    Bytes page(kPageBytes);
    std::vector<std::int64_t> times;
    const Micros begin = clock.steady();
    for (std::uint64_t i = 0; i < syncs; ++i) {
        page[0] = static_cast<std::uint8_t>(i);
        const Micros before = clock.steady();
        CAREHUB_TRY_DONE(file->write_at(i % kPages * kPageBytes, page));
        CAREHUB_TRY_DONE(file->sync());
        times.push_back((clock.steady() - before).count());
    }
    const double seconds = std::chrono::duration<double>(clock.steady() - begin).count();
    const Latency latency = latency_of(times);
    return std::vector<boost::json::object>{
        {{"syncs", syncs},
         {"per_s", static_cast<std::uint64_t>(static_cast<double>(syncs) / seconds)},
         {"p50_us", latency.p50},
         {"p99_us", latency.p99}}};
}

}  // namespace carehub::tool::bench
