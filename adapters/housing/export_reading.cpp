#include "adapters/housing/export_reading.hpp"

#include <algorithm>

#include "adapters/housing/limits.hpp"
#include "adapters/kit/text.hpp"

namespace carehub::adapters::housing {
namespace {

void refuse_provider(Row& row, Column column) {
    row.refuse(RefusalReason::VictimServiceProvider, column,
               "a row of a victim service provider: such data may not be shared, hashed or not",
               "Leave victim service providers out of the export.");
}

/// Whether it can be some row's: else it may stand for any that is known.
bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= kHmisIdBytesMax && is_utf8(text) && !has_control(text);
}

}  // namespace

ExportReading::ExportReading(const Parts& parts, ExportInfo info, KnownSet& known)
    : parts_(parts),
      known_(known),
      context_(std::move(info)),
      writer_(parts.desk, parts.stream),
      stamp_({parts.site, context_.info, age(), index_, writer_, parts.events, parts.report}),
      row_events_(parts.site, context_, parts.report) {}

std::int64_t ExportReading::exported_s() const {
    return context_.info.as_of ? std::chrono::floor<std::chrono::seconds>(*context_.info.as_of)
                                     .time_since_epoch()
                                     .count()
                               : KnownSet::kNeverExported;
}

ExportAge ExportReading::age() const {
    return context_.info.as_of && exported_s() < known_.exported_s ? ExportAge::Older
                                                                   : ExportAge::Newest;
}

Status ExportReading::run() {
    CAREHUB_TRY_DONE(recall_known());
    CAREHUB_TRY_DONE(read_context_of_export());
    if (age() == ExportAge::Older) {
        parts_.report.find({file::kExport, 0}, name_of(Column::ExportDate),
                           "older than an export read before: only rows not known are told");
    }
    CAREHUB_TRY_DONE(tell_rows());
    const bool is_newer =
        known_.exported_s == KnownSet::kNeverExported || exported_s() > known_.exported_s;
    CAREHUB_TRY_DONE(settle_known({context_, age(), is_newer, read_whole_, rowless_, index_,
                                   writer_, stamp_, parts_.desk, parts_.report},
                                  known_));
    known_.exported_s = std::max(known_.exported_s, exported_s());
    return {};
}

Status ExportReading::tell_rows() {
    CAREHUB_TRY_DONE(tell_provider_projects());
    CAREHUB_TRY_DONE(tell_clients());
    CAREHUB_TRY_DONE(tell_enrollments());
    CAREHUB_TRY_DONE(tell_dependents(Table::Exit, parse_exit, &RowEvents::of_exit));
    CAREHUB_TRY_DONE(tell_dependents(Table::Situation, parse_situation, &RowEvents::of_situation));
    CAREHUB_TRY_DONE(tell_dependents(Table::Service, parse_service, &RowEvents::of_service));
    CAREHUB_TRY_DONE(tell_dependents(Table::Referral, parse_referral, &RowEvents::of_referral));
    return tell_dependents(Table::Assessment, parse_assessment, &RowEvents::of_assessment);
}

/// What a delta, or an export that says nothing by silence, leaves out is known from before.
Status ExportReading::read_context_of_export() {
    CAREHUB_TRY_DONE(
        read_context(parts_.set, context_, parts_.report, [this](Table table, std::string_view id) {
            if (RowMark* mark = index_.find(row_key(table, id))) {
                mark->add(RowMark::Present);
            }
        }));
    if (context_.info.absence == Absence::SaysNothing) {
        CAREHUB_TRY_DONE(read_known(known_, parts_.desk, [this](const KnownRow& row) -> Status {
            const RowMark* mark = index_.find(row_key(row.table, row.id));
            context_.add_known(row, mark != nullptr && mark->is(RowMark::Present));
            return {};
        }));
    } else {
        CAREHUB_TRY_DONE(recall_untold());
    }
    context_.settle();
    return {};
}

/// What protects a person, and where a person lived, does not end because a file is missing or
/// cannot be read.
Status ExportReading::recall_untold() {
    const auto lacks = [this](Table table) { return !parts_.set.has(info_of(table).file); };
    const bool lacks_places = lacks(Table::Exit) || lacks(Table::Situation);
    if (context_.protection_whole && !lacks_places) {
        return {};
    }
    bool kept = false;
    CAREHUB_TRY_DONE(read_known(known_, parts_.desk, [&](const KnownRow& row) -> Status {
        kept |= !context_.protection_whole && context_.keep_protection(row);
        if (lacks(row.table)) {
            context_.add_known_place(row);
        }
        return {};
    }));
    if (kept) {
        parts_.report.find({file::kHealthAndDv, 0}, name_of(Column::CurrentlyFleeing),
                           "the file is missing or not whole: protection told before stands");
    }
    return {};
}

/// Before the export's own tables: what Project.csv says of a project counts more. What a full
/// refresh leaves out of Organization.csv and Project.csv is no word that it is no provider.
Status ExportReading::recall_known() {
    index_.reserve(known_.rows);
    return read_known(known_, parts_.desk, [this](const KnownRow& row) -> Status {
        index_known(row, index_);
        if (row.table == Table::ProviderProject) {
            context_.provider_projects.try_emplace(row.id, row.project);
        }
        return {};
    });
}

