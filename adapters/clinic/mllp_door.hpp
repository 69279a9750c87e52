// The clinic's door for HL7 v2: messages over MLLP, answered only when the hub has stored them.
//
// Contract: one message outstanding on each connection, those of different connections with the hub
// at the same time. An answer leaves after the receipts of all the message's events: accepted or
// duplicate is AA (CA); refused is AE (CE) with ERR; not in time is AR (CR) with code 207, "try
// again". A bad message never ends a connection; broken framing does. MLLP proves nobody and
// encrypts nothing: with TLS each client has a certificate, and plain TCP is for loopback or an
// explicit list of who may connect.
// A control id that is used again for another message is told to the hub as FeedAnomaly.
// Errors: as Listener::open. Threads: confined to the desk's loop, port() apart.
// Lifetime: borrows the site, the desk and the control ids.
#pragma once

#include <memory>
#include <string>

#include "adapters/clinic/control_ids.hpp"
#include "adapters/clinic/hl7/acknowledgment.hpp"
#include "adapters/clinic/hub_desk.hpp"
#include "adapters/clinic/listener.hpp"
#include "adapters/clinic/mllp_session.hpp"
#include "adapters/clinic/read_message.hpp"
#include "hub/base/clock.hpp"

namespace carehub::adapters::clinic {

class MllpDoor final : public MessageDesk {
public:
    [[nodiscard]] static Result<std::unique_ptr<MllpDoor>> open(const Site& site,
                                                                const ListenAt& at, HubDesk& desk,
                                                                ControlIds& ids);

    [[nodiscard]] std::uint16_t port() const { return listener_->port(); }
    void close() { listener_->close(); }
    void take(const Frame& frame, const Sender& sender, Reply reply) override;

private:
    MllpDoor(const Site& site, HubDesk& desk, ControlIds& ids)
        : site_(site), desk_(desk), ids_(ids) {}
    void watch_ids(const Frame& frame, const std::string& peer, const hl7::Header& header);
    [[nodiscard]] std::string answer(const hl7::Header& header, const hl7::Answer& answer);

    const Site& site_;
    HubDesk& desk_;
    ControlIds& ids_;
    SystemClock clock_;
    std::uint64_t last_answer_ = 0;
    std::uint64_t last_connection_ = 0;
    std::unique_ptr<Listener> listener_;
};

}  // namespace carehub::adapters::clinic
