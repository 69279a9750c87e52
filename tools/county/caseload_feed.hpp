// The supervision agency's case management service: who is under supervision, on which conditions,
// and violations reported; three lists as JSON, each with everything known by then.
// Threads: confined to one thread.
#pragma once

#include <filesystem>

#include "tools/county/text.hpp"
#include "tools/county/world.hpp"

namespace carehub::county {

class CaseloadFeed {
public:
    /// Each list has a folder of its own in the day's: terms, conditions, violations.
    CaseloadFeed(int day, const std::filesystem::path& folder);
    void add(const ClientPlan& plan);
    [[nodiscard]] Status close();

private:
    void add_facts(const Person& person, const std::vector<SupervisionFact>& facts, JsonList& list);

    int day_;
    JsonList terms_;
    JsonList conditions_;
    JsonList violations_;
};

}  // namespace carehub::county
