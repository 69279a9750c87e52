#include "hub/core/lanes.hpp"

#include <algorithm>
#include <utility>

#include "hub/core/dead_letters.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/may_leave.hpp"
#include "hub/core/outbox.hpp"

namespace carehub::core {
namespace {

bool is_out(const Lane& lane) { return lane.due_at == kNever; }

void end(Draft& draft, const Lane& lane) {
    Lane gone;
    gone.recipient = lane.recipient;
    gone.client = lane.client;
    const std::vector<Delivery> held = lane.held;  // the lane may be the draft's own
    draft.put_lane(std::move(gone));
    for (const Delivery& delivery : held) {
        send_waited(draft, delivery);
    }
}

/// One more would be held than may be: the lane is given up for its active delivery.
void end_if_full(Draft& draft, const Lane& lane) {
    if (lane.held.size() <= kLaneHeldMax) {
        return;
    }
    Delivery active = lane.active;
    active.attempt = static_cast<std::uint8_t>(active.attempt - (is_out(lane) ? 0 : 1));
    give_up(draft, {active, DeadLetterStage::LaneFull, RefusalReason::None, {}});
    if (const Lane* still = draft.lane(lane.recipient, lane.client)) {
        end(draft, *still);
    }
}

/// Refused ones come first, as they were first sent; then those that were never sent.
void hold_in_order(Lane& lane, Delivery delivery) {
    const auto before = std::ranges::find_if(lane.held, [&](const Delivery& held) {
        return held.first_number == 0 || held.first_number > delivery.first_number;
    });
    lane.held.insert(before, std::move(delivery));
}

/// Another delivery of the client is refused while one is.
void join(Lane& lane, Delivery delivery, UtcTime due_at) {
    const bool is_earlier = !is_out(lane) && delivery.first_number < lane.active.first_number;
    if (!is_earlier) {
        hold_in_order(lane, std::move(delivery));
        return;
    }
    lane.held.insert(lane.held.begin(), std::exchange(lane.active, std::move(delivery)));
    lane.due_at = std::max(lane.due_at, due_at);
}

bool has_room_for_lane(const Draft& draft, PartnerId recipient) {
    const auto outbox = draft.before().outboxes.find(recipient);
    return outbox == draft.before().outboxes.end() || outbox->second.lanes.size() < kLanesMax;
}

void settle(Draft& draft, Delivery delivery, DeliveryState state) {
    delivery.state = state;
    draft.decisions.deliveries.push_back(std::move(delivery));
}

}  // namespace

void deliver(Draft& draft, Delivery delivery) {
    delivery.state = DeliveryState::Queued;
    const Lane* known = draft.lane(delivery.recipient, delivery.client);
    if (known == nullptr) {
        draft.number(std::move(delivery));
        return;
    }
    Lane lane = *known;
    lane.held.push_back(std::move(delivery));
    draft.put_lane(lane);
    end_if_full(draft, lane);
}

void send_waited(Draft& draft, Delivery delivery) {
    delivery = as_protected(draft, delivery);
    delivery.state = may_leave(draft, delivery) ? DeliveryState::Queued : DeliveryState::Withdrawn;
    draft.number(std::move(delivery));
}

void take_refusal(Draft& draft, const Delivery& refused, RefusalReason reason, Sequence told_by) {
    const Lane* known = draft.lane(refused.recipient, refused.client);
    const bool is_active =
        known != nullptr && is_out(*known) && known->active.number == refused.number;
    const bool opens_lane = known == nullptr;
    if (refused.attempt >= kAttemptsMax) {
        give_up(draft, {refused, DeadLetterStage::Recipient, reason, told_by});
        return;
    }
    if (opens_lane && !has_room_for_lane(draft, refused.recipient)) {
        give_up(draft, {refused, DeadLetterStage::LaneFull, reason, told_by});
        return;
    }
    settle(draft, refused, DeliveryState::Refused);
    Delivery next = refused;
    next.first_number = first_number_of(refused);
    next.attempt = static_cast<std::uint8_t>(refused.attempt + 1);
    const UtcTime due_at = draft.now() + kRetryAfter[std::max<int>(refused.attempt, 1) - 1];
    Lane lane = opens_lane ? Lane{refused.recipient, refused.client, {}, kNever, {}} : *known;
    if (opens_lane || is_active) {
        lane.active = std::move(next);
        lane.due_at = due_at;
    } else {
        join(lane, std::move(next), due_at);
    }
    draft.put_lane(lane);
    end_if_full(draft, lane);
}

void end_lane_of(Draft& draft, const Delivery& delivery) {
    const Lane* lane = draft.lane(delivery.recipient, delivery.client);
    if (lane != nullptr && is_out(*lane) && lane->active.number == delivery.number) {
        end(draft, *lane);
    }
}

void end_lanes_up_to(Draft& draft, const Outbox& outbox, std::uint64_t number) {
    for (const auto& [client, lane] : outbox.lanes) {
        if (is_out(lane) && lane.active.number <= number) {
            end(draft, lane);
        }
    }
}

void end_forbidden_lanes(Draft& draft, ClientId client) {
    for (const auto& [recipient, outbox] : draft.before().outboxes) {
        const Lane* lane = draft.lane(recipient, client);
        if (lane != nullptr && !may_leave(draft, lane->active)) {
            settle(draft, lane->active, DeliveryState::Withdrawn);
            end(draft, *lane);
        }
    }
}

void retry_due(Draft& draft) {
    std::size_t tried = 0;
    for (const auto& [due, recipient, client] : draft.before().lane_wakes) {
        if (due > draft.now() || tried++ == kRetriesPerTickMax) {
            break;
        }
        const Lane* known = draft.lane(recipient, client);
        if (known == nullptr || known->due_at > draft.now()) {
            continue;  // this very tick ended it already
        }
        Lane lane = *known;
        if (!may_leave(draft, lane.active)) {
            settle(draft, lane.active, DeliveryState::Withdrawn);
            end(draft, lane);
            continue;
        }
        lane.active.state = DeliveryState::Queued;
        lane.active = draft.number(lane.active);
        lane.due_at = kNever;
        draft.put_lane(std::move(lane));
    }
}

}  // namespace carehub::core
