// What the gateway looks up to word a notice: names, alerts, and entries that wait in the journal.
//
// Threads: confined to the gateway's thread (the follower behind it is guarded).
// Lifetime: borrows follower and reader.
#pragma once

#include <map>
#include <unordered_map>

#include "hub/daemon/journal_stage.hpp"
#include "hub/gateway/readers.hpp"

namespace carehub::daemon {

class Lookups final : public gateway::Names, public gateway::AlertRenderer, public gateway::BacklogReader {
public:
    Lookups(const GuardedFollower& follower, const follower::EntryReader& entries)
        : follower_(follower), entries_(entries) {}

    [[nodiscard]] std::string partner(PartnerId id) const override;
    [[nodiscard]] std::string client(const ClientId& id) const override;
    [[nodiscard]] std::vector<Identifier> identifiers(const ClientId& id, PartnerId reader) const override;
    [[nodiscard]] std::optional<AlertNotice> render(const ClientId& client, const AlertId& alert) const override;
    [[nodiscard]] Result<gateway::EntryPtr> entry(Sequence sequence) const override;

private:
    [[nodiscard]] std::vector<Identifier> from_events(const follower::Follower& follower, const ClientId& id,
                                                      PartnerId reader) const;
    [[nodiscard]] std::vector<Identifier> from_roster(const follower::Follower& follower, const ClientId& id,
                                                      PartnerId reader) const;

    /// What was read from the journal before; forgotten when a link comes or goes, because only then
    /// a client's name or identifiers can have changed.
    struct Remembered {
        std::size_t links = 0;
        std::unordered_map<ClientId, std::string> names;
        std::map<std::pair<ClientId, PartnerId>, std::vector<Identifier>> identifiers;
    };
    void forget_when_changed(const follower::Follower& follower) const;

    const GuardedFollower& follower_;
    const follower::EntryReader& entries_;
    mutable Remembered remembered_;
};

}  // namespace carehub::daemon
