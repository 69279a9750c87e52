#include "hub/core/outbox.hpp"

#include <algorithm>

#include "hub/base/check.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/limits.hpp"

namespace carehub::core {
namespace {

auto position_of(const std::deque<Delivery>& pending, std::uint64_t number) {
    return std::ranges::lower_bound(pending, number, {}, &Delivery::number);
}

/// Whether every owed number below the new one is at hand.
bool joins(const Outbox& outbox, std::uint64_t number) {
    if (outbox.pending.size() >= kOutboxPendingMax) {
        return false;
    }
    const std::uint64_t base =
        outbox.pending.empty() ? outbox.acknowledged : outbox.pending.back().number;
    std::uint64_t below = number - 1;
    auto settled = outbox.settled.rbegin();
    while (below > base && settled != outbox.settled.rend() && *settled == below) {
        --below;
        ++settled;
    }
    return below <= base;
}

void count_live(Outbox& outbox, UtcTime now) {
    const UtcTime minute = std::chrono::floor<std::chrono::minutes>(now);
    if (minute != outbox.minute) {
        const bool follows = minute - outbox.minute == std::chrono::minutes{1};
        outbox.minute_before = follows ? outbox.minute_count : 0;
        outbox.minute_count = 0;
        outbox.minute = minute;
    }
    ++outbox.minute_count;
}

/// Whoever is owed it may have it by the time the link ends.
void note_told(State& state, LinkNumber told_under, Sequence entry) {
    Link& link = state.links.record(told_under.value - 1);
    if (link.first_told.value == 0 || entry < link.first_told) {
        link.first_told = entry;  // what waited in a lane is sent after what is younger
    }
}

/// An alert tells of each record that it is about.
void note_alert_told(State& state, const Delivery& delivery) {
    const Case* subject = state.case_or_office(delivery.client);
    const Alert* alert = subject == nullptr ? nullptr : find(subject->alerts, delivery.alert);
    if (alert == nullptr) {
        return;
    }
    const auto note = [&](const auto* record) {
        if (record != nullptr && record->told_under.value != 0) {
            note_told(state, record->told_under, delivery.entry);
        }
    };
    for (const ObligationId id : alert->finding.obligations) {
        note(find(subject->obligations, id));
    }
    for (const StayId id : alert->finding.stays) {
        note(find(subject->stays, id));
    }
    for (const MatterId id : alert->finding.matters) {
        note(find(subject->matters, id));
    }
}

/// Passes over what is settled right behind the acknowledged number.
void advance(Outbox& outbox) {
    while (!outbox.settled.empty() && *outbox.settled.begin() <= outbox.acknowledged + 1) {
        outbox.acknowledged = std::max(outbox.acknowledged, *outbox.settled.begin());
        outbox.settled.erase(outbox.settled.begin());
    }
    while (!outbox.pending.empty() && outbox.pending.front().number <= outbox.acknowledged) {
        outbox.pending.pop_front();
    }
    if (!is_owed(outbox, outbox.suspect.number)) {
        outbox.suspect = {};
    }
}

void settle(Outbox& outbox, std::uint64_t number) {
    if (!is_owed(outbox, number)) {
        return;
    }
    outbox.settled.insert(number);
    const auto known = position_of(outbox.pending, number);
    if (known != outbox.pending.end() && known->number == number) {
        outbox.pending.erase(known);
    }
    advance(outbox);
}

}  // namespace

bool is_owed(const Outbox& outbox, std::uint64_t number) {
    return number > outbox.acknowledged && number <= outbox.last_number &&
           !outbox.settled.contains(number);
}

const Delivery* at_hand(const Outbox& outbox, std::uint64_t number) {
    const auto known = position_of(outbox.pending, number);
    return known != outbox.pending.end() && known->number == number ? &*known : nullptr;
}

std::uint64_t first_number_of(const Delivery& delivery) {
    return delivery.first_number != 0 ? delivery.first_number : delivery.number;
}

std::uint32_t live_of_last_minute(const Outbox& outbox, UtcTime now) {
    const UtcTime minute = std::chrono::floor<std::chrono::minutes>(now);
    if (minute == outbox.minute) {
        return outbox.minute_before;
    }
    return minute - outbox.minute == std::chrono::minutes{1} ? outbox.minute_count : 0;
}

void put_mark(State& state, const OutboxMark& mark) {
    Outbox& outbox = state.outboxes[mark.recipient];
    outbox.acknowledged = mark.acknowledged;
    outbox.last_number = mark.last_number;
    outbox.position = mark.position;
    outbox.settled = {mark.settled.begin(), mark.settled.end()};
    outbox.minute = mark.minute;
    outbox.minute_count = mark.minute_count;
    outbox.minute_before = mark.minute_before;
    outbox.next_replay_at = mark.next_replay_at;
}

void put_acknowledged(State& state, const Acknowledged& acknowledged) {
    Outbox& outbox = state.outboxes[acknowledged.recipient];
    outbox.acknowledged = std::max(outbox.acknowledged, acknowledged.number);
    // A further attempt names the entry of its first one: older, and still no later than it should
    // be.
    outbox.position = std::max(outbox.position, acknowledged.entry);
    advance(outbox);
}

void put_delivery(State& state, const Delivery& delivery, UtcTime now) {
    if (delivery.state == DeliveryState::Shown) {
        return;
    }
    Outbox& outbox = state.outboxes[delivery.recipient];
    const bool queued = delivery.state == DeliveryState::Queued;
    if (delivery.number > outbox.last_number) {
        CAREHUB_CHECK(delivery.number == outbox.last_number + 1,
                      "deliveries are numbered without gaps");
        const bool is_next = joins(outbox, delivery.number);
        outbox.last_number = delivery.number;
        if (queued && is_next) {
            outbox.pending.push_back(delivery);
        }
        if (queued && !delivery.history) {
            count_live(outbox, now);
        }
        if (queued && !delivery.is_alert) {
            state.hear_of(state.effective(delivery.client), now);
        }
        if (queued && delivery.told_under.value != 0) {
            note_told(state, delivery.told_under, delivery.entry);
        }
        if (queued && delivery.is_alert) {
            note_alert_told(state, delivery);
        }
    } else if (queued) {
        CAREHUB_CHECK(outbox.pending.empty() || outbox.pending.back().number < delivery.number,
                      "a snapshot holds deliveries in order");
        outbox.pending.push_back(delivery);
    }
    if (!queued) {
        settle(outbox, delivery.number);
    }
}

void put_suspect(State& state, const Suspect& suspect) {
    state.outboxes[suspect.recipient].suspect = suspect;
}

void put_lane(State& state, const Lane& lane) {
    auto& lanes = state.outboxes[lane.recipient].lanes;
    if (const auto known = lanes.find(lane.client); known != lanes.end()) {
        state.lane_wakes.erase({known->second.due_at, lane.recipient, lane.client});
        lanes.erase(known);
    }
    if (lane.active.recipient.value == 0) {
        return;
    }
    lanes.emplace(lane.client, lane);
    if (lane.due_at != kNever) {
        state.lane_wakes.insert({lane.due_at, lane.recipient, lane.client});
    }
}

void put_dead_letter(State& state, const DeadLetter& letter) {
    auto& letters = state.outboxes[letter.delivery.recipient].dead_letters;
    if (letter.state == DeadLetterState::Parked) {
        letters[letter.delivery.number] = letter;
    } else {
        letters.erase(letter.delivery.number);
    }
}

void put_replay(State& state, const Replay& replay) {
    const PartnerId recipient = replay.delivery.recipient;
    Outbox& outbox = state.outboxes[recipient];
    state.replay_wakes.erase({outbox.next_replay_at, recipient});
    if (replay.delivery.state == DeliveryState::Unset) {
        outbox.replays[replay.delivery.first_number] = replay;
    } else {
        outbox.replays.erase(replay.delivery.first_number);
        outbox.next_replay_at = replay.due_at;
    }
    if (!outbox.replays.empty()) {
        state.replay_wakes.insert({outbox.next_replay_at, recipient});
    }
}

OutboxMark mark_of(PartnerId recipient, const Outbox& outbox) {
    OutboxMark mark;
    mark.recipient = recipient;
    mark.acknowledged = outbox.acknowledged;
    mark.last_number = outbox.last_number;
    mark.position = outbox.position;
    mark.settled = {outbox.settled.begin(), outbox.settled.end()};
    mark.minute = outbox.minute;
    mark.minute_count = outbox.minute_count;
    mark.minute_before = outbox.minute_before;
    mark.next_replay_at = outbox.next_replay_at;
    return mark;
}

bool deliveries_fit(const State& state, const Decisions& piece) {
    std::map<PartnerId, std::pair<std::uint64_t, std::uint64_t>> bounds;  // above this, up to that
    for (const auto& [recipient, outbox] : state.outboxes) {
        bounds[recipient] = {
            outbox.pending.empty() ? outbox.acknowledged : outbox.pending.back().number,
            outbox.last_number};
    }
    for (const OutboxMark& mark : piece.outboxes) {
        auto& [above, most] = bounds[mark.recipient];
        above = std::max(above, mark.acknowledged);
        most = mark.last_number;
    }
    return std::ranges::all_of(piece.deliveries, [&](const Delivery& delivery) {
        auto& [above, most] = bounds[delivery.recipient];
        const bool fits = delivery.state == DeliveryState::Queued && delivery.number > above &&
                          delivery.number <= most;
        above = delivery.number;
        return fits;
    });
}

}  // namespace carehub::core
