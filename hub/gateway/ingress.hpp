// Into the hub: a message of a connection becomes inputs, answers and session changes, exactly as
// schemas/PROTOCOL.md sections 6 to 12 say.
//
// Contract: identity is the connection's key, looked up anew for every message. Inputs are appended
// to `out` in the order of arrival. Nothing waits.
// Errors: an Error means the port is lost; whatever a partner sends is none.
// Threads: confined to the gateway's thread. Lifetime: borrows all it is given.
#pragma once

#include "hub/gateway/egress.hpp"
#include "hub/gateway/guards.hpp"
#include "hub/transport/mailbox.hpp"

namespace carehub::gateway {

/// What every Welcome tells.
struct HubFacts {
    Hash128 hub_id{};
    bool simulation = false;
};

class Ingress {
public:
    struct Parts {
        Sessions& sessions;
        const Principals& principals;
        const Clock& clock;
        InputMaker& maker;
        Egress& egress;
        Subscribers& subscribers;
        transport::Mailbox<StaffQuestion>& questions;
        HubFacts facts;
        History* history = nullptr;  ///< null: every client's past is believed
        DiskSpace* disk = nullptr;   ///< null: there is always room
    };
    explicit Ingress(Parts parts) : parts_(parts) {}

    [[nodiscard]] Status take(const transport::Received& message, InputBatch& out);
    /// Ends sessions that were silent for too long.
    [[nodiscard]] Status end_silent();

private:
    [[nodiscard]] Status greet(const transport::Received& message, const Principal& principal,
                               const codec::Frame& frame);
    [[nodiscard]] Recall judge(const Principal& principal, const codec::Hello& hello) const;
    [[nodiscard]] Status welcome(Session& session, const Principal& principal,
                                 const codec::Hello& hello, Recall past);
    [[nodiscard]] Status end_other_adapters(const Session& newest);
    [[nodiscard]] Status take_frame(Session& session, const Principal& principal,
                                    const codec::Frame& frame, InputBatch& out);
    [[nodiscard]] Status take_batch(Session& session, const Principal& principal,
                                    const codec::Frame& frame, InputBatch& out);
    [[nodiscard]] bool lacks_room(Session& session) const;
    [[nodiscard]] Status refuse_for_want_of_room(const Session& session, const codec::Frame& frame);
    [[nodiscard]] Status take_credit(Session& session, ByteView slice);
    [[nodiscard]] Status take_subscribe(Session& session, ByteView slice);
    [[nodiscard]] Status take_acknowledge(Session& session, ByteView slice, InputBatch& out);
    [[nodiscard]] Status take_verdicts(Session& session, const codec::Frame& frame,
                                       InputBatch& out);
    [[nodiscard]] Status take_question(Session& session, const Principal& principal,
                                       ByteView slice);
    [[nodiscard]] Status refuse_question(Session& session, std::uint64_t ticket, Refusal refusal);
    [[nodiscard]] Status end(Session& session, codec::GoodbyeCode code, std::string_view text);

    Parts parts_;
};

}  // namespace carehub::gateway
