#include "adapters/kit/zmq_hub_link.hpp"

namespace carehub::adapters {

Status ZmqHubLink::submit(std::uint64_t ticket, const Submission& submission) {
    CAREHUB_TRY(const ByteView slice, encoder_.encode(submission));
    const std::uint64_t on_wire =
        connection_.queue(codec::FrameType::Submit, Bytes(slice.begin(), slice.end()));
    callers_[on_wire] = ticket;
    return {};
}

Result<LinkNews> ZmqHubLink::poll(std::chrono::milliseconds timeout) {
    CAREHUB_TRY(auto came, connection_.poll(timeout));
    LinkNews news;
    for (Receipt& receipt : came.receipts) {
        const auto caller = callers_.find(receipt.ticket);
        if (caller == callers_.end()) {
            continue;
        }
        receipt.ticket = caller->second;
        callers_.erase(caller);
        news.receipts.push_back(std::move(receipt));
    }
    news.notices = std::move(came.notices);
    if (came.opened) {
        callers_.clear();
        news.reconnected = true;
        news.resend = came.resend;
    }
    return news;
}

Status ZmqHubLink::subscribe(const std::vector<EventKind>& kinds) {
    codec::Subscribe subscription;
    subscription.kinds = kinds;
    return connection_.is_open() ? connection_.subscribe(subscription, 1) : Status{};
}

Status ZmqHubLink::judge(std::uint64_t number, VerdictOutcome outcome, const Refusal& refusal) {
    const codec::Verdict verdict{number, outcome, refusal};
    return connection_.tell_verdicts(std::span(&verdict, 1));
}

Result<std::unique_ptr<HubLink>> connect_hub(ConnectionOptions options) {
    CAREHUB_TRY(auto connection, HubConnection::open(std::move(options)));
    return std::unique_ptr<HubLink>(std::make_unique<ZmqHubLink>(std::move(connection)));
}

}  // namespace carehub::adapters
