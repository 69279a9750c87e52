#include "hub/core/dead_letters.hpp"

#include <algorithm>

#include "hub/core/lanes.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/may_leave.hpp"
#include "hub/core/outbox.hpp"

namespace carehub::core {
namespace {

Refusal refuse(RefusalReason reason, std::string field, std::string fix) {
    return {reason, std::move(field), std::move(fix)};
}

/// Letters of that recipient that this draft put into that state.
std::size_t count_new(const Draft& draft, PartnerId recipient, DeadLetterState state) {
    const auto matches = [&](const DeadLetter& letter) {
        return letter.delivery.recipient == recipient && letter.state == state;
    };
    return static_cast<std::size_t>(std::ranges::count_if(draft.decisions.dead_letters, matches));
}

void make_room(Draft& draft, PartnerId recipient) {
    const auto outbox = draft.before().outboxes.find(recipient);
    if (outbox == draft.before().outboxes.end()) {
        return;
    }
    const auto& letters = outbox->second.dead_letters;
    const std::size_t parked = count_new(draft, recipient, DeadLetterState::Parked);
    const std::size_t gone = count_new(draft, recipient, DeadLetterState::Discarded);
    if (letters.size() + parked - gone < kDeadLettersMax) {
        return;
    }
    DeadLetter oldest = std::next(letters.begin(), static_cast<std::ptrdiff_t>(gone))->second;
    oldest.state = DeadLetterState::Discarded;
    oldest.reason = RefusalReason::Overloaded;
    draft.decisions.dead_letters.push_back(std::move(oldest));
}

/// So far apart replays to this recipient leave.
Micros gap_of(const Outbox& outbox, UtcTime now) {
    const std::uint32_t share = live_of_last_minute(outbox, now) / kReplayShare;
    return Micros{std::chrono::minutes{1}} / std::max(share, kReplaysPerMinuteMin);
}

Refusal queue_replay(Draft& draft, const Outbox& outbox, const DeadLetter& letter) {
    if (outbox.replays.size() >= kReplaysMax) {
        return refuse(RefusalReason::Overloaded, "number",
                      "replay more when those that wait have left");
    }
    Delivery again = letter.delivery;
    again.first_number = first_number_of(again);
    again.attempt = 1;
    again.history = true;
    again.state = DeliveryState::Unset;
    draft.decisions.replays.push_back({std::move(again), draft.now()});
    return {};
}

const Outbox* outbox_of(const State& state, const std::string& recipient) {
    const Partner* partner = state.partner_named(state.symbol(recipient));
    const auto outbox =
        partner == nullptr ? state.outboxes.end() : state.outboxes.find(partner->id);
    return outbox == state.outboxes.end() ? nullptr : &outbox->second;
}

Refusal act_on_letter(Draft& draft, const DeadLetterCommand& told) {
    const Outbox* outbox = outbox_of(draft.before(), told.recipient);
    if (outbox == nullptr || !outbox->dead_letters.contains(told.number)) {
        return refuse(RefusalReason::NotFound, "number",
                      "name a dead letter from `carehub deadletters list`");
    }
    DeadLetter letter = outbox->dead_letters.at(told.number);
    draft.decisions.client = letter.delivery.client;
    letter.state = DeadLetterState::Discarded;
    if (told.act == DeadLetterAct::Replay) {
        letter.state = DeadLetterState::Replayed;
        Refusal full = queue_replay(draft, *outbox, letter);
        if (full.reason != RefusalReason::None) {
            return full;
        }
    }
    draft.decisions.dead_letters.push_back(std::move(letter));
    return {};
}

/// A poison input that a person lets through is decided like any other when it is sent again.
Refusal release_poison(Draft& draft, const DeadLetterCommand& told) {
    const auto& marks = draft.before().poison;
    const auto mark = std::ranges::find_if(
        marks, [&](const auto& known) { return known.second.entry == told.entry; });
    if (mark == marks.end()) {
        return refuse(RefusalReason::NotFound, "entry",
                      "name the refusal of a poison input from `carehub deadletters list`");
    }
    if (told.act == DeadLetterAct::Discard) {
        return refuse(RefusalReason::InvalidField, "act",
                      "a poison input is refused already: replay lets it be sent again");
    }
    draft.decisions.poison_forgotten.push_back(mark->first);
    return {};
}

}  // namespace

void give_up(Draft& draft, const GivenUp& given) {
    DeadLetter letter;
    letter.delivery = given.delivery;
    letter.delivery.state = DeliveryState::DeadLettered;
    letter.state = DeadLetterState::Parked;
    letter.stage = given.stage;
    letter.reason = given.reason;
    letter.attempts = given.delivery.attempt;
    letter.at = draft.now();
    letter.told_by = given.told_by;
    make_room(draft, given.delivery.recipient);
    draft.decisions.deliveries.push_back(letter.delivery);
    draft.decisions.dead_letters.push_back(std::move(letter));
    end_lane_of(draft, given.delivery);
}

Refusal apply_dead_letter_command(Draft& draft, const DeadLetterCommand& told) {
    if (told.act == DeadLetterAct::Unset) {
        return refuse(RefusalReason::MissingField, "act", "say replay or discard");
    }
    if (told.entry.value != 0) {
        return release_poison(draft, told);
    }
    if (told.act == DeadLetterAct::Discard && told.reason.empty()) {
        return refuse(RefusalReason::MissingField, "reason", "say why it is discarded");
    }
    return act_on_letter(draft, told);
}

void drop_letters(Draft& draft, ClientId client) {
    for (const auto& [recipient, outbox] : draft.before().outboxes) {
        for (const auto& [number, parked] : outbox.dead_letters) {
            if (parked.delivery.client == client) {
                DeadLetter letter = parked;
                letter.state = DeadLetterState::Discarded;
                draft.decisions.dead_letters.push_back(std::move(letter));
            }
        }
        for (const auto& [number, waiting] : outbox.replays) {
            if (waiting.delivery.client == client) {
                Replay replay{waiting.delivery, outbox.next_replay_at};
                replay.delivery.state = DeliveryState::Withdrawn;
                draft.number(replay.delivery);
                draft.decisions.replays.push_back(std::move(replay));
            }
        }
    }
}

void replay_due(Draft& draft) {
    for (const auto& [next_at, recipient] : draft.before().replay_wakes) {
        if (next_at > draft.now()) {
            break;
        }
        const Outbox& outbox = draft.before().outboxes.at(recipient);
        const Micros gap = gap_of(outbox, draft.now());
        UtcTime at = draft.now() - next_at > kReplayLateMax ? draft.now() : next_at;
        std::size_t left = 0;
        for (const auto& [number, waiting] : outbox.replays) {
            if (at > draft.now() || left++ == kReplaysPerTickMax) {
                break;
            }
            at += gap;
            Replay replay{waiting.delivery, at};
            replay.delivery = as_protected(draft, replay.delivery);
            replay.delivery.state = may_leave(draft, waiting.delivery) ? DeliveryState::Queued
                                                                       : DeliveryState::Withdrawn;
            if (replay.delivery.state == DeliveryState::Queued) {
                deliver(draft, replay.delivery);
            } else {
                draft.number(replay.delivery);
            }
            draft.decisions.replays.push_back(std::move(replay));
        }
    }
}

}  // namespace carehub::core
