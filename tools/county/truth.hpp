// OUT/truth.jsonl: what was planted and what must come of it, a line each; the last line sums up
// and names the rules of which the truth is the whole truth.
// Threads: confined to one thread.
#pragma once

#include <map>
#include <span>

#include "tools/county/text.hpp"
#include "tools/county/world.hpp"

namespace carehub::county {

/// Of these rules every alert of the county is planted; of all others the truth says nothing.
[[nodiscard]] std::span<const std::string_view> judged_rules();

class TruthFile {
public:
    TruthFile(const World& world, const std::filesystem::path& out);
    void add(const ClientPlan& plan);
    [[nodiscard]] Status close();

private:
    using Counts = std::map<std::string, std::uint64_t, std::less<>>;
    [[nodiscard]] static std::string object_of(const Counts& counts);
    void count(Counts& counts, std::string_view name);
    void add_caseloads();

    const World& world_;
    TextFile file_;
    Counts by_type_;
    Counts by_rule_;
    Counts by_expect_;
};

}  // namespace carehub::county
