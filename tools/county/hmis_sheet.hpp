// One file of an HMIS export, and the days on which there is one.
//
// Contract: rows name the columns they fill; every other cell is empty. Exports come every other
// day, a full refresh and a delta by turns, the first one full. Threads: confined to one thread.
#pragma once

#include <filesystem>
#include <utility>
#include <vector>

#include "tools/county/text.hpp"
#include "tools/county/world.hpp"

namespace carehub::county {

inline constexpr int kDaysBetweenExports = 2;

/// Is there an export on that day?
[[nodiscard]] constexpr bool exports_on(int day) { return day % kDaysBetweenExports == 1; }
/// Does the export of that day hold only what changed since the last one?
[[nodiscard]] constexpr bool is_delta(int day) { return day % (2 * kDaysBetweenExports) == 3; }
/// The first export on or after that day.
[[nodiscard]] constexpr int export_from(int day) { return exports_on(day) ? day : day + 1; }
/// Does the export of `day` hold what last changed on `changed`?
[[nodiscard]] constexpr bool holds_change(int day, int changed) {
    return changed <= day && (!is_delta(day) || changed > day - kDaysBetweenExports);
}

class HmisSheet {
public:
    HmisSheet(const std::filesystem::path& folder, std::string_view table);
    using Cell = std::pair<std::string_view, std::string>;
    void row(const std::vector<Cell>& cells);
    [[nodiscard]] Status close() { return file_.close(); }

private:
    TextFile file_;
    std::vector<std::string_view> columns_;
};

/// HMIS times have no zone: they are the provider's wall clock.
[[nodiscard]] std::string hmis_time(Date date, int minute);
[[nodiscard]] std::string export_id(int day);

inline constexpr std::string_view kHmisUser = "1";  ///< organisation and user of every row

/// Export, Organization, User and Project of that day's export.
[[nodiscard]] Status write_provider(const World& world, int day,
                                    const std::filesystem::path& folder);
/// The id of HousingStay::project.
[[nodiscard]] std::string project_id(int project);

}  // namespace carehub::county
