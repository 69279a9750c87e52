// The housing provider's day: an HMIS CSV export (FY2026), by turns a full refresh of everything
// known by then and a delta of what changed since the export before.
//
// Contract: every file of the format is there; those the county has nothing for hold their header
// alone. Rows do not change once written, except by what happened. Threads: confined to one thread.
#pragma once

#include <array>
#include <filesystem>

#include "tools/county/hmis_sheet.hpp"

namespace carehub::county {

class HousingFeed {
public:
    HousingFeed(const World& world, int day, std::filesystem::path folder);
    void add(const ClientPlan& plan);
    [[nodiscard]] Status close();

private:
    void write_client(const Person& person, const HousingStay& stay);
    void write_enrollment(const Person& person, const HousingStay& stay);
    void write_exit(const Person& person, const HousingStay& stay);
    void write_row(const Person& person, const HousingStay& stay, const HousingRow& row);
    [[nodiscard]] HmisSheet& sheet_of(HousingTable table);
    /// What every row about a client ends in.
    [[nodiscard]] std::vector<HmisSheet::Cell> stamped(std::vector<HmisSheet::Cell> cells,
                                                       const std::string& created,
                                                       const std::string& updated) const;

    const World& world_;
    int day_;
    std::filesystem::path folder_;
    HmisSheet clients_;
    HmisSheet enrollments_;
    HmisSheet exits_;
    std::array<HmisSheet, 4> rows_;  ///< by HousingTable
};

}  // namespace carehub::county
