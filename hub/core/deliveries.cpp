#include "hub/core/deliveries.hpp"

#include <algorithm>

#include "hub/core/dead_letters.hpp"
#include "hub/core/lanes.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/may_leave.hpp"
#include "hub/core/outbox.hpp"

namespace carehub::core {
namespace {

void withdraw(Draft& draft, Delivery delivery) {
    delivery.state = DeliveryState::Withdrawn;
    draft.decisions.deliveries.push_back(delivery);
    end_lane_of(draft, delivery);
}

bool is_of_alert(EventKind kind) {
    return kind == EventKind::AlertRaised || kind == EventKind::AlertAcknowledged ||
           kind == EventKind::AlertShelved || kind == EventKind::AlertCleared ||
           kind == EventKind::AlertClosed;
}

/// Of an alert the door says which kind of notice it has become by the time it is worded.
bool wants(const ResumeInput& ask, const Delivery& delivery) {
    return ask.kinds.empty() || std::ranges::any_of(ask.kinds, [&](EventKind kind) {
               return delivery.is_alert ? is_of_alert(kind) : kind == delivery.kind;
           });
}

/// What nobody will acknowledge is recorded when it is given.
void show(Draft& draft, const ResumeInput& ask, Delivery delivery) {
    if (wants(ask, delivery)) {
        delivery.state = DeliveryState::Shown;
        draft.decisions.deliveries.push_back(delivery);
    }
}

/// One ResumeInput being answered, number by number.
class Resuming {
public:
    Resuming(Draft& draft, const Outbox& outbox, PartnerId recipient, const ResumeInput& ask)
        : draft_(draft), outbox_(outbox), recipient_(recipient), ask_(ask) {}

    ResumeAnswer answer() {
        suspect_ = count_attempt();
        const std::uint64_t last = outbox_.last_number;
        answer_.acknowledged = outbox_.acknowledged;
        answer_.last_number = last;
        answer_.passed = std::min(std::max(ask_.after, outbox_.acknowledged), last);
        while (answer_.passed < last && has_room()) {
            if (!take(answer_.passed + 1)) {
                break;
            }
            ++answer_.passed;
        }
        answer_.on_disk = is_on_disk(answer_.passed);
        answer_.more = answer_.passed < last || answer_.waits;
        return std::move(answer_);
    }

private:
    [[nodiscard]] bool has_room() {
        answer_.waits = answer_.waits || outbox_.settled.size() + withdrawn_ >= kSettledMax;
        const std::size_t most = std::min<std::size_t>(ask_.count_max, kResumeCountMax);
        return !answer_.waits && answer_.deliveries.size() < most &&
               answer_.deliveries.size() + withdrawn_ < kResumeCountMax;
    }

    /// Whether what is owed above that number begins beyond what is at hand.
    [[nodiscard]] bool is_on_disk(std::uint64_t passed) const {
        std::uint64_t next = passed + 1;
        while (next <= outbox_.last_number && !is_owed(outbox_, next)) {
            ++next;
        }
        return next <= outbox_.last_number && at_hand(outbox_, next) == nullptr;
    }

    /// A session ended without an answer to the oldest delivery, which it had been sent.
    Suspect count_attempt() {
        const std::uint64_t oldest = outbox_.acknowledged + 1;
        const bool failed = !ask_.looks_only && ask_.after < oldest && oldest <= ask_.sent &&
                            oldest <= outbox_.last_number;
        Suspect suspect = outbox_.suspect;
        if (!failed || (suspect.number == oldest && suspect.attempts >= kAttemptsMax)) {
            return suspect;
        }
        const std::uint8_t before = suspect.number == oldest ? suspect.attempts : std::uint8_t{0};
        suspect = {recipient_, oldest, static_cast<std::uint8_t>(before + 1)};
        draft_.decisions.suspects.push_back(suspect);
        return suspect;
    }

    /// False when that number has to be read from the journal first.
    bool take(std::uint64_t number) {
        if (!is_owed(outbox_, number)) {
            return true;
        }
        const Delivery* delivery = find(number);
        if (delivery == nullptr) {
            return false;
        }
        if (!may_leave(draft_, *delivery)) {
            withdraw(draft_, *delivery);
            ++withdrawn_;
            return true;
        }
        give(*delivery);
        return true;
    }

    void give(const Delivery& delivery) {
        const bool is_suspect = !ask_.looks_only && delivery.number == suspect_.number;
        if (is_suspect && suspect_.attempts >= kAttemptsMax) {
            Delivery failed = delivery;
            failed.attempt = suspect_.attempts;
            give_up(draft_, {failed, DeadLetterStage::Unacknowledged, RefusalReason::None, {}});
            return;
        }
        answer_.deliveries.push_back(as_protected(draft_, delivery));
        if (ask_.looks_only) {
            show(draft_, ask_, answer_.deliveries.back());
        }
        answer_.waits = is_suspect && suspect_.attempts >= kSuspectAloneFrom;
    }

