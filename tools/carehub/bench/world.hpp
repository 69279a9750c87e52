// The world of a benchmark: a folder with publishers, subscribers, a roster, and each client's
// consent that all of it be told.
//
// Contract: made once, by the hub's own code and over the wire; each run gets a copy.
// Errors: what the folder's hub says; Invalid when it refuses something. Threads: any one thread.
#pragma once

#include <memory>

#include "adapters/kit/link_file.hpp"
#include "hub/model/command.hpp"
#include "tools/carehub/bench/folder.hpp"
#include "tools/carehub/bench/options.hpp"

namespace carehub::tool::bench {

struct Links {
    std::vector<adapters::LinkFile> publishers;
    std::vector<adapters::LinkFile> subscribers;
    adapters::LinkFile admin;

    void set_endpoint(const std::string& endpoint);
};

struct World {
    Folder folder;
    Links links;  ///< their endpoints are empty until a hub has told its own
};

[[nodiscard]] Result<std::unique_ptr<World>> make_world(const Options& options);
[[nodiscard]] Status copy_world(const World& world, const Folder& to);

/// What makes a principal of a key.
[[nodiscard]] PartnerCommand partner_command(const std::string& name, PartnerKind kind,
                                             const Hash256& public_key);
[[nodiscard]] RosterCommand roster_command(std::uint64_t client);

}  // namespace carehub::tool::bench
