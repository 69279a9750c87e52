// What the desk's tests share: a clock that is set, a hub in memory that answers about alerts, a
// carrier that waits until a test lets it go on.
#pragma once

#include <map>

#include "adapters/desk/channel_sender.hpp"
#include "hub/base/zone_database.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/kit/fixtures.hpp"

namespace carehub::adapters::desk {

inline UtcTime utc(std::string_view text) {
    const auto time = parse_iso_time(text);
    REQUIRE(time);
    return *time;
}

inline StaffEntry staff_entry(const std::string& zone = "America/New_York") {
    auto loaded = load_zone(zone);
    REQUIRE(loaded);
    return {std::move(*loaded), "ana@agency.example", kQuietFrom, kQuietUntil};
}

class SetClock final : public Clock {
public:
    UtcTime time = utc("2026-07-06T14:00:00Z");  // 10:00 in New York
    [[nodiscard]] UtcTime now() const override { return time; }
    [[nodiscard]] Micros steady() const override { return time.time_since_epoch(); }
};

/// A hub that owes notices and knows the state of each alert.
class MemoryStaffLink final : public StaffLink {
public:
    bool open = true;
    bool answers = true;
    std::map<std::string, std::string> lines;  ///< by "alert a-1-0" and "client C-1"
    std::map<std::string, RefusalReason> refusals;
    std::vector<StaffQuestion> asked;
    std::vector<Notice> to_come;
    std::uint64_t acknowledged = 0;
    std::vector<std::pair<std::uint64_t, VerdictOutcome>> verdicts;
    std::uint32_t credit = 0;

    void raise(const std::string& id, std::string_view severity, const std::string& client = "C-1",
               std::string_view state = "Raised") {
        set(id, severity, client, state);
        Notice notice;
        notice.number = ++last_;
        notice.kind = EventKind::AlertRaised;
        notice.client = client;
        notice.alert.emplace();
        notice.alert->alert_id = id;
        notice.alert->severity = *parse_name<Severity>(severity);
        notice.alert->state = *parse_name<AlertState>(state);
        to_come.push_back(notice);
    }
    void set(const std::string& id, std::string_view severity, const std::string& client,
             std::string_view state) {
        lines["alert " + id] =
            R"({"alert_id":")" + id + R"(","rule":"MissedVisit","severity":")" +
            std::string(severity) + R"(","state":")" + std::string(state) + R"(","client":")" +
            client +
            R"(","owner":"ana","raised_at":"2026-07-06T10:00:00-04:00",)"
            R"("act_by":"2026-07-08T17:00:00-04:00","count":1,)"
            R"("text":"Missed visit reported: Elm Avenue.","obligations":["north|A-1"],)"
            R"("suggestions":[{"action":"AskOfficer","obligation":"north|A-1",)"
            R"("by":"2026-07-08T17:00:00-04:00","who":"CaseManager","needs_consent":true,)"
            R"("why":"it can move"}],"evidence":[12,14]})";
    }

    [[nodiscard]] bool is_open() const override { return open; }
    [[nodiscard]] Status subscribe(std::uint32_t count) override {
        credit = count;
        return {};
    }
    [[nodiscard]] Status next_notices(std::uint32_t count) override {
        credit += count;
        return {};
    }
    [[nodiscard]] Status acknowledge(std::uint64_t number) override {
        acknowledged = number;
        return {};
    }
    [[nodiscard]] Status judge(std::uint64_t number, VerdictOutcome outcome,
                               const Refusal&) override {
        verdicts.emplace_back(number, outcome);
        return {};
    }
    [[nodiscard]] Status ask(const StaffQuestion& question) override {
        asked.push_back(question);
        if (open && answers) {
            StaffAnswer answer;
            answer.ticket = question.ticket;
            const std::string key =
                question.name +
                (question.arguments.empty() ? "" : " " + question.arguments.front().second);
            if (const auto refused = refusals.find(key); refused != refusals.end()) {
                answer.refusal.reason = refused->second;
            } else if (const auto line = lines.find(key); line != lines.end()) {
                answer.lines.push_back(line->second);
            }
            answers_.push_back(std::move(answer));
        }
        return {};
    }
    [[nodiscard]] Result<StaffNews> poll(std::chrono::milliseconds) override {
        StaffNews news;
        news.opened = std::exchange(begins_, false);
        if (!news.opened) {
            news.notices = std::exchange(to_come, {});
            news.answers = std::exchange(answers_, {});
        }
        return news;
    }
    void begin_again() {
        begins_ = true;
        answers_.clear();
    }

private:
    bool begins_ = true;
    std::uint64_t last_ = 0;
    std::vector<StaffAnswer> answers_;
};

/// Reaches its receiver, and ends a message, when a test says so.
class MemoryCarrier final : public Carrier {
public:
    std::vector<OutMessage> handed;
    std::vector<std::string> addresses;
    unsigned drops = 0;
    bool is_reached = true;  ///< begin() is followed by `ready` in the next step
    CarrierAnswer answer{Carried::Taken, {}};

    [[nodiscard]] bool is_idle() const override { return !is_under_way_; }
    void begin(const std::string& address, Ready ready, Done done) override {
        REQUIRE_FALSE(is_under_way_);
        is_under_way_ = true;
        addresses.push_back(address);
        ready_ = std::move(ready);
        done_ = std::move(done);
    }
    void hand_over(OutMessage message) override {
        handed.push_back(std::move(message));
        is_handed_ = true;
    }
    void drop() override {
        ++drops;
        is_under_way_ = false;
        done_ = nullptr;
    }
    void step() override {
        if (ready_ && is_reached) {
            return std::exchange(ready_, nullptr)();
        }
        const bool fails = ready_ != nullptr && answer.carried != Carried::Taken;
        if (std::exchange(is_handed_, false) || fails) {
            ready_ = nullptr;
            is_under_way_ = false;
            std::exchange(done_, nullptr)(answer);
        }
    }

private:
    Ready ready_;
    Done done_;
    bool is_under_way_ = false;
    bool is_handed_ = false;
};

}  // namespace carehub::adapters::desk
