// Hospital stays and the follow-up they demand.
#include <array>
#include <functional>

#include "tools/county/limits.hpp"
#include "tools/county/stories.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

constexpr int kContactBusinessDays = 2;
constexpr int kContactMinute = 16 * 60;
constexpr int kVisitMinute = 10 * 60;
constexpr int kLastCountedDay = 30;       ///< domain/07: what was missed goes on until then
constexpr int kUnavailableReachDays = 6;  ///< inside the seven days the rule looks ahead

/// The local midnight at which a visit rule of `window` days speaks.
Date visit_alert_date(Date day_zero, int window) { return day_zero + days{window - 1}; }

bool contact_due(PlanBuilder& builder) {
    const World& world = builder.world();
    const auto alert_date = [&world](Date zero) {
        return world.business_day_after(zero, kContactBusinessDays);
    };
    const auto day = day_after_discharge(
        builder, [&](Date zero) { return alert_date(zero) <= world.end_date(); });
    if (!day) {
        return false;
    }
    const HospitalStay hospital = stay_ending_before(builder, *day, PlaceName::Ward);
    const Date due = alert_date(hospital.day_zero);
    // The visit lies on or after that date, so that it cannot stand for the contact in time.
    const auto visit = book_visit(builder, hospital, due, hospital.day_zero + days{kVisitIn14.to});
    // The domain sets no end to it; after the thirtieth day nothing counts it any more.
    std::string_view expect =
        world.end_date() > hospital.day_zero + days{kLastCountedDay} ? "any" : "open";
    if (visit && world.day_of(visit->slot.date) + 1 <= world.days()) {
        expect = "cleared";  // the kept visit is a contact too, though a late one
    }
    const int contact_day = world.day_of(due) + 1;
    if (contact_day <= world.days() && builder.prng().chance(50)) {
        builder.contact_made(contact_day, {due, kContactMinute});
        expect = "cleared";
    }
    builder.expect_alert("DischargeContactDue", {hospital.stay.id}, world.day_of(due), expect,
                         "nobody reached the client before the last business day of the window");
    return true;
}

bool visit_due(PlanBuilder& builder, PlaceName ward, int window, std::string_view rule) {
    const World& world = builder.world();
    const auto day = day_after_discharge(
        builder, [&](Date zero) { return visit_alert_date(zero, window) <= world.end_date(); });
    if (!day) {
        return false;
    }
    const HospitalStay hospital = stay_ending_before(builder, *day, ward);
    reach_client(builder, hospital);
    builder.expect_alert(
        rule, {hospital.stay.id}, world.day_of(visit_alert_date(hospital.day_zero, window)),
        world.end_date() > hospital.day_zero + days{kLastCountedDay} ? "cleared" : "open",
        "reached in time, but no follow-up visit was booked or kept");
    return true;
}

bool visit_due_7(PlanBuilder& builder) {
    return visit_due(builder, PlaceName::PsychiatricWard, 7, "DischargeVisitDue7");
}
bool visit_due_14(PlanBuilder& builder) {
    return visit_due(builder, PlaceName::Ward, 14, "DischargeVisitDue14") || visit_due_7(builder);
}

bool unavailable(PlanBuilder& builder) {
    const World& world = builder.world();
    const int day = static_cast<int>(builder.prng().between(1, world.days()));
    const Date today = world.date_of(day);
    const auto date = builder.free_date(today + days{1}, today + days{kUnavailableReachDays});
    if (!date) {
        return false;
    }
    const int announced = static_cast<int>(builder.prng().between(1, day));
    const bool hearing = builder.prng().chance(50);
    const Planned planned = builder.announce(
        hearing ? Door::HearingList : Door::CheckIns, announced,
        hearing ? PlaceName::Courthouse : PlaceName::ProbationOffice, {*date, 11 * 60, 30});
    const Stay stay = builder.admit(day, PlaceName::Ward, {today - days{1}, 20 * 60});
    std::string_view expect = "open";
    if (*date < world.end_date()) {
        builder.cancel(planned, day + 1);
        expect = "cleared";
    }
    builder.expect_alert("ClientUnavailable", {stay.id, planned.key}, day, expect,
                         "in hospital with a duty to appear within the week");
    return true;
}

}  // namespace

HospitalStay stay_ending_before(PlanBuilder& builder, int day, PlaceName ward,
                                std::string_view disposition) {
    const Date day_zero = builder.world().date_of(day) - days{1};
    const int admitted_day = day > 2 ? day - 2 : day;
    // Told on its own morning, or with the discharge when the simulation began too late for that.
    const Date admitted =
        admitted_day < day ? builder.world().date_of(admitted_day) - days{1} : day_zero - days{2};
    Stay stay = builder.admit(admitted_day, ward, {admitted, 15 * 60 + 20});
    if (builder.prng().chance(30)) {
        builder.send(stay, day, "A02", 'I', {day_zero, 8 * 60}, "");
    }
    const int minute = 10 * 60 + 5 * static_cast<int>(builder.prng().below(36));
    builder.discharge(stay, day, {day_zero, minute}, disposition);
    return {std::move(stay), day_zero, day};
}

std::optional<int> day_after_discharge(PlanBuilder& builder,
                                       const std::function<bool(Date)>& fits) {
    const World& world = builder.world();
    std::vector<int> candidates;
    for (int day = 1; day <= world.days(); ++day) {
        const Date day_zero = world.date_of(day) - days{1};
        if (world.is_business_day(day_zero) && fits(day_zero)) {
            candidates.push_back(day);
        }
    }
    if (candidates.empty()) {
        return std::nullopt;
    }
    return candidates[builder.prng().below(candidates.size())];
}

void reach_client(PlanBuilder& builder, const HospitalStay& hospital) {
    builder.contact_made(hospital.day, {hospital.day_zero, kContactMinute});
}

std::optional<Planned> book_visit(PlanBuilder& builder, const HospitalStay& hospital, Date from,
                                  Date to) {
    const std::optional<Date> date = builder.free_date(from, to);
    if (!date) {
        return std::nullopt;
    }
    Planned visit = builder.announce(Door::Clinic, hospital.day, PlaceName::GeneralClinic,
                                     {*date, kVisitMinute, 30});
    builder.settle(visit);
    return visit;
}

std::span<const Story> discharge_stories() {
    static constexpr std::array<Story, 4> kStories = {{{contact_due, kNothing, 2},
                                                       {visit_due_14, kNothing, 1},
                                                       {visit_due_7, kNothing, 1},
                                                       {unavailable, kNothing, 1}}};
    return kStories;
}

}  // namespace carehub::county
