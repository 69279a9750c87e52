// The hub's own code on a folder that no hub is running on: what the operator does from the shell.
//
// Contract: each call is decided, journalled and synced before it returns, exactly as by a running
// hub. The folder's lock is held while the object lives.
// Errors: AnotherWriter when a hub runs on the folder.
// Threads: confined to one thread.
#pragma once

#include <memory>
#include <span>

#include "hub/daemon/data_folder.hpp"
#include "hub/follower/answers.hpp"
#include "hub/model/command.hpp"
#include "hub/model/receipt.hpp"
#include "hub/model/submission.hpp"

namespace carehub::daemon {

class LocalHub {
public:
    [[nodiscard]] static Result<std::unique_ptr<LocalHub>> open(
        const DataFolder& folder, AfterRestore after = AfterRestore::Refuse);
    ~LocalHub();

    [[nodiscard]] Result<Receipt> command(const CommandBody& command);
    /// As one append: their receipts in order.
    [[nodiscard]] Result<std::vector<Receipt>> commands(std::span<const CommandBody> commands);
    [[nodiscard]] Result<Receipt> submit(const Submission& submission);
    /// What that partner would send, as one append; the receipts in order. NotFound when there is
    /// no such partner.
    [[nodiscard]] Result<std::vector<Receipt>> submit_as(const std::string& partner,
                                                         std::span<const Submission> submissions);
    [[nodiscard]] Result<follower::Answer> ask(const std::string& question,
                                               const follower::Arguments& arguments);
    /// From now on whoever holds that link speaks; until then it is the operator. NotFound when the
    /// hub knows no such link.
    [[nodiscard]] Status speak_as(const std::string& name, const Hash256& public_key);
    /// Business time.
    [[nodiscard]] UtcTime now() const;

private:
    struct Parts;
    explicit LocalHub(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace carehub::daemon
