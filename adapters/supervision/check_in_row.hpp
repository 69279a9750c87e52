// Reads one row of the agency's table: cells become a check-in, or a problem with its field and
// fix.
//
// Contract: pure. A required cell that is missing or wrong refuses the row; an optional one that is
// wrong is passed over with a note. Problems and notes never repeat a cell's content.
// Threads: immutable. Lifetime: borrows the site.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/kit/csv_reader.hpp"
#include "adapters/supervision/site.hpp"
#include "hub/model/refusal.hpp"

namespace carehub::adapters::supervision {

struct CheckIn {
    std::string client;
    std::string id;  ///< the agency's own; may be empty
    std::string officer;
    std::string officer_name;
    std::string place;
    std::string place_name;
    std::string type;
    ObligationClass obligation_class = ObligationClass::SupervisionCheckIn;
    RowStatus status = RowStatus::Scheduled;
    bool remote = false;
    Date date{};
    std::optional<std::chrono::seconds> time_of_day;
    std::optional<std::chrono::minutes> duration;
    std::optional<UtcTime> updated;
};

struct RowProblem {
    Refusal refusal;
    std::string why;
};

/// An optional cell that was passed over.
struct RowNote {
    std::string field;
    std::string what;
};

class CheckInReader {
public:
    CheckInReader(const Site& site, CsvHeader header) : site_(site), header_(std::move(header)) {}

    /// Mapped columns that the header does not have.
    [[nodiscard]] std::vector<std::string> missing_columns() const;
    [[nodiscard]] std::variant<CheckIn, RowProblem> read(const CsvRow& row,
                                                         std::vector<RowNote>& notes) const;

private:
    using Problem = std::optional<RowProblem>;

    /// The trimmed cell under that header name; empty when the name is.
    [[nodiscard]] std::string_view cell(const CsvRow& row, const std::string& column) const;
    [[nodiscard]] Problem check_cells(const CsvRow& row) const;
    [[nodiscard]] Problem read_names(const CsvRow& row, CheckIn& check_in) const;
    [[nodiscard]] Problem read_when(const CsvRow& row, CheckIn& check_in) const;
    [[nodiscard]] Problem read_status(const CsvRow& row, CheckIn& check_in) const;
    void read_extras(const CsvRow& row, CheckIn& check_in, std::vector<RowNote>& notes) const;

    const Site& site_;
    CsvHeader header_;
};

}  // namespace carehub::adapters::supervision