/// They are remembered, so that a later delta that names such a project alone is refused as well.
Status ExportReading::tell_provider_projects() {
    for (const auto& [id, organization] : context_.provider_projects) {
        const auto [mark, is_new] = index_.insert(row_key(Table::ProviderProject, id));
        mark->add(RowMark::Present);
        if (is_new && !id.empty() && id.size() <= kHmisIdBytesMax &&
            organization.size() <= kHmisIdBytesMax) {
            mark->add(RowMark::Replaced);
            KnownRow row;
            row.table = Table::ProviderProject;
            row.id = id;
            row.project = organization;
            CAREHUB_TRY_DONE(writer_.put(row));
        }
    }
    return {};
}

Status ExportReading::for_each_row(Table table, const OnRow& take) {
    const TableInfo& info = info_of(table);
    if (!parts_.set.has(info.file)) {
        return {};
    }
    bool ids_readable = true;
    const auto take_row = [&](Row& row) -> Status {
        if (RowMark* mark = index_.find(row_key(table, row.text(info.id)))) {
            mark->add(RowMark::Present);
        }
        ids_readable = ids_readable && is_id(row.text(info.id));
        const std::string_view user = row.text(Column::UserId);
        if (context_.users.size() > 0 && !user.empty() && !context_.users.contains(id_hash(user))) {
            row.find(Column::UserId, "not in User.csv");
        }
        return take(row);
    };
    CAREHUB_TRY(const TableRead read, read_table(parts_.set, info.file, parts_.report, take_row));
    parts_.report.count_rows(read.rows + read.unread);
    read_whole_[static_cast<std::size_t>(table)] = read.unread == 0 && ids_readable;
    rowless_[static_cast<std::size_t>(table)] = read.rows == 0;
    return {};
}

Status ExportReading::tell_clients() {
    const NameUse names = context_.info.hashed ? NameUse::Forbidden : NameUse::Allowed;
    IdSet clients;
    CAREHUB_TRY_DONE(for_each_row(Table::Client, [&](Row& row) -> Status {
        const std::string_view id = row.text(Column::PersonalId);
        const std::uint64_t person = id_hash(id);
        if (!id.empty() && !context_.people.contains(person)) {
            if (context_.provider_people.contains(person)) {
                refuse_provider(row, Column::PersonalId);
            } else {
                row.find(Column::PersonalId, "a client without an enrollment: nothing to tell");
            }
            return {};
        }
        const auto client = parse_client(row, names);
        if (!client) {
            return {};
        }
        clients.insert(person);
        return stamp_.take(row_events_.of_client(*client));
    }));
    tell_absent_clients(clients);
    return {};
}

void ExportReading::tell_absent_clients(const IdSet& clients) {
    if (context_.info.is_delta) {
        return;
    }
    context_.people.for_each([&](std::uint64_t person, Nothing) {
        if (!clients.contains(person)) {
            parts_.report.find({file::kEnrollment, 0}, name_of(Column::PersonalId),
                               "not in Client.csv: the PersonalID alone says who it is");
        }
    });
}

Status ExportReading::tell_enrollments() {
    return for_each_row(Table::Enrollment, [&](Row& row) -> Status {
        const std::string project(row.text(Column::ProjectId));
        if (context_.provider_projects.contains(project)) {
            refuse_provider(row, Column::ProjectId);
            return {};
        }
        const auto enrollment = parse_enrollment(row);
        if (!enrollment) {
            return {};
        }
        if (context_.project(enrollment->project) == nullptr) {
            row.refuse(RefusalReason::UnknownReference, Column::ProjectId,
                       "the project is not in Project.csv, or its row was refused",
                       "Export the project with its enrollments.");
            return {};
        }
        return stamp_.take(row_events_.of_enrollment(*enrollment));
    });
}

/// Refuses a row whose enrollment is not there, or is another person's.
bool ExportReading::belongs_to_enrollment(Row& row, const std::string& enrollment,
                                          const std::string& person) const {
    const EnrollmentContext* found = context_.enrollment(enrollment);
    if (found == nullptr) {
        row.refuse(RefusalReason::UnknownReference, Column::EnrollmentId,
                   "the enrollment is not in Enrollment.csv, or its row was refused",
                   "Export the enrollment in the same set.");
    } else if (found->person != id_hash(person)) {
        row.refuse(RefusalReason::UnknownReference, Column::PersonalId,
                   "the enrollment belongs to another PersonalID",
                   "Correct PersonalID, or export the merged client's rows anew.");
    }
    return row.accepted();
}

template <class T>
Status ExportReading::tell_dependents(Table table, std::optional<T> (*parse)(Row&),
                                      RowDraft (RowEvents::*events_of)(const T&) const) {
    if (table == Table::Exit && !parts_.set.has(file::kExit) && !context_.info.is_delta) {
        parts_.report.find({file::kExit, 0}, "",
                           "no such table: no exit is inferred and none withdrawn");
    }
    return for_each_row(table, [&](Row& row) -> Status {
        if (context_.provider_enrollments.contains(id_hash(row.text(Column::EnrollmentId)))) {
            refuse_provider(row, Column::EnrollmentId);
            return {};
        }
        const std::optional<T> parsed = parse(row);
        if (!parsed || !belongs_to_enrollment(row, parsed->enrollment, parsed->base.person)) {
            return {};
        }
        return stamp_.take((row_events_.*events_of)(*parsed));
    });
}

}  // namespace carehub::adapters::housing
