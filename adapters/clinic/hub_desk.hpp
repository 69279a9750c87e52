// What all doors of the clinic share: one event loop, the link to the hub, the courier, and the
// archive of what came.
//
// Contract: deliver() hands a message's events over; its callback runs on the loop, exactly once,
// when each has its receipt or kAnswerMax has passed, and the message as it came is on disk. Events
// of messages that arrive together leave together, kMessagesAtOnce at a time, and one sync keeps all
// of them. Which events came of a message is on disk with a later sync, at the latest at the end of
// run(). A message that cannot be kept is not in time: its sender tries again.
// Errors: run: those of the link; SyncFailed of the archive.
// Threads: run() owns everything until it returns.
// Lifetime: borrows link, archive and counts. What the doors' sessions leave in the loop and in the courier
// goes with this object: it outlives the doors.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "adapters/clinic/courier.hpp"
#include "adapters/clinic/message_order.hpp"
#include "adapters/kit/partner_kind.hpp"
#include "adapters/kit/raw_archive.hpp"
#include "hub/base/clock.hpp"

namespace carehub::adapters::clinic {

class HubDesk {
public:
    /// Without an archive nothing is kept: for tests of the doors.
    HubDesk(HubLink& link, RawArchive* archive, Counts& counts);

    [[nodiscard]] boost::asio::io_context& loop() { return loop_; }
    /// Nothing new is taken: the senders keep what is not answered.
    [[nodiscard]] bool is_stopping() const { return stopping_; }
    /// `events` may be none: the message is kept all the same. Each has the SHA-256 of `raw`.
    void deliver(ByteView raw, std::vector<Submission> events, Courier::Done done);
    /// Takes out of a message's events what is late (message_order.hpp); whether something was.
    [[nodiscard]] bool take_late(std::vector<Submission>& events, const Origin& origin);
    /// A message refused before the hub saw anything of it.
    void refused(const Refusal& refusal);
    /// Each kind of finding is told once: the integration team wants to know it, not to count it.
    void report(const std::vector<Finding>& findings);
    /// Accepted, and nothing the hub acts on.
    void not_acted_on() { ++not_acted_on_; }

    /// Serves until `stop`; then lets `close_doors` close them and open messages have their answer.
    [[nodiscard]] Status run(const std::atomic<bool>& stop,
                             const std::function<void()>& close_doors);
    [[nodiscard]] std::uint64_t messages_not_acted_on() const { return not_acted_on_; }

private:
    using SteadyClock = std::chrono::steady_clock;

    void tick();
    void watch_link();
    void pump();
    void pump_soon();
    void hand_on();
    /// A message with the archive.
    struct Kept {
        std::uint64_t number = 0;
        std::uint64_t sync = 0;  ///< the one after which it is on disk
    };
    struct Finished {
        Kept kept;
        Delivery delivery;
        Courier::Done done;
    };
    enum class Answering : std::uint8_t { OnDisk, All };

    /// Nothing when it cannot be kept.
    [[nodiscard]] std::optional<Kept> keep(ByteView raw, const Hash256& digest);
    [[nodiscard]] Status sync_archive();
    [[nodiscard]] Status answer_finished(Answering which);
    [[nodiscard]] Status note_events_of(const std::vector<Finished>& finished);
    /// Says it in the log; the error itself when nothing may be answered after it.
    [[nodiscard]] static Status told(std::string_view what, const Error& error);
    [[nodiscard]] Status let_go_of_old();
    [[nodiscard]] bool may_stop(const std::atomic<bool>& stop,
                                const std::function<void()>& close_doors);

    HubLink& link_;
    RawArchive* archive_;
    Counts& counts_;
    SystemClock clock_;
    bool unsynced_ = false;        ///< a message kept is not known to be on disk
    std::uint64_t next_sync_ = 1;  ///< its number; a message that needs none has 0
    SteadyClock::time_point let_go_at_{};
    std::uint64_t not_acted_on_ = 0;
    std::set<std::string> known_findings_;
    MessageOrder order_;
    int watched_fd_ = -1;
    bool watching_ = false;
    unsigned wakes_left_ = 0;  ///< until the next tick
    bool busy_tick_ = false;   ///< the next tick comes soon
    bool pump_waits_ = false;
    std::size_t undelivered_ = 0;  ///< messages that came since the courier last went
    bool stopping_ = false;
    SteadyClock::time_point stop_latest_{};
    Status health_;
    boost::system::error_code ignored_;
    // Sessions live in the loop's handlers and in callbacks of the courier and of finished_. They
    // need the loop, so those go before it.
    boost::asio::io_context loop_{1};
    boost::asio::steady_timer timer_;
    boost::asio::posix::stream_descriptor wake_;
    Courier courier_;
    std::vector<Finished> finished_;  ///< to be answered with the next sync
};

}  // namespace carehub::adapters::clinic
