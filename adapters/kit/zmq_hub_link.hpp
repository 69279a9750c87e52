// HubLink over ZeroMQ: an adapter's submissions, within the hub's credit, until each has its
// receipt, and the notices it is sent.
//
// Contract, errors, threads: as hub_link.hpp and hub_connection.hpp say.
#pragma once

#include <unordered_map>

#include "adapters/kit/hub_connection.hpp"
#include "adapters/kit/hub_link.hpp"
#include "hub/codec/submission.hpp"

namespace carehub::adapters {

class ZmqHubLink final : public HubLink {
public:
    explicit ZmqHubLink(HubConnection connection) : connection_(std::move(connection)) {}
    ~ZmqHubLink() override { connection_.leave(); }

    [[nodiscard]] std::size_t credit() const override { return connection_.credit(); }
    [[nodiscard]] Status submit(std::uint64_t ticket, const Submission& submission) override;
    void tell_last_receipt(const LastReceipt& last) override {
        connection_.tell_last_receipt(last);
    }
    [[nodiscard]] Result<LinkNews> poll(std::chrono::milliseconds timeout) override;
    [[nodiscard]] int wake_fd() const override { return connection_.wake_fd(); }
    [[nodiscard]] std::string trouble() const override { return connection_.trouble(); }
    [[nodiscard]] Status subscribe(const std::vector<EventKind>& kinds) override;
    [[nodiscard]] Status next_notice() override { return connection_.give_notice_credit(1); }
    [[nodiscard]] Status acknowledge(std::uint64_t number) override {
        return connection_.acknowledge(number);
    }
    [[nodiscard]] Status judge(std::uint64_t number, VerdictOutcome outcome,
                               const Refusal& refusal) override;

private:
    HubConnection connection_;
    codec::SubmissionEncoder encoder_;
    std::unordered_map<std::uint64_t, std::uint64_t>
        callers_;  // ticket on the wire -> the caller's
};

/// Connects as an adapter. Returns at once; poll() reports `reconnected` when the session stands.
[[nodiscard]] Result<std::unique_ptr<HubLink>> connect_hub(ConnectionOptions options);

}  // namespace carehub::adapters
