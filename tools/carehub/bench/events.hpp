// The events of a benchmark: appointments of many clients, all of one size, each with a time of its
// own, so that a notice tells which event it is.
//
// Contract: event(i) depends on i and the options alone. Any run of as many events as there are
// clients holds every client once: 70 % booked or rescheduled, 20 % completed or missed, 10 %
// modified; 1 % are missed visits, and each of those raises an alert. One client's events come from
// one publisher, in order.
// Threads: immutable; any thread.
#pragma once

#include <optional>
#include <string>

#include "hub/base/error.hpp"
#include "hub/model/submission.hpp"
#include "tools/carehub/bench/options.hpp"

namespace carehub::tool::bench {

class Events {
public:
    /// Invalid when no event can be as small or as large as that.
    [[nodiscard]] static Result<Events> create(const Options& options, UtcTime base);

    [[nodiscard]] Submission event(std::uint64_t index) const;
    /// A first booking each: client `index % clients` gets one appointment after the other.
    [[nodiscard]] Submission booking(std::uint64_t index) const;
    /// Which event has that time; nothing when none.
    [[nodiscard]] std::optional<std::uint64_t> index_of(UtcTime occurred_at) const;
    [[nodiscard]] std::size_t size_bytes() const { return size_bytes_; }

    [[nodiscard]] static std::string client_name(std::uint64_t client);
    [[nodiscard]] static Identifier identifier(std::uint64_t client);
    /// The event by which a client consents to all of this.
    [[nodiscard]] static Submission consent(std::uint64_t client);
    [[nodiscard]] static std::string publisher_name(std::uint64_t publisher);
    [[nodiscard]] static std::string subscriber_name(std::uint64_t subscriber);

private:
    Events(const Options& options, UtcTime base) : options_(options), base_(base) {}
    struct Change;
    [[nodiscard]] Submission tell(const Change& change) const;
    /// Chooses the padding that comes nearest to the wanted size.
    Status fit();

    Options options_;
    UtcTime base_;
    std::size_t padding_ = 0;
    std::size_t size_bytes_ = 0;
};

/// Who sends the event of that index.
[[nodiscard]] std::uint64_t publisher_of(std::uint64_t index, const Options& options);

}  // namespace carehub::tool::bench
