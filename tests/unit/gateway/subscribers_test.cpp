// What a session is given when it is not up to date: from core, from the journal, as history;
// paused, recalled, and never above its credit.
#include "hub/base/prng.hpp"
#include "tests/unit/gateway/door.hpp"

namespace carehub::gateway {
namespace {

using codec::FrameType;
using codec::Purpose;

/// An event of a client decided for the court, in the journal.
Delivery put_event(Door& door, std::uint64_t number, std::uint8_t client = 0) {
    Released released = door.release_of(100 + number, Door::kCourt, number);
    Delivery delivery = released.deliveries[0];
    delivery.client.value[0] = client;
    door.backlog.decided.push_back(delivery);
    return delivery;
}

Released live(const Delivery& delivery) {
    Released released;
    released.deliveries.push_back(delivery);
    return released;
}

std::vector<std::uint64_t> numbers_of(const std::vector<Notice>& notices) {
    std::vector<std::uint64_t> numbers;
    for (const Notice& notice : notices) {
        numbers.push_back(notice.number);
    }
    return numbers;
}
using Numbers = std::vector<std::uint64_t>;

/// Core, as far as the door sees it: owed is all above `acknowledged`; some is at hand.
struct TableCore {
    explicit TableCore(Door& of) : door(of) {}
    Door& door;
    std::uint64_t acknowledged = 0;
    std::uint64_t at_hand_up_to = 0;
    std::vector<ResumeInput> asked;

