// StaffLink over ZeroMQ.
//
// Contract, errors, threads: as staff_link.hpp and hub_connection.hpp say.
#pragma once

#include <map>
#include <memory>

#include "adapters/kit/hub_connection.hpp"
#include "adapters/kit/staff_link.hpp"

namespace carehub::adapters {

class ZmqStaffLink final : public StaffLink {
public:
    explicit ZmqStaffLink(HubConnection connection) : connection_(std::move(connection)) {}
    ~ZmqStaffLink() override { connection_.leave(); }

    [[nodiscard]] bool is_open() const override { return connection_.is_open(); }
    [[nodiscard]] Status subscribe(std::uint32_t credit) override;
    [[nodiscard]] Status next_notices(std::uint32_t count) override {
        return connection_.give_notice_credit(count);
    }
    [[nodiscard]] Status acknowledge(std::uint64_t number) override {
        return connection_.acknowledge(number);
    }
    [[nodiscard]] Status judge(std::uint64_t number, VerdictOutcome outcome,
                               const Refusal& refusal) override;
    [[nodiscard]] Status ask(const StaffQuestion& question) override;
    [[nodiscard]] Result<StaffNews> poll(std::chrono::milliseconds timeout) override;

private:
    HubConnection connection_;
    std::map<std::uint64_t, std::vector<std::string>> parts_;  ///< of answers not whole yet
};

/// Connects as an adapter: a second one with the same link ends the first. Returns at once; poll()
/// reports `opened` when the session stands.
[[nodiscard]] Result<std::unique_ptr<StaffLink>> connect_staff(LinkFile link, std::string software);

}  // namespace carehub::adapters
