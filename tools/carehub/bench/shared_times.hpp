// When each event was published, acknowledged and delivered: memory that the processes of one run
// share, and the word to go.
//
// Contract: times are steady microseconds; 0: not yet. Each time is written by one process; the
// others read it after that process has ended. The memory is a file without a name, which others
// open by the path of its owner's descriptor.
// Errors: Io. Threads: any thread; the word to go is atomic.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "hub/base/error.hpp"
#include "tools/carehub/bench/options.hpp"

namespace carehub::tool::bench {

class SharedTimes {
public:
    [[nodiscard]] static Result<SharedTimes> create(const Options& options);
    [[nodiscard]] static Result<SharedTimes> open(const std::string& path, const Options& options);
    SharedTimes(SharedTimes&& other) noexcept;
    SharedTimes& operator=(SharedTimes&&) = delete;
    ~SharedTimes();

    /// For open() in another process, while this one lives.
    [[nodiscard]] std::string path() const;

    [[nodiscard]] std::span<std::int64_t> published() const { return row(0); }
    [[nodiscard]] std::span<std::int64_t> receipted() const { return row(1); }
    [[nodiscard]] std::span<std::int64_t> arrived(std::uint64_t subscriber) const {
        return row(2 + subscriber);
    }

    /// From `begin_us` on events may be sent.
    void go(std::int64_t begin_us) const;
    /// 0 while go() has not been called.
    [[nodiscard]] std::int64_t begin_us() const;

private:
    SharedTimes(int descriptor, std::int64_t* memory, std::uint64_t events, std::size_t words)
        : descriptor_(descriptor), memory_(memory), events_(events), words_(words) {}
    [[nodiscard]] static Result<SharedTimes> map(int descriptor, const Options& options);
    [[nodiscard]] std::span<std::int64_t> row(std::uint64_t number) const;

    int descriptor_ = -1;
    std::int64_t* memory_ = nullptr;
    std::uint64_t events_ = 0;
    std::size_t words_ = 0;
};

}  // namespace carehub::tool::bench
