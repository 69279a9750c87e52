// watch: prints what the hub delivers to a link, and acknowledges what was printed.
#include <iostream>

#include <boost/json.hpp>

#include "tools/carehub/json_event.hpp"
#include "tools/carehub/session.hpp"
#include "tools/carehub/words.hpp"

namespace carehub::tool {
namespace {

constexpr std::chrono::milliseconds kRound{200};

struct WatchArguments {
    std::vector<std::string> kinds;
    std::uint64_t from = 0;
    bool only_looks = false;
    bool once = false;
};

Result<codec::Subscribe> subscription_of(const WatchArguments& arguments) {
    codec::Subscribe subscription;
    subscription.after = arguments.from == 0 ? 0 : arguments.from - 1;
    subscription.no_acknowledge = arguments.only_looks;
    for (const std::string& name : arguments.kinds) {
        const auto kinds = parse_kinds(name);
        if (!kinds) {
            return fail(ErrorCode::Invalid,
                        "--kind wants a kind of event such as AppointmentBooked");
        }
        subscription.kinds.insert(subscription.kinds.end(), kinds->begin(), kinds->end());
    }
    return subscription;
}

Result<int> watch(const Run& run, const WatchArguments& arguments) {
    CAREHUB_TRY(codec::Subscribe subscription, subscription_of(arguments));
    const std::atomic<bool>& stop = stop_on_signals();
    CAREHUB_TRY(adapters::HubClient client, connect_client(run, codec::Purpose::Watch));
    CAREHUB_TRY_DONE(client.subscribe(std::move(subscription)));
    EventPrinter printer;
    while (!stop && std::cout.good()) {
        CAREHUB_TRY(const std::vector<Notice> notices, client.notices(kRound));
        for (const Notice& notice : notices) {
            std::cout << boost::json::serialize(printer.notice_json(notice)) << "\n";
        }
        if (!notices.empty()) {
            std::cout.flush();
        }
        // What did not reach the reader's end of the pipe stays owed.
        if (!notices.empty() && !arguments.only_looks && std::cout.good()) {
            CAREHUB_TRY_DONE(client.acknowledge(notices.back().number));
        }
        if (arguments.once && client.caught_up()) {
            break;
        }
    }
    client.leave();
    return 0;
}

}  // namespace

void add_watch(CLI::App& app, Run& run) {
    auto* command = app.add_subcommand(
        "watch", "print what the hub delivers to this link, one JSON object a line");
    auto arguments = std::make_shared<WatchArguments>();
    command->add_option("--kind", arguments->kinds, "only this kind of event; may be repeated");
    command->add_option("--from", arguments->from, "begin at this sequence of the subscription");
    command->add_flag("--no-ack", arguments->only_looks, "look only: everything stays owed");
    command->add_flag("--once", arguments->once, "end when caught up");
    runs(command, run, [&run, arguments] { return watch(run, *arguments); });
}

}  // namespace carehub::tool
