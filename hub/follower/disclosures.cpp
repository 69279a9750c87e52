#include "hub/follower/disclosures.hpp"

#include <algorithm>
#include <map>

#include "hub/codec/control.hpp"
#include "hub/follower/acknowledgements.hpp"

namespace carehub::follower {
namespace {

/// One number of one recipient.
struct Attempt {
    Delivery delivery;
    UtcTime queued_at = kUnknownTime;
    UtcTime refused_at = kUnknownTime;
    UtcTime confirmed_at = kUnknownTime;
    UtcTime unanswered_at = kUnknownTime;
    UtcTime shown_at = kUnknownTime;
    bool is_settled = false;  ///< withdrawn, or given up: an acknowledgement passes over it
};

std::uint64_t first_number_of(const Delivery& delivery) {
    return delivery.first_number != 0 ? delivery.first_number : delivery.number;
}

class Collector {
public:
    Collector(const Answering& question, ClientId client)
        : question_(question),
          client_(client),
          acknowledgements_(question.follower.passages(), question.entries) {}

    void take(Sequence sequence) {
        const auto head = question_.entries.head(sequence);
        if (!head) {
            return;
        }
        for (const Delivery& delivery : head->decisions.deliveries) {
            if (delivery.client == client_) {
                take(delivery, head->at);
            }
        }
        for (const DeadLetter& letter : head->decisions.dead_letters) {
            if (letter.delivery.client == client_ && letter.state == DeadLetterState::Parked) {
                take(letter, head->at);
            }
        }
        for (const Suspect& suspect : head->decisions.suspects) {
            take(suspect, head->at);
        }
        if (head->input_kind == InputKind::Verdict) {
            take_verdict(*head);
        }
    }

    std::vector<Disclosure> finish() {
        std::map<Key, Disclosure> told;
        for (const auto& [key, attempt] : attempts_) {
            const Disclosure one = judge(attempt);
            if (one.left == Left::Unset) {
                continue;
            }
            Disclosure& whole = told[{key.first, first_number_of(attempt.delivery)}];
            add(whole, one);
        }
        std::vector<Disclosure> found;
        for (auto& [key, disclosure] : told) {
            found.push_back(std::move(disclosure));
        }
        std::ranges::stable_sort(found, {}, &Disclosure::at);
        return found;
    }

private:
    using Key = std::pair<PartnerId, std::uint64_t>;

    void take(const Delivery& delivery, UtcTime at) {
        const Key key{delivery.recipient, delivery.number};
        switch (delivery.state) {
            case DeliveryState::Queued:
                attempts_[key].delivery = delivery;
                attempts_[key].queued_at = at;
                return;
            case DeliveryState::Refused:
                if (Attempt* known = find(key)) {
                    known->refused_at = at;
                }
                return;
            case DeliveryState::Shown:
                if (Attempt* known = find(key); known && known->shown_at == kUnknownTime) {
                    known->shown_at = at;
                }
                return;
            case DeliveryState::Withdrawn:
            case DeliveryState::DeadLettered:
                if (Attempt* known = find(key)) {
                    known->is_settled = true;
                }
                return;
            case DeliveryState::Unset: return;
        }
    }

    void take(const DeadLetter& letter, UtcTime at) {
        Attempt* known = find({letter.delivery.recipient, letter.delivery.number});
        if (known == nullptr) {
            return;
        }
        if (letter.told_by.value != 0) {
            known->refused_at = at;
        } else if (letter.stage == DeadLetterStage::Unacknowledged &&
                   known->unanswered_at == kUnknownTime) {
            known->unanswered_at = at;
        }
    }

    /// It was sent, and the session ended without an answer.
    void take(const Suspect& suspect, UtcTime at) {
        Attempt* known = find({suspect.recipient, suspect.number});
        if (known != nullptr && known->unanswered_at == kUnknownTime) {
            known->unanswered_at = at;
        }
    }

    void take_verdict(const Entry& head) {
        const auto entry = question_.entries.entry(head.sequence);
        const auto verdict = entry ? codec::decode_verdict((*entry)->input)
                                   : Result<codec::Verdict>(tl::unexpected(entry.error()));
        Attempt* known = verdict ? find({head.principal, verdict->number}) : nullptr;
        if (known != nullptr && verdict->outcome == VerdictOutcome::Confirmed) {
            known->confirmed_at = head.at;
        }
    }

    Attempt* find(const Key& key) {
        const auto known = attempts_.find(key);
        return known == attempts_.end() ? nullptr : &known->second;
    }

    Disclosure judge(const Attempt& attempt) {
        Disclosure told{attempt.delivery, attempt.queued_at, Left::Unset, 1};
        const auto sign = [&told](Left left, UtcTime at) {
            if (at != kUnknownTime) {
                told.at = told.left == Left::Unset ? at : std::min(told.at, at);
                told.left = std::max(told.left, left);
            }
        };
        sign(Left::Shown, attempt.shown_at);
        sign(Left::Unanswered, attempt.unanswered_at);
        sign(Left::Refused, attempt.refused_at);
        sign(Left::Acknowledged, acknowledged_at(attempt));
        sign(Left::Confirmed, attempt.confirmed_at);
        if (told.left == Left::Unset && !attempt.is_settled) {
            told.left = Left::Owed;
        }
        return told;
    }

    /// kUnknownTime when it is not.
    UtcTime acknowledged_at(const Attempt& attempt) {
        const core::Outbox* outbox = outbox_of(attempt);
        const bool is_owed_still = outbox == nullptr || attempt.is_settled ||
                                   attempt.refused_at != kUnknownTime ||
                                   outbox->acknowledged < attempt.delivery.number;
        if (is_owed_still) {
            return kUnknownTime;
        }
        const auto found =
            acknowledgements_.of(attempt.delivery.recipient, attempt.delivery.number);
        return found ? found->at : attempt.queued_at;
    }

    [[nodiscard]] const core::Outbox* outbox_of(const Attempt& attempt) const {
        const auto& outboxes = question_.state.outboxes;
        const auto outbox = outboxes.find(attempt.delivery.recipient);
        return outbox == outboxes.end() ? nullptr : &outbox->second;
    }

    static void add(Disclosure& whole, const Disclosure& one) {
        const std::uint32_t attempts = whole.attempts + (one.left == Left::Owed ? 0 : 1);
        const bool is_first = whole.left == Left::Unset;
        const bool was_owed = whole.left == Left::Owed;
        const bool is_sign = one.left != Left::Owed;
        if (is_first) {
            whole = one;
        } else if (is_sign) {
            whole.at = was_owed ? one.at : std::min(whole.at, one.at);
            whole.left = std::max(whole.left, one.left);
        }
        whole.attempts = attempts;
    }

    const Answering& question_;
    ClientId client_;
    Acknowledgements acknowledgements_;
    std::map<Key, Attempt> attempts_;
};

}  // namespace

std::string_view left_word(Left left) {
    switch (left) {
        case Left::Owed: return "owed";
        case Left::Shown: return "shown";
        case Left::Unanswered: return "unanswered";
        case Left::Refused: return "refused";
        case Left::Acknowledged: return "acknowledged";
        case Left::Confirmed: return "confirmed";
        case Left::Unset: break;
    }
    return "";
}

std::vector<Disclosure> disclosures_of(const Answering& question, ClientId client) {
    Collector collector(question, client);
    for (const Sequence sequence : question.follower.entries_of(client)) {
        collector.take(sequence);
    }
    return collector.finish();
}

}  // namespace carehub::follower
