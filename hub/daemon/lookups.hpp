// What the gateway looks up to word a notice: names, alerts, and entries that wait in the journal.
//
// Threads: confined to the gateway's thread (the follower behind it is guarded).
// Lifetime: borrows follower and reader.
#pragma once

#include "hub/daemon/journal_stage.hpp"
#include "hub/gateway/readers.hpp"

namespace carehub::daemon {

/// Entries looked through in one call of deliveries(): some milliseconds of the gateway's thread.
inline constexpr std::uint64_t kBacklogEntriesMax = 2'048;

class Lookups final : public gateway::Names,
                      public gateway::AlertRenderer,
                      public gateway::BacklogReader {
public:
    Lookups(const GuardedFollower& follower, const follower::EntryReader& entries)
        : follower_(follower), entries_(entries) {}

    [[nodiscard]] std::string partner(PartnerId id) const override;
    [[nodiscard]] std::string client(const ClientId& id) const override;
    [[nodiscard]] std::vector<Identifier> identifiers(const ClientId& id,
                                                      PartnerId reader) const override;
    [[nodiscard]] std::string consent_scope(const Delivery& delivery) const override;
    [[nodiscard]] std::optional<AlertNotice> render(const ClientId& client,
                                                    const AlertId& alert) const override;
    [[nodiscard]] Result<gateway::EntryPtr> entry(Sequence sequence) const override;
    [[nodiscard]] Result<gateway::Backlog> deliveries(PartnerId recipient, std::uint64_t after,
                                                      Sequence from,
                                                      std::size_t most) const override;
    [[nodiscard]] Result<Sequence> first_since(UtcTime time) const override;

private:
    /// What is durable and applied.
    [[nodiscard]] Sequence last() const;
    /// No delivery of the recipient above that number was decided before this entry.
    [[nodiscard]] Sequence begin(PartnerId recipient, std::uint64_t after) const;

    const GuardedFollower& follower_;
    const follower::EntryReader& entries_;
};

}  // namespace carehub::daemon
