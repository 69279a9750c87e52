#include "adapters/housing/report.hpp"

#include <utility>

#include "adapters/housing/limits.hpp"

namespace carehub::adapters::housing {

void Report::refuse(RowPlace place, RefusalReason reason, std::string_view column,
                    std::string_view why, std::string_view fix) {
    if (telling_ == Telling::Nothing) {
        return;
    }
    if (++refused_[RefusalKey{place.file, column, reason}] <= kRefusalsToldMax) {
        refusals_.push_back({std::string(place.file), place.line,
                             Refusal{reason, std::string(column), std::string(fix)},
                             std::string(why)});
    }
}

void Report::find(RowPlace place, std::string_view column, std::string_view what) {
    if (telling_ == Telling::Nothing) {
        return;
    }
    const auto [at, is_new] =
        findings_.try_emplace(FindingKey{place.file, column, what}, Tally{place.line, 0});
    ++at->second.rows;
}

std::uint64_t Report::refused_for(RefusalReason reason) const {
    std::uint64_t rows = 0;
    for (const auto& [key, count] : refused_) {
        rows += std::get<RefusalReason>(key) == reason ? count : 0;
    }
    return rows;
}

std::uint64_t Report::refused_untold() const {
    std::uint64_t rows = 0;
    for (const auto& [key, count] : refused_) {
        const bool told_otherwise =
            std::get<RefusalReason>(key) == RefusalReason::VictimServiceProvider;
        rows += count > kRefusalsToldMax && !told_otherwise ? count - kRefusalsToldMax - 1 : 0;
    }
    return rows;
}

std::vector<RecordRefusal> Report::take_refusals() {
    for (const auto& [key, count] : std::exchange(refused_, {})) {
        if (count > kRefusalsToldMax) {
            const auto& [file, column, reason] = key;
            refusals_.push_back({file, 0,
                                 Refusal{reason, column, "Mend the rows told one by one first."},
                                 "and " + std::to_string(count - kRefusalsToldMax) +
                                     " more rows of this file, for the same reason"});
        }
    }
    return std::exchange(refusals_, {});
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
