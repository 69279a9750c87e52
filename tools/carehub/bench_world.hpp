// The world of a benchmark: a fresh folder with a publisher, a subscriber, an agreement between them
// and a roster.
//
// Errors: what the folder's hub says; Invalid when it refuses a row. Threads: any one thread.
#pragma once

#include <cstdint>
#include <filesystem>

#include "adapters/kit/link_file.hpp"
#include "hub/daemon/data_folder.hpp"

namespace carehub::tool {

/// A name in the system's temporary folder; what is made there goes with the object.
class BenchFolder {
public:
    BenchFolder();
    BenchFolder(const BenchFolder&) = delete;
    BenchFolder& operator=(const BenchFolder&) = delete;
    ~BenchFolder();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path log() const { return path_.string() + ".log"; }

private:
    std::filesystem::path path_;
};

struct BenchLinks {
    adapters::LinkFile publisher;
    adapters::LinkFile subscriber;
    adapters::LinkFile admin;
};

/// Their endpoints are empty until the hub has told its own.
[[nodiscard]] Result<BenchLinks> make_bench_world(const daemon::DataFolder& folder,
                                                  std::uint64_t clients);

}  // namespace carehub::tool
