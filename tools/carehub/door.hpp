// How the command reaches a hub: over its link when one runs, else the same code on the folder, in
// the name of whose link it is.
//
// Contract: each call waits for its answer. A running hub is found by the folder's lock. Errors are
// told with what to do. Threads: confined to one thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/kit/hub_client.hpp"
#include "hub/daemon/local_hub.hpp"
#include "tools/carehub/command.hpp"

namespace carehub::tool {

class Door {
public:
    /// With --link: that hub, or its folder where --data names it and it does not run. Else the hub
    /// of --data: running, or its folder.
    [[nodiscard]] static Result<Door> open(const Run& run);
    Door(Door&&) = default;
    Door& operator=(Door&&) = delete;
    ~Door();

    [[nodiscard]] Result<Receipt> command(const CommandBody& command);
    /// Many, pipelined; the receipts in the order of the commands.
    [[nodiscard]] Result<std::vector<Receipt>> commands(const std::vector<CommandBody>& commands);
    [[nodiscard]] Result<Receipt> submit(const Submission& submission);
    [[nodiscard]] Result<std::vector<std::string>> ask(const std::string& question,
                                                       const follower::Arguments& arguments);
    /// The hub's time: business time in a simulation.
    [[nodiscard]] Result<UtcTime> now();

private:
    Door() = default;

    std::string reason_;  ///< goes with every question
    std::unique_ptr<adapters::HubClient> client_;
    std::unique_ptr<daemon::LocalHub> local_;
};

[[nodiscard]] daemon::DataFolder folder_of(const Run& run);
/// The link of a client: --link, else the folder's admin link with the running hub's endpoint.
[[nodiscard]] Result<adapters::LinkFile> link_of(const Run& run);
/// "refused (44 IdentifierTaken): id: this identifier belongs ..." as an error.
[[nodiscard]] Error refusal_error(const Receipt& receipt);

}  // namespace carehub::tool
