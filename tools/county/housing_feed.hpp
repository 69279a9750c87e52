// The housing provider's day: a whole HMIS CSV export (FY2026), a full refresh that grows.
//
// Contract: every file of the format is there; those the county has nothing for hold their header
// alone. Rows do not change once written, except by what happened. Threads: confined to one thread.
#pragma once

#include <filesystem>
#include <utility>
#include <vector>

#include "tools/county/text.hpp"
#include "tools/county/world.hpp"

namespace carehub::county {

/// One file of the export; rows name the columns they fill.
class HmisSheet {
public:
    HmisSheet(const std::filesystem::path& folder, std::string_view table);
    using Cell = std::pair<std::string_view, std::string>;
    void row(std::initializer_list<Cell> cells);
    [[nodiscard]] Status close() { return file_.close(); }

private:
    TextFile file_;
    std::vector<std::string_view> columns_;
};

class HousingFeed {
public:
    /// Is there an export on that day?
    [[nodiscard]] static bool exports_on(int day) { return day % 2 == 1; }

    HousingFeed(const World& world, int day, std::filesystem::path folder);
    void add(const ClientPlan& plan);
    [[nodiscard]] Status close();

private:
    [[nodiscard]] Status write_projects() const;
    void write_enrollment(const Person& person, const HousingStay& stay);
    void write_exit(const Person& person, const HousingStay& stay);

    const World& world_;
    int day_;
    std::filesystem::path folder_;
    HmisSheet clients_;
    HmisSheet enrollments_;
    HmisSheet exits_;
    HmisSheet situations_;
};

}  // namespace carehub::county
