// The supervision agency's day: every check-in known by then with its status (CSV).
// Threads: confined to one thread.
#pragma once

#include <filesystem>

#include "tools/county/text.hpp"
#include "tools/county/world.hpp"

namespace carehub::county {

class SupervisionFeed {
public:
    SupervisionFeed(const World& world, int day, const std::filesystem::path& folder);
    void add(const ClientPlan& plan);
    [[nodiscard]] Status close() { return file_.close(); }

private:
    const World& world_;
    int day_;
    TextFile file_;
};

}  // namespace carehub::county
