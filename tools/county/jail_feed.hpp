// The jail's day: its roster (CSV), who is in custody by booking number and who has left lately.
// Names and aliases stand in it, as rosters have them; nobody may be linked by them.
// Threads: confined to one thread.
#pragma once

#include <filesystem>

#include "tools/county/text.hpp"
#include "tools/county/world.hpp"

namespace carehub::county {

class JailFeed {
public:
    JailFeed(int day, const std::filesystem::path& folder);
    void add(const ClientPlan& plan);
    [[nodiscard]] Status close() { return roster_.close(); }

private:
    int day_;
    TextFile roster_;
};

}  // namespace carehub::county
