#include "adapters/desk/person.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "adapters/desk/notice_time.hpp"
#include "adapters/kit/out/delivery_id.hpp"
#include "adapters/kit/sha256.hpp"

namespace carehub::adapters::desk {
namespace {

/// First wait, doubled with each attempt.
Micros wait_after(unsigned tries) {
    constexpr unsigned kDoublingsMax = 16;
    const Micros wait = Micros(kTryWaitFirst) * (1 << std::min(tries, kDoublingsMax));
    return std::min<Micros>(wait, kTryWaitLongest);
}

/// For a time it says nothing of the alert: not now, but perhaps later.
bool is_temporary(RefusalReason reason) {
    return reason == RefusalReason::LaneParked || reason == RefusalReason::Overloaded ||
           reason == RefusalReason::Paused || reason == RefusalReason::DiskLow;
}

Truth truth_of(const StaffAnswer* answer) {
    if (answer == nullptr || is_temporary(answer->refusal.reason)) {
        return NotAnswered{};
    }
    if (answer->refusal.reason != RefusalReason::None || answer->lines.empty()) {
        return NothingToTell{};  // not known, not this person's, or not permitted any more
    }
    auto situation = read_situation(answer->lines.front());
    if (!situation) {
        return NotAnswered{};
    }
    return situation->state == AlertState::Raised ? Truth(std::move(*situation)) : NothingToTell{};
}

}  // namespace

Person::Person(Parts parts) : parts_(std::move(parts)), questions_(*parts_.link, parts_.clock) {}

Status Person::step(UtcTime now, const StaffEntry& entry, std::chrono::milliseconds timeout) {
    now_ = now;
    entry_ = &entry;
    if (parts_.feed != nullptr) {
        parts_.feed->tell_time(now);
    }
    CAREHUB_TRY(const StaffNews news, parts_.link->poll(timeout));
    questions_.take(news);
    if (news.opened) {
        CAREHUB_TRY_DONE(begin_session());  // notices beside it are of the session before
    } else if (!news.notices.empty()) {
        CAREHUB_TRY_DONE(take_notices(news.notices));
    }
    CAREHUB_TRY_DONE(give_credit());
    const bool reads_roster = parts_.shows_names || parts_.feed != nullptr;
    if (reads_roster && parts_.link->is_open() && parts_.clock.steady() >= roster_at_) {
        CAREHUB_TRY_DONE(ask_roster());
    }
    return step_feed();
}

Status Person::step_feed() {
    if (parts_.feed == nullptr) {
        return {};
    }
    const auto ask = [this](std::string name, QuestionArguments arguments, Answered answered) {
        return questions_.ask(std::move(name), std::move(arguments), std::move(answered));
    };
    return parts_.feed->step(parts_.link->is_open(), ask);
}

Status Person::begin_session() {
    ++session_;
    credit_owed_ = 0;
    roster_at_ = Micros{0};
    return parts_.link->subscribe(kNoticesUnderWay);
}

Status Person::take_notices(const std::vector<Notice>& notices) {
    for (const Notice& notice : notices) {
        const std::string delivery = delivery_id(notice);
        if (!parts_.waiting.knows(delivery)) {
            take(notice);
            parts_.waiting.remember(delivery);
        }
    }
    CAREHUB_TRY_DONE(parts_.waiting.save());
    credit_owed_ += static_cast<std::uint32_t>(notices.size());
    return parts_.link->acknowledge(notices.back().number);
}

void Person::take(const Notice& notice) {
    if (parts_.feed != nullptr && !notice.client.empty()) {
        parts_.feed->mark(notice.client);
    }
    if (!notice.alert || notice.history) {
        return;
    }
    const AlertNotice& alert = *notice.alert;
    if (alert.state != AlertState::Raised) {
        return parts_.waiting.drop(alert.alert_id);
    }
    WaitingNotice waits;
    waits.number = notice.number;
    waits.session = session_;
    waits.alert_id = alert.alert_id;
    waits.client = notice.client;
    waits.severity = alert.severity;
    waits.since = parts_.clock.now();
    waits.due = due_at(alert.severity, now_, *entry_, parts_.digest_at);
    const Hash256 digest = sha256(as_bytes(parts_.name + "\n" + delivery_id(notice)));
    waits.message = to_hex(parts_.sealing.keyed_hashes(digest).front());
    waits.leg(Channel::Mail).is_open = parts_.channels.mail && !entry_->email.empty();
    waits.leg(Channel::Webhook).is_open = parts_.channels.webhook;
    if (std::ranges::any_of(waits.legs, &Leg::is_open)) {
        parts_.waiting.put(std::move(waits));
    }
}

Status Person::give_credit() {
    const bool has_room = parts_.waiting.notices().size() + kNoticesUnderWay <= kWaitingMax;
    return credit_owed_ > 0 && has_room ? parts_.link->next_notices(std::exchange(credit_owed_, 0))
                                        : Status{};
}

Status Person::ask_truth(const WaitingNotice& notice, std::function<void(const Truth&)> told) {
    QuestionArguments arguments = {{"alert", notice.alert_id}};
    if (!notice.client.empty()) {
        arguments.emplace_back("client", notice.client);
    }
    return questions_.ask(
        "alert", std::move(arguments),
        [told = std::move(told)](const StaffAnswer* answer) { told(truth_of(answer)); });
}

Status Person::taken(const std::string& alert_id, Channel channel) {
    CAREHUB_TRY_DONE(judge(alert_id, VerdictOutcome::Confirmed, {}));
    parts_.waiting.close(alert_id, channel);
    return parts_.waiting.save();
}

Status Person::refused(const std::string& alert_id, Channel channel, const std::string& words) {
    CAREHUB_TRY_DONE(
        judge(alert_id, VerdictOutcome::Refused,
              {RefusalReason::InvalidField, channel == Channel::Mail ? "mail" : "webhook", words}));
    parts_.waiting.close(alert_id, channel);
    return parts_.waiting.save();
}

/// For the trail. Each notice has one verdict: the first channel that decides gives it.
Status Person::judge(const std::string& alert_id, VerdictOutcome outcome, const Refusal& refusal) {
    WaitingNotice* const notice = parts_.waiting.find(alert_id);
    if (notice == nullptr || notice->session != session_ || session_ == 0) {
        return {};
    }
    notice->session = 0;
    return parts_.link->judge(notice->number, outcome, refusal);
}

Status Person::nothing_to_tell(const std::string& alert_id) {
    parts_.waiting.drop(alert_id);
    return parts_.waiting.save();
}

void Person::put_off(const std::string& alert_id, Channel channel) {
    if (WaitingNotice* const notice = parts_.waiting.find(alert_id)) {
        Leg& leg = notice->leg(channel);
        leg.next_try = parts_.clock.steady() + wait_after(leg.tries);
        ++leg.tries;
    }
}

std::string Person::client_shown(const std::string& client) const {
    const auto name = names_.find(client);
    return name == names_.end() ? client : name->second + " (" + client + ")";
}

Status Person::ask_roster() {
    roster_at_ = parts_.clock.steady() + parts_.refresh;
    return questions_.ask("roster", {}, [this](const StaffAnswer* answer) {
        if (answer == nullptr) {
            roster_at_ = parts_.clock.steady() + kTruthWaitMax;
        } else if (answer->refusal.reason == RefusalReason::None) {
            take_roster(*answer);
        }
    });
}

void Person::take_roster(const StaffAnswer& answer) {
    std::set<std::string> own;
    for (const std::string& text : answer.lines) {
        const auto line = read_roster_line(text);
        if (line && parts_.shows_names && !line->name.empty()) {
            names_[line->client] = line->name;
        }
        if (line && line->owner == parts_.name && own.size() < kFeedClientsMax) {
            own.insert(line->client);
        }
    }
    if (parts_.feed != nullptr) {
        parts_.feed->set_clients(own);
    }
}

Status Person::close_feed() { return parts_.feed == nullptr ? Status{} : parts_.feed->take_away(); }

}  // namespace carehub::adapters::desk
