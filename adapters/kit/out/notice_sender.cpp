#include "adapters/kit/out/notice_sender.hpp"

#include <algorithm>

#include "adapters/kit/out/delivery_id.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters {

Status NoticeSender::take(const LinkNews& news) {
    if (news.reconnected) {
        begin_session();  // notices beside it are of the session before: they come again
    } else {
        for (const Notice& notice : news.notices) {
            take_notice(notice);
        }
    }
    go_on();
    return health_;
}

bool NoticeSender::is_busy() const {
    return state_ == State::Opening || state_ == State::HandingOver ||
           (state_ == State::Listening && parts_.clock.steady() < busy_until_);
}

void NoticeSender::begin_session() {
    has_session_ = true;
    ++session_;
    if (state_ == State::Listening) {
        listen();
    }
}

void NoticeSender::go_on() {
    if (state_ == State::Resting && has_session_ && parts_.clock.steady() >= retry_at_) {
        state_ = State::Opening;
        parts_.target.open([this](const Status& status) { opened(status); });
    }
}

void NoticeSender::opened(const Status& status) {
    status ? listen() : rest(status.error().context);
}

/// From the oldest that is owed: what the hub decides now is what may be told now. The credit given
/// before is used up, so nothing of an earlier subscription can be on its way.
void NoticeSender::listen() {
    state_ = State::Listening;
    note(parts_.link.subscribe(parts_.kinds));
}

void NoticeSender::take_notice(const Notice& notice) {
    if (state_ != State::Listening) {
        return;
    }
    under_way_ = {notice.number, delivery_id(notice), VerdictOutcome::Unset, {}};
    handed_over_in_ = session_;
    kind_ = notice.kind;
    const auto known = std::ranges::find_if(settled_, [this](const Settled& one) {
        return one.number == under_way_.number && one.id == under_way_.id;
    });
    if (known != settled_.end()) {
        return tell(*known);
    }
    state_ = State::HandingOver;
    parts_.target.hand_over(notice, [this](const TargetAnswer& answer) { answered(answer); });
}

void NoticeSender::answered(const TargetAnswer& answer) {
    switch (answer.taking) {
        case Taking::Taken:
            ++parts_.counts.notices_told;
            return settle(VerdictOutcome::Confirmed, {});
        case Taking::Refused: return settle(VerdictOutcome::Refused, answer.refusal);
        case Taking::Nothing:
            if (told_nothing_.insert(kind_).second) {
                log::warning("notices",
                             "nothing to tell of a notice: " + std::string(name_of(kind_)) +
                                 " without what the format needs");
            }
            return settle(VerdictOutcome::Unset, {});
        case Taking::Undecided: return undecided(answer);
        case Taking::Away: return rest(answer.what);
    }
}

void NoticeSender::undecided(const TargetAnswer& answer) {
    undecided_times_ = undecided_id_ == under_way_.id ? undecided_times_ + 1 : 1;
    undecided_id_ = under_way_.id;
    if (undecided_times_ < kUndecidedMax) {
        return rest(answer.what);
    }
    settle(VerdictOutcome::Refused, answer.refusal);
}

void NoticeSender::settle(VerdictOutcome outcome, const Refusal& refusal) {
    if (outcome == VerdictOutcome::Refused) {
        ++parts_.counts.notices_refused;
        log::warning("notices", "a notice was refused: " + std::string(name_of(refusal.reason)) +
                                    "; `carehub fate` and `carehub deadletters` tell more");
    }
    if (told_away_) {
        told_away_ = false;
        log::info("notices", "the partner's system takes notices again");
    }
    wait_ = kTargetWaitFirst;
    undecided_id_.clear();
    under_way_.outcome = outcome;
    under_way_.refusal = refusal;
    settled_.push_back(under_way_);
    if (settled_.size() > kSettledKeptMax) {
        settled_.pop_front();
    }
    tell(under_way_);
}

void NoticeSender::tell(const Settled& settled) {
    if (handed_over_in_ != session_) {
        return listen();  // the new session does not know of it: it comes again
    }
    state_ = State::Listening;
    busy_until_ = parts_.clock.steady() + kNextNoticeWithin;
    if (settled.outcome != VerdictOutcome::Unset) {
        note(parts_.link.judge(settled.number, settled.outcome, settled.refusal));
    }
    note(parts_.link.acknowledge(settled.number));
    note(parts_.link.next_notice());
}

void NoticeSender::rest(const std::string& what) {
    if (!told_away_) {
        told_away_ = true;
        log::warning("notices", "the partner's system takes no notices for now: " + what +
                                    "; they wait with the hub");
    }
    state_ = State::Resting;
    retry_at_ = parts_.clock.steady() + wait_;
    wait_ = std::min<Micros>(2 * wait_, kTargetWaitLongest);
}

/// The first error is told by the next take().
void NoticeSender::note(Status status) {
    if (health_ && !status) {
        health_ = std::move(status);
    }
}

}  // namespace carehub::adapters
