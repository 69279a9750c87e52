// What a hub owes one partner, in memory, as PROTOCOL.md section 10 has it; and a target that
// answers as told.
#pragma once

#include <deque>
#include <functional>
#include <map>

#include "adapters/kit/out/notice_target.hpp"
#include "hub/base/check.hpp"
#include "tests/unit/kit/fixtures.hpp"

namespace carehub::adapters {

/// About a hearing of the person with that number.
inline Notice notice_of(std::uint64_t number, const std::string& person,
                        EventKind kind = EventKind::HearingScheduled) {
    Notice notice;
    notice.number = number;
    notice.kind = kind;
    notice.form = Form::Reduced;
    notice.discloser = "court";
    notice.event.kind = kind;
    notice.event.business_key = "k-" + std::to_string(number);
    notice.event.identifiers = {{"NORTH", "MR", person}};
    ObligationClaim claim;
    claim.status = ObligationStatus::Scheduled;
    claim.start = UtcTime{std::chrono::hours{number}};
    notice.event.payload = claim;
    return notice;
}

class MemoryOutbox final : public HubLink {
public:
    std::map<std::uint64_t, Notice> owed;  ///< not acknowledged, not dead
    std::vector<std::uint64_t> given;      ///< numbers in the order they were sent
    std::vector<std::uint64_t> confirmed;
    std::vector<std::pair<std::uint64_t, Refusal>> refused;
    std::vector<EventKind> asked_for;
    std::uint64_t acknowledged = 0;
    bool connected = true;
    bool loses_what_is_told = false;  ///< the connection is dead, and nobody knows yet
    unsigned subscriptions = 0;

    void owe(const Notice& notice) { owed[notice.number] = notice; }
    void break_connection() {
        connected = false;
        subscribed_ = false;
        credit_ = 0;
        newest_ = 0;
    }
    void reconnect() {
        break_connection();
        connected = true;
        loses_what_is_told = false;
        opened_ = true;
    }

    [[nodiscard]] std::size_t credit() const override { return 0; }
    [[nodiscard]] Status submit(std::uint64_t, const Submission&) override { return {}; }
    [[nodiscard]] Result<LinkNews> poll(std::chrono::milliseconds) override {
        LinkNews news;
        news.reconnected = std::exchange(opened_, false);
        while (connected && subscribed_ && credit_ > 0) {
            const auto next = owed.upper_bound(cursor_);
            if (next == owed.end()) {
                break;
            }
            cursor_ = next->first;
            newest_ = cursor_;
            --credit_;
            given.push_back(cursor_);
            news.notices.push_back(next->second);
        }
        return news;
    }
    [[nodiscard]] int wake_fd() const override { return -1; }
    [[nodiscard]] Status subscribe(const std::vector<EventKind>& kinds) override {
        if (connected) {
            CAREHUB_CHECK(credit_ == 0, "credit of an earlier subscription could still be used");
            ++subscriptions;
            asked_for = kinds;
            subscribed_ = true;
            cursor_ = 0;
            credit_ = 1;
        }
        return {};
    }
    [[nodiscard]] Status next_notice() override {
        if (connected) {
            ++credit_;
            CAREHUB_CHECK(credit_ == 1, "one notice at a time");
        }
        return {};
    }
    [[nodiscard]] Status acknowledge(std::uint64_t number) override {
        if (connected && !loses_what_is_told) {
            CAREHUB_CHECK(subscribed_ && number <= newest_, "not of this session");
            acknowledged = number;
            owed.erase(owed.begin(), owed.upper_bound(number));
        }
        return {};
    }
    [[nodiscard]] Status judge(std::uint64_t number, VerdictOutcome outcome,
                               const Refusal& refusal) override {
        if (!connected || loses_what_is_told) {
            return {};
        }
        CAREHUB_CHECK(subscribed_ && number <= newest_, "not of this session");
        CAREHUB_CHECK(owed.contains(number), "judged before it is acknowledged");
        if (outcome == VerdictOutcome::Confirmed) {
            confirmed.push_back(number);
        } else {
            refused.emplace_back(number, refusal);
        }
        return {};
    }

private:
    bool opened_ = true;
    bool subscribed_ = false;
    std::uint32_t credit_ = 0;
    std::uint64_t cursor_ = 0;
    std::uint64_t newest_ = 0;
};

/// Answers when it is told to, as a system over a network does.
class ToldTarget final : public NoticeTarget {
public:
    bool reachable = true;
    std::function<TargetAnswer(const Notice&)> answers = [](const Notice&) {
        return TargetAnswer{Taking::Taken, {}, {}};
    };
    std::vector<std::uint64_t> came;  ///< numbers handed over
    unsigned opened = 0;

    void open(Opened done) override {
        ++opened;
        CAREHUB_CHECK(!waiting_, "one call at a time");
        waiting_ = [this, done = std::move(done)] {
            done(reachable ? Status{} : Status(fail(ErrorCode::Unavailable, "nobody listens")));
        };
    }
    void hand_over(const Notice& notice, Answered done) override {
        CAREHUB_CHECK(!waiting_, "one call at a time");
        came.push_back(notice.number);
        waiting_ = [this, notice, done = std::move(done)] { done(answers(notice)); };
    }
    /// False when nothing is under way.
    bool answer() {
        const auto now = std::exchange(waiting_, nullptr);
        if (now) {
            now();
        }
        return static_cast<bool>(now);
    }

private:
    std::function<void()> waiting_;
};

}  // namespace carehub::adapters
