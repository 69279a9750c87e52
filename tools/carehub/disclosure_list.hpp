// A client's accounting of disclosures for people: repeated ones as one row, in text or as a page to
// print.
//
// 45 CFR 164.528(b)(3): of several disclosures to one recipient for one purpose the first is told in
// full, then how many there were and when the last was.
// Contract: pure. The page is HTML without scripts or anything fetched; whatever came from elsewhere
// is escaped.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

namespace carehub::tool {

struct DisclosureRow {
    boost::json::object first;  ///< the hub's line about the first one
    std::string last_at;
    std::uint64_t count = 0;
    std::set<std::string> kinds;
    std::set<std::string> forms;
};

/// Lines of the question `disclosures`, in the order of time; the rows in the order of their first.
[[nodiscard]] std::vector<DisclosureRow> roll_up(const std::vector<std::string>& lines);

/// A row for each line.
[[nodiscard]] std::vector<DisclosureRow> each_alone(const std::vector<std::string>& lines);

/// One row for scripts.
[[nodiscard]] std::string row_to_json(const DisclosureRow& row);

struct DisclosureRequest {
    std::string client;
    std::string regime = "all";  ///< "hipaa", "part2", "all"
    std::string from;            ///< as asked; empty: as far back as the law goes
    std::string to;
    std::string made_at;  ///< ISO 8601
    bool with_exempt = false;
};
void print_disclosures(const DisclosureRequest& request, const std::vector<DisclosureRow>& rows);
[[nodiscard]] std::string disclosure_page(const DisclosureRequest& request,
                                          const std::vector<DisclosureRow>& rows);

}  // namespace carehub::tool
