#include "adapters/kit/out/notice_sender.hpp"

#include "adapters/kit/out/delivery_id.hpp"
#include "adapters/kit/out/noticing_link.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/kit/memory_outbox.hpp"

namespace carehub::adapters {
namespace {

using Numbers = std::vector<std::uint64_t>;

struct Desk {
    MemoryOutbox hub;
    ToldTarget target;
    SetClock clock;
    Counts counts;
    NoticeSender sender{{target, hub, clock, counts, {EventKind::HearingScheduled}}};
    NoticingLink link{hub};

    Desk() { link.attach(sender); }
    /// Polls and lets the target answer, so often.
    void rounds(int count) {
        for (int i = 0; i < count; ++i) {
            poll();
            target.answer();
        }
    }
    void poll() {
        const auto news = link.poll(std::chrono::milliseconds{0});
        REQUIRE(news);
        REQUIRE(news->notices.empty());
    }
};

TEST_CASE("notices are handed over in order, each acknowledged once it was taken", "[kit][out]") {
    Desk desk;
    for (std::uint64_t n = 1; n <= 5; ++n) {
        desk.hub.owe(notice_of(n, "a"));
    }
    desk.poll();
    CHECK(desk.hub.given.empty());  // the target was asked first
    desk.rounds(2);
    CHECK(desk.hub.given == Numbers{1});
    CHECK(desk.hub.acknowledged == 1);
    desk.rounds(6);
    CHECK(desk.target.came == Numbers{1, 2, 3, 4, 5});
    CHECK(desk.hub.confirmed == desk.target.came);
    CHECK(desk.hub.acknowledged == 5);
    CHECK(desk.hub.subscriptions == 1);
    CHECK(desk.hub.asked_for == std::vector<EventKind>{EventKind::HearingScheduled});
    CHECK(desk.counts.notices_told == 5);
}

TEST_CASE("nothing is acknowledged, and nothing more asked for, while one is under way",
          "[kit][out]") {
    Desk desk;
    desk.hub.owe(notice_of(1, "a"));
    desk.hub.owe(notice_of(2, "b"));
    desk.rounds(1);
    desk.poll();
    desk.poll();
    CHECK(desk.target.came == Numbers{1});
    CHECK(desk.hub.given == Numbers{1});
    CHECK(desk.hub.acknowledged == 0);
    CHECK(desk.hub.confirmed.empty());
    CHECK(desk.sender.is_busy());
}

TEST_CASE("while the target cannot be reached the hub is asked for nothing", "[kit][out]") {
    Desk desk;
    desk.target.reachable = false;
    desk.hub.owe(notice_of(1, "a"));
    desk.rounds(3);
    CHECK(desk.target.opened == 1);
    desk.clock.advance(kTargetWaitFirst);
    desk.rounds(3);
    CHECK(desk.target.opened == 2);
    desk.clock.advance(kTargetWaitFirst);  // the wait has doubled
    desk.rounds(3);
    CHECK(desk.target.opened == 2);
    CHECK(desk.hub.given.empty());
    CHECK(desk.hub.subscriptions == 0);
    desk.target.reachable = true;
    desk.clock.advance(kTargetWaitFirst);
    desk.rounds(3);
    CHECK(desk.target.came == Numbers{1});
    CHECK(desk.hub.acknowledged == 1);
}

TEST_CASE("what could not be handed over is let go of and asked for anew", "[kit][out]") {
    Desk desk;
    desk.hub.owe(notice_of(1, "a"));
    desk.hub.owe(notice_of(2, "b"));
    desk.target.answers = [](const Notice&) {
        return TargetAnswer{Taking::Away, {}, "the line is dead"};
    };
    desk.rounds(2);
    CHECK(desk.hub.acknowledged == 0);
    CHECK(desk.hub.refused.empty());
    desk.hub.owed.erase(1);  // its consent was revoked meanwhile
    desk.target.answers = [](const Notice&) { return TargetAnswer{Taking::Taken, {}, {}}; };
    desk.clock.advance(kTargetWaitFirst);
    desk.rounds(3);
    CHECK(desk.target.came == Numbers{1, 2});
    CHECK(desk.hub.confirmed == Numbers{2});
    CHECK(desk.hub.subscriptions == 2);
}

TEST_CASE("a refusal goes to the hub with its words, and the next notice follows", "[kit][out]") {
    Desk desk;
    desk.hub.owe(notice_of(1, "a"));
    desk.hub.owe(notice_of(2, "b"));
    const Refusal words{RefusalReason::InvalidField, "SCH-11", "We are closed then."};
    desk.target.answers = [&](const Notice& notice) {
        return notice.number == 1 ? TargetAnswer{Taking::Refused, words, {}}
                                  : TargetAnswer{Taking::Taken, {}, {}};
    };
    desk.rounds(4);
    REQUIRE(desk.hub.refused.size() == 1);
    CHECK(desk.hub.refused[0] == std::pair(std::uint64_t{1}, words));
    CHECK(desk.hub.confirmed == Numbers{2});
    CHECK(desk.hub.acknowledged == 2);
    CHECK(desk.counts.notices_refused == 1);
}

TEST_CASE("a notice nobody decides on is refused after its tries", "[kit][out]") {
    Desk desk;
    desk.hub.owe(notice_of(1, "a"));
    desk.hub.owe(notice_of(2, "b"));
    const Refusal words{RefusalReason::InvalidField, "", "HTTP 500"};
    desk.target.answers = [&](const Notice& notice) {
        return notice.number == 1 ? TargetAnswer{Taking::Undecided, words, "it answers 500"}
                                  : TargetAnswer{Taking::Taken, {}, {}};
    };
    for (unsigned n = 0; n < kUndecidedMax; ++n) {
        CHECK(desk.hub.refused.empty());
        CHECK(desk.hub.acknowledged == 0);
        desk.rounds(2);
        desk.clock.advance(kTargetWaitLongest);
    }
    desk.rounds(2);
    REQUIRE(desk.hub.refused.size() == 1);
    CHECK(desk.hub.refused[0].second == words);
    CHECK(desk.target.came.size() == kUndecidedMax + 1);
    CHECK(desk.hub.confirmed == Numbers{2});
}

TEST_CASE("what the format has nothing to say of is acknowledged, not confirmed", "[kit][out]") {
    Desk desk;
    desk.hub.owe(notice_of(1, "a"));
    desk.target.answers = [](const Notice&) { return TargetAnswer{Taking::Nothing, {}, {}}; };
    desk.rounds(3);
    CHECK(desk.hub.acknowledged == 1);
    CHECK(desk.hub.confirmed.empty());
    CHECK(desk.hub.refused.empty());
    CHECK(desk.counts.notices_told == 0);
}

TEST_CASE("a session that ends while a notice is under way has it settled in the next",
          "[kit][out]") {
    Desk desk;
    desk.hub.owe(notice_of(1, "a"));
    desk.hub.owe(notice_of(2, "b"));
    desk.rounds(1);
    desk.poll();
    desk.hub.reconnect();
    desk.poll();
    CHECK(desk.hub.subscriptions == 1);  // one thing after the other
    desk.target.answer();
    CHECK(desk.hub.acknowledged == 0);
    desk.rounds(4);
    CHECK(desk.target.came == Numbers{1, 2});  // the first was not handed over again
    CHECK(desk.hub.given == Numbers{1, 1, 2});
    CHECK(desk.hub.confirmed == Numbers{1, 2});
    CHECK(desk.hub.acknowledged == 2);
}

TEST_CASE("an acknowledgement that was lost is told again, and so is a refusal", "[kit][out]") {
    Desk desk;
    desk.hub.owe(notice_of(1, "a"));
    desk.hub.owe(notice_of(2, "b"));
    desk.hub.loses_what_is_told = true;
    desk.target.answers = [](const Notice& notice) {
        return notice.number == 1
                   ? TargetAnswer{Taking::Refused, {RefusalReason::InvalidField, "", "no"}, {}}
                   : TargetAnswer{Taking::Taken, {}, {}};
    };
    desk.rounds(4);
    CHECK(desk.target.came == Numbers{1, 2});
    CHECK(desk.hub.owed.size() == 2);
    desk.hub.reconnect();
    desk.rounds(4);
    CHECK(desk.target.came == Numbers{1, 2});
    CHECK(desk.hub.refused.size() == 1);
    CHECK(desk.hub.confirmed == Numbers{2});
    CHECK(desk.hub.acknowledged == 2);
}

TEST_CASE("a number that means something else after a restore is news", "[kit][out]") {
    Desk desk;
    desk.hub.owe(notice_of(1, "a"));
    desk.rounds(3);
    CHECK(desk.hub.acknowledged == 1);
    desk.hub.reconnect();
    desk.hub.owe(notice_of(1, "b"));
    desk.rounds(3);
    CHECK(desk.target.came == Numbers{1, 1});
    CHECK(desk.hub.confirmed == Numbers{1, 1});
}

TEST_CASE("a delivery keeps its id over attempts and changes it with what it says", "[kit][out]") {
    Notice notice = notice_of(7, "a");
    const std::string id = delivery_id(notice);
    CHECK(id.starts_with("7-"));
    CHECK(id.size() == 10);
    notice.number = 12;
    notice.first_number = 7;
    notice.attempt = 2;
    CHECK(delivery_id(notice) == id);
    notice.history = true;
    CHECK(delivery_id(notice) == id);
    notice.form = Form::Full;
    CHECK(delivery_id(notice) != id);
}

}  // namespace
}  // namespace carehub::adapters