    /// Answers what was asked; false when nothing was.
    bool answer() {
        bool any = false;
        for (const Input& input : door.take_inputs(InputKind::Resume)) {
            asked.push_back(std::get<ResumeInput>(input.body));
            Released released;
            released.resumed.push_back(answer_to(input, asked.back()));
            REQUIRE(door.gateway.release(released));
            any = true;
        }
        return any;
    }
    Resumed answer_to(const Input& input, const ResumeInput& ask) const {
        const auto& all = door.backlog.decided;
        Resumed resumed;
        resumed.recipient = input.principal;
        resumed.session = input.session;
        resumed.acknowledged = acknowledged;
        resumed.last_number = all.size();
        resumed.history = ask.history;
        resumed.passed = ask.history ? ask.after : std::max(ask.after, acknowledged);
        const std::uint64_t end = ask.history ? acknowledged : all.size();
        while (resumed.passed < end && resumed.deliveries.size() < ask.count_max) {
            const std::uint64_t next = resumed.passed + 1;
            const auto laid = std::ranges::find(ask.backlog, next, &Delivery::number);
            if (laid == ask.backlog.end() && (ask.history || next > at_hand_up_to)) {
                break;
            }
            resumed.deliveries.push_back(all[next - 1]);
            resumed.deliveries.back().history = ask.history;
            resumed.passed = next;
        }
        resumed.more = resumed.passed < end;
        resumed.on_disk = !ask.history && resumed.more && resumed.passed + 1 > at_hand_up_to;
        return resumed;
    }
    /// Steps and answers until nothing is asked any more; what the connection was sent.
    std::vector<Notice> run(const std::string& connection) {
        std::vector<Notice> all;
        for (int quiet = 0; quiet < 3;) {
            door.step();
            const bool reads_on = door.gateway.wait_max().count() == 0;
            quiet = answer() || reads_on ? 0 : quiet + 1;
            for (Notice& notice : door.take_notices(connection)) {
                all.push_back(std::move(notice));
            }
        }
        return all;
    }
};

TEST_CASE("What core keeps at hand no more is read from the journal, and all arrives in order",
          "[gateway]") {
    Door door;
    TableCore core(door);
    for (std::uint64_t number = 1; number <= 60; ++number) {
        put_event(door, number);
    }
    core.at_hand_up_to = 10;
    door.backlog.stretch = 7;  // a bounded stretch a step
    door.open("w1", Door::kCourt, Purpose::Watch);
    door.subscribe("w1", 0, 100);
    const auto sent = numbers_of(core.run("w1"));
    REQUIRE(sent.size() == 60);
    REQUIRE(std::ranges::is_sorted(sent));
    REQUIRE(core.asked.front().backlog.empty());
    REQUIRE(core.asked.back().backlog.size() == 50);
    REQUIRE(door.backlog.reads <= 10);  // it reads on where it stopped
}

TEST_CASE("Two sessions that read the journal take turns", "[gateway]") {
    Door door;
    TableCore core(door);
    for (std::uint64_t number = 1; number <= 40; ++number) {
        put_event(door, number);
    }
    door.backlog.stretch = 5;
    door.open("w1", Door::kCourt, Purpose::Watch);
    door.open("w2", Door::kCourt, Purpose::Watch);
    door.subscribe("w1", 0, 100);
    door.subscribe("w2", 0, 100);
    REQUIRE(core.answer());  // each is told to read
    const std::size_t before = door.backlog.reads;
    door.step();
    REQUIRE(door.backlog.reads == before + 1);
    REQUIRE(door.gateway.wait_max().count() == 0);
    REQUIRE(core.run("w1").size() == 40);
    REQUIRE(door.take_notices("w2").size() == 40);
}

TEST_CASE("Credit is never exceeded, whatever is granted when", "[gateway][credit]") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        INFO("seed " << seed);
        Prng prng(seed);
        Door door;
        TableCore core(door);
        door.open("w1", Door::kCourt, Purpose::Watch);
        door.subscribe("w1", 0, 0);
        std::uint64_t granted = 0;
        std::uint64_t sent = 0;
        for (int i = 0; i < 300; ++i) {
            switch (prng.below(5)) {
                case 0: {
                    const auto credit = static_cast<std::uint32_t>(prng.between(1, 20));
                    door.deliver("w1", FrameType::Credit, codec::encode_credit({credit}));
                    granted += credit;
                    break;
                }
                case 1: core.answer(); break;
                case 2: core.at_hand_up_to = prng.below(door.backlog.decided.size() + 1); break;
                case 3: door.port.set_room("w1", prng.below(3) * 1'000); break;
                default:
                    REQUIRE(door.gateway.release(
                        live(put_event(door, door.backlog.decided.size() + 1))));
                    break;
            }
            door.step();
            for (const Notice& notice : door.take_notices("w1")) {
                REQUIRE(notice.number == ++sent);  // in order, none twice
            }
            REQUIRE(sent <= granted);
        }
        REQUIRE(sent > 0);
    }
}

TEST_CASE("History comes marked before what is owed, and CaughtUp after both", "[gateway]") {
    Door door;
    TableCore core(door);
    for (std::uint64_t number = 1; number <= 6; ++number) {
        put_event(door, number);
    }
    core.acknowledged = 4;
    core.at_hand_up_to = 6;
    door.open("w1", Door::kCourt, Purpose::Watch);
    codec::Subscribe wish;
    wish.after = 1;
    wish.history = true;
    door.deliver("w1", FrameType::Subscribe, codec::encode_subscribe(wish));
    door.deliver("w1", FrameType::Credit, codec::encode_credit({100}));
    std::vector<Notice> sent;
    bool caught_up = false;
    for (int i = 0; i < 10; ++i) {
        core.answer();
        door.step();
        for (const auto& frame : door.take_all("w1")) {
            REQUIRE_FALSE(caught_up);
            caught_up = frame.type == FrameType::CaughtUp;
            for (const Bytes& slice : frame.slices) {
                if (!caught_up) {
                    sent.push_back(*codec::decode_notice(slice));
                }
            }
        }
    }
    REQUIRE(numbers_of(sent) == Numbers{2, 3, 4, 5, 6});
    REQUIRE(sent[2].history);
    REQUIRE_FALSE(sent[3].history);
    REQUIRE(caught_up);
    for (const ResumeInput& ask : core.asked) {
        REQUIRE((!ask.history || ask.sent == 0));
    }
}

TEST_CASE("History can begin at a time", "[gateway]") {
    Door door;
    TableCore core(door);
    for (std::uint64_t number = 1; number <= 6; ++number) {
        put_event(door, number);
    }
    door.open("w1", Door::kCourt, Purpose::Watch);
    codec::Subscribe wish;
    wish.history = true;
    wish.since = UtcTime{Micros{4}};  // the fourth entry, as the table counts
    door.deliver("w1", FrameType::Subscribe, codec::encode_subscribe(wish));
    door.deliver("w1", FrameType::Credit, codec::encode_credit({100}));
    const auto asked = door.take_inputs(InputKind::Resume);
    REQUIRE(asked.size() == 1);
    const auto& backlog = std::get<ResumeInput>(asked[0].body).backlog;
    REQUIRE(backlog.size() == 3);
    REQUIRE(backlog[0].number == 4);
}

TEST_CASE("History is a small share of what is told live", "[gateway]") {
    Door door;
    TableCore core(door);
    for (std::uint64_t number = 1; number <= 900; ++number) {
        put_event(door, number);
    }
    core.acknowledged = 900;
    door.open("w1", Door::kCourt, Purpose::Watch);
    codec::Subscribe wish;
    wish.history = true;
    door.deliver("w1", FrameType::Subscribe, codec::encode_subscribe(wish));
    door.deliver("w1", FrameType::Credit, codec::encode_credit({4'000}));
    REQUIRE(core.run("w1").size() == kHistoryPerSecondMin);
    door.clock.steady_ += std::chrono::seconds{1};
    REQUIRE(core.run("w1").size() == kHistoryPerSecondMin);

    door.open("m1", Door::kManager, Purpose::Watch);
    door.subscribe("m1", 0, 4'000);
    Released nothing_owed;
    for (const Input& input : door.take_inputs(InputKind::Resume)) {
        if (input.principal == Door::kManager) {
            nothing_owed.resumed.push_back({Door::kManager, input.session, {}});
        }
    }
    REQUIRE(door.gateway.release(nothing_owed));
    for (std::uint64_t number = 1; number <= 400; ++number) {
        REQUIRE(door.gateway.release(door.release_of(5'000 + number, Door::kManager, number)));
    }
    door.clock.steady_ += std::chrono::seconds{1};
    REQUIRE(core.run("w1").size() == kHistoryPerSecondMin + 400 / kHistoryShare);
}

TEST_CASE("A paused principal is sent nothing, what waits for room included, until it is resumed",
          "[gateway]") {
    Door door;
    TableCore core(door);
    door.open("w1", Door::kCourt, Purpose::Watch);
    door.subscribe("w1", 0, 100);
    core.run("w1");
    door.port.set_room("w1", 0);
    REQUIRE(door.gateway.release(live(put_event(door, 1))));
    Released paused;
    paused.principals.push_back(Door::court());
    paused.principals[0].paused = true;
    REQUIRE(door.gateway.release(paused));
    door.port.set_room("w1", 1'000);
    REQUIRE(door.gateway.release(live(put_event(door, 2))));
    core.at_hand_up_to = 2;
    REQUIRE(core.run("w1").empty());
    REQUIRE(door.gateway.session_count() == 1);

    Released resumed;
    resumed.principals.push_back(Door::court());
    REQUIRE(door.gateway.release(resumed));
    REQUIRE(numbers_of(core.run("w1")) == Numbers{1, 2});
}

TEST_CASE("An answer that comes after the pause is not given", "[gateway]") {
    Door door;
    TableCore core(door);
    put_event(door, 1);
    core.at_hand_up_to = 1;
    door.open("w1", Door::kCourt, Purpose::Watch);
    door.subscribe("w1", 0, 100);
    Released paused;
    paused.principals.push_back(Door::court());
    paused.principals[0].paused = true;
    REQUIRE(door.gateway.release(paused));
    REQUIRE(core.answer());
    door.step();
    REQUIRE(door.take_notices("w1").empty());
}

TEST_CASE("When less may be told of a client, what waits from its first notice on is asked anew",
          "[gateway]") {
    Door door;
    TableCore core(door);
    door.open("w1", Door::kCourt, Purpose::Watch);
    door.subscribe("w1", 0, 3);
    core.run("w1");
    door.port.set_room("w1", 0);
    REQUIRE(door.gateway.release(live(put_event(door, 1, 7))));
    REQUIRE(door.gateway.release(live(put_event(door, 2, 8))));
    REQUIRE(door.gateway.release(live(put_event(door, 3, 7))));
    Released narrowed;
    narrowed.narrowed.push_back(ClientId{{8}});
    REQUIRE(door.gateway.release(narrowed));
    door.port.set_room("w1", 1'000);
    door.step();
    REQUIRE(numbers_of(door.take_notices("w1")) == Numbers{1});
    door.step();
    const auto asked = door.take_inputs(InputKind::Resume);
    REQUIRE(asked.size() == 1);
    REQUIRE(std::get<ResumeInput>(asked[0].body).after == 1);
    REQUIRE(std::get<ResumeInput>(asked[0].body).count_max == 2);  // their credit came back
}

TEST_CASE("When core says to wait, it is asked again after an acknowledgement only", "[gateway]") {
    Door door;
    const Delivery first = put_event(door, 1);
    const auto session = door.open("w1", Door::kCourt, Purpose::Watch).session;
    door.subscribe("w1", 0, 100);
    REQUIRE(door.take_inputs(InputKind::Resume).size() == 1);
    Released alone;
    Resumed resumed{Door::kCourt, session, {first}};
    resumed.passed = 1;
    resumed.more = true;
    resumed.waits = true;
    alone.resumed.push_back(resumed);
    REQUIRE(door.gateway.release(alone));
    REQUIRE(door.take_notices("w1").size() == 1);
    REQUIRE(door.gateway.release(live(put_event(door, 2))));
    door.step();
    REQUIRE(door.take_inputs(InputKind::Resume).empty());
    REQUIRE(door.take_notices("w1").empty());

    auto entry = std::make_shared<Entry>();
    entry->decisions.acknowledged.push_back({Door::kCourt, 1, {}});
    Released acknowledged;
    acknowledged.entries.push_back(entry);
    REQUIRE(door.gateway.release(acknowledged));
    door.step();
    REQUIRE(door.take_inputs(InputKind::Resume).size() == 1);
}

TEST_CASE("A client that claims more than was ever decided is given what comes", "[gateway]") {
    Door door;
    TableCore core(door);
    put_event(door, 1);
    core.acknowledged = 1;
    door.open("w1", Door::kCourt, Purpose::Watch);
    door.subscribe("w1", 500, 100);
    core.run("w1");
    REQUIRE(door.gateway.release(live(put_event(door, 2))));
    REQUIRE(numbers_of(door.take_notices("w1")) == Numbers{2});
}

TEST_CASE("What earlier sessions were sent goes with the first question of the next one, once",
          "[gateway]") {
    Door door;
    TableCore core(door);
    put_event(door, 1);
    core.at_hand_up_to = 9;
    door.open("w1", Door::kCourt, Purpose::Watch);
    door.subscribe("w1", 0, 100);
    core.run("w1");
    door.port.disconnect("w1");
    // Without a word the session is still there: it accuses nothing yet.
    door.open("w2", Door::kCourt, Purpose::Watch);
    door.subscribe("w2", 0, 0 + 1);
    core.run("w2");
    REQUIRE(core.asked.back().sent == 0);
    door.deliver("w2", FrameType::Goodbye,
                 codec::encode_goodbye({codec::GoodbyeCode::Leaving, ""}));
    door.open("w3", Door::kCourt, Purpose::Watch);
    door.subscribe("w3", 0, 100);
    core.run("w3");
    REQUIRE(core.asked.back().sent == 1);
    door.subscribe("w3", 0, 100);
    core.run("w3");
    REQUIRE(core.asked.back().sent == 0);
}

TEST_CASE("A session that only looks is shown nothing live that core was not asked about",
          "[gateway]") {
    Door door;
    TableCore core(door);
    core.at_hand_up_to = 9;
    door.open("w1", Door::kCourt, Purpose::Watch);
    door.deliver("w1", FrameType::Subscribe,
                 codec::encode_subscribe({0, {EventKind::AppointmentBooked}, true}));
    door.deliver("w1", FrameType::Credit, codec::encode_credit({5}));
    REQUIRE(core.run("w1").empty());
    const std::size_t asked = core.asked.size();
    for (std::uint64_t number = 1; number <= 2; ++number) {
        REQUIRE(door.gateway.release(live(put_event(door, number))));
        door.step();
        REQUIRE(door.take_notices("w1").empty());
    }
    REQUIRE(core.run("w1").size() == 2);
    REQUIRE(core.asked.size() > asked);
    REQUIRE(core.asked.back().kinds == std::vector{EventKind::AppointmentBooked});

    // That something was shown is no news to anybody.
    Released shown;
    shown.deliveries.push_back(door.backlog.decided.back());
    shown.deliveries.back().state = DeliveryState::Shown;
    const std::size_t before = core.asked.size();
    REQUIRE(door.gateway.release(shown));
    REQUIRE(core.run("w1").empty());
    REQUIRE(core.asked.size() == before);
}

TEST_CASE("What a session that only looks was sent accuses nothing", "[gateway]") {
    Door door;
    TableCore core(door);
    put_event(door, 1);
    core.at_hand_up_to = 9;
    door.open("w1", Door::kCourt, Purpose::Watch);
    door.deliver("w1", FrameType::Subscribe, codec::encode_subscribe({0, {}, true}));
    door.deliver("w1", FrameType::Credit, codec::encode_credit({5}));
    REQUIRE(core.run("w1").size() == 1);
    REQUIRE(core.asked.back().looks_only);
    door.deliver("w1", FrameType::Goodbye,
                 codec::encode_goodbye({codec::GoodbyeCode::Leaving, ""}));
    door.open("w2", Door::kCourt, Purpose::Watch);
    door.subscribe("w2", 0, 100);
    core.run("w2");
    REQUIRE(core.asked.back().sent == 0);
}

}  // namespace
}  // namespace carehub::gateway
