#include "tools/carehub/bench/floor_hub.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

#include <boost/json.hpp>

#include "hub/transport/mailbox.hpp"
#include "hub/transport/zap_handler.hpp"
#include "tools/carehub/bench/floor_door.hpp"

namespace carehub::tool::bench {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kBatchesMax = 64;         ///< door -> journal
constexpr std::size_t kCommitsMax = 256;        ///< journal -> door
constexpr std::size_t kGroupEventsMax = 4'096;  ///< of one append
constexpr milliseconds kIdleWait{200};
constexpr milliseconds kCrowdedWait{2};

std::atomic<bool> stop_asked{false};
void ask_to_stop(int /*signal*/) { stop_asked = true; }

/// As in the hub: after a failure nobody knows what is on disk.
template <class ResultOrStatus>
void check(const ResultOrStatus& result) {
    if (!result) {
        std::cerr << "floor: " << to_string(result.error()) << std::endl;
        std::_Exit(1);
    }
}

class FloorHub {
public:
    FloorHub(transport::RouterPort& port, FloorJournal& journal)
        : port_(port), door_(port), journal_(journal) {}

    void run() {
        port_.hand_over();
        std::thread journal([this] { run_journal(); });
        run_door();
        batches_.close();
        journal.join();
    }

private:
    void run_door() {
        transport::Poller poller;
        while (!stop_asked) {
            hand_on();
            poll(poller);
            while (const auto commit = commits_.try_pop()) {
                check(door_.release(*commit));
            }
            check(door_.flush());
        }
    }

    void hand_on() {
        if (pending_.empty() && door_.wants_input()) {
            auto batch = door_.read();
            check(batch);
            pending_ = std::move(*batch);
        }
        if (!pending_.empty() && batches_.try_push(pending_)) {
            pending_.clear();
        }
    }

    void poll(transport::Poller& poller) {
        poller.clear();
        poller.add_fd(commits_.wake_fd());
        const bool reads = pending_.empty() && door_.wants_input();
        if (reads) {
            port_.add_to(poller);
        }
        const bool is_crowded = !pending_.empty() || door_.has_waiting();
        const milliseconds wait = reads && door_.has_more() ? milliseconds{0} : kIdleWait;
        check(poller.wait(is_crowded ? std::min(wait, kCrowdedWait) : wait));
    }

    void run_journal() {
        while (!batches_.is_finished()) {
            std::vector<FloorBatch> group = next_group();
            if (!group.empty()) {
                auto commit = journal_.commit(std::move(group));
                check(commit);
                (void)commits_.push(std::move(*commit));  // nobody closes it
            }
        }
    }

    std::vector<FloorBatch> next_group() {
        std::vector<FloorBatch> group;
        std::size_t events = 0;
        auto next = batches_.pop(kIdleWait);
        while (next) {
            for (const FloorMessage& message : *next) {
                events += message.frame.slices.size();
            }
            group.push_back(std::move(*next));
            next = events < kGroupEventsMax ? batches_.try_pop() : std::nullopt;
        }
        return group;
    }

    transport::RouterPort& port_;
    FloorDoor door_;
    FloorJournal& journal_;
    FloorBatch pending_;  // found no room in the mailbox
    transport::Mailbox<FloorBatch> batches_{kBatchesMax};
    transport::Mailbox<FloorCommit> commits_{kCommitsMax};
};

struct Arguments {
    std::string folder;
    std::vector<std::string> admitted;
};

Result<int> serve(const Arguments& arguments) {
    std::signal(SIGTERM, ask_to_stop);
    transport::KeyTable keys;
    for (const std::string& text : arguments.admitted) {
        const auto key = transport::from_z85(text);
        if (!key) {
            return fail(ErrorCode::Invalid, "--admit wants a public key in Z85");
        }
        keys.admit(*key);
    }
    CAREHUB_TRY(const auto journal, FloorJournal::create(arguments.folder));
    CAREHUB_TRY(const transport::CurveKeys own, transport::make_curve_keys());
    CAREHUB_TRY(const auto context, transport::Context::create());
    CAREHUB_TRY(const auto zap, transport::ZapHandler::start(context, keys));
    CAREHUB_TRY(auto port,
                transport::RouterPort::open(context, {"tcp://127.0.0.1:*", own.secret_key}));
    CAREHUB_TRY(const std::string endpoint, port.endpoint());
    std::cout << boost::json::serialize(boost::json::object{
                     {"endpoint", endpoint}, {"public_key", transport::to_z85(own.public_key)}})
              << std::endl;
    FloorHub(port, *journal).run();
    return 0;
}

}  // namespace

void add_floor_hub(CLI::App& bench, Run& run) {
    auto arguments = std::make_shared<Arguments>();
    auto* command = subcommand(bench, "floor-hub", "the hub's place in `floor`")->group("");
    option(*command, "--folder", arguments->folder, "")->required();
    option(*command, "--admit", arguments->admitted, "");
    runs(command, run, [arguments] { return serve(*arguments); });
}

}  // namespace carehub::tool::bench
