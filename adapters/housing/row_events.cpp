#include "adapters/housing/row_events.hpp"

#include "adapters/housing/codes.hpp"
#include "adapters/housing/loss_rules.hpp"
#include "hub/base/check.hpp"

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

std::string business_key(const Site& site, const std::string& authority, Table table,
                         const std::string& id) {
    std::string key = site.feed;
    key += '|';
    key += authority;
    key += '|';
    key += info_of(table).key_word;
    key += '|';
    key += id;
    return key;
}

RowEvents::Enrolled RowEvents::enrolled(const std::string& enrollment) const {
    const EnrollmentContext* context = context_.enrollment(enrollment);
    CAREHUB_CHECK(context != nullptr, "the enrollment of a row that is told is known");
    return {*context, enrollment};
}

HousingClaim RowEvents::claim(const Enrolled& enrollment, Date day) const {
    const ProjectRow& project = context_.projects[enrollment.context.project];
    HousingClaim claim;
    claim.project = project.id;
    claim.project_type = project.type;
    claim.enrollment = enrollment.id;
    claim.household = context_.household_of(enrollment.context);
    claim.date = day;
    // 0 is a code of these two lists, so "not told" has to be spelled out.
    claim.time_to_loss = kCodeNotCollected;
    claim.subsequent_residence = kCodeNotCollected;
    return claim;
}

Draft RowEvents::housing_draft(Table table, const std::string& key_id, HousingClaim claim) const {
    Draft draft;
    draft.kind = info_of(table).kind;
    draft.business_key = business_key(site_, context_.info.authority, table, key_id);
    draft.occurred_at = start_of_day(site_.zone, claim.date);
    draft.time_flags.add(TimeFlag::DateOnly);
    draft.payload = std::move(claim);
    return draft;
}

/// What has not happened yet by the export's own word; it is told all the same.
void RowEvents::note_ahead(RowPlace place, Column column, Date day) const {
    const std::optional<LocalTime>& as_of = context_.info.as_of;
    if (as_of && LocalTime{day.time_since_epoch()} > *as_of) {
        report_.find(place, name_of(column), "the day is after that of the export");
    }
}

RowDraft RowEvents::start(Table table, const RowBase& row, const EnrollmentContext& enrollment,
                          Date day) const {
    RowDraft draft;
    draft.table = table;
    draft.row = &row;
    draft.labels = context_.labels_of(enrollment);
    draft.earliest = start_of_day(site_.zone, date_of(enrollment.entry));
    draft.is_told = table == Table::Enrollment || !enrollment.deleted;
    if (!draft.is_told && !row.deleted) {
        report_.find({info_of(table).file, row.line}, name_of(Column::EnrollmentId),
                     kOfDeletedEnrollment);
    }
    note_ahead({info_of(table).file, row.line}, info_of(table).day, day);
    return draft;
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
    draft.business_key = business_key(site_, context_.info.authority, Table::Client, row.base.id);
    draft.occurred_at = told.time;
    draft.precision = Precision::Second;
    if (told.reading != LocalReading::Unique) {
        draft.time_flags.add(told.reading == LocalReading::Ambiguous ? TimeFlag::Ambiguous
                                                                     : TimeFlag::Skipped);
    }
    draft.payload = std::move(person);

    RowDraft result;
    result.row = &row.base;
    if (context_.fleeing.contains(id_hash(row.base.person))) {
        result.labels.add(SecurityLabel::DvProtected);
        result.labels.add(SecurityLabel::LocationProtected);
    }
    result.drafts.push_back(std::move(draft));
    return result;
}

RowDraft RowEvents::of_enrollment(const EnrollmentRow& row) const {
    // Of two rows with one id the second is told apart by what it says itself.
    EnrollmentContext own = enrolled(row.base.id).context;
    own.project = context_.project_places.at(row.project);
    own.person = id_hash(row.base.person);
    const Enrolled enrollment{own, row.base.id};
    RowDraft result = start(Table::Enrollment, row.base, own, row.entry);
    HousingClaim started = claim(enrollment, row.entry);
    started.household = row.household;
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
        prior != SituationClass::Other ? prior : context_.history.before(own.person, row.entry);
    result.drafts.push_back(housing_draft(Table::Enrollment, row.base.id, std::move(started)));
    add_loss(result, judge_enrollment(facts));
    add_move_in(result, row, enrollment);
    return result;
}

void RowEvents::add_move_in(RowDraft& draft, const EnrollmentRow& row,
                            const Enrolled& enrollment) const {
    if (!row.move_in) {
        return;
    }
    HousingClaim moved = claim(enrollment, *row.move_in);
    moved.household = row.household;
    if (!is_permanent_housing(moved.project_type)) {
        report_.find({file::kEnrollment, row.base.line}, name_of(Column::MoveInDate),
                     "a move-in outside project types 3, 9, 10 and 13: ignored");
        return;
    }
    note_ahead({file::kEnrollment, row.base.line}, Column::MoveInDate, *row.move_in);
    if (*row.move_in < row.entry) {
        report_.find({file::kEnrollment, row.base.line}, name_of(Column::MoveInDate),
                     "is before the day of entry");
    }
    moved.move_in = row.move_in;
    moved.situation_class = SituationClass::Permanent;
    Draft move = housing_draft(Table::Enrollment, row.base.id, std::move(moved));
    move.kind = EventKind::HousingMoveIn;
    move.part = Part::MoveIn;
    draft.drafts.push_back(std::move(move));
}

