#include "adapters/housing/known_changes.hpp"

#include "adapters/housing/limits.hpp"

namespace carehub::adapters::housing {
namespace {

std::uint8_t bit(std::size_t table) { return static_cast<std::uint8_t>(1U << table); }

class Settling {
public:
    Settling(const KnownChanges& changes, KnownSet& set) : changes_(changes), set_(set) {}

    Status settle() {
        CAREHUB_TRY_DONE(count_gone());
        const std::uint8_t held = hold_suspicious();
        const bool any_gone = may_be_gone_;
        if (!changes_.writer.is_empty() || any_gone || forgets_provider()) {
            const auto take = [this](const KnownRow& row) { return settle_row(row); };
            CAREHUB_TRY_DONE(read_known(set_, changes_.desk, take));
            CAREHUB_TRY_DONE(changes_.writer.finish(set_));
        }
        set_.held = held;
        return {};
    }

private:
    [[nodiscard]] bool infers_absence() const {
        return changes_.context.info.absence == Absence::MeansGone &&
               changes_.age == ExportAge::Newest;
    }

    [[nodiscard]] bool forgets_provider() const {
        return changes_.context.forgot_provider && changes_.age == ExportAge::Newest;
    }

    /// Within what the export speaks of.
    [[nodiscard]] bool is_covered(const KnownRow& row) const {
        const auto table = static_cast<std::size_t>(row.table);
        const Period& period = *changes_.context.info.period;
        return row.parts != 0 && row.table != Table::Client &&
               row.table != Table::ProviderProject && changes_.read_whole[table] &&
               row.date >= period.from && row.date <= period.to &&
               changes_.context.project(row.project) != nullptr;
    }

    /// Withdrawn as its enrollment is, whatever the export says of the row itself.
    [[nodiscard]] bool goes_with_enrollment(const KnownRow& row) const {
        return row.parts != 0 && changes_.age == ExportAge::Newest &&
               !mark_of(row).is(RowMark::Taken) && changes_.context.hangs_on_deleted(row);
    }

    [[nodiscard]] const RowMark& mark_of(const KnownRow& row) const {
        return *changes_.index.find(row_key(row.table, row.id));
    }

    /// Without a look at the rows themselves when nothing is missing.
    Status count_gone() {
        bool any_missing = false;
        changes_.index.for_each([&](std::uint64_t, const RowMark& mark) {
            any_missing = any_missing || (!mark.is(RowMark::Present) && mark.parts() != 0);
        });
        if (!any_missing || !infers_absence()) {
            return {};
        }
        return read_known(set_, changes_.desk, [this](const KnownRow& row) -> Status {
            if (is_covered(row) && !goes_with_enrollment(row)) {
                const auto table = static_cast<std::size_t>(row.table);
                ++covered_[table];
                gone_[table] += mark_of(row).is(RowMark::Present) ? 0U : 1U;
            }
            return {};
        });
    }

    /// A small provider may really have nobody left; so may an export have failed that writes its
    /// headers first: a table without a row is never believed at once.
    [[nodiscard]] bool is_suspicious(std::size_t table) const {
        return gone_[table] >= (changes_.rowless[table] ? 1 : kVanishedRowsMin) &&
               gone_[table] * 100 > covered_[table] * kVanishedPercentMax;
    }

    /// The tables of which suspiciously much is missing; a second time in a row it is believed.
    std::uint8_t hold_suspicious() {
        std::uint8_t held = 0;
        for (std::size_t table = 0; table < kTablesMax; ++table) {
            if (is_suspicious(table) && ((set_.held & bit(table)) == 0 || !changes_.is_newer)) {
                held = static_cast<std::uint8_t>(held | bit(table));
                changes_.report.refuse(
                    {kTables[table].file, 0}, RefusalReason::SnapshotSuspicious, "",
                    std::to_string(gone_[table]) + " of " + std::to_string(covered_[table]) +
                        " rows known of the period are missing: none of them is withdrawn",
                    "Export the set again. If so many rows are really gone, the next full refresh "
                    "without them is believed.");
                gone_[table] = 0;
            }
            may_be_gone_ = may_be_gone_ || gone_[table] > 0;
        }
        held_ = held;
        return held;
    }

    Status settle_row(const KnownRow& row) {
        if (row.table == Table::ProviderProject && forgets_provider() &&
            !changes_.context.provider_projects.contains(row.id)) {
            return {};
        }
        const RowMark& mark = mark_of(row);
        if (mark.is(RowMark::Replaced)) {
            return mark.is(RowMark::OtherPerson) ? changes_.stamp.withdraw(row) : Status{};
        }
        if (goes_with_enrollment(row)) {
            changes_.report.find({info_of(row.table).file, 0}, name_of(Column::EnrollmentId),
                                 kOfDeletedEnrollment);
            return bury(row);
        }
        const bool is_gone = infers_absence() && !mark.is(RowMark::Present) && is_covered(row) &&
                             (held_ & bit(static_cast<std::size_t>(row.table))) == 0;
        if (!is_gone) {
            return changes_.writer.put(row);
        }
        changes_.report.find({info_of(row.table).file, 0}, name_of(info_of(row.table).id),
                             "known, and not in this full refresh of its period: withdrawn");
        return bury(row);
    }

    /// Withdraws what the row said, and keeps that it was there.
    Status bury(const KnownRow& row) {
        CAREHUB_TRY_DONE(changes_.stamp.withdraw(row));
        KnownRow tombstone = row;
        tombstone.parts = 0;
        tombstone.version = 0;
        ++tombstone.revision;
        return changes_.writer.put(tombstone);
    }

    const KnownChanges& changes_;
    KnownSet& set_;
    std::array<std::uint64_t, kTablesMax> covered_{};
    std::array<std::uint64_t, kTablesMax> gone_{};
    std::uint8_t held_ = 0;
    bool may_be_gone_ = false;
};

}  // namespace

void index_known(const KnownRow& row, RowIndex& index) {
    RowMark mark{row.version, person_mark(row.person), row.revision, RowMark::Known};
    mark.set_parts(row.parts);
    index.insert(row_key(row.table, row.id), mark);
}

Status settle_known(const KnownChanges& changes, KnownSet& set) {
    return Settling(changes, set).settle();
}

}  // namespace carehub::adapters::housing
