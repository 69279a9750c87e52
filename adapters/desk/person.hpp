// One person whom the desk serves: the session of their link, what waits for them, their calendar.
//
// Contract: a notice is kept on disk before it is acknowledged; one that came before changes
// nothing. An alert that was raised waits for its time; one that is over, or that somebody has
// taken, takes what waits of it away. While kWaitingMax wait the hub is asked for no more.
// Errors: of step(): those of the link and of the state: the person cannot be served any more.
// Threads: confined to one thread. Lifetime: borrows the clock and the sealing.
#pragma once

#include <map>
#include <memory>
#include <variant>

#include "adapters/desk/directory.hpp"
#include "adapters/desk/person_feed.hpp"
#include "adapters/desk/questions.hpp"
#include "adapters/desk/situation.hpp"
#include "adapters/desk/waiting.hpp"

namespace carehub::adapters::desk {

/// The hub says that there is nothing to tell: it is over, in somebody's hands, or withheld.
struct NothingToTell {};
/// It said nothing.
struct NotAnswered {};
using Truth = std::variant<Situation, NothingToTell, NotAnswered>;

/// What the desk tells over at all.
struct OpenChannels {
    bool mail = false;
    bool webhook = false;
};

class Person {
public:
    struct Parts {
        std::string name;  ///< in the directory
        std::unique_ptr<StaffLink> link;
        Waiting waiting;
        Sealing& sealing;
        const Clock& clock;  ///< the system's
        OpenChannels channels;
        std::chrono::hours digest_at{};
        bool shows_names = false;
        std::unique_ptr<PersonFeed> feed;  ///< null: no calendar
        std::chrono::minutes refresh{kFeedRefresh};
    };
    explicit Person(Parts parts);

    /// `now`: the hub's time; `entry`: of the directory as it is now.
    [[nodiscard]] Status step(UtcTime now, const StaffEntry& entry,
                              std::chrono::milliseconds timeout);

    [[nodiscard]] const std::string& name() const { return parts_.name; }
    [[nodiscard]] bool has_session() const { return parts_.link->is_open(); }
    [[nodiscard]] const std::vector<WaitingNotice>& waiting() const {
        return parts_.waiting.notices();
    }
    /// As messages call the client.
    [[nodiscard]] std::string client_shown(const std::string& client) const;

    [[nodiscard]] Status ask_truth(const WaitingNotice& notice,
                                   std::function<void(const Truth&)> told);
    // What became of a notice; on disk when it returns.
    [[nodiscard]] Status taken(const std::string& alert_id, Channel channel);
    [[nodiscard]] Status refused(const std::string& alert_id, Channel channel,
                                 const std::string& words);
    [[nodiscard]] Status nothing_to_tell(const std::string& alert_id);
    /// Tried again after `wait`.
    void put_off(const std::string& alert_id, Channel channel);

    /// A calendar is taken away with the person.
    [[nodiscard]] Status close_feed();

private:
    [[nodiscard]] Status begin_session();
    [[nodiscard]] Status take_notices(const std::vector<Notice>& notices);
    void take(const Notice& notice);
    [[nodiscard]] Status give_credit();
    [[nodiscard]] Status judge(const std::string& alert_id, VerdictOutcome outcome,
                               const Refusal& refusal);
    [[nodiscard]] Status ask_roster();
    void take_roster(const StaffAnswer& answer);
    [[nodiscard]] Status step_feed();

    Parts parts_;
    Questions questions_;
    std::map<std::string, std::string> names_;  ///< of clients, by roster name; in memory alone
    Micros roster_at_{0};                       ///< steady
    std::uint64_t session_ = 0;                 ///< counts those of this run
    std::uint32_t credit_owed_ = 0;
    UtcTime now_ = kUnknownTime;
    const StaffEntry* entry_ = nullptr;  ///< during a step
};

}  // namespace carehub::adapters::desk
