// What an export's rows are read against: its projects, and in little room its enrollments, people
// and where they lived. The rows themselves are read again one by one, and not kept.
//
// Contract: read_context() reads Organization, Project, User and HealthAndDV, telling what is wrong
// with them, and goes through Enrollment, Exit and CurrentLivingSituation in silence: their rows
// are told when they become events. Rows of victim service providers leave nothing but hashes of
// the ids by which their other rows are recognised. Of two rows with one id the first counts.
// add_known() adds what a delta leaves out because it did not change; settle() ends the adding.
// Errors: Io; Invalid when a table cannot be read to its end: then nothing of the export counts.
// Threads: confined to one thread.
#pragma once

#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/housing/export_info.hpp"
#include "adapters/housing/export_set.hpp"
#include "adapters/housing/id_map.hpp"
#include "adapters/housing/known_row.hpp"
#include "adapters/housing/rows.hpp"
#include "adapters/housing/situation_history.hpp"

namespace carehub::adapters::housing {

struct EnrollmentContext {
    static constexpr DayNumber kNoDay = std::numeric_limits<DayNumber>::min();

    std::uint64_t person = 0;
    std::uint32_t project = 0;    ///< place in Context::projects
    std::uint32_t household = 0;  ///< place in Context::households
    DayNumber entry = 0;
    DayNumber move_in = kNoDay;
    std::uint32_t labels = 0;  ///< told of it before, by an export that this one is a delta to
    bool deleted = false;

    [[nodiscard]] std::optional<Date> moved_in() const {
        return move_in == kNoDay ? std::nullopt : std::optional(date_of(move_in));
    }
};

class Context {
public:
    explicit Context(ExportInfo export_info) : info(std::move(export_info)) {}

    ExportInfo info;
    std::vector<ProjectRow> projects;
    std::unordered_map<std::string, std::uint32_t> project_places;
    std::unordered_map<std::string, std::string> provider_projects;  ///< id -> organisation
    IdMap<EnrollmentContext> enrollments;
    IdSet provider_enrollments;
    IdSet provider_people;
    IdSet people;  ///< with an accepted enrollment
    IdSet fleeing;
    IdSet users;
    SituationHistory history;
    bool forgot_provider = false;  ///< a project that was a victim service provider's is none now
    bool protection_whole = true;  ///< HealthAndDV.csv is there, and every row of it was read

    [[nodiscard]] const EnrollmentContext* enrollment(std::string_view id) const {
        return enrollments.find(id_hash(id));
    }
    /// Whether this export deletes the enrollment that the row hangs on.
    [[nodiscard]] bool hangs_on_deleted(const KnownRow& row) const {
        const EnrollmentContext* found =
            row.enrollment.empty() ? nullptr : enrollment(row.enrollment);
        return found != nullptr && found->deleted;
    }
    [[nodiscard]] const ProjectRow* project(const std::string& id) const;
    [[nodiscard]] std::string_view household_of(const EnrollmentContext& enrollment) const;
    [[nodiscard]] Labels labels_of(const EnrollmentContext& enrollment) const;
    /// How many enrollments in permanent housing begin on that day.
    [[nodiscard]] std::size_t housed_entries(std::uint64_t person, Date day) const;

    void add(const EnrollmentRow& row);
    void add(const ExitRow& row);
    void add(const SituationRow& row);
    /// A row of an earlier export; `is_told` when this export has it as well.
    void add_known(const KnownRow& row, bool is_told);
    /// Where a row of an earlier export says its person lived.
    void add_known_place(const KnownRow& row);
    /// A label once told stays until a whole export says otherwise. Whether there was one to keep.
    bool keep_protection(const KnownRow& row);
    void settle();

private:
    struct HousedEntry {
        std::uint64_t person = 0;
        DayNumber day = 0;
        friend auto operator<=>(const HousedEntry&, const HousedEntry&) = default;
    };

    std::uint32_t place_of_project(const KnownRow& row);
    std::uint32_t keep_household(std::string_view household);
    void remember_stay(const EnrollmentContext& enrollment, SituationClass prior);

    std::string households_;  ///< each with its length before it
    std::vector<HousedEntry> housed_entries_;
};

/// Tells a row's presence: its table and id.
using OnPresent = std::function<void(Table, std::string_view id)>;

[[nodiscard]] Status read_context(const ExportSet& set, Context& context, Report& report,
                                  const OnPresent& on_present);

}  // namespace carehub::adapters::housing