    const Delivery* find(std::uint64_t number) const {
        if (const Delivery* kept = at_hand(outbox_, number)) {
            return kept;
        }
        const auto read = std::ranges::lower_bound(ask_.backlog, number, {}, &Delivery::number);
        const bool found =
            read != ask_.backlog.end() && read->number == number && read->recipient == recipient_;
        return found ? &*read : nullptr;
    }

    Draft& draft_;
    const Outbox& outbox_;
    PartnerId recipient_;
    const ResumeInput& ask_;
    Suspect suspect_;
    std::size_t withdrawn_ = 0;
    ResumeAnswer answer_;
};

/// Told again on purpose: permitted anew, and recorded; what is owed stays as it was.
ResumeAnswer tell_history(Draft& draft, const Outbox& outbox, PartnerId recipient,
                          const ResumeInput& ask) {
    ResumeAnswer answer;
    answer.history = true;
    answer.acknowledged = outbox.acknowledged;
    answer.last_number = outbox.last_number;
    answer.passed = ask.after;
    const std::size_t most = std::min<std::size_t>(ask.count_max, kResumeCountMax);
    for (const Delivery& read : ask.backlog) {
        if (read.number > outbox.acknowledged) {
            answer.passed = std::max(answer.passed, outbox.acknowledged);
            break;
        }
        if (answer.deliveries.size() >= most) {
            break;
        }
        answer.passed = std::max(answer.passed, read.number);
        if (read.recipient == recipient && read.number > ask.after && may_leave(draft, read)) {
            answer.deliveries.push_back(as_protected(draft, read));
            answer.deliveries.back().history = true;
            show(draft, ask, answer.deliveries.back());
        }
    }
    answer.more = answer.passed < outbox.acknowledged;
    return answer;
}

}  // namespace

void withdraw_forbidden(Draft& draft, ClientId client) {
    for (const auto& [recipient, outbox] : draft.before().outboxes) {
        for (const Delivery& delivery : outbox.pending) {
            if (delivery.client == client && !may_leave(draft, delivery)) {
                withdraw(draft, delivery);
            }
        }
    }
    end_forbidden_lanes(draft, client);
}

void acknowledge(Draft& draft, PartnerId recipient, const AcknowledgeInput& told) {
    const auto outbox = draft.before().outboxes.find(recipient);
    if (outbox == draft.before().outboxes.end() || told.number <= outbox->second.acknowledged ||
        told.number > outbox->second.last_number) {
        return;  // nothing new, or a number never sent
    }
    draft.decisions.acknowledged.push_back({recipient, told.number, told.entry});
    end_lanes_up_to(draft, outbox->second, told.number);
}

ResumeAnswer resume(Draft& draft, PartnerId recipient, const ResumeInput& ask) {
    const auto outbox = draft.before().outboxes.find(recipient);
    if (outbox == draft.before().outboxes.end()) {
        ResumeAnswer nothing;
        nothing.history = ask.history;
        return nothing;
    }
    return ask.history ? tell_history(draft, outbox->second, recipient, ask)
                       : Resuming(draft, outbox->second, recipient, ask).answer();
}

bool take_verdict(Draft& draft, PartnerId recipient, const VerdictInput& verdict) {
    const Delivery& delivery = verdict.delivery;
    const auto outbox = draft.before().outboxes.find(recipient);
    if (outbox == draft.before().outboxes.end() || delivery.recipient != recipient) {
        return false;
    }
    draft.decisions.client = delivery.client;
    const bool owed = is_owed(outbox->second, delivery.number);
    if (verdict.unrenderable) {
        if (owed) {
            give_up(draft, {delivery, DeadLetterStage::Rendering, RefusalReason::None, {}});
        }
        return owed;
    }
    if (verdict.outcome == VerdictOutcome::Confirmed) {
        end_lane_of(draft, delivery);
    } else if (owed) {  // what was acknowledged is the recipient's own: its words are kept, no more
        take_refusal(draft, delivery, verdict.reason, draft.sequence());
    }
    return true;
}

void deliver_due(Draft& draft) {
    retry_due(draft);
    replay_due(draft);
}

UtcTime next_delivery_wake(const State& state) {
    UtcTime wake = kNever;
    if (!state.lane_wakes.empty()) {
        wake = std::get<UtcTime>(*state.lane_wakes.begin());
    }
    if (!state.replay_wakes.empty()) {
        wake = std::min(wake, state.replay_wakes.begin()->first);
    }
    return wake;
}

}  // namespace carehub::core
