#include "adapters/housing/tables.hpp"

#include <array>
#include <optional>

#include "adapters/housing/codes.hpp"
#include "adapters/housing/read_table.hpp"

namespace carehub::adapters::housing {
namespace {

constexpr std::array kRequiredFiles = {file::kExport, file::kProject, file::kClient,
                                       file::kEnrollment};
constexpr unsigned kFlagMax = 999;

tl::unexpected<DocumentRefusal> unreadable(std::string_view name, std::string why,
                                           std::string fix) {
    return tl::unexpected<DocumentRefusal>(DocumentRefusal{
        std::string(name), 0, Refusal{RefusalReason::FormatUnreadable, "", std::move(fix)},
        std::move(why)});
}

void refuse_provider(Row& row, Column column) {
    row.refuse(RefusalReason::VictimServiceProvider, column,
               "a row of a victim service provider: such data may not be shared, hashed or not",
               "Leave victim service providers out of the export.");
}

/// A second row with the same id: the first one counts.
void tell_repeated(Row& row, Column id, bool is_same) {
    if (is_same) {
        row.find(id, "the same row twice: the second is left out");
    } else {
        row.refuse(RefusalReason::IdReused, id, "an earlier row of this file has the same id",
                   "Give every row its own id; the first row counts.");
    }
}

template <class T>
bool is_same_row(const T& first, T again) {
    again.base.line = first.base.line;
    return first == again;
}

class Loader {
public:
    Loader(const ExportSet& set, Report& report) : set_(set), report_(report) {}

    Result<OrRefusal<Tables>> load(const std::string& site_authority) {
        for (const std::string_view name : kRequiredFiles) {
            if (!set_.has(name)) {
                return OrRefusal<Tables>(unreadable(name, "the export has no such file",
                                                    "Export the whole set of files."));
            }
        }
        CAREHUB_TRY(auto info, load_info(site_authority));
        if (!info) {
            return OrRefusal<Tables>(tl::unexpected<DocumentRefusal>(std::move(info).error()));
        }
        tables_.info = std::move(*info);
        CAREHUB_TRY_DONE(load_organizations());
        CAREHUB_TRY_DONE(load_projects());
        CAREHUB_TRY_DONE(load_fleeing());
        CAREHUB_TRY_DONE(load_enrollments());
        CAREHUB_TRY_DONE(load_exits());
        CAREHUB_TRY_DONE(load_situations());
        fill_history();
        return OrRefusal<Tables>(std::move(tables_));
    }

private:
    Result<OrRefusal<ExportInfo>> load_info(const std::string& site_authority);
    Status load_organizations();
    Status load_projects();
    Status load_fleeing();
    Status load_enrollments();
    Status load_exits();
    Status load_situations();
    template <class T>
    Status load_dependents(std::string_view name, Column id, std::optional<T> (*parse)(Row&),
                           std::vector<T>& kept);
    void take_project(Row& row);
    void take_enrollment(Row& row);
    bool belongs_to_enrollment(Row& row, const std::string& enrollment,
                               const std::string& person) const;
    void fill_history();

