#include "adapters/clinic/hub_desk.hpp"

#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include <boost/asio/post.hpp>

#include "adapters/clinic/limits.hpp"
#include "adapters/kit/sha256.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters::clinic {

using boost::system::error_code;

HubDesk::HubDesk(HubLink& link, RawArchive* archive, Counts& counts)
    : link_(link),
      archive_(archive),
      counts_(counts),
      timer_(loop_),
      wake_(loop_),
      courier_(link, counts) {}

void HubDesk::deliver(ByteView raw, std::vector<Submission> events, Courier::Done done) {
    const auto kept = keep(raw, events.empty() ? sha256(raw) : events.front().raw_sha256);
    if (!kept) {
        finished_.push_back({{}, {false, {}, {}}, std::move(done)});
    } else if (events.empty()) {
        finished_.push_back({*kept, {}, std::move(done)});
    } else {
        courier_.deliver(std::move(events), SteadyClock::now() + kAnswerMax,
                         [this, kept = *kept, done = std::move(done)](Delivery delivery) mutable {
                             finished_.push_back({kept, std::move(delivery), std::move(done)});
                         });
    }
    if (++undelivered_ >= kMessagesAtOnce) {
        hand_on();
    }
    pump_soon();
    if (!busy_tick_) {
        tick();
    }
}

/// What waits goes to the hub, what it answered is taken.
void HubDesk::hand_on() {
    undelivered_ = 0;
    if (health_) {
        health_ = courier_.pump(SteadyClock::now());
    }
    if (!health_) {
        loop_.stop();
    }
}

bool HubDesk::take_late(std::vector<Submission>& events, const Origin& origin) {
    const bool some_late = order_.take_late(events, origin, clock_.now()) != 0;
    if (some_late && events.empty()) {
        not_acted_on();
    }
    return some_late;
}

void HubDesk::refused(const Refusal& refusal) {
    counts_.add_refusal(refusal.reason);
    log::info("clinic",
              "message refused: " + std::string(name_of(refusal.reason)) + " " + refusal.field);
}

void HubDesk::report(const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
        std::string text = "finding: " + finding.field + " " + finding.what;
        if (known_findings_.size() < kKnownFindingsMax && known_findings_.insert(text).second) {
            log::warning("clinic", text);
        }
    }
}

/// The link is asked often while something is with the hub, and now and then for its heartbeats.
void HubDesk::tick() {
    wakes_left_ = kLinkWakesMax;
    watch_link();
    busy_tick_ = !courier_.is_idle() || link_.is_busy();
    timer_.expires_after(busy_tick_ ? kLinkPollBusy : kLinkPollIdle);
    timer_.async_wait([this](error_code error) {
        if (!error) {
            pump();
            tick();
        }
    });
}

/// The descriptor may change with a new session.
void HubDesk::watch_link() {
    if (watched_fd_ != link_.wake_fd()) {
        wake_.close(ignored_);
        watching_ = false;
        watched_fd_ = link_.wake_fd();
        // The link keeps its own: the loop gets a duplicate that it may close.
        const int fd = watched_fd_ < 0 ? -1 : ::dup(watched_fd_);
        if (fd >= 0) {
            wake_.assign(fd, ignored_);
        }
    }
    if (watching_ || !wake_.is_open()) {
        return;
    }
    watching_ = true;
    wake_.async_wait(boost::asio::posix::stream_descriptor::wait_read, [this](error_code error) {
        if (!error) {
            watching_ = false;
            pump();
            if (wakes_left_ > 0) {
                --wakes_left_;
                watch_link();
            }
        }
    });
}

/// After what else the loop has read by now: one call to the link for all of it.
void HubDesk::pump_soon() {
    if (!pump_waits_) {
        pump_waits_ = true;
        boost::asio::post(loop_, [this] { pump(); });
    }
}

