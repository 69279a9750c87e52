#include "hub/follower/fate_steps.hpp"

#include <algorithm>

#include "hub/codec/control.hpp"
#include "hub/core/keyed.hpp"

namespace carehub::follower {
namespace {

/// What the sender is told of why something was withheld: never what protects the person.
std::string_view class_for_sender(Withheld withheld) {
    switch (withheld) {
        case Withheld::NoConsent:
        case Withheld::ConsentExpired:
        case Withheld::ConsentRevoked: return "NoConsent";
        case Withheld::NoAgreement: return "NoAgreement";
        case Withheld::RecipientPaused: return "RecipientPaused";
        case Withheld::Rehearsal: return "Rehearsal";
        case Withheld::Unset:
        case Withheld::VictimProtected:
        case Withheld::LegalPurpose:
        case Withheld::NotLinked: break;
    }
    return "NotPermitted";
}

constexpr std::string_view kNobody = "routed to nobody";

}  // namespace

json::array FateSteps::of_event(const Entry& event) {
    event_ = event.sequence;
    trace(event.decisions.client);
    json::array told;
    for (Step& step : steps_) {
        told.push_back(std::move(step.told));
    }
    return told;
}

json::array FateSteps::of_alert(const AlertId& alert, ClientId client) {
    alert_ = alert;
    event_ = alert.sequence;
    trace(client);
    json::array told;
    for (Step& step : steps_) {
        told.push_back(std::move(step.told));
    }
    return told;
}

void FateSteps::trace(ClientId client) {
    const core::Case* subject = question_.state.find_case(client);
    zone_ = subject == nullptr ? Symbol{} : subject->client.zone;
    for (const Sequence sequence : entries(client)) {
        if (const auto entry = question_.entries.entry(sequence)) {
            tell_entry(**entry);
        }
    }
    tell_outcomes();
    tell_lanes_and_replays();
    std::ranges::stable_sort(steps_, {}, &Step::entry);
}

/// The event's own, those that decided about its deliveries again, and the client's: among them are
/// the recipients' verdicts, and an alert's changes.
std::set<Sequence> FateSteps::entries(ClientId client) const {
    const Passages& passages = question_.follower.passages();
    std::set<Sequence> found{event_};
    const auto add_later = [&](Sequence event) {
        const auto later = passages.later_than(event);
        found.insert(later.begin(), later.end());
    };
    add_later(event_);
    const std::vector<Sequence>& known = question_.follower.entries_of(client);
    auto from = std::ranges::upper_bound(known, event_);
    if (static_cast<std::size_t>(known.end() - from) > kFateEntriesMax) {
        from = known.end() - static_cast<std::ptrdiff_t>(kFateEntriesMax);
    }
    for (; from != known.end(); ++from) {
        found.insert(*from);
        if (alert_) {
            add_later(*from);
        }
    }
    return found;
}

bool FateSteps::is_ours(const Delivery& delivery) const {
    return alert_ ? delivery.is_alert && delivery.alert == *alert_
                  : !delivery.is_alert && delivery.entry == event_;
}

void FateSteps::tell_entry(const Entry& entry) {
    if (entry.sequence == event_ && !alert_) {
        tell_received(entry);
        tell_routes(entry);
    }
    if (alert_) {
        tell_alert(entry);
    }
    if (entry.sequence == event_) {
        tell_held(entry);
    }
    for (const Delivery& delivery : entry.decisions.deliveries) {
        if (is_ours(delivery)) {
            tell_delivery(entry, delivery);
        }
    }
    for (const DeadLetter& letter : entry.decisions.dead_letters) {
        if (is_ours(letter.delivery)) {
            tell_letter(entry, letter);
        }
    }
    if (entry.input_kind == InputKind::Verdict) {
        tell_verdict(entry);
    }
}

void FateSteps::tell_received(const Entry& entry) {
    const RefusalReason refused = entry.decisions.refused;
    const bool is_refused = refused != RefusalReason::None;
    add(entry, "received", "", is_refused ? "refused" : "accepted",
        is_refused ? std::string(carehub::name_of(refused)) : "");
}

void FateSteps::tell_routes(const Entry& entry) {
    std::set<std::string_view> told;  // the sender hears of each reason once, and of nobody's name
    for (const Route& route : entry.decisions.routes) {
        if (route.form != Form::Unset) {
            add(entry, "routed", name_of_recipient(route.recipient), form_word(route.form));
        } else if (route.withheld == Withheld::NotLinked) {
            add(entry, "routed", "", std::string(kNobody), std::string(name_of(route.withheld)));
        } else if (audience_ != Audience::Sender) {
            add(entry, "routed", name_of_recipient(route.recipient), "withheld",
                std::string(name_of(route.withheld)));
        } else if (told.insert(class_for_sender(route.withheld)).second) {
            add(entry, "routed", "", "withheld", std::string(class_for_sender(route.withheld)));
        }
    }
    if (entry.decisions.routes.empty() && entry.decisions.refused == RefusalReason::None) {
        add(entry, "routed", "", std::string(kNobody));
    }
}

void FateSteps::tell_alert(const Entry& entry) {
    for (const auto& owned : entry.decisions.alerts) {
        if (owned.record.id == *alert_) {
            add(entry, "raised", std::string(question_.state.text(owned.record.owner)),
                std::string(name_of(owned.record.state)));
        }
    }
}

void FateSteps::tell_held(const Entry& entry) {
    for (const Lane& lane : entry.decisions.lanes) {
        const auto holds_ours = [this](const Delivery& held) {
            return is_ours(held) && held.number == 0;
        };
        if (std::ranges::any_of(lane.held, holds_ours)) {
            add(entry, "held", name_of_recipient(lane.recipient), "behind a refused one");
        }
    }
}

void FateSteps::tell_delivery(const Entry& entry, const Delivery& delivery) {
    const std::string recipient = name_of_recipient(delivery.recipient);
    const std::uint64_t number = delivery.number;
    if (delivery.state == DeliveryState::Shown) {
        add(entry, "shown", recipient, number_text("", number));
        return;
    }
    numbers_[{delivery.recipient, number}] = delivery.state;
    switch (delivery.state) {
        case DeliveryState::Queued:
            if (delivery.history) {
                add(entry, "replayed", recipient, number_text("", number));
            } else if (delivery.attempt > 1) {
                add(entry, "retried", recipient,
                    number_text("attempt " + std::to_string(delivery.attempt), number));
            } else {
                add(entry, "queued", recipient, number_text("", number));
            }
            return;
        case DeliveryState::Withdrawn:
            add(entry, "withdrawn", recipient, number_text("", number), "no longer permitted");
            return;
        case DeliveryState::Refused: {
            const auto verdict = codec::decode_verdict(entry.input);
            add(entry, "refused", recipient,
                number_text("attempt " + std::to_string(std::max<int>(delivery.attempt, 1)),
                            number),
                verdict ? words_of(verdict->refusal) : "");
            return;
        }
        case DeliveryState::Shown:
        case DeliveryState::DeadLettered:  // told by its letter
        case DeliveryState::Unset: return;
    }
}

void FateSteps::tell_letter(const Entry& entry, const DeadLetter& letter) {
    const std::string recipient = name_of_recipient(letter.delivery.recipient);
    switch (letter.state) {
        case DeadLetterState::Parked:
            add(entry, "dead-lettered", recipient, std::string(name_of(letter.stage)),
                letter.reason == RefusalReason::None
                    ? ""
                    : std::string(carehub::name_of(letter.reason)));
            return;
        case DeadLetterState::Replayed:
            add(entry, "replayed", recipient, "waits for its turn");
            return;
        case DeadLetterState::Discarded: {
            const auto command = question_.entries.command(entry.sequence);
            const auto* told = command ? std::get_if<DeadLetterCommand>(&*command) : nullptr;
            const bool is_told = told != nullptr && audience_ == Audience::Staff;
            add(entry, "discarded", recipient, "", is_told ? told->reason : "");
            return;
        }
        case DeadLetterState::Unset: return;
    }
}

/// Of a refusal that another attempt follows the delivery tells; here is the rest.
void FateSteps::tell_verdict(const Entry& entry) {
    const auto verdict = codec::decode_verdict(entry.input);
    const auto known = verdict ? numbers_.find({entry.principal, verdict->number}) : numbers_.end();
    if (known == numbers_.end()) {
        return;
    }
    const std::string recipient = name_of_recipient(entry.principal);
    if (verdict->outcome == VerdictOutcome::Confirmed) {
        add(entry, "confirmed", recipient, number_text("", verdict->number));
    } else if (known->second == DeliveryState::Queued) {
        add(entry, "refused", recipient, "after it was acknowledged", words_of(verdict->refusal));
    } else if (known->second == DeliveryState::DeadLettered) {
        add(entry, "refused", recipient, "the last attempt", words_of(verdict->refusal));
    }
}

/// Where the newest number of each recipient is now.
void FateSteps::tell_outcomes() {
    for (const auto& [key, state] : numbers_) {
        const auto outbox = question_.state.outboxes.find(key.first);
        if (state != DeliveryState::Queued || outbox == question_.state.outboxes.end()) {
            continue;
        }
        if (outbox->second.acknowledged >= key.second) {
            tell_acknowledged(key);
            continue;
        }
        const Partner* partner = question_.state.partner(key.first);
        const bool is_paused = partner != nullptr && partner->paused;
        add_now(name_of_recipient(key.first), is_paused ? "paused" : "not acknowledged yet");
    }
}

void FateSteps::tell_acknowledged(const Key& delivery) {
    if (const auto found = acknowledgements_.of(delivery.first, delivery.second)) {
        Entry entry;
        entry.sequence = found->entry;
        entry.at = found->at;
        add(entry, "delivered", name_of_recipient(delivery.first),
            number_text("acknowledged", delivery.second));
    }
}

void FateSteps::tell_lanes_and_replays() {
    for (const auto& [recipient, outbox] : question_.state.outboxes) {
        for (const auto& [client, lane] : outbox.lanes) {
            const bool is_due = is_ours(lane.active) && lane.due_at != kNever;
            const bool is_held = std::ranges::any_of(
                lane.held, [this](const Delivery& held) { return is_ours(held); });
            if (is_due) {
                add_now(name_of_recipient(recipient), "next attempt at " + at(lane.due_at));
            } else if (is_held) {
                add_now(name_of_recipient(recipient), "held behind a refused one");
            }
        }
        for (const auto& [number, replay] : outbox.replays) {
            if (is_ours(replay.delivery)) {
                add_now(name_of_recipient(recipient), "to be replayed");
            }
        }
    }
}

// --- Words ---

void FateSteps::add(const Entry& entry, std::string_view step, std::string recipient,
                    std::string result, std::string reason) {
    steps_.push_back({entry.sequence.value,
                      {{"at", at(entry.at)},
                       {"step", step},
                       {"recipient", std::move(recipient)},
                       {"result", std::move(result)},
                       {"reason", std::move(reason)}}});
}

void FateSteps::add_now(std::string recipient, std::string result) {
    steps_.push_back({question_.state.last.value + 1,
                      {{"at", at(question_.state.now)},
                       {"step", "waiting"},
                       {"recipient", std::move(recipient)},
                       {"result", std::move(result)},
                       {"reason", ""}}});
}

std::string FateSteps::at(UtcTime time) const { return local_iso(question_.state, zone_, time); }

std::string FateSteps::name_of_recipient(PartnerId recipient) const {
    const Partner* partner = question_.state.partner(recipient);
    return partner == nullptr ? "" : name_of_recipient(partner->name);
}

std::string FateSteps::name_of_recipient(Symbol recipient) const {
    const Partner* partner = question_.state.partner_named(recipient);
    const bool is_staff = partner == nullptr || partner->kind == PartnerKind::Staff;
    return is_staff && audience_ == Audience::Sender ? "case manager"
                                                     : std::string(question_.state.text(recipient));
}

std::string FateSteps::number_text(std::string_view before, std::uint64_t number) const {
    std::string text(before);
    if (audience_ != Audience::Sender) {
        text += (text.empty() ? "number " : ", number ") + std::to_string(number);
    }
    return text;
}

std::string FateSteps::words_of(const Refusal& refusal) const {
    std::string text(carehub::name_of(refusal.reason));
    text += refusal.field.empty() ? "" : " " + refusal.field;
    if (audience_ == Audience::Staff) {
        text += refusal.fix.empty() ? "" : ": " + refusal.fix;
    }
    return text;
}

}  // namespace carehub::follower
