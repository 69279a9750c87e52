#include "hub/transport/mailbox.hpp"

#include <poll.h>

#include <memory>
#include <thread>
#include <vector>

#include "tests/support/catch.hpp"

namespace carehub::transport {
namespace {

bool is_readable(int fd) {
    pollfd item{fd, POLLIN, 0};
    return poll(&item, 1, 0) == 1;
}

TEST_CASE("A full mailbox refuses and leaves the item with its owner", "[transport]") {
    Mailbox<std::unique_ptr<int>> mailbox(1);
    auto first = std::make_unique<int>(1);
    auto second = std::make_unique<int>(2);
    REQUIRE(mailbox.try_push(first));
    REQUIRE_FALSE(mailbox.try_push(second));
    REQUIRE(second != nullptr);
    REQUIRE(**mailbox.try_pop() == 1);
    REQUIRE(mailbox.try_push(second));
}

TEST_CASE("The descriptor is readable exactly while something is inside", "[transport]") {
    Mailbox<int> mailbox(4);
    REQUIRE_FALSE(is_readable(mailbox.wake_fd()));
    int item = 7;
    REQUIRE(mailbox.try_push(item));
    REQUIRE(mailbox.try_push(item));
    REQUIRE(is_readable(mailbox.wake_fd()));
    REQUIRE(mailbox.try_pop());
    REQUIRE(is_readable(mailbox.wake_fd()));
    REQUIRE(mailbox.try_pop());
    REQUIRE_FALSE(is_readable(mailbox.wake_fd()));
}

TEST_CASE("A closed mailbox takes nothing more and still gives what it holds", "[transport]") {
    Mailbox<int> mailbox(4);
    int item = 1;
    REQUIRE(mailbox.try_push(item));
    mailbox.close();
    REQUIRE_FALSE(mailbox.try_push(item));
    REQUIRE_FALSE(mailbox.push(2));
    REQUIRE_FALSE(mailbox.is_finished());
    REQUIRE(mailbox.pop(std::chrono::milliseconds{0}) == 1);
    REQUIRE(mailbox.is_finished());
    REQUIRE(is_readable(mailbox.wake_fd()));
}

TEST_CASE("Batches of several senders arrive once each and in each sender's order", "[transport]") {
    constexpr int kSenders = 4;
    constexpr int kEach = 5'000;
    Mailbox<std::pair<int, int>> mailbox(16);
    std::vector<std::thread> senders;
    for (int sender = 0; sender < kSenders; ++sender) {
        senders.emplace_back([&mailbox, sender] {
            for (int i = 0; i < kEach; ++i) {
                if (!mailbox.push({sender, i})) {
                    return;
                }
            }
        });
    }
    std::vector<int> next(kSenders, 0);
    bool in_order = true;
    for (int taken = 0; taken < kSenders * kEach;) {
        if (const auto item = mailbox.pop(std::chrono::milliseconds{10'000})) {
            const auto sender = static_cast<std::size_t>(item->first);
            in_order = in_order && item->second == next[sender];
            ++next[sender];
            ++taken;
        } else {
            break;
        }
    }
    mailbox.close();
    for (std::thread& sender : senders) {
        sender.join();
    }
    REQUIRE(in_order);
    REQUIRE(next == std::vector<int>(kSenders, kEach));
}

}  // namespace
}  // namespace carehub::transport
