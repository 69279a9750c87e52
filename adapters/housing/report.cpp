#include "adapters/housing/report.hpp"

#include <utility>

namespace carehub::adapters::housing {

void Report::refuse(RowPlace place, RefusalReason reason, std::string_view column, std::string why,
                    std::string fix) {
    refusals_.push_back({std::string(place.file), place.line,
                         Refusal{reason, std::string(column), std::move(fix)}, std::move(why)});
}

void Report::find(RowPlace place, std::string_view column, std::string_view what) {
    const FindingKey key{std::string(place.file), std::string(column), std::string(what)};
    const auto [at, is_new] = findings_.try_emplace(key, Tally{place.line, 0});
    ++at->second.rows;
}

std::vector<Finding> Report::take_findings() {
    std::vector<Finding> findings;
    for (const auto& [key, tally] : std::exchange(findings_, {})) {
        const auto& [file, column, what] = key;
        const std::string count =
            tally.rows == 1 ? "" : " (" + std::to_string(tally.rows) + " rows)";
        findings.push_back({file, tally.first_line, column, what + count});
    }
    return findings;
}

}  // namespace carehub::adapters::housing
