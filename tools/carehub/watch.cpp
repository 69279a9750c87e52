// watch: prints what the hub delivers to a link, and acknowledges what was printed.
#include <iostream>

#include <boost/json.hpp>

#include "adapters/kit/json/json_event.hpp"
#include "tools/carehub/session.hpp"
#include "tools/carehub/words.hpp"

namespace carehub::tool {
namespace {

constexpr std::chrono::milliseconds kRound{200};

struct WatchArguments {
    std::vector<std::string> kinds;
    std::uint64_t from = 0;
    std::string since;
    bool only_looks = false;
    bool confirms = false;
    bool once = false;
};

Result<codec::Subscribe> subscription_of(const WatchArguments& arguments) {
    codec::Subscribe subscription;
    subscription.after = arguments.from == 0 ? 0 : arguments.from - 1;
    subscription.history = arguments.from != 0 || !arguments.since.empty();
    if (!arguments.since.empty()) {
        const auto since = parse_iso_time(arguments.since);
        if (!since) {
            return fail(ErrorCode::Invalid,
                        "--since wants a time such as 2026-03-02T06:00:00-05:00");
        }
        subscription.since = *since;
    }
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

/// History was acknowledged, and could be judged, when it was news.
Status confirm(adapters::HubClient& client, const std::vector<Notice>& notices) {
    std::vector<codec::Verdict> verdicts;
    for (const Notice& notice : notices) {
        if (!notice.history) {
            verdicts.push_back({notice.number, VerdictOutcome::Confirmed, {}});
        }
    }
    return client.tell_verdicts(verdicts);
}

Result<int> watch(const Run& run, const WatchArguments& arguments) {
    CAREHUB_TRY(codec::Subscribe subscription, subscription_of(arguments));
    const std::atomic<bool>& stop = stop_on_signals();
    CAREHUB_TRY(adapters::HubClient client, connect_client(run, codec::Purpose::Watch));
    CAREHUB_TRY_DONE(client.subscribe(std::move(subscription)));
    adapters::EventPrinter printer;
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
            if (arguments.confirms) {
                CAREHUB_TRY_DONE(confirm(client, notices));
            }
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
    auto* command = subcommand(app, "watch",
                               "print what the hub delivers to this link, one JSON object a line");
    auto arguments = std::make_shared<WatchArguments>();
    option(*command, "--kind", arguments->kinds, "only this kind of event; may be repeated");
    option(*command, "--from", arguments->from,
           "also what was acknowledged, from this sequence of the subscription on; "
           "it is marked \"history\"");
    option(*command, "--since", arguments->since,
           "also what was acknowledged, of this time and later, marked \"history\"");
    auto* looks =
        flag(*command, "--no-ack", arguments->only_looks, "look only: everything stays owed");
    flag(*command, "--confirm", arguments->confirms,
         "tell the hub of each line that its reader has it, for `carehub fate`")
        ->excludes(looks);
    flag(*command, "--once", arguments->once, "end when caught up");
    runs(command, run, [&run, arguments] { return watch(run, *arguments); });
}

}  // namespace carehub::tool
