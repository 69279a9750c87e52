// Seams: what the gateway must look up to put a decided delivery into words. The daemon implements
// them over the follower's State and store; tests with tables.
//
// Contract: lookups only, they decide nothing. Threads: the gateway's; they must not wait for it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/gateway/principals.hpp"
#include "hub/model/entry.hpp"
#include "hub/model/notice.hpp"

namespace carehub::gateway {

using EntryPtr = std::shared_ptr<const Entry>;  // one entry is read by many sessions' notices

class Names {
public:
    virtual ~Names() = default;
    [[nodiscard]] virtual std::string partner(PartnerId id) const = 0;
    /// The client's name in the roster; empty when unknown or erased.
    [[nodiscard]] virtual std::string client(const ClientId& id) const = 0;
    /// Those that the reader itself uses for the client.
    [[nodiscard]] virtual std::vector<Identifier> identifiers(const ClientId& id,
                                                              PartnerId reader) const = 0;
    /// 42 CFR 2.32(b): what the consent covers on which this is told to the reader, in a few
    /// words; empty when it rests on none.
    [[nodiscard]] virtual std::string consent_scope(const Delivery& delivery) const = 0;
};

class AlertRenderer {
public:
    virtual ~AlertRenderer() = default;
    /// Nothing when the alert is gone.
    [[nodiscard]] virtual std::optional<AlertNotice> render(const ClientId& client,
                                                            const AlertId& alert) const = 0;
};

/// A stretch of the journal, as far as it was read.
struct Backlog {
    std::vector<Delivery> deliveries;  ///< as decided, ascending by number
    Sequence next;                     ///< where to read on
    bool at_end = false;               ///< nothing more is durable
};

class BacklogReader {
public:
    virtual ~BacklogReader() = default;
    /// Errors: NotFound when the journal has no such entry (yet).
    [[nodiscard]] virtual Result<EntryPtr> entry(Sequence sequence) const = 0;
    /// The recipient's deliveries above a number, at most `most`, from that entry on (none: from
    /// where the first of them can stand). A bounded number of entries is read: the answer may be
    /// empty.
    [[nodiscard]] virtual Result<Backlog> deliveries(PartnerId recipient, std::uint64_t after,
                                                     Sequence from, std::size_t most) const = 0;
    /// The first entry that is not before that time; one more than the last when all are.
    [[nodiscard]] virtual Result<Sequence> first_since(UtcTime time) const = 0;
};

}  // namespace carehub::gateway
