#include <filesystem>
#include <fstream>
#include <set>

#include "adapters/kit/hub_client.hpp"
#include "adapters/kit/zmq_hub_link.hpp"
#include "tests/support/signed_tree.hpp"
#include "tests/unit/hub_link/loopback_hub.hpp"

namespace carehub::adapters {
namespace {

using codec::Purpose;
using std::chrono::milliseconds;

constexpr milliseconds kPatience{10'000};
constexpr int kPollsMax = 2'000;

ConnectionOptions as(const LinkFile& link, Purpose purpose) { return {link, purpose, "test"}; }

/// Submits 1..count, keeping the contract: what has no receipt after a reconnect is submitted
/// again.
std::set<std::uint64_t> send_all(HubLink& link, std::uint64_t count,
                                 const std::function<void(std::size_t)>& on_progress) {
    std::set<std::uint64_t> done;
    std::uint64_t next = 1;
    for (int polls = 0; done.size() < count && polls < kPollsMax; ++polls) {
        while (next <= count && link.credit() > 0) {
            if (!done.contains(next)) {
                REQUIRE(link.submit(next, make_event(next)));
            }
            ++next;
        }
        const auto news = link.poll(milliseconds{100});
        REQUIRE(news);
        for (const Receipt& receipt : news->receipts) {
            REQUIRE(receipt.status == ReceiptStatus::Accepted);
            done.insert(receipt.ticket);
        }
        if (news->reconnected) {
            next = 1;
        }
        on_progress(done.size());
    }
    return done;
}

TEST_CASE("An adapter's link carries a thousand events and brings a receipt for each", "[kit]") {
    LoopbackHub hub;
    auto link = connect_hub(as(hub.feeder(), Purpose::Adapter));
    REQUIRE(link);
    REQUIRE((*link)->credit() == 0);
    REQUIRE(send_all(**link, 1'000, [](std::size_t) {}).size() == 1'000);
    REQUIRE(hub.accepted() == 1'000);
}

TEST_CASE("A hub that restarts in the middle is found again and loses nothing", "[kit]") {
    LoopbackHub hub;
    auto link = connect_hub(as(hub.feeder(), Purpose::Adapter));
    REQUIRE(link);
    int restarts = 0;
    const auto done = send_all(**link, 9'000, [&](std::size_t so_far) {
        if (restarts < 2 && so_far > 2'000U * static_cast<unsigned>(restarts + 1)) {
            ++restarts;
            hub.restart();
        }
    });
    REQUIRE(restarts == 2);
    REQUIRE(done.size() == 9'000);
    REQUIRE(hub.accepted() >= 9'000);
}

TEST_CASE("A second adapter with the same key tells the first that another runs", "[kit]") {
    LoopbackHub hub;
    auto first = connect_hub(as(hub.feeder(), Purpose::Adapter));
    REQUIRE(first);
    REQUIRE((*first)->poll(kPatience)->reconnected);
    auto second = connect_hub(as(hub.feeder(), Purpose::Adapter));
    REQUIRE(second);
    REQUIRE((*second)->poll(kPatience)->reconnected);
    const auto news = (*first)->poll(kPatience);
    REQUIRE_FALSE(news);
    REQUIRE(news.error().code == ErrorCode::AnotherWriter);
}

TEST_CASE("A key the hub does not know waits in vain, and is told so", "[kit]") {
    LoopbackHub hub;
    const auto client = HubClient::connect(as(hub.stranger(), Purpose::Staff), milliseconds{300});
    REQUIRE_FALSE(client);
    REQUIRE(client.error().code == ErrorCode::Timeout);
}

TEST_CASE("Commands, questions and notices go through one client", "[kit]") {
    LoopbackHub hub;
    auto client = HubClient::connect(as(hub.watcher(), Purpose::Staff), kPatience);
    REQUIRE(client);
    REQUIRE(client->welcome().principal == "watcher");
    StaffCommand staff;
    staff.staff = "cm.lee";
    staff.role = StaffRole::CaseManager;
    const auto receipt = client->command(staff);
    REQUIRE(receipt);
    REQUIRE(receipt->status == ReceiptStatus::Accepted);
    const auto lines = client->ask("alerts", {{"owner", "cm.lee"}});
    REQUIRE(lines);
    REQUIRE(*lines == std::vector<std::string>{"{\"name\":\"alerts\"}"});
}

TEST_CASE("An import is pipelined: each command has its receipt", "[kit]") {
    LoopbackHub hub;
    auto client = HubClient::connect(as(hub.watcher(), Purpose::Staff), kPatience);
    REQUIRE(client);
    std::set<std::uint64_t> done;
    const auto sink = [&done](std::uint64_t number, const Receipt& receipt) {
        REQUIRE(receipt.status == ReceiptStatus::Accepted);
        done.insert(number);
        return Status{};
    };
    StaffCommand staff;
    staff.role = StaffRole::CaseManager;
    for (std::uint64_t number = 1; number <= 5'000; ++number) {
        staff.staff = "s" + std::to_string(number);
        REQUIRE(client->command_later(number, staff, sink));
    }
    REQUIRE(client->finish(sink));
    REQUIRE(done.size() == 5'000);
}

TEST_CASE("A watcher receives everything once and in order over breaks and credit", "[kit]") {
    constexpr std::uint64_t kEvents = 3'000;
    LoopbackHub hub;
    auto link = connect_hub(as(hub.feeder(), Purpose::Adapter));
    REQUIRE(link);
    REQUIRE(send_all(**link, kEvents, [](std::size_t) {}).size() == kEvents);
    auto watcher = HubClient::connect(as(hub.watcher(), Purpose::Watch), kPatience);
    REQUIRE(watcher);
    REQUIRE(watcher->subscribe({}));
    std::uint64_t last = 0;
    bool restarted = false;
    for (int polls = 0; last < kEvents && polls < kPollsMax; ++polls) {
        const auto notices = watcher->notices(milliseconds{100});
        REQUIRE(notices);
        for (const Notice& notice : *notices) {
            REQUIRE(notice.number == last + 1);
            last = notice.number;
        }
        REQUIRE(watcher->acknowledge(last));
        if (last > kEvents / 2 && !restarted) {
            restarted = true;
            hub.restart();
        }
    }
    REQUIRE(restarted);
    REQUIRE(last == kEvents);
}

TEST_CASE("A watcher confirms and refuses in batches, and the session lives", "[kit]") {
    constexpr std::uint64_t kEvents = 150;
    LoopbackHub hub;
    auto link = connect_hub(as(hub.feeder(), Purpose::Adapter));
    REQUIRE(link);
    REQUIRE(send_all(**link, kEvents, [](std::size_t) {}).size() == kEvents);
    auto watcher = HubClient::connect(as(hub.watcher(), Purpose::Watch), kPatience);
    REQUIRE(watcher);
    REQUIRE(watcher->subscribe({}));
    std::vector<codec::Verdict> verdicts;
    for (int polls = 0; verdicts.size() < kEvents && polls < kPollsMax; ++polls) {
        const auto notices = watcher->notices(milliseconds{100});
        REQUIRE(notices);
        for (const Notice& notice : *notices) {
            verdicts.push_back({notice.number, VerdictOutcome::Confirmed, {}});
        }
    }
    verdicts.front().outcome = VerdictOutcome::Refused;
    verdicts.front().refusal = {RefusalReason::InvalidField, "payload.end", "Our room is closed."};
    // Of a notice this session was not sent nothing leaves: the hub would end the session.
    verdicts.push_back({kEvents + 9, VerdictOutcome::Confirmed, {}});
    REQUIRE(watcher->tell_verdicts(verdicts));
    for (int polls = 0; hub.verdicts() < kEvents && polls < kPollsMax; ++polls) {
        REQUIRE(watcher->notices(milliseconds{20}));
    }
    REQUIRE(hub.verdicts() == kEvents);
}

TEST_CASE("An adapter's link brings one notice for each credit, again after a new Subscribe",
          "[kit]") {
    LoopbackHub hub;
    auto feeder = connect_hub(as(hub.feeder(), Purpose::Adapter));
    REQUIRE(feeder);
    REQUIRE(send_all(**feeder, 3, [](std::size_t) {}).size() == 3);
    auto link = connect_hub(as(hub.watcher(), Purpose::Adapter));
    REQUIRE(link);
    REQUIRE((*link)->subscribe({}));  // without a session nothing comes of it
    bool is_open = false;
    std::vector<std::uint64_t> came;
    const auto until = [&](std::size_t count) {
        for (int polls = 0; (!is_open || came.size() < count) && polls < kPollsMax; ++polls) {
            const auto news = (*link)->poll(milliseconds{20});
            REQUIRE(news);
            is_open = is_open || news->reconnected;
            for (const Notice& notice : news->notices) {
                came.push_back(notice.number);
            }
        }
    };
    until(0);
    REQUIRE(came.empty());
    REQUIRE((*link)->subscribe({}));
    until(1);
    REQUIRE((*link)->poll(milliseconds{100})->notices.empty());  // no credit is left
    REQUIRE((*link)->subscribe({}));
    until(2);
    REQUIRE(came == std::vector<std::uint64_t>{1, 1});
    REQUIRE((*link)->judge(1, VerdictOutcome::Confirmed, {}));
    REQUIRE((*link)->acknowledge(1));
    REQUIRE((*link)->next_notice());
    until(3);
    REQUIRE(came.back() == 2);
    REQUIRE(hub.verdicts() == 1);
}

TEST_CASE("An adapter kept out for its receipt is let in, and asked for all, once that is accepted",
          "[kit]") {
    LoopbackHub hub;
    hub.history().says = gateway::Recall::Lost;
    ConnectionOptions options = as(hub.feeder(), Purpose::Adapter);
    options.last_receipt = {77, {}};
    auto link = connect_hub(options);
    REQUIRE(link);
    for (int polls = 0; hub.history().told == 0 && polls < kPollsMax; ++polls) {
        const auto news = (*link)->poll(milliseconds{20});
        REQUIRE(news);
        REQUIRE_FALSE(news->reconnected);
    }
    REQUIRE(hub.history().told == 77);
    hub.history().says = gateway::Recall::LossAccepted;
    auto news = (*link)->poll(milliseconds{2'000});  // it does not hurry: the hub needs people
    REQUIRE(news);
    REQUIRE_FALSE(news->reconnected);
    news = (*link)->poll(kPatience);
    REQUIRE(news);
    REQUIRE(news->reconnected);
    REQUIRE(news->resend);
    // What it tells next is what it was told to tell.
    (*link)->tell_last_receipt({3, {}});
    hub.history().says = gateway::Recall::Known;
    hub.restart();
    news = (*link)->poll(kPatience);
    for (int polls = 0; !news->reconnected && polls < kPollsMax; ++polls) {
        news = (*link)->poll(kPatience);
        REQUIRE(news);
    }
    REQUIRE(hub.history().told == 3);
    REQUIRE_FALSE(news->resend);
}

/// Polls until the condition holds.
void poll_until(HubLink& link, const std::function<bool()>& condition) {
    for (int polls = 0; !condition() && polls < kPollsMax; ++polls) {
        REQUIRE(link.poll(milliseconds{20}));
    }
    REQUIRE(condition());
}

TEST_CASE("An adapter holds the hub to its checkpoints: none smaller, each larger one proven",
          "[kit]") {
    const TemporaryFolder folder;
    const SignedTree tree;
    LoopbackHub hub;
    ConnectionOptions options = as(hub.feeder(), Purpose::Adapter);
    const auto held = [&] {
        return CheckpointMemory::open(folder.path(), hub.feeder().hub_public_key).old_size();
    };
    options.checkpoints = CheckpointMemory::open(folder.path(), hub.feeder().hub_public_key);
    auto link = connect_hub(options);
    REQUIRE(link);
    poll_until(**link, [&] { return (*link)->credit() > 0; });
    hub.tell_checkpoint(tree.note(5), tree.key());
    poll_until(**link, [&] { return held() == 5; });
    hub.answer_with(tree.growth(5, 9));
    hub.tell_checkpoint(tree.note(9), tree.key());
    poll_until(**link, [&] { return held() == 9; });
    REQUIRE((*link)->trouble().empty());

    hub.tell_checkpoint(tree.note(7), tree.key());
    poll_until(**link, [&] { return !(*link)->trouble().empty(); });
    REQUIRE((*link)->credit() == 0);
    REQUIRE(held() == 9);
    // It tells in Hello what it holds, and sends nothing before the hub shows what it should.
    hub.answer_with(tree.growth(9, 12));
    hub.tell_checkpoint(tree.note(12), tree.key());
    poll_until(**link, [&] { return hub.history().told == 9; });
    poll_until(**link, [&] { return (*link)->credit() > 0; });
    REQUIRE((*link)->trouble().empty());
    REQUIRE(held() == 12);
}

TEST_CASE("A link file survives writing and reading, and keeps its secret", "[kit]") {
    const auto folder =
        std::filesystem::temp_directory_path() /
        ("link-" + transport::to_z85(Hash256{}).substr(0, 4) + std::to_string(std::rand()));
    std::filesystem::create_directory(folder);
    const auto path = folder / "clinic.carehub";
    LinkFile link;
    link.name = "clinic";
    link.kind = PartnerKind::Staff;
    link.role = StaffRole::Operator;
    const auto keys = *transport::make_curve_keys();
    link.hub_public_key = transport::make_curve_keys()->public_key;
    link.public_key = keys.public_key;
    link.secret_key = keys.secret_key;
    REQUIRE(write_link_file(path, link));
    REQUIRE(read_link_file(path) == link);

    const auto present = std::filesystem::current_path();
    std::filesystem::current_path(folder);
    REQUIRE(write_link_file("beside.carehub", link));
    std::filesystem::current_path(present);
    REQUIRE(read_link_file(folder / "beside.carehub") == link);

    std::filesystem::permissions(path, std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
    const auto open_to_others = read_link_file(path);
    REQUIRE_FALSE(open_to_others);
    REQUIRE(open_to_others.error().code == ErrorCode::Invalid);
    REQUIRE(open_to_others.error().context.find("chmod 600") != std::string::npos);
    REQUIRE(read_link_file(folder / "none.carehub").error().code == ErrorCode::NotFound);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace carehub::adapters
