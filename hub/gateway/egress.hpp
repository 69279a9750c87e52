// Out of the hub: receipts in batches, notices within credit, answers, checkpoints, goodbyes.
//
// Contract: nothing waits. Receipts, answers and worded notices that find no room are kept, within
// bounds, and sent later. Which notices a session is given is gateway/subscribers.hpp's business.
// Errors: an Error means the port is lost.
// Threads: confined to the gateway's thread. Lifetime: borrows all it is given.
#pragma once

#include "hub/codec/frame.hpp"
#include "hub/gateway/question.hpp"
#include "hub/gateway/subscribers.hpp"
#include "hub/transport/partner_port.hpp"

namespace carehub::gateway {

class Egress {
public:
    struct Parts {
        transport::PartnerPort& port;
        Sessions& sessions;
        Subscribers& subscribers;
    };
    explicit Egress(Parts parts) : parts_(parts) {}

    /// Receipts and notices of a durable batch.
    [[nodiscard]] Status release(const Released& released);
    [[nodiscard]] Status answer(const StaffAnswer& answer);
    /// The hub's newest checkpoint: told to every session now, and to each new one by
    /// tell_checkpoint().
    [[nodiscard]] Status take_checkpoint(std::string note, std::string key);
    /// Nothing is told before there is one.
    [[nodiscard]] Status tell_checkpoint(Session& session);
    /// What earlier found no room.
    [[nodiscard]] Status flush();

    /// A control message; kept when there is no room.
    [[nodiscard]] Status send(Session& session, codec::FrameType type, const Result<Bytes>& slice);
    /// Tells the end once, if there is room, and marks the session gone.
    [[nodiscard]] Status say_goodbye(Session& session, codec::GoodbyeCode code,
                                     std::string_view text);
    /// To a connection that has no session.
    [[nodiscard]] Status say_goodbye(const std::string& routing_id, codec::GoodbyeCode code,
                                     std::string_view text);
    [[nodiscard]] bool has_waiting() const { return waiting_; }

private:
    void take_receipts(const std::vector<PendingReceipt>& receipts);
    [[nodiscard]] Status send_frame(Session& session, Bytes frame);
    [[nodiscard]] Status send_outbox(Session& session);
    [[nodiscard]] Status send_receipts(Session& session);
    [[nodiscard]] Status send_notices(Session& session);
    [[nodiscard]] Status tell_caught_up(Session& session);
    static void note_sent(Session& session, const Delivery& delivery);

    Parts parts_;
    codec::Heartbeat checkpoint_;  // its number counts the checkpoints of this run
    bool waiting_ = false;         // some session has an outbox
};

}  // namespace carehub::gateway
