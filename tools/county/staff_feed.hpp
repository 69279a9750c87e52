// What staff tell the hub themselves on a day: contacts, consents given and revoked, as the JSON
// lines of `carehub send` for the admin link, where the client is named by the hub's own roster name;
// and what they do: commands of `carehub`, each with the link of who gives it.
// Threads: confined to one thread.
#pragma once

#include <filesystem>

#include "tools/county/text.hpp"
#include "tools/county/world.hpp"

namespace carehub::county {

class StaffFeed {
public:
    StaffFeed(const World& world, int day, const std::filesystem::path& folder);
    void add(const ClientPlan& plan);
    [[nodiscard]] Status close();

private:
    const World& world_;
    int day_;
    TextFile file_;
    TextFile acts_;
};

}  // namespace carehub::county
