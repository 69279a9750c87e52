#include "hub/core/case_view.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "hub/base/check.hpp"
#include "hub/core/addressee.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/permit.hpp"
#include "hub/core/rhythm.hpp"

namespace carehub::core {
namespace {

std::uint8_t rank_of(ObligationClass obligation_class) {
    switch (obligation_class) {
        case ObligationClass::CourtAppearance: return 1;
        case ObligationClass::SupervisionCheckIn:
        case ObligationClass::DrugTest: return 2;
        case ObligationClass::HousingMeeting:
        case ObligationClass::HousingInspection: return 4;
        case ObligationClass::BenefitsInterview: return 5;
        case ObligationClass::MedicationDosing: return 6;
        case ObligationClass::TreatmentSession:
        case ObligationClass::ClinicVisit: return 7;
        case ObligationClass::CaseManagerMeeting:
        case ObligationClass::Group:
        case ObligationClass::Other:
        case ObligationClass::Unset: break;
    }
    return 8;
}

}  // namespace

bool is_after_discharge(DutyProgram program) {
    switch (program) {
        case DutyProgram::GeneralDischargeContact:
        case DutyProgram::GeneralDischargeVisit:
        case DutyProgram::PsychiatricVisit7:
        case DutyProgram::PsychiatricVisit30:
        case DutyProgram::TcmVisit7:
        case DutyProgram::TcmVisit14:
        case DutyProgram::EdMentalHealth:
        case DutyProgram::EdSubstanceUse: return true;
        case DutyProgram::InitialReport:
        case DutyProgram::ContactInterval:
        case DutyProgram::HousingMeeting:
        case DutyProgram::AcceptedSuggestion:
        case DutyProgram::Unset: break;
    }
    return false;
}

namespace {

/// Whose zone and calendar deadlines are told in: the owner, or who is told in place of one.
Symbol acting_person(const State& state, const Client& client) {
    if (client.owner.value != 0) {
        return client.owner;
    }
    const Symbol supervisor = addressee(state, client, Audience::Supervisor);
    return supervisor.value != 0 ? supervisor : addressee(state, client, Audience::Integration);
}

OwnerClock owner_clock(const State& state, const Client& client) {
    OwnerClock clock;
    const auto owner = state.staff.find(acting_person(state, client));
    if (owner != state.staff.end()) {
        clock = {owner->second.zone, owner->second.calendar};
    }
    if (clock.zone.value == 0) {
        clock.zone = client.zone;
    }
    return clock;
}

}  // namespace

CaseView::CaseView(const State& state, const Case& subject, UtcTime now)
    : state_(state),
      case_(subject),
      now_(now),
      owner_(owner_clock(state, subject.client)),
      hours_(state, owner_.zone, owner_.calendar) {
    order_obligations();
}

void CaseView::order_obligations() {
    const std::vector<Obligation>& base = case_.obligations.base();
    const Case* kept =
        base.size() < StartOrder::kKeptFrom ? nullptr : state_.case_or_office(case_.client.id);
    if (kept != nullptr && &kept->obligations.base() == &base) {
        merge_changes(kept->order.entries());
        return;
    }
    by_status_.reserve(base.size() + case_.obligations.changes().size());
    for (const Obligation& record : case_.obligations) {
        by_status_.push_back(&record);
        ++status_begins_[index_of(record.status) + 1];
    }
    std::partial_sum(status_begins_.begin(), status_begins_.end(), status_begins_.begin());
    std::ranges::sort(by_status_, [](const Obligation* a, const Obligation* b) {
        return std::tie(a->status, a->start, a->id) < std::tie(b->status, b->start, b->id);
    });
}

/// By one pass over the order that State keeps, changed records in their places.
void CaseView::merge_changes(const std::vector<StartOrder::Entry>& entries) {
    const std::vector<Obligation>& base = case_.obligations.base();
    CAREHUB_CHECK(entries.size() == base.size(), "the order is of these records");
    std::vector<const Obligation*> changed;
    std::vector<std::size_t> replaced;
    for (const Obligation& record : case_.obligations.changes()) {
        changed.push_back(&record);
        if (const Obligation* before = find(base, record.id)) {
            replaced.push_back(static_cast<std::size_t>(before - base.data()));
        }
    }
    const auto is_before = [](const Obligation* a, const Obligation* b) {
        return std::tie(a->start, a->id) < std::tie(b->start, b->id);
    };
    std::ranges::sort(changed, is_before);

    // How many of each status, then where each status begins, then the records.
    for (const StartOrder::Entry& entry : entries) {
        ++status_begins_[index_of(entry.status) + 1];
    }
    for (const std::size_t place : replaced) {
        --status_begins_[index_of(base[place].status) + 1];
    }
    for (const Obligation* record : changed) {
        ++status_begins_[index_of(record->status) + 1];
    }
    std::partial_sum(status_begins_.begin(), status_begins_.end(), status_begins_.begin());
    auto next = status_begins_;
    by_status_.resize(status_begins_.back());
    const auto put = [&](const Obligation* record, ObligationStatus status) {
        by_status_[next[index_of(status)]++] = record;
    };
    auto change = changed.begin();
    for (const StartOrder::Entry& entry : entries) {
        if (std::ranges::binary_search(replaced, entry.place)) {
            continue;
        }
        for (; change != changed.end() && (*change)->start <= entry.start &&
               is_before(*change, &base[entry.place]);
             ++change) {
            put(*change, (*change)->status);
        }
        put(&base[entry.place], entry.status);
    }
    for (; change != changed.end(); ++change) {
        put(*change, (*change)->status);
    }
}

std::span<const Obligation* const> CaseView::obligations(ObligationStatus status,
                                                         UtcTime from) const {
    const auto all = obligations(status);
    const auto first = std::ranges::lower_bound(all, from, {}, &Obligation::start);
    return {first, all.end()};
}

const Obligation* CaseView::obligation(ObligationId id) const {
    return find(case_.obligations, id);
}

const Stay* CaseView::stay(StayId id) const { return find(case_.stays, id); }

std::int64_t CaseView::setting_told(RuleId rule, std::uint8_t setting,
                                    std::int64_t otherwise) const {
    const auto told = state_.rule_settings.find({rule, setting});
    return told == state_.rule_settings.end() ? otherwise : told->second.value;
}

const Matter* CaseView::matter(MatterId id) const { return find(case_.matters, id); }

bool CaseView::has_owner() const {
    return case_.client.owner.value != 0 ||
           (case_.client.model == CaseModel::Act && case_.client.team.value != 0);
}

UtcTime CaseView::silent_at(const Feed& feed) const {
    const Partner* partner = state_.partner(feed.partner);
    const bool judged = partner != nullptr && !partner->removed && !partner->paused &&
                        !partner->rehearsal && partner->kind != PartnerKind::Staff;
    return judged ? core::silent_at(feed, state_.calendar_of(feed.partner)) : kNever;
}

std::uint32_t CaseView::caseload(Symbol owner) const {
    const auto counted = state_.caseloads.find(owner);
    return counted == state_.caseloads.end() ? 0 : counted->second;
}

PartnerKind CaseView::kind_of(PartnerId partner) const {
    const Partner* known = state_.partner(partner);
    return known == nullptr ? PartnerKind::Unset : known->kind;
}

std::uint8_t CaseView::rank(const Obligation& obligation) const {
    std::uint8_t rank = rank_of(obligation.obligation_class);
    if (obligation.obligation_class == ObligationClass::ClinicVisit) {
        // Glossary 7: a clinic visit weighs more on the last day of an open follow-up duty.
        for (const Duty& duty : case_.duties) {
            const bool last_day = duty.state == DutyState::Open &&
                                  is_after_discharge(duty.program) && owner_sees(duty) &&
                                  local_date(duty.zone, obligation.start) == duty.due;
            rank = last_day ? std::uint8_t{6} : rank;
        }
    }
    return obligation.mandatory ? std::min<std::uint8_t>(rank, 3) : rank;
}

const PlaceInfo* CaseView::place_of(const Obligation& obligation) const {
    const Partner* partner = state_.partner(obligation.partner);
    return partner == nullptr ? nullptr : state_.place(partner->name, obligation.place);
}

bool CaseView::same_site(const Obligation& a, const Obligation& b) const {
    const PlaceInfo* from = place_of(a);
    const PlaceInfo* to = place_of(b);
    if (from != nullptr && to != nullptr && from->site.value != 0) {
        return from->site == to->site;
    }
    return a.partner == b.partner && a.place == b.place;
}

minutes CaseView::travel(const Obligation& from, const Obligation& to) const {
    if (from.remote || to.remote) {
        return kTravelRemote;
    }
    if (same_site(from, to)) {
        return minutes{0};
    }
    const PlaceInfo* a = place_of(from);
    const PlaceInfo* b = place_of(to);
    const bool other_city = a != nullptr && b != nullptr && a->city != b->city;
    const minutes way = other_city ? kTravelOtherCity : kTravelSameCity;
    return case_.client.transport == Transport::None ? way * kNoTransportFactor : way;
}

minutes CaseView::arrival_buffer(const Obligation& to) const {
    if (to.remote) {
        return minutes{0};
    }
    switch (kind_of(to.partner)) {
        case PartnerKind::Court: return kArrivalCourt;
        case PartnerKind::SupervisionAgency:
        case PartnerKind::Jail: return kArrivalSupervision;
        case PartnerKind::Clinic:
        case PartnerKind::Hospital: return kArrivalClinic;
        case PartnerKind::HousingProvider:
        case PartnerKind::Staff:
        case PartnerKind::Unset: break;
    }
    return minutes{0};
}

bool CaseView::is_care_visit(const Obligation& obligation) const {
    switch (obligation.obligation_class) {
        case ObligationClass::ClinicVisit:
        case ObligationClass::TreatmentSession:
        case ObligationClass::MedicationDosing: return true;
        case ObligationClass::CourtAppearance:
        case ObligationClass::SupervisionCheckIn:
        case ObligationClass::DrugTest:
        case ObligationClass::HousingMeeting:
        case ObligationClass::HousingInspection:
        case ObligationClass::BenefitsInterview:
        case ObligationClass::CaseManagerMeeting:
        case ObligationClass::Group:
        case ObligationClass::Other:
        case ObligationClass::Unset: break;
    }
    return false;
}

bool CaseView::contacted_since(UtcTime time) const {
    return std::ranges::any_of(case_.contacts, [time](const Contact& contact) {
        return contact.made && contact.two_way && contact.at >= time;
    });
}

bool CaseView::owner_sees(const Obligation& obligation) const {
    return owner_may_see(state_, case_, disclosed_of(state_, obligation), now_);
}

bool CaseView::owner_sees(const Duty& duty) const {
    const Stay* of = stay(duty.stay);
    return of != nullptr && owner_may_see(state_, case_, disclosed_of(state_, *of), now_);
}

const Matter* CaseView::supervised_at(UtcTime time) const {
    const auto lasted = std::ranges::find_if(case_.matters, [time](const Matter& matter) {
        return matter.kind == MatterKind::Supervision && !matter.withdrawn &&
               matter.since <= time && matter.until > time;
    });
    return lasted == case_.matters.end() ? nullptr : &*lasted;
}

const TimeZone& CaseView::zone(Symbol name) const { return zone_or_utc(state_, name); }

Date CaseView::local_date(Symbol zone_name, UtcTime time) const {
    return carehub::local_date(zone(zone_name), time);
}

UtcTime CaseView::start_of_day(Symbol zone_name, Date date) const {
    return carehub::start_of_day(zone(zone_name), date);
}

UtcTime CaseView::at_local(Symbol zone_name, Date date, minutes after_midnight) const {
    return to_utc(zone(zone_name), LocalTime{date.time_since_epoch()} + after_midnight).time;
}

UtcTime CaseView::next_on_call() const {
    return core::next_on_call(state_, case_.client.team, now_);
}

UtcTime CaseView::business_days_from(UtcTime time, int n) const {
    return hours_.close_of(hours_.add_business_days(hours_.day_of(time), n));
}

UtcTime CaseView::same_business_day(UtcTime time) const {
    const Date today = hours_.day_of(time);
    if (hours_.is_business_day(today) && hours_.close_of(today) > time) {
        return hours_.close_of(today);
    }
    return hours_.close_of(hours_.add_business_days(today, 1));
}

UtcTime CaseView::act_before(UtcTime start) const {
    const UtcTime day_before = business_days_from(start, -1);
    if (day_before > now_) {
        return day_before;
    }
    const UtcTime hours_before = start - std::chrono::hours{2};
    return hours_before > now_ ? hours_before : now_;
}

}  // namespace carehub::core
