// What subscriptions are given: live decisions, and core's answers about what waited.
//
// A subscription that keeps up takes deliveries as they are released. One that does not, for want
// of credit or room, or because its principal is paused, falls behind: it asks core, which permits
// each delivery anew. One that acknowledges nothing always asks: core records what it is shown. What core does not keep at hand is read from the journal and laid before it.
// Contract: what is worded stands in Subscription::waiting; egress sends it. Within a subscription
// numbers ascend. Nothing is given above the session's credit. What may not be told any more is
// recalled from `waiting`.
// Threads: confined to the gateway's thread. Lifetime: borrows all it is given.
#pragma once

#include "hub/gateway/history_share.hpp"
#include "hub/gateway/input_maker.hpp"
#include "hub/gateway/released.hpp"
#include "hub/gateway/render_notice.hpp"
#include "hub/gateway/sessions.hpp"

namespace carehub::gateway {

class Subscribers {
public:
    struct Parts {
        Sessions& sessions;
        const Principals& principals;
        const Clock& clock;
        NoticeSources sources;
        const BacklogReader& backlog;
    };
    explicit Subscribers(const Parts& parts) : parts_(parts), share_(parts.clock) {}

    void take(const Released& released);
    /// Asks core for the subscriptions that are behind and have credit; reads the journal, a
    /// bounded stretch in all, for those that need it.
    void ask(InputMaker& maker, InputBatch& out);
    /// Some subscription reads on at once when asked again.
    [[nodiscard]] bool is_reading() const { return reading_; }

    /// A notice that this session was sent; null when the number is none, or was judged already.
    [[nodiscard]] SentNotice* find_sent(Session& session, std::uint64_t number) const;
    /// The entry of the last notice sent up to that number; none when it is not known any more.
    [[nodiscard]] static Sequence entry_of_sent(const Session& session, std::uint64_t number);

private:
    void resume(const Resumed& resumed, const Released& released);
    void go_on(Subscription& subscription, const Resumed& resumed, bool all_offered);
    void deliver_live(const Released& released);
    void let_go_on(const Released& released);
    void recall(const Released& released);
    /// False when the session has no credit or room left.
    bool offer(Session& session, const Delivery& delivery, const Released& released);
    [[nodiscard]] std::optional<Bytes> word(Session& session, const Delivery& delivery,
                                            const Released& released);
    [[nodiscard]] Result<EntryPtr> entry_of(Sequence sequence, const Released& released) const;
    /// Null when it is not at hand.
    [[nodiscard]] static const Submission* event_of(Sequence sequence, const Released& released);

    void ask_for(Session& session, InputMaker& maker, InputBatch& out);
    /// False while there is nothing to lay before core.
    [[nodiscard]] bool read_on(Session& session, std::uint32_t wanted);
    [[nodiscard]] Result<Backlog> read(const Session& session, std::size_t most) const;

    Parts parts_;
    HistoryShare share_;
    std::vector<Delivery> unrenderable_;  ///< core is to hear of them
    std::uint64_t reader_ = 0;            ///< session whose turn to read was last
    bool may_read_ = true;                ///< in this round
    bool reading_ = false;
};

}  // namespace carehub::gateway
