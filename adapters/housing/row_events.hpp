// From rows to claims: which events a row asserts, with which payload, on which day.
//
// Contract: pure; a row and its context always give the same drafts. The drafts of a deleted row
// are those it would have if it were not deleted: they are what is withdrawn. Rows that belong to
// an enrollment must have been found to belong to it.
// Threads: any thread. Lifetime: a RowDraft borrows the row it was made from.
#pragma once

#include <string>
#include <vector>

#include "adapters/housing/context.hpp"
#include "adapters/housing/site_config.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters::housing {

/// One row may assert several events: the row's own, and those derived from it. The number is the
/// bit in KnownRows::Version::parts: never renumber.
enum class Part : std::uint8_t {
    Primary = 0,
    MoveIn = 1,
    Deceased = 2,
    LossL1 = 3,
    LossL2 = 4,
    LossL3 = 5,
    LossL4 = 6,
    LossL5 = 7,
    LossL6 = 8,
    LossL7 = 9,
    LossL8 = 10,
};
inline constexpr std::uint8_t kPartsMax = 11;

struct Draft {
    Part part = Part::Primary;
    EventKind kind = EventKind::Unset;
    std::string business_key;
    UtcTime occurred_at{};
    Precision precision = Precision::Day;
    TimeFlags time_flags;
    Payload payload;
};

struct RowDraft {
    Table table = Table::Client;
    const RowBase* row = nullptr;
    Labels labels;
    UtcTime earliest{};         ///< events of the row come after this one, its enrollment's entry
    bool is_told = true;        ///< false: the row says nothing, or no longer, that is told
    std::vector<Draft> drafts;  ///< at least one; the first is the row's own
};

class RowEvents {
public:
    RowEvents(const Site& site, const Context& context, Report& report)
        : site_(site), context_(context), report_(report) {}

    [[nodiscard]] RowDraft of_client(const ClientRow& row) const;
    [[nodiscard]] RowDraft of_enrollment(const EnrollmentRow& row) const;
    [[nodiscard]] RowDraft of_exit(const ExitRow& row) const;
    [[nodiscard]] RowDraft of_situation(const SituationRow& row) const;
    [[nodiscard]] RowDraft of_service(const ServiceRow& row) const;
    [[nodiscard]] RowDraft of_referral(const ReferralRow& row) const;
    [[nodiscard]] RowDraft of_assessment(const AssessmentRow& row) const;

private:
    /// An enrollment and its own id.
    struct Enrolled {
        const EnrollmentContext& context;
        const std::string& id;
    };

    [[nodiscard]] Enrolled enrolled(const std::string& enrollment) const;
    [[nodiscard]] RowDraft start(Table table, const RowBase& row,
                                 const EnrollmentContext& enrollment, Date day) const;
    void note_ahead(RowPlace place, Column column, Date day) const;
    [[nodiscard]] HousingClaim claim(const Enrolled& enrollment, Date day) const;
    [[nodiscard]] Draft housing_draft(Table table, const std::string& key_id,
                                      HousingClaim claim) const;
    void add_move_in(RowDraft& draft, const EnrollmentRow& row, const Enrolled& enrollment) const;
    void add_death(RowDraft& draft, const ExitRow& row) const;
    [[nodiscard]] bool is_transfer(const ExitRow& row, const EnrollmentContext& enrollment) const;

    const Site& site_;
    const Context& context_;
    Report& report_;
};

/// What a finding says of a row whose enrollment is deleted.
inline constexpr std::string_view kOfDeletedEnrollment =
    "its enrollment is deleted: not told, and withdrawn if it was told before";

/// "<feed>|<authority>|<kind of row>|<id>"
[[nodiscard]] std::string business_key(const Site& site, const std::string& authority, Table table,
                                       const std::string& id);

}  // namespace carehub::adapters::housing
