// Hands what the hub owes this partner to the partner's own system, one notice after the other.
//
// Contract: the hub is the outbox: nothing is kept here. A notice is asked for only when the target
// can be reached, one at a time, so the hub's order is the partner's. Taken: it is confirmed and
// acknowledged. Refused: the hub hears of it, with the recipient's words; it holds back what it owes
// about the same person, tries again and gives up after 5 attempts, while other persons' notices go
// on. Away or undecided: neither; the notice is let go of, and after a wait that doubles from
// kTargetWaitFirst to kTargetWaitLongest the hub is asked anew for what it owes by then, so that a
// consent revoked meanwhile counts. kUndecidedMax times undecided is a refusal. A notice that comes
// again although it was settled is settled the same way, and not handed over a second time.
// Errors: those of the link. Threads: confined to one thread.
// Lifetime: borrows target, link, clock and counts; the target's callbacks must not run after it.
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/kit/counts.hpp"
#include "adapters/kit/hub_link.hpp"
#include "adapters/kit/limits.hpp"
#include "adapters/kit/out/notice_target.hpp"
#include "hub/base/clock.hpp"

namespace carehub::adapters {

class NoticeSender {
public:
    struct Parts {
        NoticeTarget& target;
        HubLink& link;
        const Clock& clock;
        Counts& counts;
        std::vector<EventKind> kinds;  ///< none: every kind
    };
    explicit NoticeSender(Parts parts) : parts_(std::move(parts)) {}

    /// Takes what the link's poll() brought, and goes on where the time has come.
    [[nodiscard]] Status take(const LinkNews& news);
    /// Something is with the target, or the next notice may follow at once.
    [[nodiscard]] bool is_busy() const;

private:
    enum class State : std::uint8_t { Resting, Opening, Listening, HandingOver };
    struct Settled {
        std::uint64_t number = 0;
        std::string id;
        VerdictOutcome outcome = VerdictOutcome::Unset;  ///< Unset: there was nothing to tell
        Refusal refusal;
    };

    void begin_session();
    void go_on();
    void opened(const Status& status);
    void listen();
    void take_notice(const Notice& notice);
    void answered(const TargetAnswer& answer);
    void undecided(const TargetAnswer& answer);
    void settle(VerdictOutcome outcome, const Refusal& refusal);
    void tell(const Settled& settled);
    void rest(const std::string& what);
    void note(Status status);

    Parts parts_;
    State state_ = State::Resting;
    bool has_session_ = false;
    std::uint64_t session_ = 0;         ///< counts sessions of the link
    std::uint64_t handed_over_in_ = 0;  ///< session of the notice under way
    Settled under_way_;
    EventKind kind_ = EventKind::Unset;  ///< of the notice under way
    std::string undecided_id_;           ///< the last one that found no decision, and how often
    unsigned undecided_times_ = 0;
    std::deque<Settled> settled_;
    std::set<EventKind> told_nothing_;  ///< in the log already
    bool told_away_ = false;            ///< so is that
    Micros retry_at_{0};                ///< steady time; meaningful while resting
    Micros wait_ = kTargetWaitFirst;
    Micros busy_until_{0};  ///< steady time
    Status health_;
};

}  // namespace carehub::adapters
