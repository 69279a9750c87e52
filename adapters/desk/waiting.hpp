// The notices that wait to be told to one person, across restarts: which alerts, not what they say.
//
// FORMAT: JSON {"version":1,"told":[DELIVERY...],"notices":[{"number","alert","client","severity",
// "since","due","message","mail","webhook"}]}, sealed (kit/drop/drop_state.hpp) as kWaitingState.
//
// Contract: one notice an alert: a later one takes the place of the one that waits, and keeps its
// place in time where it does not have to leave earlier. What is put or taken away counts when
// save() has returned. Errors: load(): Damaged; save(): Io, SyncFailed.
// Threads: confined to one thread. Lifetime: the state borrows its sealing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/desk/limits.hpp"
#include "adapters/kit/drop/drop_state.hpp"
#include "hub/base/utc_time.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub::adapters::desk {

/// Numbers of what the desk seals as DropState.
inline constexpr std::uint64_t kWaitingState = 11;
inline constexpr std::uint64_t kCalendarState = 12;

enum class Channel : std::uint8_t { Mail, Webhook };
inline constexpr std::size_t kChannels = 2;

/// How far one channel is with a notice.
struct Leg {
    bool is_open = false;  ///< it has not been told there yet
    unsigned tries = 0;    ///< of this run of the program
    Micros next_try{0};    ///< steady
    friend bool operator==(const Leg&, const Leg&) = default;
};

struct WaitingNotice {
    std::uint64_t number = 0;   ///< in the person's subscription
    std::uint64_t session = 0;  ///< of this run in which it came; 0: an earlier run
    std::string alert_id;
    std::string client;  ///< roster name: the question about it is journalled by client
    Severity severity = Severity::Unset;
    UtcTime since = kUnknownTime;  ///< when it came, by the system's clock
    UtcTime due = kUnknownTime;
    std::string message;  ///< names it for who receives it, and tells nothing
    Leg legs[kChannels];

    [[nodiscard]] Leg& leg(Channel channel) { return legs[static_cast<std::size_t>(channel)]; }
    [[nodiscard]] const Leg& leg(Channel channel) const {
        return legs[static_cast<std::size_t>(channel)];
    }
};

class Waiting {
public:
    explicit Waiting(DropState state) : state_(std::move(state)) {}

    [[nodiscard]] Status load();
    [[nodiscard]] Status save();

    /// Whether a delivery came before: the hub had not heard that it is kept.
    [[nodiscard]] bool knows(std::string_view delivery) const { return told_.has(delivery); }
    void remember(std::string delivery) { told_.add(std::move(delivery)); }

    void put(WaitingNotice notice);
    void drop(const std::string& alert_id);
    /// It is told over this channel; over all of them it goes.
    void close(const std::string& alert_id, Channel channel);

    [[nodiscard]] const std::vector<WaitingNotice>& notices() const { return notices_; }
    [[nodiscard]] WaitingNotice* find(const std::string& alert_id);

private:
    DropState state_;
    RecentDeliveries told_;
    std::vector<WaitingNotice> notices_;  ///< oldest first
};

}  // namespace carehub::adapters::desk
