// Reads one row about supervision itself: its start and end, a condition of it, or a violation that
// was reported. A row becomes one fact, of an ended supervision two.
//
// Contract: as check_in_row.hpp. A fact is only what the row tells: a supervision has ended when it
// gives the day on which it did and that day has come; the day until which it is meant to last is
// `expires` and ends nothing. Threads: any thread.
#pragma once

#include <string>
#include <vector>

#include "adapters/kit/table/table_reader.hpp"
#include "adapters/supervision/site.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters::supervision {

struct Fact {
    EventKind kind = EventKind::Unset;
    std::string key;  ///< business key: FEED|CLIENT|sort|the agency's id, else the day or the text
    std::string client;
    std::string id;  ///< the agency's own of the record; empty where it has none, or codes instead
    JusticeClaim claim;
    Date day{};                      ///< on which it happened
    std::optional<UtcTime> instant;  ///< of that day, where the row tells one
    TimeFlags flags;
    std::optional<UtcTime> updated;
};

/// Requires rows of supervision, conditions or violations. `today`: the day of the file.
[[nodiscard]] Accepted<std::vector<Fact>> read_facts(const TableRow& row, const TableProfile& table,
                                                     const Site& site, Date today, Report& report);

/// 16 hexadecimal digits over everything a fact says, but for when it was last touched.
[[nodiscard]] std::string fact_hash(const Fact& fact);
/// The same record, of a person it never was about: what was told of it is taken back, a supervision as
/// one that ended when it began.
[[nodiscard]] Fact entered_in_error(const Fact& fact, const std::string& client,
                                    const std::string& key);

[[nodiscard]] Submission fact_event(const Fact& fact, const Site& site, UtcTime told_at);

}  // namespace carehub::adapters::supervision