    const ExportSet& set_;
    Report& report_;
    Tables tables_;
    std::unordered_set<std::string> organizations_;
    std::unordered_set<std::string> providers_;
    bool organizations_known_ = false;
    bool organizations_damaged_ = false;
};

Result<OrRefusal<ExportInfo>> Loader::load_info(const std::string& site_authority) {
    std::optional<ExportRow> first;
    CAREHUB_TRY_DONE(read_table(set_, file::kExport, report_, [&](Row& row) {
        if (!first) {
            first = parse_export(row);
        }
    }));
    if (!first) {
        return OrRefusal<ExportInfo>(unreadable(file::kExport, "the file has no readable row",
                                                "Export.csv has exactly one row."));
    }
    CAREHUB_TRY(const auto client, read_header(set_, file::kClient));
    CAREHUB_TRY(const auto enrollment, read_header(set_, file::kEnrollment));
    const VersionSigns signs{client && client->has(Column::Sex),
                             enrollment && enrollment->has(Column::RentalSubsidyType)};
    return judge_export(*first, signs, site_authority, report_);
}

Status Loader::load_organizations() {
    if (!set_.has(file::kOrganization)) {
        report_.find({file::kOrganization, 0}, "",
                     "no such file: no organisation is known to be a victim service provider");
        return {};
    }
    organizations_known_ = true;
    const std::size_t refusals_before = report_.refusals();
    CAREHUB_TRY_DONE(read_table(set_, file::kOrganization, report_, [&](Row& row) {
        const std::string_view flag = row.text(Column::VictimServiceProvider);
        const auto code = row.optional_code(Column::VictimServiceProvider, kFlagMax);
        std::string id = row.required_id(Column::OrganizationId);
        if (!row.accepted()) {
            return;
        }
        if (flag.empty()) {
            row.find(Column::VictimServiceProvider, "empty: not known to be one");
        }
        // What is neither yes nor no must not let a victim's data through.
        if (!flag.empty() && code != 0U) {
            providers_.insert(id);
        }
        organizations_.insert(std::move(id));
    }));
    organizations_damaged_ = report_.refusals() != refusals_before;
    return {};
}

Status Loader::load_projects() {
    return read_table(set_, file::kProject, report_, [this](Row& row) { take_project(row); });
}

void Loader::take_project(Row& row) {
    const std::string organization(row.text(Column::OrganizationId));
    const std::string id(row.text(Column::ProjectId));
    if (providers_.contains(organization)) {
        // A project's own row says nothing of a client; only its clients' rows are refused.
        tables_.provider_projects.insert(id);
        row.find(Column::OrganizationId, "of a victim service provider: no client of it is read");
        return;
    }
    if (organizations_known_ && !organizations_.contains(organization)) {
        if (organizations_damaged_) {
            row.refuse(RefusalReason::UnknownReference, Column::OrganizationId,
                       "its organisation cannot be read, so it may be a victim service provider",
                       "Mend the refused rows of Organization.csv.");
            return;
        }
        row.find(Column::OrganizationId,
                 "not in Organization.csv: not known to be a victim "
                 "service provider");
    }
    if (auto project = parse_project(row)) {
        const auto [at, is_new] = tables_.projects.try_emplace(project->id, *project);
        if (!is_new) {
            tell_repeated(row, Column::ProjectId, at->second == *project);
        }
    }
}

Status Loader::load_fleeing() {
    if (!set_.has(file::kHealthAndDv)) {
        return {};
    }
    return read_table(set_, file::kHealthAndDv, report_, [this](Row& row) {
        if (row.optional_code(Column::CurrentlyFleeing, kFlagMax) == 1U &&
            row.text(Column::DateDeleted).empty()) {
            tables_.fleeing.insert(row.required_id(Column::PersonalId));
        }
    });
}

Status Loader::load_enrollments() {
    return read_table(set_, file::kEnrollment, report_, [this](Row& row) { take_enrollment(row); });
}

void Loader::take_enrollment(Row& row) {
    if (tables_.provider_projects.contains(std::string(row.text(Column::ProjectId)))) {
        tables_.provider_enrollments.emplace(row.text(Column::EnrollmentId));
        tables_.provider_people.emplace(row.text(Column::PersonalId));
        refuse_provider(row, Column::ProjectId);
        return;
    }
    auto enrollment = parse_enrollment(row);
    if (!enrollment) {
        return;
    }
    const auto project = tables_.projects.find(enrollment->project);
    if (project == tables_.projects.end()) {
        row.refuse(RefusalReason::UnknownReference, Column::ProjectId,
                   "the project is not in Project.csv, or its row was refused",
                   "Export the project with its enrollments.");
        return;
    }
    const std::string id = enrollment->base.id;
    const auto [at, is_new] = tables_.enrollments.try_emplace(id, *enrollment);
    if (!is_new) {
        tell_repeated(row, Column::EnrollmentId, is_same_row(at->second, *enrollment));
        return;
    }
    tables_.people.insert(enrollment->base.person);
    if (is_permanent_housing(project->second.type) && !enrollment->base.deleted) {
        tables_.housed_entries[enrollment->base.person].push_back(enrollment->entry);
    }
}

/// Refuses a row whose enrollment is not there, or is another person's.
bool Loader::belongs_to_enrollment(Row& row, const std::string& enrollment,
                                   const std::string& person) const {
    const auto found = tables_.enrollments.find(enrollment);
    if (found == tables_.enrollments.end()) {
        row.refuse(RefusalReason::UnknownReference, Column::EnrollmentId,
                   "the enrollment is not in Enrollment.csv, or its row was refused",
                   "Export the enrollment in the same set.");
    } else if (found->second.base.person != person) {
        row.refuse(RefusalReason::UnknownReference, Column::PersonalId,
                   "the enrollment belongs to another PersonalID",
                   "Correct PersonalID, or export the merged client's rows anew.");
    }
    return row.accepted();
}

/// Reads a table of rows that belong to enrollments; of two with one id the first is kept.
template <class T>
Status Loader::load_dependents(std::string_view name, Column id, std::optional<T> (*parse)(Row&),
                               std::vector<T>& kept) {
    std::unordered_map<std::string, std::size_t> places;
    return read_table(set_, name, report_, [&](Row& row) {
        if (tables_.provider_enrollments.contains(std::string(row.text(Column::EnrollmentId)))) {
            refuse_provider(row, Column::EnrollmentId);
            return;
        }
        auto parsed = parse(row);
        if (!parsed || !belongs_to_enrollment(row, parsed->enrollment, parsed->base.person)) {
            return;
        }
        const auto [at, is_new] = places.try_emplace(parsed->base.id, kept.size());
        if (is_new) {
            kept.push_back(std::move(*parsed));
        } else {
            tell_repeated(row, id, is_same_row(kept[at->second], std::move(*parsed)));
        }
    });
}

Status Loader::load_exits() {
    if (!set_.has(file::kExit)) {
        report_.find({file::kExit, 0}, "", "no such file: no exit is inferred and none withdrawn");
        return {};
    }
    return load_dependents(file::kExit, Column::ExitId, parse_exit, tables_.exits);
}

Status Loader::load_situations() {
    if (!set_.has(file::kSituation)) {
        return {};
    }
    return load_dependents(file::kSituation, Column::CurrentLivingSitId, parse_situation,
                           tables_.situations);
}

void Loader::fill_history() {
    SituationHistory& history = tables_.history;
    for (const auto& [id, enrollment] : tables_.enrollments) {
        if (enrollment.base.deleted) {
            continue;
        }
        const std::string& person = enrollment.base.person;
        const std::uint8_t type = tables_.projects.at(enrollment.project).type;
        // The prior situation is where the person was the night before.
        history.add(person, enrollment.entry - std::chrono::days{1},
                    situation_class(enrollment.situation));
        if (is_homeless_project(type)) {
            history.add(person, enrollment.entry, SituationClass::Homeless);
        }
        if (is_permanent_housing(type) && enrollment.move_in) {
            history.add(person, *enrollment.move_in, SituationClass::Permanent);
        }
    }
    for (const ExitRow& exit : tables_.exits) {
        if (!exit.base.deleted) {
            history.add(exit.base.person, exit.date, situation_class(exit.destination));
        }
    }
    for (const SituationRow& situation : tables_.situations) {
        if (!situation.base.deleted) {
            history.add(situation.base.person, situation.date,
                        situation_class(situation.situation));
        }
    }
    history.sort();
}

}  // namespace

Result<OrRefusal<Tables>> load_tables(const ExportSet& set, const std::string& site_authority,
                                      Report& report) {
    return Loader(set, report).load(site_authority);
}

Status for_each_client(const ExportSet& set, const Tables& tables, Report& report,
                       const std::function<void(const ClientRow&)>& take) {
    const NameUse names = tables.info.hashed ? NameUse::Forbidden : NameUse::Allowed;
    std::unordered_map<std::string, ClientRow> seen;
    CAREHUB_TRY_DONE(read_table(set, file::kClient, report, [&](Row& row) {
        const std::string person(row.text(Column::PersonalId));
        if (!person.empty() && !tables.people.contains(person)) {
            if (tables.provider_people.contains(person)) {
                refuse_provider(row, Column::PersonalId);
            } else {
                row.find(Column::PersonalId, "a client without an enrollment: nothing to tell");
            }
            return;
        }
        auto client = parse_client(row, names);
        if (!client) {
            return;
        }
        const auto [at, is_new] = seen.try_emplace(person, *client);
        if (is_new) {
            take(*client);
            return;
        }
        tell_repeated(row, Column::PersonalId, is_same_row(at->second, std::move(*client)));
    }));
    for (const std::string& person : tables.people) {
        if (!seen.contains(person)) {
            report.find({file::kEnrollment, 0}, name_of(Column::PersonalId),
                        "not in Client.csv: the PersonalID alone says who it is");
        }
    }
    return {};
}

}  // namespace carehub::adapters::housing