void HubDesk::pump() {
    pump_waits_ = false;
    hand_on();
    if (health_) {
        health_ = answer_finished(Answering::OnDisk);
    }
    if (health_) {
        health_ = sync_archive();
    }
    if (health_) {
        health_ = answer_finished(Answering::All);
    }
    if (health_) {
        health_ = let_go_of_old();
    }
    if (!health_) {
        loop_.stop();
    }
}

Status HubDesk::told(std::string_view what, const Error& error) {
    log::error("clinic", std::string(what) + ": " + error.context);
    return error.code == ErrorCode::SyncFailed ? Status(tl::unexpected<Error>(error)) : Status{};
}

std::optional<HubDesk::Kept> HubDesk::keep(ByteView raw, const Hash256& digest) {
    if (archive_ == nullptr) {
        return Kept{};
    }
    const auto number = archive_->put(raw, digest, clock_.now());
    if (!number) {
        // After a failed sync no other may pass for it: what was kept before is not answered either.
        if (const Status go_on = told("a message cannot be kept", number.error()); !go_on) {
            health_ = go_on;
            loop_.stop();
        }
        return std::nullopt;
    }
    unsynced_ = true;
    return Kept{*number, next_sync_};
}

/// While the hub works on what was just sent: the two syncs do not wait for each other.
Status HubDesk::sync_archive() {
    if (archive_ == nullptr || !unsynced_) {
        return {};
    }
    const Status synced = archive_->sync();
    unsynced_ = !synced;
    next_sync_ += synced ? 1U : 0U;
    return synced ? synced : told("messages cannot be kept", synced.error());
}

/// What is on disk does not wait for what came after it. What is not by the end is not accepted:
/// its sender repeats it.
Status HubDesk::answer_finished(Answering which) {
    const auto is_on_disk = [&](const Finished& one) { return one.kept.sync < next_sync_; };
    std::vector<Finished> finished = std::exchange(finished_, {});
    if (which == Answering::OnDisk) {
        const auto later = std::stable_partition(finished.begin(), finished.end(), is_on_disk);
        finished_.assign(std::make_move_iterator(later), std::make_move_iterator(finished.end()));
        finished.erase(later, finished.end());
    }
    for (Finished& one : finished) {
        one.delivery.in_time = one.delivery.in_time && is_on_disk(one);
        one.done(one.delivery);
    }
    return note_events_of(finished);
}

Status HubDesk::note_events_of(const std::vector<Finished>& finished) {
    for (const Finished& one : finished) {
        if (archive_ == nullptr || one.delivery.stored.empty()) {
            continue;
        }
        if (const Status noted = archive_->tell(one.kept.number, one.delivery.stored, clock_.now());
            !noted) {
            CAREHUB_TRY_DONE(told("which events came of a message cannot be noted", noted.error()));
        }
    }
    return {};
}

Status HubDesk::let_go_of_old() {
    const auto now = SteadyClock::now();
    if (archive_ == nullptr || now < let_go_at_) {
        return {};
    }
    let_go_at_ = now + kLetGoEvery;
    const Status done = archive_->let_go(clock_.now());
    return done ? done : told("old messages cannot be let go", done.error());
}

bool HubDesk::may_stop(const std::atomic<bool>& stop, const std::function<void()>& close_doors) {
    if (!stop) {
        return false;
    }
    if (!stopping_) {
        stopping_ = true;
        stop_latest_ = SteadyClock::now() + kDrainMax;
        close_doors();
    }
    return (courier_.is_idle() && finished_.empty()) || SteadyClock::now() >= stop_latest_;
}

Status HubDesk::run(const std::atomic<bool>& stop, const std::function<void()>& close_doors) {
    tick();
    while (health_ && !may_stop(stop, close_doors)) {
        loop_.run_for(kLinkPollIdle);
    }
    // What was answered last still has to leave, and what came of it to be kept.
    if (health_) {
        loop_.poll();
        unsynced_ = true;
        health_ = sync_archive();
    }
    return health_;
}

}  // namespace carehub::adapters::clinic
