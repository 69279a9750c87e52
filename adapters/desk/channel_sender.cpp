#include "adapters/desk/channel_sender.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "adapters/desk/limits.hpp"
#include "adapters/desk/mail_message.hpp"
#include "adapters/desk/notice_time.hpp"
#include "adapters/kit/sha256.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters::desk {
namespace {

namespace json = boost::json;

constexpr std::string_view kMessageHost = "@desk.carehub";

/// Gravest first, then who waits for longest.
bool goes_before(const WaitingNotice& left, const WaitingNotice& right) {
    return std::tie(left.severity, left.since) < std::tie(right.severity, right.since);
}

/// Of several, one that is the same for the same ones.
std::string name_of_all(const std::vector<WaitingNotice>& notices) {
    if (notices.size() == 1) {
        return notices.front().message;
    }
    Sha256 all;
    for (const WaitingNotice& notice : notices) {
        all.add_text(notice.message);
    }
    const Hash256 digest = all.finish();
    return to_hex(ByteView(digest).first(sizeof(Hash128)));
}

}  // namespace

Status ChannelSender::step(UtcTime now, std::span<const Addressee> persons) {
    parts_.carrier.step();
    const bool asks = phase_ == Phase::Checking || phase_ == Phase::Asking;
    if (asks && parts_.clock.steady() - asked_at_ > 2 * Micros(kTruthWaitMax)) {
        is_unanswered_ = true;  // a person whose link ended answers no more
        all_told();
    }
    if (phase_ == Phase::Resting && parts_.carrier.is_idle()) {
        pick(now, persons);
    }
    return health_;
}

bool ChannelSender::is_due(const WaitingNotice& notice, const Addressee& one, UtcTime now) const {
    const Leg& leg = notice.leg(parts_.channel);
    const bool may_now = notice.severity == Severity::Critical || !is_quiet(*one.entry, now);
    return leg.is_open && notice.due <= now && may_now && leg.next_try <= parts_.clock.steady();
}

void ChannelSender::pick(UtcTime now, std::span<const Addressee> persons) {
    for (const Addressee& one : persons) {
        std::vector<WaitingNotice> due;
        for (const WaitingNotice& notice : one.person->waiting()) {
            if (is_due(notice, one, now)) {
                due.push_back(notice);
            }
        }
        if (due.empty()) {
            continue;
        }
        std::ranges::stable_sort(due, goes_before);
        const bool alone =
            is_interrupting(due.front().severity) || parts_.channel == Channel::Webhook;
        due.resize(alone ? 1 : std::min(due.size(), kDigestMax));
        return begin(one, std::move(due));
    }
}

void ChannelSender::begin(const Addressee& one, std::vector<WaitingNotice> notices) {
    person_ = one.person;
    address_ = one.entry->email;
    notices_ = std::move(notices);
    if (parts_.channel == Channel::Mail && address_.empty()) {
        phase_ = Phase::Reaching;
        return done({Carried::Refused, "the directory tells no mail address any more"});
    }
    is_interrupting(notices_.front().severity) ? reach() : ask_all(Phase::Checking);
}

void ChannelSender::reach() {
    phase_ = Phase::Reaching;
    parts_.carrier.begin(
        address_, [this] { ask_all(Phase::Asking); },
        [this](const CarrierAnswer& answer) { done(answer); });
}

void ChannelSender::ask_all(Phase phase) {
    phase_ = phase;
    ++round_;
    asked_at_ = parts_.clock.steady();
    situations_.clear();
    asked_ = answered_ = 0;
    is_unanswered_ = false;
    ask_more();
}

void ChannelSender::ask_more() {
    while (asked_ < notices_.size() && asked_ - answered_ < kTruthsAtOnce) {
        const std::size_t index = asked_++;
        note(person_->ask_truth(notices_[index], [this, index, round = round_](const Truth& truth) {
            if (round == round_) {
                told(index, truth);
            }
        }));
    }
}

void ChannelSender::told(std::size_t index, const Truth& truth) {
    if (answered_++ == 0) {
        first_answer_at_ = parts_.clock.steady();
    }
    if (const auto* situation = std::get_if<Situation>(&truth)) {
        situations_.push_back(*situation);
    } else if (std::holds_alternative<NothingToTell>(truth)) {
        note(person_->nothing_to_tell(notices_[index].alert_id));
        notices_[index].alert_id.clear();
    } else {
        is_unanswered_ = true;
    }
    answered_ == notices_.size() ? all_told() : ask_more();
}

