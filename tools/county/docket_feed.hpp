// The municipal court's day: its docket as JSON, hearings with their results and warrants. What the
// docket has dropped is left out. Threads: confined to one thread.
#pragma once

#include <filesystem>

#include "tools/county/text.hpp"
#include "tools/county/world.hpp"

namespace carehub::county {

class DocketFeed {
public:
    DocketFeed(const World& world, int day, const std::filesystem::path& folder);
    void add(const ClientPlan& plan);
    [[nodiscard]] Status close() { return docket_.close(); }

private:
    int day_;
    JsonList docket_;
};

}  // namespace carehub::county
