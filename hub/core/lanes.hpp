// Where a delivery goes: out with the next number, or behind its client's refused one.
//
// A recipient that refuses a delivery is asked again a few times; meanwhile whatever else it is
// owed about the same client waits in that client's lane, so that their order is kept. Other
// clients, and other recipients, notice nothing.
// Contract: a lane is put by a refusal and ends when its active delivery is acknowledged,
// confirmed, withdrawn or given up; then what it held leaves in order, each permitted anew.
#pragma once

#include "hub/core/draft.hpp"

namespace carehub::core {

/// Queues a new delivery, or holds it.
void deliver(Draft& draft, Delivery delivery);
/// Numbers a delivery that waited: queued if it may leave now, else withdrawn.
void send_waited(Draft& draft, Delivery delivery);
/// The recipient refused this delivery, which it is owed. `told_by`: where its words stand.
void take_refusal(Draft& draft, const Delivery& refused, RefusalReason reason, Sequence told_by);
/// Ends the lane if this delivery is its active one and out.
void end_lane_of(Draft& draft, const Delivery& delivery);
/// Ends the lanes whose active delivery an acknowledgement covers.
void end_lanes_up_to(Draft& draft, const Outbox& outbox, std::uint64_t number);
/// Ends lanes of this client whose active delivery may not leave any more.
void end_forbidden_lanes(Draft& draft, ClientId client);
/// The next attempts that are due.
void retry_due(Draft& draft);

}  // namespace carehub::core
