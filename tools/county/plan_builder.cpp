#include "tools/county/plan_builder.hpp"

#include <algorithm>
#include <array>

#include "hub/base/check.hpp"

namespace carehub::county {
namespace {

constexpr std::array<std::string_view, 4> kHearingTypes = {"ARRAIGNMENT", "PRETRIAL",
                                                           "STATUS REVIEW", "SENTENCING"};
constexpr std::string_view kBooked = "Booked";
constexpr std::string_view kComplete = "Complete";
/// Draws before the range is searched from its beginning.
constexpr int kDateTries = 12;

}  // namespace

PlanBuilder::PlanBuilder(const World& world, std::uint64_t client, Purpose purpose)
    : world_(world), prng_(stream_of(world.seed(), client, purpose)) {
    plan_.person = make_person(world.seed(), client);
}

void PlanBuilder::use_stream(Purpose purpose) {
    prng_ = stream_of(world_.seed(), client(), purpose);
}

std::optional<Date> PlanBuilder::free_date(Date from, Date to) {
    const auto is_free = [this](Date date) {
        return world_.is_business_day(date) &&
               std::find(taken_.begin(), taken_.end(), date) == taken_.end();
    };
    for (int attempt = 0; from <= to && attempt < kDateTries; ++attempt) {
        const Date date = from + std::chrono::days{prng_.between(0, (to - from).count())};
        if (is_free(date)) {
            take(date);
            return date;
        }
    }
    for (Date date = from; date <= to; date += std::chrono::days{1}) {
        if (is_free(date)) {
            take(date);
            return date;
        }
    }
    return std::nullopt;
}

// --- obligations -----------------------------------------------------------------------------

Planned PlanBuilder::announce(Door door, int day, PlaceName place, Slot slot) {
    switch (door) {
        case Door::Calendar: return list_hearing(Department::Calendar, day, place, slot);
        case Door::HearingList: return list_hearing(Department::HearingList, day, place, slot);
        case Door::Docket: return list_hearing(Department::Docket, day, place, slot);
        case Door::CheckIns: {
            plan_.supervised = true;
            std::string id = numbered("CHK", client(), plan_.check_ins.size() + 1);
            plan_.check_ins.push_back({id, place, false, {{day, slot, "SCHEDULED"}}});
            return {door, std::move(id), place, slot, plan_.check_ins.size() - 1, {}};
        }
        case Door::Clinic: break;
    }
    Planned planned{door, numbered("APT", client(), ++appointments_), place, slot, 0, {}};
    send(planned, day, "S12", "ROUTINE", kBooked);
    return planned;
}

Planned PlanBuilder::list_hearing(Department department, int day, PlaceName place, Slot slot) {
    constexpr std::array<std::string_view, 3> kCases = {"26-CR", "26-MC", "26-TR"};
    constexpr std::array<Door, 3> kDoors = {Door::Calendar, Door::HearingList, Door::Docket};
    const auto which = static_cast<std::size_t>(department);
    const std::size_t nth = plan_.hearings.size() + 1;
    // A case of its own for each hearing: the same case and type on another date is a continuance.
    std::string case_number = numbered(kCases[which], client(), nth);
    std::string uid = numbered("HRG", client(), nth) + "@ashford-court.example";
    std::string key = department == Department::Calendar ? uid : case_number;
    plan_.hearings.push_back({department,
                              std::move(uid),
                              std::move(case_number),
                              kHearingTypes[prng_.below(kHearingTypes.size())],
                              false,
                              {},
                              {}});
    HearingVersion version;
    version.day = day;
    version.slot = slot;
    plan_.hearings.back().versions.push_back(version);
    return {kDoors[which], std::move(key), place, slot, nth - 1, {}};
}

void PlanBuilder::revise(const Planned& planned, int day, std::string_view result, bool cancelled) {
    std::vector<HearingVersion>& versions = plan_.hearings[planned.index].versions;
    HearingVersion version = versions.back();
    version.sequence += result.empty() ? 1 : 0;  // a result is no change of the announcement
    version.day = day;
    version.slot = planned.slot;
    version.result = result;
    version.cancelled = cancelled;
    versions.push_back(version);
}

void PlanBuilder::move(Planned& planned, int day, Slot slot) {
    planned.slot = slot;
    take(slot.date);
    switch (planned.door) {
        case Door::Clinic: send(planned, day, "S13", "PATIENT REQUEST", kBooked); return;
        case Door::CheckIns:
            plan_.check_ins[planned.index].versions.push_back({day, slot, "SCHEDULED"});
            return;
        case Door::Calendar:
        case Door::HearingList:
        case Door::Docket: revise(planned, day, "", false); return;
    }
}

void PlanBuilder::cancel(const Planned& planned, int day) {
    switch (planned.door) {
        case Door::Clinic: send(planned, day, "S15", "PROVIDER UNAVAILABLE", "Cancelled"); return;
        case Door::CheckIns:
            plan_.check_ins[planned.index].versions.push_back({day, planned.slot, "CANCELLED"});
            return;
        case Door::Calendar:
        case Door::HearingList:
        case Door::Docket: revise(planned, day, "", true); return;
    }
}

void PlanBuilder::settle(const Planned& planned) {
    const int day = world_.day_of(planned.slot.date) + 1;
    if (day > world_.days()) {
        return;
    }
    switch (planned.door) {
        case Door::Clinic: send(planned, day, "S14", "ROUTINE", kComplete); return;
        case Door::CheckIns: report(planned, day, "COMPLETED"); return;
        case Door::Calendar:
        case Door::HearingList:
        case Door::Docket: report(planned, day, "HELD"); return;
    }
}

void PlanBuilder::report(const Planned& planned, int day, std::string_view outcome) {
    CAREHUB_CHECK(planned.door != Door::Clinic, "a clinic reports outcomes by messages");
    if (is_court(planned.door)) {
        revise(planned, day, outcome, false);
    } else {
        plan_.check_ins[planned.index].versions.push_back({day, planned.slot, outcome});
    }
}

void PlanBuilder::send(const Planned& planned, int day, std::string_view trigger,
                       std::string_view reason, std::string_view status) {
    add(day, AppointmentMessage{trigger, planned.key, planned.place, planned.slot, reason, status,
                                planned.offset});
}

// --- stays and visits ------------------------------------------------------------------------

void PlanBuilder::add(int day, std::variant<AppointmentMessage, VisitMessage> body) {
    const int control = static_cast<int>(plan_.messages.size()) + 1;
    plan_.messages.push_back({day, day, control, std::move(body)});
}

Stay PlanBuilder::admit(int day, PlaceName ward, Moment admitted) {
    Stay stay{numbered("VIS", client(), ++visits_), ward, admitted, {}};
    send(stay, day, "A01", 'I', admitted, "");
    return stay;
}

void PlanBuilder::discharge(Stay& stay, int day, Moment at, std::string_view disposition) {
    stay.discharged = at;
    send(stay, day, "A03", 'I', at, disposition);
}

void PlanBuilder::send(const Stay& stay, int day, std::string_view trigger, char patient_class,
                       Moment occurred, std::string_view disposition) {
    add(day, VisitMessage{trigger, stay.id, patient_class, stay.place, stay.admitted, occurred,
                          stay.discharged, disposition, stay.planned});
}

void PlanBuilder::walk_in(int day, PlaceName place, Moment at) {
    Stay visit{numbered("VIS", client(), ++visits_), place, at, {}};
    send(visit, day, "A04", 'O', at, "");
    visit.discharged = Moment{at.date, at.minute + 50};
    send(visit, day, "A03", 'O', *visit.discharged, "01");
}

void PlanBuilder::person_update(int day) {
    const Moment at{world_.date_of(day) - std::chrono::days{1}, 11 * 60};
    // Class N: the message is about the person, not about a visit.
    add(day, VisitMessage{"A08", "", 'N', PlaceName::GeneralClinic, at, at, {}, ""});
}

void PlanBuilder::repeat_last(int day) {
    CAREHUB_CHECK(!plan_.messages.empty(), "there is a message to repeat");
    ClinicMessage copy = plan_.messages.back();
    copy.day = day;
    plan_.messages.push_back(std::move(copy));
}

void PlanBuilder::repeat_first(int day) {
    CAREHUB_CHECK(!plan_.messages.empty(), "there is a message to repeat");
    ClinicMessage copy = plan_.messages.front();
    copy.day = day;
    plan_.messages.push_back(std::move(copy));
}

void PlanBuilder::death(int day) {
    const Moment at{world_.date_of(day) - std::chrono::days{1}, 3 * 60};
    plan_.died_day = day;
    plan_.died = at;
    add(day, VisitMessage{"A08", "", 'N', PlaceName::GeneralClinic, at, at, {}, ""});
}

void PlanBuilder::share_last_control_id() {
    const std::size_t count = plan_.messages.size();
    CAREHUB_CHECK(count >= 2, "two messages share an id");
    plan_.messages[count - 1].control = plan_.messages[count - 2].control;
}

void PlanBuilder::print_offset(Planned& planned, std::chrono::seconds offset) {
    CAREHUB_CHECK(!plan_.messages.empty(), "there is a message with times");
    planned.offset = offset;
    std::get<AppointmentMessage>(plan_.messages.back().body).offset = offset;
}

}  // namespace carehub::county
