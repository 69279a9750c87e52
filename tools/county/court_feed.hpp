// The court's day: one department's calendar (iCalendar) and another's hearing list (CSV), each
// with every hearing known by then, past ones with their results. Threads: confined to one thread.
#pragma once

#include <filesystem>

#include "tools/county/text.hpp"
#include "tools/county/world.hpp"

namespace carehub::county {

class CourtFeed {
public:
    CourtFeed(const World& world, int day, const std::filesystem::path& folder);
    void add(const ClientPlan& plan);
    [[nodiscard]] Status close();

private:
    const World& world_;
    int day_;
    TextFile calendar_;
    TextFile list_;
};

}  // namespace carehub::county
