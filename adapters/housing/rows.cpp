#include "adapters/housing/rows.hpp"

#include "adapters/housing/codes.hpp"
#include "adapters/housing/limits.hpp"
#include "adapters/kit/text.hpp"

namespace carehub::adapters::housing {
namespace {

/// 1.x data quality lists: 1 is full; 2 is partial; 8, 9 and 99 are none.
constexpr unsigned kFullQuality = 1;
constexpr unsigned kCodeMax = 999;
constexpr unsigned kSmallCodeMax = 255;
/// 4.20.D, 4.19.4 and 4.19.7.
constexpr unsigned kReferralResultMax = 3;
constexpr unsigned kAssessmentLevelMax = 2;
constexpr unsigned kPrioritizationMax = 2;

RowBase parse_base(Row& row, Column id) {
    RowBase base;
    base.line = row.place().line;
    base.id = row.required_id(id);
    base.person = id == Column::PersonalId ? base.id : row.required_id(Column::PersonalId);
    base.updated = row.optional_time(Column::DateUpdated);
    if (!base.updated) {
        base.updated = row.optional_time(Column::DateCreated);
    }
    base.deleted = !row.text(Column::DateDeleted).empty();
    return base;
}

std::uint8_t small(std::optional<unsigned> code) {
    return static_cast<std::uint8_t>(code.value_or(0));
}

std::uint16_t parse_subsidy(Row& row, Column column) {
    return static_cast<std::uint16_t>(row.optional_code(column, kCodeMax).value_or(0));
}

/// A situation that the event needs: an unknown number refuses the row, since FY2022 and earlier
/// used other numbers for other places.
std::uint16_t checked_situation(Row& row, Column column, unsigned code, SituationList list) {
    if (row.accepted() && !is_situation(code)) {
        row.refuse(RefusalReason::InvalidField, column, "the code is in no list of situations",
                   "Use the FY2024 or FY2026 list: 101 to 435, or 8, 9, 17, 24, 30, 37, 99.");
    } else if (!belongs_to(code, list)) {
        row.find(column, "a code of another situation list: taken as it is");
    }
    return static_cast<std::uint16_t>(code);
}

std::uint16_t parse_prior_situation(Row& row) {
    const auto code = row.optional_code(Column::LivingSituation, kCodeMax);
    if (!code) {
        return 0;
    }
    if (!is_situation(*code)) {
        row.find(Column::LivingSituation, "a code in no list of situations: read as empty");
        return 0;
    }
    return static_cast<std::uint16_t>(*code);
}

std::uint16_t parse_destination(Row& row) {
    if (row.text(Column::Destination).empty()) {
        row.find(Column::Destination, "no destination told: read as not known");
        return 0;
    }
    const unsigned code = row.required_code(Column::Destination, kCodeMax);
    return checked_situation(row, Column::Destination, code, SituationList::Destination);
}

std::optional<std::uint8_t> narrow(std::optional<unsigned> code) {
    return code ? std::optional(static_cast<std::uint8_t>(*code)) : std::nullopt;
}

std::string parse_name(Row& row, Column column) {
    const std::string_view name = row.text(column);
    if (name.size() > kPersonNameBytesMax || has_control(name) || !is_utf8(name)) {
        row.find(column, "no readable name (too long, not UTF-8, or control characters): not used");
        return {};
    }
    return std::string(name);
}

Sex parse_sex(Row& row) {
    switch (row.optional_code(Column::Sex, kCodeMax).value_or(kCodeMax)) {
        case 0: return Sex::Female;
        case 1: return Sex::Male;
        case 8:
        case 9:
        case 99: return Sex::Unknown;
        default: return Sex::Unset;
    }
}

void parse_person(Row& row, ClientRow& client) {
    if (row.optional_code(Column::NameDataQuality, kCodeMax) == kFullQuality) {
        client.given = parse_name(row, Column::FirstName);
        client.family = parse_name(row, Column::LastName);
    }
    if (row.optional_code(Column::BirthDateDataQuality, kCodeMax) == kFullQuality) {
        client.birth = row.optional_date(Column::BirthDate);
    }
    client.sex = parse_sex(row);
}

/// 2.02.7: 1 survivors of domestic violence, 3 people with HIV.
Labels labels_of_population(std::optional<unsigned> population) {
    Labels labels;
    if (population == 1U) {
        labels.add(SecurityLabel::DvProtected);
        labels.add(SecurityLabel::LocationProtected);
    } else if (population == 3U) {
        labels.add(SecurityLabel::Hiv);
    }
    return labels;
}

/// An optional code that has to be from 1 to `last`; 0 when it is not told.
std::uint8_t listed(Row& row, Column column, unsigned last) {
    const auto code = row.optional_code(column, last);
    if (code == 0U) {
        row.find(column, "no code of HUD's list: read as empty");
    }
    return small(code);
}

template <class T>
std::optional<T> if_accepted(const Row& row, T&& value) {
    return row.accepted() ? std::optional<T>(std::forward<T>(value)) : std::nullopt;
}

}  // namespace

std::optional<ProjectRow> parse_project(Row& row) {
    ProjectRow project;
    project.id = row.required_id(Column::ProjectId);
    project.organization = row.optional_id(Column::OrganizationId);
    project.type = kProjectTypeOther;
    if (row.text(Column::ProjectType).empty()) {
        row.find(Column::ProjectType, "no project type: read as 7, other");
    } else {
        const unsigned type = row.required_code(Column::ProjectType, kCodeMax);
        if (row.accepted() && !is_project_type(type)) {
            row.refuse(RefusalReason::InvalidField, Column::ProjectType,
                       "the number is no project type", "Use 0 to 14; there is no 5.");
        }
        project.type = static_cast<std::uint8_t>(type);
    }
    project.labels = labels_of_population(row.optional_code(Column::TargetPopulation, kCodeMax));
    return if_accepted(row, std::move(project));
}

std::optional<ClientRow> parse_client(Row& row, NameUse names) {
    ClientRow client;
    client.base = parse_base(row, Column::PersonalId);
    if (!client.base.updated) {
        row.refuse(RefusalReason::RowIncomplete, Column::DateUpdated,
                   "neither DateUpdated nor DateCreated says when the row was true",
                   "Write DateUpdated as yyyy-mm-dd hh:mm:ss.");
    }
    if (names == NameUse::Allowed) {
        parse_person(row, client);
    }
    return if_accepted(row, std::move(client));
}

std::optional<EnrollmentRow> parse_enrollment(Row& row) {
    EnrollmentRow enrollment;
    enrollment.base = parse_base(row, Column::EnrollmentId);
    enrollment.project = row.required_id(Column::ProjectId);
    enrollment.household = row.optional_id(Column::HouseholdId);
    enrollment.entry = row.required_date(Column::EntryDate);
    enrollment.situation = parse_prior_situation(row);
    enrollment.subsidy = parse_subsidy(row, Column::RentalSubsidyType);
    enrollment.move_in = row.optional_date(Column::MoveInDate);
    enrollment.time_to_loss = narrow(row.optional_code(Column::TimeToHousingLoss, kSmallCodeMax));
    return if_accepted(row, std::move(enrollment));
}

std::optional<ExitRow> parse_exit(Row& row) {
    ExitRow exit;
    exit.base = parse_base(row, Column::ExitId);
    exit.enrollment = row.required_id(Column::EnrollmentId);
    exit.date = row.required_date(Column::ExitDate);
    exit.destination = parse_destination(row);
    exit.subsidy = parse_subsidy(row, Column::DestinationSubsidyType);
    exit.reason = small(row.optional_code(Column::CmExitReason, kSmallCodeMax));
    return if_accepted(row, std::move(exit));
}

std::optional<SituationRow> parse_situation(Row& row) {
    SituationRow situation;
    situation.base = parse_base(row, Column::CurrentLivingSitId);
    situation.enrollment = row.required_id(Column::EnrollmentId);
    situation.date = row.required_date(Column::InformationDate);
    const unsigned code = row.required_code(Column::CurrentLivingSituation, kCodeMax);
    situation.situation =
        checked_situation(row, Column::CurrentLivingSituation, code, SituationList::Current);
    situation.subsidy = parse_subsidy(row, Column::ClsSubsidyType);
    if (const auto leave = row.optional_code(Column::LeaveSituation14Days, kSmallCodeMax)) {
        situation.leave_14d = answer_of(*leave);
    }
    situation.subsequent_residence =
        narrow(row.optional_code(Column::SubsequentResidence, kSmallCodeMax));
    return if_accepted(row, std::move(situation));
}

std::optional<ServiceRow> parse_service(Row& row) {
    ServiceRow service;
    service.base = parse_base(row, Column::ServicesId);
    service.enrollment = row.required_id(Column::EnrollmentId);
    // Some FY2026 writers call the day by the name it has in the other tables.
    const bool is_newer = row.text(Column::DateProvided).empty();
    service.date = row.required_date(is_newer && !row.text(Column::InformationDate).empty()
                                         ? Column::InformationDate
                                         : Column::DateProvided);
    const unsigned type = row.required_code(Column::RecordType, kCodeMax);
    if (row.accepted() && !is_record_type(type)) {
        row.refuse(RefusalReason::InvalidField, Column::RecordType,
                   "the number is no type of record", "Use the codes of HUD's list 1.4.");
    }
    service.record_type = static_cast<std::uint16_t>(type);
    return if_accepted(row, std::move(service));
}

std::optional<ReferralRow> parse_referral(Row& row) {
    ReferralRow referral;
    referral.base = parse_base(row, Column::EventId);
    referral.enrollment = row.required_id(Column::EnrollmentId);
    referral.date = row.required_date(Column::EventDate);
    const unsigned event = row.required_code(Column::Event, kCodeMax);
    if (row.accepted() && !is_coordinated_entry_event(event)) {
        row.refuse(RefusalReason::InvalidField, Column::Event,
                   "the number is no event of coordinated entry",
                   "Use the codes of HUD's list 4.20.2.");
    }
    referral.event = static_cast<std::uint8_t>(event);
    referral.result = listed(row, Column::ReferralResult, kReferralResultMax);
    referral.result_date = row.optional_date(Column::ResultDate);
    return if_accepted(row, std::move(referral));
}

std::optional<AssessmentRow> parse_assessment(Row& row) {
    AssessmentRow assessment;
    assessment.base = parse_base(row, Column::AssessmentId);
    assessment.enrollment = row.required_id(Column::EnrollmentId);
    assessment.date = row.required_date(Column::AssessmentDate);
    assessment.level = listed(row, Column::AssessmentLevel, kAssessmentLevelMax);
    assessment.prioritization = listed(row, Column::PrioritizationStatus, kPrioritizationMax);
    return if_accepted(row, std::move(assessment));
}

}  // namespace carehub::adapters::housing
