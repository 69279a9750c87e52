// What moves a client: out of a home, out of a ward, out of an officer's sight.
#include <array>

#include "tools/county/hmis_sheet.hpp"
#include "tools/county/stories.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

constexpr int kShelter = 0;
constexpr int kSupportiveHousing = 2;
constexpr int kStreet = 116;
constexpr int kHospital = 206;
constexpr int kWithFriends = 313;
constexpr int kHotel = 314;
constexpr int kRental = 410;
constexpr int kNotCollected = 99;
constexpr std::string_view kToFacility = "03";
constexpr std::string_view kAgainstAdvice = "07";

// --- homes -----------------------------------------------------------------------------------

/// Moved into a home long ago and left it, as an export of the simulated days tells. The day of
/// that export.
int leave_home(PlanBuilder& builder, int destination, int exports_after) {
    const World& world = builder.world();
    HousingStay stay;
    stay.day = 1;
    stay.project = kSupportiveHousing;
    stay.entry = world.start() - days{builder.prng().between(40, 300)};
    stay.prior_situation = kStreet;
    stay.move_in = stay.entry + days{12};
    const int choices = std::max(1, (world.days() + 1) / kDaysBetweenExports - exports_after);
    const int day =
        1 + kDaysBetweenExports *
                static_cast<int>(builder.prng().below(static_cast<std::uint64_t>(choices)));
    stay.exit_day = day;
    stay.exit = world.date_of(day) - days{1};
    stay.destination = destination;
    builder.plan().housing = std::move(stay);
    return day;
}

bool to_hospital(PlanBuilder& builder) {
    leave_home(builder, kHospital, 0);
    return true;
}
bool to_nobody_knows(PlanBuilder& builder) {
    leave_home(builder, kNotCollected, 0);
    return true;
}
bool to_friends(PlanBuilder& builder) {
    leave_home(builder, kWithFriends, 0);
    return true;
}

/// Out of a home into the street; outreach then sees the client somewhere else.
bool seen_since(PlanBuilder& builder, int situation) {
    const int seen_day = leave_home(builder, kStreet, 1) + kDaysBetweenExports;
    if (seen_day > builder.world().days()) {
        return true;
    }
    HousingRowVersion seen;
    seen.day = seen_day;
    seen.date = builder.world().date_of(seen_day) - days{1};
    seen.code = situation;
    builder.plan().housing->rows = {
        {HousingTable::CurrentLivingSituation, numbered("LS", builder.client(), 1), {seen}}};
    return true;
}
bool placed_again(PlanBuilder& builder) { return seen_since(builder, kRental); }
bool sheltered(PlanBuilder& builder) { return seen_since(builder, kHotel); }

/// Leaves a shelter under supervision; the officer is told, or is not.
bool moved_under_supervision(PlanBuilder& builder) {
    constexpr int kToldAfterDays = 2;
    constexpr int kNoon = 12 * 60;
    const World& world = builder.world();
    const int day = leave_home(builder, kRental, 0);
    builder.plan().housing->project = kShelter;
    builder.plan().housing->move_in.reset();
    builder.plan().supervised = true;
    builder.plan().terms.push_back(
        {numbered("TRM", builder.client(), 1), 1, world.start() - days{90}, {}, {}});
    const int told = day + kToldAfterDays;
    if (told <= world.days() && builder.prng().chance(50)) {
        builder.staff_event(told, "MoveNoticeRecorded", {world.date_of(told) - days{1}, kNoon});
    }
    return true;
}

// --- wards -----------------------------------------------------------------------------------

/// The ward plans a discharge, and takes the plan back or keeps it.
bool discharge_planned(PlanBuilder& builder) {
    constexpr int kPlannedAfterDays = 3;
    constexpr int kNoon = 12 * 60;
    const World& world = builder.world();
    const int day = static_cast<int>(builder.prng().between(1, world.days()));
    const Date today = world.date_of(day);
    Stay stay = builder.admit(day, PlaceName::Ward, {today - days{2}, 20 * 60});
    stay.planned = Moment{today + days{kPlannedAfterDays}, kNoon};
    builder.send(stay, day, "A16", 'I', {today - days{1}, kNoon}, "");
    const bool taken_back = builder.prng().chance(50);
    if (taken_back && day + 1 <= world.days()) {
        stay.planned.reset();
        builder.send(stay, day + 1, "A25", 'I', {today, kNoon}, "");
    }
    const int over = day + kPlannedAfterDays + 1;
    if (!taken_back && over <= world.days()) {
        // To another facility, whose own discharge will ask for the follow-up.
        builder.discharge(stay, over, {world.date_of(over) - days{1}, kNoon}, kToFacility);
    }
    return true;
}

bool left_against_advice(PlanBuilder& builder) {
    constexpr int kAfternoon = 15 * 60;
    const World& world = builder.world();
    // Reached two days after the discharge, before the second business day begins.
    const auto day = day_after_discharge(
        builder, [&](Date zero) { return world.business_day_after(zero, 2) > zero + days{2}; });
    if (!day) {
        return false;
    }
    const HospitalStay hospital =
        stay_ending_before(builder, *day, PlaceName::Ward, kAgainstAdvice);
    if (*day + 1 <= world.days()) {
        builder.contact_made(*day + 1, {hospital.day_zero + days{1}, kAfternoon});
    }
    if (!book_visit(builder, hospital, hospital.day_zero + days{kVisitIn14.from},
                    hospital.day_zero + days{kVisitIn14.to})) {
        builder.walk_in(*day + 1, PlaceName::GeneralClinic,
                        {hospital.day_zero + days{1}, kAfternoon});
    }
    return true;
}

/// An emergency visit for mental health: nobody sees the client again, or somebody does on the same
/// day, which counts.
bool emergency(PlanBuilder& builder) {
    constexpr int kMorning = 9 * 60;
    constexpr int kAfternoon = 15 * 60;
    const auto day = day_after_discharge(builder, [](Date) { return true; });
    if (!day) {
        return false;
    }
    const Date day_zero = builder.world().date_of(*day) - days{1};
    Stay stay{
        numbered("VIS", builder.client(), 9), PlaceName::PsychiatricWard, {day_zero, kMorning}, {}};
    builder.send(stay, *day, "A04", 'E', stay.admitted, "");
    stay.discharged = Moment{day_zero, kMorning + 90};
    builder.send(stay, *day, "A03", 'E', *stay.discharged, "01");
    builder.contact_made(*day, {day_zero, kAfternoon});
    if (builder.prng().chance(40)) {
        builder.walk_in(*day, PlaceName::GeneralClinic, {day_zero, kAfternoon});
    }
    return true;
}

}  // namespace

std::span<const Story> move_stories() {
    static constexpr std::array<Story, 9> kStories = {{{to_hospital, kAnything, 1},
                                                       {to_nobody_knows, kAnything, 1},
                                                       {to_friends, kAnything, 1},
                                                       {placed_again, kAnything, 1},
                                                       {sheltered, kAnything, 1},
                                                       {moved_under_supervision, kAnything, 1},
                                                       {discharge_planned, kNothing, 1},
                                                       {left_against_advice, kNothing, 1},
                                                       {emergency, kNothing, 1}}};
    return kStories;
}

}  // namespace carehub::county
