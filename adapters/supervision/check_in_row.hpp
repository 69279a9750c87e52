// Reads one row of the agency's check-ins: cells become a check-in, or a refusal with field and fix.
//
// Contract: pure. A required cell that is missing or wrong refuses the row; an optional one that is
// wrong is passed over with a note. Completed or missed on a day after `today`, that of the file, has not
// happened: still scheduled, with a note. Refusals and notes never repeat a cell's content.
// Threads: any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "adapters/kit/table/table_reader.hpp"
#include "adapters/supervision/site.hpp"

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
    std::optional<std::chrono::minutes> offset;  ///< of the time, where it tells one
    std::optional<std::chrono::minutes> duration;
    std::optional<UtcTime> updated;
};

[[nodiscard]] Accepted<CheckIn> read_check_in(const TableRow& row, const TableProfile& table,
                                              const Site& site, Date today, Report& report);

}  // namespace carehub::adapters::supervision
