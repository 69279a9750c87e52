// Collects what reading an export gives: refusals row by row, findings counted.
//
// Contract: a refusal is kept for each row, of one kind (file, column, reason) up to
// kRefusalsToldMax and then counted in one more. Findings of one kind (file, column, text) become one
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

/// A quiet report keeps nothing: for a table that is read once more later.
enum class Telling : std::uint8_t { All, Nothing };

class Report {
public:
    explicit Report(Telling telling = Telling::All) : telling_(telling) {}

    void refuse(RowPlace place, RefusalReason reason, std::string_view column, std::string_view why,
                std::string_view fix);
    void find(RowPlace place, std::string_view column, std::string_view what);

    /// Rows of the tables that events come of.
    void count_rows(std::uint64_t rows) { rows_ += rows; }
    [[nodiscard]] std::uint64_t rows() const { return rows_; }
    /// How many rows were refused for that reason.
    [[nodiscard]] std::uint64_t refused_for(RefusalReason reason) const;
    /// Rows beyond those, and the one line for the rest, that take_refusals() gives; without those of
    /// victim service providers.
    [[nodiscard]] std::uint64_t refused_untold() const;
    [[nodiscard]] std::vector<RecordRefusal> take_refusals();
    /// In order of file, column and text.
    [[nodiscard]] std::vector<Finding> take_findings();

private:
    struct Tally {
        std::uint64_t first_line = 0;
        std::uint64_t rows = 0;
    };
    using FindingKey = std::tuple<std::string, std::string, std::string>;

    using RefusalKey = std::tuple<std::string, std::string, RefusalReason>;

    Telling telling_;
    std::uint64_t rows_ = 0;
    std::map<RefusalKey, std::uint64_t> refused_;
    std::vector<RecordRefusal> refusals_;
    std::map<FindingKey, Tally> findings_;
};

}  // namespace carehub::adapters::housing
