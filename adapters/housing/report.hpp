// Collects what reading an export gives: refusals row by row, findings counted.
//
// Contract: a refusal is kept for each row. Findings of one kind (file, column, text) become one
// finding that names the first line and says how many rows are concerned: an export with a
// hundred thousand empty cells must not fill the memory or hide the rest.
// Never give it a value of a row: file, column and fixed sentences only.
// Threads: confined to one thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "adapters/kit/partner_kind.hpp"

namespace carehub::adapters::housing {

struct RowPlace {
    std::string_view file;
    std::uint64_t line = 0;
};

class Report {
public:
    void refuse(RowPlace place, RefusalReason reason, std::string_view column, std::string why,
                std::string fix);
    void find(RowPlace place, std::string_view column, std::string_view what);

    [[nodiscard]] std::size_t refusals() const { return refusals_.size(); }
    [[nodiscard]] std::vector<RecordRefusal> take_refusals() { return std::move(refusals_); }
    /// In order of file, column and text.
    [[nodiscard]] std::vector<Finding> take_findings();

private:
    struct Tally {
        std::uint64_t first_line = 0;
        std::uint64_t rows = 0;
    };
    using FindingKey = std::tuple<std::string, std::string, std::string>;

    std::vector<RecordRefusal> refusals_;
    std::map<FindingKey, Tally> findings_;
};

}  // namespace carehub::adapters::housing
