#include <unordered_set>

#include "adapters/housing/context.hpp"
#include "adapters/housing/read_table.hpp"

namespace carehub::adapters::housing {
namespace {

constexpr unsigned kFlagMax = 999;

void tell_repeated(Row& row, Column id, bool is_same) {
    if (is_same) {
        row.find(id, "the same row twice: the second is left out");
    } else {
        row.refuse(RefusalReason::IdReused, id, "an earlier row of this file has the same id",
                   "Give every row its own id; the first row counts.");
    }
}

class ContextReader {
public:
    ContextReader(const ExportSet& set, Context& context, Report& report, const OnPresent& present)
        : set_(set), context_(context), report_(report), present_(present) {
        // What is told of an organisation counts more than what was; what is not told still counts.
        for (const auto& [project, organization] : context.provider_projects) {
            providers_.insert(organization);
        }
    }

    Status read() {
        CAREHUB_TRY_DONE(read_organizations());
        CAREHUB_TRY_DONE(each(file::kProject, [this](Row& row) { take_project(row); }));
        CAREHUB_TRY_DONE(each(file::kUser, [this](Row& row) {
            context_.users.insert(id_hash(row.text(Column::UserId)));
        }));
        CAREHUB_TRY_DONE(read_health());
        CAREHUB_TRY_DONE(silently(Table::Enrollment, [this](Row& row) { take_enrollment(row); }));
        CAREHUB_TRY_DONE(silently(Table::Exit, [this](Row& row) { take(parse_exit(row)); }));
        return silently(Table::Situation, [this](Row& row) { take(parse_situation(row)); });
    }

private:
    template <class F>
    Status each(std::string_view name, F&& take_row) {
        if (!set_.has(name)) {
            return {};
        }
        const auto take = [&](Row& row) -> Status {
            take_row(row);
            return {};
        };
        CAREHUB_TRY_DONE(read_table(set_, name, report_, take));
        return {};
    }

    template <class F>
    Status silently(Table table, F&& take_row) {
        const TableInfo& info = info_of(table);
        if (!set_.has(info.file)) {
            return {};
        }
        Report quiet(Telling::Nothing);
        const auto take = [&](Row& row) -> Status {
            if (present_) {
                present_(table, row.text(info.id));
            }
            take_row(row);
            return {};
        };
        CAREHUB_TRY_DONE(read_table(set_, info.file, quiet, take));
        return {};
    }

    Status read_organizations();
    Status read_health();
    void take_organization(Row& row);
    void take_project(Row& row);
    /// Known from before, and no longer: where the export tells that its organisation is none, and
    /// no other row of it says that it is one still.
    void forget_provider(const std::string& project, const std::string& organization) {
        if (organizations_.contains(organization) && !told_providers_.contains(project)) {
            context_.forgot_provider |= context_.provider_projects.erase(project) > 0;
        }
    }
    void take_health(Row& row);
    void take_enrollment(Row& row);

    /// Rows of an enrollment that is not read, or is deleted, say nothing of where its person lived.
    template <class T>
    void take(const std::optional<T>& row) {
        const EnrollmentContext* enrollment = row ? context_.enrollment(row->enrollment) : nullptr;
        if (enrollment != nullptr && !enrollment->deleted &&
            enrollment->person == id_hash(row->base.person)) {
            context_.add(*row);
        }
    }

    const ExportSet& set_;
    Context& context_;
    Report& report_;
    const OnPresent& present_;
    std::unordered_set<std::string> organizations_;
    std::unordered_set<std::string> providers_;
    std::unordered_set<std::string> told_providers_;  ///< projects
    bool organizations_known_ = false;
    bool organizations_damaged_ = false;
};

Status ContextReader::read_organizations() {
    if (!set_.has(file::kOrganization)) {
        report_.find({file::kOrganization, 0}, "",
                     "no such file: no organisation is known to be a victim service provider");
        return {};
    }
    organizations_known_ = true;
    const auto take = [this](Row& row) -> Status {
        take_organization(row);
        organizations_damaged_ = organizations_damaged_ || !row.accepted();
        return {};
    };
    CAREHUB_TRY(const TableRead read, read_table(set_, file::kOrganization, report_, take));
    organizations_damaged_ = organizations_damaged_ || read.unread > 0;
    return {};
}

void ContextReader::take_organization(Row& row) {
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
    const bool is_provider = !flag.empty() && code != 0U;
    if (is_provider) {
        providers_.insert(id);
    } else if (!flag.empty() && !organizations_.contains(id)) {
        providers_.erase(id);
    }
    organizations_.insert(std::move(id));
}

void ContextReader::take_project(Row& row) {
    const std::string organization(row.text(Column::OrganizationId));
    const std::string id(row.text(Column::ProjectId));
    if (providers_.contains(organization)) {
        // A project's own row says nothing of a client; only its clients' rows are refused.
        context_.provider_projects.insert_or_assign(id, organization);
        told_providers_.insert(id);
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
        const auto place = static_cast<std::uint32_t>(context_.projects.size());
        const auto [at, is_new] = context_.project_places.try_emplace(project->id, place);
        if (is_new) {
            forget_provider(project->id, organization);
            context_.projects.push_back(std::move(*project));
        } else {
            tell_repeated(row, Column::ProjectId, context_.projects[at->second] == *project);
        }
    }
}

Status ContextReader::read_health() {
    if (!set_.has(file::kHealthAndDv)) {
        context_.protection_whole = false;
        return {};
    }
    const auto take = [this](Row& row) -> Status {
        take_health(row);
        context_.protection_whole = context_.protection_whole && row.accepted();
        return {};
    };
    CAREHUB_TRY(const TableRead read, read_table(set_, file::kHealthAndDv, report_, take));
    context_.protection_whole = context_.protection_whole && read.unread == 0;
    return {};
}

void ContextReader::take_health(Row& row) {
    if (row.optional_code(Column::CurrentlyFleeing, kFlagMax) == 1U &&
        row.text(Column::DateDeleted).empty()) {
        context_.fleeing.insert(id_hash(row.required_id(Column::PersonalId)));
    }
}

void ContextReader::take_enrollment(Row& row) {
    if (context_.provider_projects.contains(std::string(row.text(Column::ProjectId)))) {
        context_.provider_enrollments.insert(id_hash(row.text(Column::EnrollmentId)));
        context_.provider_people.insert(id_hash(row.text(Column::PersonalId)));
    } else if (const auto enrollment = parse_enrollment(row)) {
        context_.add(*enrollment);
    }
}

}  // namespace

Status read_context(const ExportSet& set, Context& context, Report& report,
                    const OnPresent& on_present) {
    return ContextReader(set, context, report, on_present).read();
}

}  // namespace carehub::adapters::housing
