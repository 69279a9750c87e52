// The clinic's door: HL7 v2 over MLLP on a TCP port, answered only when the hub has stored it.
//
// Contract: many connections, one message outstanding on each, those of different connections with
// the hub at the same time. An answer leaves after the receipts of all the message's events:
// accepted or duplicate is AA (CA); refused is AE (CE) with ERR; not in time is AR (CR) with code
// 207, "try again". A bad message never ends a connection; broken framing does. No authentication
// and no encryption of its own: bind it to loopback or a dedicated interface.
// Errors: listen: Io when the port cannot be had. run: those of the link.
// Threads: run() owns everything until it returns; port() before or during.
// Lifetime: borrows the link and the counts.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "adapters/clinic/site.hpp"
#include "adapters/kit/counts.hpp"
#include "adapters/kit/hub_link.hpp"
#include "hub/base/clock.hpp"
#include "hub/base/error.hpp"

namespace carehub::adapters::clinic {

struct ListenAt {
    std::string address;
    std::uint16_t port = 0;
};

class MllpServer {
public:
    [[nodiscard]] static Result<std::unique_ptr<MllpServer>> listen(Site site, const ListenAt& at,
                                                                    HubLink& link, Counts& counts);
    ~MllpServer();
    MllpServer(const MllpServer&) = delete;
    MllpServer& operator=(const MllpServer&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// Serves until `stop`; then takes no new message and lets open ones have their answer.
    [[nodiscard]] Status run(const std::atomic<bool>& stop);
    /// Messages that were accepted and said nothing the hub acts on.
    [[nodiscard]] std::uint64_t not_acted_on() const;

private:
    class Door;
    explicit MllpServer(std::unique_ptr<Door> door);

    std::unique_ptr<Door> door_;
};

}  // namespace carehub::adapters::clinic
