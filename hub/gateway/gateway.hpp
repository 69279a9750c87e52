// The partners' door as one object: daemon gives it a port, clocks, seams and two mailboxes, and
// calls step() whenever something may have arrived.
//
// Contract: step() and release() never wait. When the inputs' mailbox is full the gateway stops
// reading (`wants_input()` is false) and keeps taking releases, so the ring cannot lock. Inputs
// leave in batches, in order of arrival, with `received_at` never going back. Errors: an Error of
// any call means the port is lost: the daemon ends. Threads: confined to one thread. Lifetime:
// borrows everything in GatewayParts.
#pragma once

#include "hub/gateway/ingress.hpp"

namespace carehub::gateway {

struct GatewayParts {
    transport::PartnerPort& port;
    const Clock& clock;  ///< now(): business time; steady(): for heartbeats
    const Fingerprints& fingerprints;
    const Names& names;
    const AlertRenderer& alerts;
    const BacklogReader& backlog;
    transport::KeyTable& keys;
    transport::Mailbox<InputBatch>& inputs;
    transport::Mailbox<StaffQuestion>& questions;
    History* history = nullptr;  ///< as Ingress::Parts
    DiskSpace* disk = nullptr;   ///< as Ingress::Parts
};

struct GatewayOptions {
    HubFacts facts;
    std::uint64_t first_session = 1;          ///< above every number of earlier runs
    UtcTime last_received_at = kUnknownTime;  ///< of the journal's last input
    std::vector<std::string> zones;           ///< that the machine has
    std::vector<Principal> principals;        ///< of the registry at start
};

class Gateway {
public:
    Gateway(const GatewayParts& parts, GatewayOptions options);

    /// Reads what has arrived, within bounds; hands inputs on; keeps sessions alive.
    [[nodiscard]] Status step();
    [[nodiscard]] Status release(const Released& released);
    [[nodiscard]] Status answer(const StaffAnswer& answer);
    /// The hub's newest signed checkpoint, for every partner.
    [[nodiscard]] Status tell_checkpoint(std::string note, std::string key);
    /// Says goodbye to every session: the hub stops.
    [[nodiscard]] Status stop();

    /// False while handed-on inputs wait for room: do not poll the port then.
    [[nodiscard]] bool wants_input() const { return pending_.empty(); }
    /// The longest time until step() is to be called again, when nothing arrives.
    [[nodiscard]] std::chrono::milliseconds wait_max() const;
    [[nodiscard]] std::size_t session_count() const { return sessions_.size(); }

private:
    [[nodiscard]] Status read(InputBatch& batch);
    void hand_on(InputBatch batch);
    [[nodiscard]] Status end_unkeyed(const std::vector<Principal>& changed);

    GatewayParts parts_;
    Stamp stamp_;
    InputMaker maker_;
    Principals principals_;
    Sessions sessions_;
    Subscribers subscribers_;
    Egress egress_;
    Ingress ingress_;
    InputBatch pending_;  // found no room in the mailbox
    bool more_to_read_ = false;
};

}  // namespace carehub::gateway
