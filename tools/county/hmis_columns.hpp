// The files of an HMIS CSV export, FY2026, and their columns as HUD names them, in HUD's order.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace carehub::county {

struct HmisTable {
    std::string_view name;     ///< file name without ".csv"
    std::string_view columns;  ///< the header row
};

[[nodiscard]] std::span<const HmisTable> hmis_tables();

}  // namespace carehub::county