void ChannelSender::all_told() {
    ++round_;
    std::erase_if(notices_, [](const WaitingNotice& one) { return one.alert_id.empty(); });
    const bool is_fresh = parts_.clock.steady() - first_answer_at_ <= Micros(kTruthValid);
    if (phase_ == Phase::Checking) {
        return notices_.empty() ? rest() : is_unanswered_ ? put_off() : reach();
    }
    if (!notices_.empty() && !is_unanswered_ && is_fresh) {
        return hand_over();
    }
    parts_.carrier.drop();
    notices_.empty() ? rest() : put_off();
}

void ChannelSender::hand_over() {
    phase_ = Phase::HandedOver;
    parts_.carrier.hand_over(message());
}

OutMessage ChannelSender::message() const {
    LetterStyle style;
    style.text = parts_.text;
    style.reader = person_->name();
    style.client_shown = [this](const std::string& client) {
        return person_->client_shown(client);
    };
    return parts_.channel == Channel::Mail ? mail(style) : post(style);
}

OutMessage ChannelSender::mail(const LetterStyle& style) const {
    const bool is_digest = !is_interrupting(notices_.front().severity);
    const Letter letter =
        is_digest ? digest_of(situations_, style) : letter_of(situations_.front(), style);
    MailHead head;
    head.date = parts_.clock.now();
    head.from = parts_.from;
    head.to = address_;
    head.subject = letter.subject;
    head.message_id = name_of_all(notices_).append(kMessageHost);
    head.is_urgent = !is_digest;
    return {notices_.front().message, "message/rfc822", mail_message(head, letter.body)};
}

OutMessage ChannelSender::post(const LetterStyle& style) const {
    const Situation& situation = situations_.front();
    const std::string& delivery = notices_.front().message;
    json::object alert{{"alert_id", situation.alert_id},
                       {"severity", name_of(situation.severity)},
                       {"client", style.client_shown(situation.client)},
                       {"raised_at", situation.raised_at},
                       {"act_by", situation.act_by}};
    if (style.text == TextAmount::Full) {
        alert["text"] = situation.text;
    }
    const json::object body{{"delivery", delivery},
                            {"kind", "AlertRaised"},
                            {"recipient", style.reader},
                            {"alert", std::move(alert)}};
    return {delivery, "application/json", json::serialize(body)};
}

void ChannelSender::done(const CarrierAnswer& answer) {
    ++round_;
    if (answer.carried == Carried::Away) {
        if (told_trouble_ != answer.what) {
            log::warning("desk", "a notice could not be told for now: " + answer.what);
            told_trouble_ = answer.what;
        }
        return put_off();
    }
    told_trouble_.clear();
    const bool is_taken = answer.carried == Carried::Taken;
    if (!is_taken) {
        log::warning("desk", "a notice was refused and will not be told again: " + answer.what);
    }
    for (const WaitingNotice& notice : notices_) {
        ++(is_taken ? parts_.counts.notices_told : parts_.counts.notices_refused);
        note(is_taken ? person_->taken(notice.alert_id, parts_.channel)
                      : person_->refused(notice.alert_id, parts_.channel, answer.what));
    }
    rest();
}

void ChannelSender::put_off() {
    for (const WaitingNotice& notice : notices_) {
        const UtcTime from = std::max(notice.since, notice.due);
        if (parts_.clock.now() - from > kTryFor) {
            give_up(notice);
        } else {
            person_->put_off(notice.alert_id, parts_.channel);
        }
    }
    rest();
}

void ChannelSender::give_up(const WaitingNotice& notice) {
    ++parts_.counts.notices_refused;
    log::error("desk", "a notice was given up after a day of attempts");
    note(person_->refused(notice.alert_id, parts_.channel, "Given up after a day of attempts."));
}

void ChannelSender::rest() {
    phase_ = Phase::Resting;
    person_ = nullptr;
    notices_.clear();
    situations_.clear();
}

/// The first error is told by the next step().
void ChannelSender::note(Status status) {
    if (health_ && !status) {
        health_ = std::move(status);
    }
}

}  // namespace carehub::adapters::desk
