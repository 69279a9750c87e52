// The events of a benchmark: appointments of many clients, all of one size, each with a time of its
// own, so that a notice tells which event it is.
//
// Contract: event(i) depends on i and the options alone. 70 % booked or rescheduled, 20 % completed or
// missed, 10 % modified; one client in ten misses a visit a round, and that raises an alert.
// Threads: immutable; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hub/base/error.hpp"
#include "hub/model/submission.hpp"

namespace carehub::tool {

inline constexpr const char* kBenchAuthority = "bench-clinic";

struct BenchOptions {
    std::uint64_t events = 200'000;
    std::uint64_t clients = 10'000;
    std::size_t size_bytes = 512;  ///< of an event as encoded, to the next multiple of 8
    std::size_t window = 1'024;    ///< events without a receipt at a time
    std::size_t batch = 64;        ///< events queued before a message leaves
};

class BenchEvents {
public:
    /// Invalid when no event can be as small or as large as that.
    [[nodiscard]] static Result<BenchEvents> create(const BenchOptions& options, UtcTime base);

    [[nodiscard]] Submission event(std::uint64_t index) const;
    /// Which event has that time; nothing when none.
    [[nodiscard]] std::optional<std::uint64_t> index_of(UtcTime occurred_at) const;
    [[nodiscard]] std::size_t size_bytes() const { return size_bytes_; }

    [[nodiscard]] static std::string client_name(std::uint64_t client);
    [[nodiscard]] static Identifier identifier(std::uint64_t client);

private:
    BenchEvents(const BenchOptions& options, UtcTime base) : options_(options), base_(base) {}

    BenchOptions options_;
    UtcTime base_;
    std::size_t padding_ = 0;
    std::size_t size_bytes_ = 0;
};

}  // namespace carehub::tool
