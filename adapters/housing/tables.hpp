// The tables of one export, read and joined: what may be told of it, and in which context.
//
// Contract: load_tables() reads everything but Client.csv, whose rows are needed once only and are
// given one by one by for_each_client(). Rows of victim service providers are refused before any of
// their values is kept but the enrollment's id, by which their exits and situations are recognised.
// Rows that name a project or enrollment that is not there are refused; a person who is not in
// Client.csv is a finding. Of two rows with one id the first counts.
// Errors: Io; Invalid when a table cannot be read to its end: then nothing of the export counts.
// Threads: confined to one thread.
#pragma once

#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "adapters/housing/export_info.hpp"
#include "adapters/housing/export_set.hpp"
#include "adapters/housing/rows.hpp"
#include "adapters/housing/situation_history.hpp"

namespace carehub::adapters::housing {

struct Tables {
    ExportInfo info;
    std::unordered_map<std::string, ProjectRow> projects;
    std::unordered_map<std::string, EnrollmentRow> enrollments;
    std::vector<ExitRow> exits;
    std::vector<SituationRow> situations;

    std::unordered_set<std::string> provider_projects;  ///< of victim service providers
    std::unordered_set<std::string> provider_enrollments;
    std::unordered_set<std::string> provider_people;
    std::unordered_set<std::string> people;   ///< with an accepted enrollment
    std::unordered_set<std::string> fleeing;  ///< CurrentlyFleeing 1
    std::unordered_map<std::string, std::vector<Date>> housed_entries;  ///< person -> PH entries
    SituationHistory history;
};

/// The document's refusal comes before an Error: it is the partner's to mend.
[[nodiscard]] Result<OrRefusal<Tables>> load_tables(const ExportSet& set,
                                                    const std::string& site_authority,
                                                    Report& report);

/// Clients with an accepted enrollment, in file order.
[[nodiscard]] Status for_each_client(const ExportSet& set, const Tables& tables, Report& report,
                                     const std::function<void(const ClientRow&)>& take);

}  // namespace carehub::adapters::housing
