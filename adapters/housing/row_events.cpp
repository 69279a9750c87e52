#include "adapters/housing/row_events.hpp"

#include <algorithm>

#include "adapters/housing/codes.hpp"
#include "adapters/housing/loss_rules.hpp"

namespace carehub::adapters::housing {
namespace {

static_assert(kPartsMax == static_cast<std::uint8_t>(Part::Deceased) + kLossRulesMax + 1);

Part part_of(LossRule rule) {
    return static_cast<Part>(static_cast<std::uint8_t>(Part::Deceased) +
                             static_cast<std::uint8_t>(rule));
}

void set_situation(HousingClaim& claim, std::uint16_t situation, std::uint16_t subsidy) {
    claim.situation = situation;
    claim.situation_class = situation == 0 ? SituationClass::Unset : situation_class(situation);
    claim.subsidy = subsidy;
}

/// A loss repeats what the row's own event says, and adds the grade.
void add_loss(RowDraft& draft, const std::optional<Loss>& loss) {
    if (!loss) {
        return;
    }
    Draft reported = draft.drafts.front();
    reported.part = part_of(loss->rule);
    reported.kind = EventKind::HousingLossReported;
    auto& claim = std::get<HousingClaim>(reported.payload);
    claim.grade = loss->grade;
    claim.deadline = loss->deadline;
    draft.drafts.push_back(std::move(reported));
}

}  // namespace

std::string RowEvents::key(std::string_view kind, const std::string& id) const {
    return site_.feed + '|' + tables_.info.authority + '|' + std::string(kind) + '|' + id;
}

HousingClaim RowEvents::claim(const EnrollmentRow& enrollment, Date day) const {
    HousingClaim claim;
    claim.project = enrollment.project;
    claim.project_type = tables_.projects.at(enrollment.project).type;
    claim.enrollment = enrollment.base.id;
    claim.household = enrollment.household;
    claim.date = day;
    // 0 is a code of these two lists, so "not told" has to be spelled out.
    claim.time_to_loss = kCodeNotCollected;
    claim.subsequent_residence = kCodeNotCollected;
    return claim;
}

Draft RowEvents::housing_draft(EventKind kind, std::string key, HousingClaim claim) const {
    Draft draft;
    draft.kind = kind;
    draft.business_key = std::move(key);
    draft.occurred_at = start_of_day(site_.zone, claim.date);
    draft.time_flags.add(TimeFlag::DateOnly);
    draft.payload = std::move(claim);
    return draft;
}

Labels RowEvents::labels_of(const EnrollmentRow& enrollment) const {
    Labels labels;
    if (tables_.projects.at(enrollment.project).protects_survivors ||
        tables_.fleeing.contains(enrollment.base.person)) {
        labels.add(SecurityLabel::DvProtected);
        labels.add(SecurityLabel::LocationProtected);
    }
    return labels;
}

RowDraft RowEvents::start(std::string_view file, const RowBase& row,
                          const EnrollmentRow& enrollment) const {
    return {file, &row, labels_of(enrollment), start_of_day(site_.zone, enrollment.entry), {}};
}

RowDraft RowEvents::of_client(const ClientRow& row) const {
    PersonClaim person;
    if (!row.given.empty() || !row.family.empty()) {
        person.names.push_back({row.family, row.given, ""});
    }
    person.birth = row.birth;
    person.sex = row.sex;

    const ResolvedLocal told = to_utc(site_.zone, *row.base.updated);
    Draft draft;
    draft.kind = EventKind::PersonUpserted;
    draft.business_key = key("person", row.base.id);
    draft.occurred_at = told.time;
    draft.precision = Precision::Second;
    if (told.reading != LocalReading::Unique) {
        draft.time_flags.add(told.reading == LocalReading::Ambiguous ? TimeFlag::Ambiguous
                                                                     : TimeFlag::Skipped);
    }
    draft.payload = std::move(person);

    RowDraft result{file::kClient, &row.base, {}, kUnknownTime, {}};
    if (tables_.fleeing.contains(row.base.person)) {
        result.labels.add(SecurityLabel::DvProtected);
        result.labels.add(SecurityLabel::LocationProtected);
    }
    result.drafts.push_back(std::move(draft));
    return result;
}

RowDraft RowEvents::of_enrollment(const EnrollmentRow& row) const {
    RowDraft result = start(file::kEnrollment, row.base, row);
    HousingClaim started = claim(row, row.entry);
    set_situation(started, row.situation, row.subsidy);
    started.time_to_loss = row.time_to_loss.value_or(kCodeNotCollected);
    if (is_permanent_housing(started.project_type)) {
        started.move_in = row.move_in;
    }
    EnrollmentFacts facts;
    facts.project_type = started.project_type;
    facts.entry = row.entry;
    facts.time_to_loss = row.time_to_loss;
    // The night before entry, if the row tells it, is later than anything known from other rows.
    const SituationClass prior = situation_class(row.situation);
    facts.last_known =
        prior != SituationClass::Other ? prior : tables_.history.before(row.base.person, row.entry);
    result.drafts.push_back(housing_draft(EventKind::HousingEnrollmentStarted,
                                          key("enrollment", row.base.id), std::move(started)));
    add_loss(result, judge_enrollment(facts));
    add_move_in(result, row);
    return result;
}

void RowEvents::add_move_in(RowDraft& draft, const EnrollmentRow& row) const {
    if (!row.move_in) {
        return;
    }
    HousingClaim moved = claim(row, *row.move_in);
    if (!is_permanent_housing(moved.project_type)) {
        report_.find({file::kEnrollment, row.base.line}, name_of(Column::MoveInDate),
                     "a move-in outside project types 3, 9, 10 and 13: ignored");
        return;
    }
    moved.move_in = row.move_in;
    moved.situation_class = SituationClass::Permanent;
    Draft move =
        housing_draft(EventKind::HousingMoveIn, key("enrollment", row.base.id), std::move(moved));
    move.part = Part::MoveIn;
    draft.drafts.push_back(std::move(move));
}

bool RowEvents::is_transfer(const ExitRow& row, const EnrollmentRow& enrollment) const {
    const auto found = tables_.housed_entries.find(row.base.person);
    if (found == tables_.housed_entries.end()) {
        return false;
    }
    const auto same_day = std::ranges::count(found->second, row.date);
    const bool own_entry_is_same_day =
        enrollment.entry == row.date && !enrollment.base.deleted &&
        is_permanent_housing(tables_.projects.at(enrollment.project).type);
    return same_day > (own_entry_is_same_day ? 1 : 0);
}

RowDraft RowEvents::of_exit(const ExitRow& row) const {
    const EnrollmentRow& enrollment = tables_.enrollments.at(row.enrollment);
    RowDraft result = start(file::kExit, row.base, enrollment);
    if (row.date < enrollment.entry) {
        report_.find({file::kExit, row.base.line}, name_of(Column::ExitDate),
                     "the exit is before the enrollment's entry");
    }
    HousingClaim exited = claim(enrollment, row.date);
    set_situation(exited, row.destination, row.subsidy);
    exited.destination = row.destination;
    exited.exit_reason = row.reason;
    ExitFacts facts;
    facts.project_type = exited.project_type;
    facts.move_in = enrollment.move_in;
    facts.exit_date = row.date;
    facts.destination = row.destination;
    facts.exit_reason = row.reason;
    facts.is_transfer = is_transfer(row, enrollment);
    if (is_permanent_housing(exited.project_type)) {
        exited.move_in = enrollment.move_in;
    }
    result.drafts.push_back(housing_draft(EventKind::HousingExit, key("enrollment", row.enrollment),
                                          std::move(exited)));
    add_loss(result, judge_exit(facts));
    add_death(result, row);
    return result;
}

void RowEvents::add_death(RowDraft& draft, const ExitRow& row) const {
    if (row.destination != kSituationDeceased) {
        return;
    }
    Draft death = draft.drafts.front();
    death.part = Part::Deceased;
    death.kind = EventKind::ClientDeceased;
    death.business_key = key("person", row.base.person);
    PersonClaim person;
    person.deceased_at = death.occurred_at;
    death.payload = std::move(person);
    draft.drafts.push_back(std::move(death));
}

RowDraft RowEvents::of_situation(const SituationRow& row) const {
    const EnrollmentRow& enrollment = tables_.enrollments.at(row.enrollment);
    RowDraft result = start(file::kSituation, row.base, enrollment);
    HousingClaim recorded = claim(enrollment, row.date);
    set_situation(recorded, row.situation, row.subsidy);
    recorded.leave_14d = row.leave_14d;
    recorded.subsequent_residence = row.subsequent_residence.value_or(kCodeNotCollected);
    SituationFacts facts;
    facts.situation = row.situation;
    facts.last_known = tables_.history.before(row.base.person, row.date);
    facts.date = row.date;
    facts.leave_14d = row.leave_14d;
    facts.subsequent_residence = row.subsequent_residence;
    result.drafts.push_back(housing_draft(EventKind::LivingSituationRecorded,
                                          key("cls", row.base.id), std::move(recorded)));
    add_loss(result, judge_situation(facts));
    return result;
}

}  // namespace carehub::adapters::housing