bool RowEvents::is_transfer(const ExitRow& row, const EnrollmentContext& enrollment) const {
    const bool own_entry_is_same_day =
        date_of(enrollment.entry) == row.date && !enrollment.deleted &&
        is_permanent_housing(context_.projects[enrollment.project].type);
    return context_.housed_entries(enrollment.person, row.date) > (own_entry_is_same_day ? 1U : 0U);
}

RowDraft RowEvents::of_exit(const ExitRow& row) const {
    const Enrolled enrollment = enrolled(row.enrollment);
    RowDraft result = start(Table::Exit, row.base, enrollment.context, row.date);
    if (row.date < date_of(enrollment.context.entry)) {
        report_.find({file::kExit, row.base.line}, name_of(Column::ExitDate),
                     "the exit is before the enrollment's entry");
    }
    HousingClaim exited = claim(enrollment, row.date);
    set_situation(exited, row.destination, row.subsidy);
    exited.destination = row.destination;
    exited.exit_reason = row.reason;
    ExitFacts facts;
    facts.project_type = exited.project_type;
    facts.move_in = enrollment.context.moved_in();
    facts.exit_date = row.date;
    facts.destination = row.destination;
    facts.exit_reason = row.reason;
    facts.is_transfer = is_transfer(row, enrollment.context);
    if (is_permanent_housing(exited.project_type)) {
        exited.move_in = facts.move_in;
    }
    result.drafts.push_back(housing_draft(Table::Exit, row.enrollment, std::move(exited)));
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
    death.business_key =
        business_key(site_, context_.info.authority, Table::Client, row.base.person);
    PersonClaim person;
    person.deceased_at = death.occurred_at;
    death.payload = std::move(person);
    draft.drafts.push_back(std::move(death));
}

RowDraft RowEvents::of_situation(const SituationRow& row) const {
    const Enrolled enrollment = enrolled(row.enrollment);
    RowDraft result = start(Table::Situation, row.base, enrollment.context, row.date);
    HousingClaim recorded = claim(enrollment, row.date);
    set_situation(recorded, row.situation, row.subsidy);
    recorded.leave_14d = row.leave_14d;
    recorded.subsequent_residence = row.subsequent_residence.value_or(kCodeNotCollected);
    SituationFacts facts;
    facts.situation = row.situation;
    facts.last_known = context_.history.before(enrollment.context.person, row.date);
    facts.date = row.date;
    facts.leave_14d = row.leave_14d;
    facts.subsequent_residence = row.subsequent_residence;
    result.drafts.push_back(housing_draft(Table::Situation, row.base.id, std::move(recorded)));
    add_loss(result, judge_situation(facts));
    return result;
}

RowDraft RowEvents::of_service(const ServiceRow& row) const {
    const Enrolled enrollment = enrolled(row.enrollment);
    RowDraft result = start(Table::Service, row.base, enrollment.context, row.date);
    // The programme that paid for it says what the person lives with.
    if (row.record_type == kRecordTypeHopwa) {
        result.labels.add(SecurityLabel::Hiv);
    } else if (row.record_type == kRecordTypePath || row.record_type == kRecordTypePathReferral) {
        result.labels.add(SecurityLabel::MentalHealth);
    }
    HousingClaim provided = claim(enrollment, row.date);
    // A night in a bed is a sign of life; what else was given is the provider's own affair.
    provided.event_code = row.record_type == kRecordTypeBedNight ? std::uint8_t{kRecordTypeBedNight}
                                                                 : std::uint8_t{0};
    result.drafts.push_back(housing_draft(Table::Service, row.base.id, std::move(provided)));
    return result;
}

RowDraft RowEvents::of_referral(const ReferralRow& row) const {
    const Enrolled enrollment = enrolled(row.enrollment);
    RowDraft result = start(Table::Referral, row.base, enrollment.context, row.date);
    if (!is_housing_referral(row.event)) {
        result.is_told = false;
        report_.find({file::kReferral, row.base.line}, name_of(Column::Event),
                     "no referral to housing (10 to 18): not told");
    }
    HousingClaim referred = claim(enrollment, row.date);
    referred.event_code = row.event;
    referred.result = row.result;
    referred.result_date = row.result_date;
    result.drafts.push_back(housing_draft(Table::Referral, row.base.id, std::move(referred)));
    return result;
}

RowDraft RowEvents::of_assessment(const AssessmentRow& row) const {
    const Enrolled enrollment = enrolled(row.enrollment);
    RowDraft result = start(Table::Assessment, row.base, enrollment.context, row.date);
    HousingClaim assessed = claim(enrollment, row.date);
    assessed.event_code = row.level;
    assessed.result = row.prioritization;
    result.drafts.push_back(housing_draft(Table::Assessment, row.base.id, std::move(assessed)));
    return result;
}

}  // namespace carehub::adapters::housing
