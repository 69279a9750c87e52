// The working copy of one decision: what the input touches is copied, changed freely, and in the
// end compared with State; the differences are the decisions.
//
// Contract: one Draft per input; State does not change while it lives. Symbols new to State are
// numbered on. finish() is called once.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string_view>

#include "hub/core/state.hpp"
#include "hub/model/input.hpp"

namespace carehub::core {

class Draft {
public:
    /// `decisions`: where they are put down; empty.
    Draft(const State& state, const Input& input, Decisions& decisions);

    [[nodiscard]] const State& before() const { return state_; }
    [[nodiscard]] UtcTime now() const { return now_; }
    /// The entry these decisions will stand in.
    [[nodiscard]] Sequence sequence() const { return sequence_; }

    /// The symbol of a clear name; none for the empty name or when no more fit (see symbols_full).
    [[nodiscard]] Symbol intern(std::string_view text);
    [[nodiscard]] bool symbols_full() const { return symbols_full_; }
    /// The client's working copy, or the office's for none; made on the first call. The client must
    /// exist or be being added.
    [[nodiscard]] Case& open(ClientId client);
    /// The client's working copy where there is one, else as State has it; null when nobody.
    [[nodiscard]] const Case* subject(ClientId client) const;

    /// Gives the delivery its recipient's next number and puts it down. Lanes are passed by:
    /// whoever delivers goes through core/lanes.hpp.
    const Delivery& number(Delivery delivery);
    /// The lane of that client towards that recipient; null when there is none.
    [[nodiscard]] const Lane* lane(PartnerId recipient, ClientId client) const;
    void put_lane(Lane lane);

    /// The office is settled by the next tick: after this entry, when State holds what it decided.
    void wake_office() { open({}).client.wake_at = now_; }

    /// Alerts raised in one entry are numbered across its clients.
    [[nodiscard]] AlertId next_alert_id() { return {sequence_, next_alert_++}; }

    /// Everything that is not part of a case is put here directly.
    Decisions& decisions;

    /// Adds the differences of the opened cases: the decisions are complete.
    void finish();
    [[nodiscard]] std::map<ClientId, std::unique_ptr<Case>>& opened() { return opened_; }

private:
    /// As evolve leaves that case before it puts records; nothing where nothing departs.
    [[nodiscard]] std::optional<Case> without_departed(ClientId client, const Case* before) const;

    const State& state_;
    UtcTime now_;
    Sequence sequence_;
    bool symbols_full_ = false;
    std::uint16_t next_alert_ = 0;
    std::map<ClientId, std::unique_ptr<Case>> opened_;
    std::vector<std::pair<PartnerId, std::uint64_t>> last_numbers_;  // of recipients told of here
    std::map<std::pair<PartnerId, ClientId>, Lane> lanes_;           // changed here; gone ones too
};

}  // namespace carehub::core
