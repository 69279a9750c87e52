// What looks like trouble and is none: each of these must cause no alert at all.
#include <algorithm>
#include <array>

#include "tools/county/limits.hpp"
#include "tools/county/stories.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr int kTen = 10 * 60;
constexpr int kHalfHour = 30;

/// A date with room before it: announced on the day returned, due two to ten days later.
struct Opening {
    int day = 0;
    Date date{};
};

std::optional<Opening> opening(PlanBuilder& builder, int day_latest) {
    if (day_latest < 1) {
        return std::nullopt;
    }
    const int day = static_cast<int>(builder.prng().between(1, day_latest));
    const Date today = builder.world().date_of(day);
    const auto date = builder.free_date(today + days{2}, today + days{10});
    return date ? std::optional<Opening>({day, *date}) : std::nullopt;
}

/// A check-in in the very hour that an appointment has just left; the file follows the messages.
void check_in_instead(PlanBuilder& builder, int day, Date date) {
    const Planned check_in = builder.announce(Door::CheckIns, day, PlaceName::ProbationOffice,
                                              {date, kTen + 15, kHalfHour});
    builder.settle(check_in);
}

bool touching(PlanBuilder& builder) {
    const auto open = opening(builder, builder.world().days());
    if (!open) {
        return false;
    }
    const PlaceName place = PlaceName::GeneralClinic;
    const Planned first =
        builder.announce(Door::Clinic, open->day, place, {open->date, kTen, kHalfHour});
    const Planned second =
        builder.announce(Door::Clinic, open->day, place, {open->date, kTen + kHalfHour, kHalfHour});
    builder.settle(first);
    builder.settle(second);
    builder.expect_none("ScheduleConflict", open->day, "the intervals touch at one site");
    return true;
}

/// An appointment that is gone, by `trigger`, before anything else wants its hour.
bool gone_before(PlanBuilder& builder, std::string_view trigger, std::string_view status,
                 std::string_view why) {
    const auto open = opening(builder, builder.world().days());
    if (!open) {
        return false;
    }
    const Planned visit =
        builder.announce(Door::Clinic, open->day, PlaceName::GeneralClinic, {open->date, kTen, 60});
    builder.send(visit, open->day, trigger, "PROVIDER UNAVAILABLE", status);
    check_in_instead(builder, open->day, open->date);
    builder.expect_none("ScheduleConflict", open->day, why);
    return true;
}

bool cancelled(PlanBuilder& builder) {
    return gone_before(builder, "S15", "Cancelled", "cancelled before anything overlapped it");
}

bool entered_in_error(PlanBuilder& builder) {
    return gone_before(builder, "S17", "Deleted", "the appointment was entered in error");
}

bool rescheduled(PlanBuilder& builder) {
    const auto open = opening(builder, builder.world().days());
    if (!open) {
        return false;
    }
    const auto other = builder.free_date(open->date + days{1}, open->date + days{8});
    if (!other) {
        return false;
    }
    Planned visit =
        builder.announce(Door::Clinic, open->day, PlaceName::GeneralClinic, {open->date, kTen, 60});
    builder.move(visit, open->day, {*other, kTen, 60});
    builder.settle(visit);
    check_in_instead(builder, open->day, open->date);
    builder.expect_none("ScheduleConflict", open->day,
                        "moved to another day before anything overlapped it");
    return true;
}

bool hearing_cancelled(PlanBuilder& builder) {
    const World& world = builder.world();
    const auto open = opening(builder, world.days() - 2);
    if (!open || world.day_of(open->date) < open->day + 2) {
        return cancelled(builder);
    }
    const Slot slot{open->date, kTen, 90};
    const Planned hearing =
        builder.announce(Door::Calendar, open->day, PlaceName::Courthouse, slot);
    builder.cancel(hearing, open->day + 1);
    const Planned visit = builder.announce(Door::Clinic, open->day + 2, PlaceName::GeneralClinic,
                                           {open->date, kTen + kHalfHour, 60});
    builder.settle(visit);
    builder.expect_none("ScheduleConflict", open->day + 2,
                        "the hearing had been cancelled the day before");
    return true;
}

bool announced_twice(PlanBuilder& builder) {
    const World& world = builder.world();
    const auto open = opening(builder, world.days());
    if (!open) {
        return false;
    }
    const Planned visit =
        builder.announce(Door::Clinic, open->day, PlaceName::GeneralClinic, {open->date, kTen, 60});
    builder.repeat_last(open->day);
    if (open->day + 1 <= world.days()) {
        builder.send(visit, open->day + 1, "S12", "ROUTINE", "Booked");
    }
    builder.settle(visit);
    builder.expect_none("ScheduleConflict", open->day, "one appointment announced more than once");
    return true;
}

bool control_id_repeated(PlanBuilder& builder) {
    const auto open = opening(builder, builder.world().days());
    const auto other =
        open ? builder.free_date(open->date + days{1}, open->date + days{8}) : std::nullopt;
    if (!other) {
        return false;
    }
    const PlaceName place = PlaceName::GeneralClinic;
    const Planned first = builder.announce(Door::Clinic, open->day, place, {open->date, kTen, 60});
    const Planned second = builder.announce(Door::Clinic, open->day, place, {*other, kTen, 60});
    builder.share_last_control_id();
    builder.settle(first);
    builder.settle(second);
    builder.expect_none("ScheduleConflict", open->day,
                        "two messages under one control id, both valid");
    return true;
}

bool followed_up(PlanBuilder& builder, PlaceName ward, VisitWindow window, std::string_view rule) {
    const World& world = builder.world();
    const auto day = day_after_discharge(builder, [](Date) { return true; });
    if (!day) {
        return false;
    }
    const HospitalStay hospital = stay_ending_before(builder, *day, ward);
    reach_client(builder, hospital);
    const Date from = hospital.day_zero + days{window.from};
    const Date to = hospital.day_zero + days{window.to};
    const auto visit = builder.prng().chance(30) ? builder.free_date(from, to) : std::nullopt;
    if (visit && world.day_of(*visit) + 1 <= world.days()) {
        builder.walk_in(world.day_of(*visit) + 1, PlaceName::GeneralClinic, {*visit, kTen});
    } else if (!book_visit(builder, hospital, from, to)) {
        // A week of holidays: the client comes on the first day after discharge all the same.
        builder.walk_in(*day + 1, PlaceName::GeneralClinic, {hospital.day_zero + days{1}, kTen});
    }
    builder.expect_none(rule, *day, "reached and seen in time after discharge");
    return true;
}

bool followed_up_14(PlanBuilder& builder) {
    return followed_up(builder, PlaceName::Ward, kVisitIn14, "DischargeVisitDue14");
}
bool followed_up_7(PlanBuilder& builder) {
    return followed_up(builder, PlaceName::PsychiatricWard, kVisitIn7, "DischargeVisitDue7");
}

/// A stay undone: the discharge did not happen, or the admission did not.
bool undone(PlanBuilder& builder) {
    const World& world = builder.world();
    const int day = static_cast<int>(builder.prng().between(1, world.days()));
    const Date yesterday = world.date_of(day) - days{1};
    if (builder.prng().chance(50)) {
        HospitalStay hospital = stay_ending_before(builder, day, PlaceName::Ward);
        const Moment undone_at = *hospital.stay.discharged;
        hospital.stay.discharged.reset();
        builder.send(hospital.stay, day, "A13", 'I', undone_at, "");
        builder.expect_none("DischargeContactDue", day, "the discharge was cancelled");
        return true;
    }
    const Stay stay = builder.admit(day, PlaceName::Ward, {yesterday, 19 * 60});
    builder.send(stay, day, "A11", 'I', stay.admitted, "");
    const auto date = builder.free_date(world.date_of(day) + days{2}, world.date_of(day) + days{8});
    if (date) {
        check_in_instead(builder, day, *date);
    }
    builder.expect_none("ClientUnavailable", day, "the admission was cancelled");
    return true;
}

bool class_changed(PlanBuilder& builder) {
    const World& world = builder.world();
    const int day = static_cast<int>(builder.prng().between(1, world.days()));
    const Date yesterday = world.date_of(day) - days{1};
    Stay stay{numbered("VIS", builder.client(), 1), PlaceName::Ward, {yesterday, 9 * 60}, {}};
    builder.send(stay, day, "A04", 'O', stay.admitted, "");
    builder.send(stay, day, "A06", 'I', {yesterday, 11 * 60}, "");
    builder.send(stay, day, "A07", 'O', {yesterday, 17 * 60}, "");
    builder.expect_none("DischargeContactDue", day, "inpatient became outpatient: no discharge");
    return true;
}

bool corrected_destination(PlanBuilder& builder) {
    const auto day = day_after_discharge(builder, [](Date) { return true; });
    if (!day) {
        return false;
    }
    const HospitalStay hospital = stay_ending_before(builder, *day, PlaceName::Ward);
    builder.send(hospital.stay, *day, "A08", 'I', *hospital.stay.discharged, "03");
    builder.expect_none("DischargeContactDue", *day, "corrected: discharged to another facility");
    return true;
}

bool transparent(PlanBuilder& builder) {
    const auto open = opening(builder, builder.world().days());
    if (!open) {
        return false;
    }
    const Planned hearing =
        builder.announce(Door::Calendar, open->day, PlaceName::Courthouse, {open->date, kTen, 90});
    builder.plan().hearings.back().transparent = true;
    const Planned visit = builder.announce(Door::Clinic, open->day, PlaceName::GeneralClinic,
                                           {open->date, kTen + kHalfHour, 60});
    builder.settle(hearing);
    builder.settle(visit);
    builder.expect_none("ScheduleConflict", open->day, "the calendar entry blocks no time");
    return true;
}

/// Two visits around the change of clocks: they touch or follow each other in real time, while a
/// reader of the wall clock alone would see them overlap.
bool clock_change(PlanBuilder& builder) {
    const World& world = builder.world();
    const auto change =
        world.clock_change(world.date_of(3), world.end_date() + days{kAheadDaysMax});
    if (!change) {
        return touching(builder);
    }
    builder.take(*change);
    const UtcTime midnight = start_of_day(world.zone(), *change);
    const auto before = offset_at(world.zone(), midnight);
    const auto after = offset_at(world.zone(), midnight + hours{12});
    const bool spring = after > before;
    const Slot first_slot = spring ? Slot{*change, 90, 30} : Slot{*change, 60, 50};
    const Slot second_slot = spring ? Slot{*change, 180, 30} : Slot{*change, 60, 50};
    Planned first = builder.announce(Door::Clinic, 1, PlaceName::GeneralClinic, first_slot);
    builder.print_offset(first, before);
    Planned second = builder.announce(Door::Clinic, 1, PlaceName::GeneralClinic, second_slot);
    builder.print_offset(second, after);
    builder.settle(first);
    builder.settle(second);
    builder.expect_none("ScheduleConflict", 1,
                        "one wall-clock hour, two real hours, on the day clocks change");
    return true;
}

bool time_enough(PlanBuilder& builder) {
    const auto open = opening(builder, builder.world().days());
    if (!open) {
        return false;
    }
    const Planned visit = builder.announce(Door::Clinic, open->day, PlaceName::GeneralClinic,
                                           {open->date, 9 * 60, 60});
    const auto needed = minutes_needed(PlaceName::GeneralClinic, PlaceName::ProbationOffice,
                                       builder.plan().person.transport);
    const int start = visit.slot.end() + static_cast<int>(needed.count()) + 15;
    const Planned check_in = builder.announce(Door::CheckIns, open->day, PlaceName::ProbationOffice,
                                              {open->date, start, kHalfHour});
    builder.settle(visit);
    builder.settle(check_in);
    builder.expect_none("TightTravel", open->day,
                        "the way and the arrival buffer fit into the gap");
    return true;
}

bool all_day(PlanBuilder& builder) {
    const auto open = opening(builder, builder.world().days());
    if (!open) {
        return false;
    }
    const Planned hearing = builder.announce(Door::Calendar, open->day, PlaceName::Courthouse,
                                             {open->date, 0, 24 * 60});
    builder.plan().hearings.back().versions.back().all_day = true;
    builder.settle(hearing);
    builder.expect_none("ScheduleConflict", open->day,
                        "listed for a day without a time, alone on that day");
    return true;
}

bool near_miss(PlanBuilder& builder) {
    return builder.prng().chance(60) ? time_enough(builder) : all_day(builder);
}

}  // namespace

std::span<const Story> trap_stories() {
    static constexpr std::array<Story, 15> kStories = {{{touching, kAnything, 1},
                                                        {cancelled, kAnything, 1},
                                                        {hearing_cancelled, kAnything, 1},
                                                        {rescheduled, kAnything, 1},
                                                        {entered_in_error, kAnything, 1},
                                                        {announced_twice, kAnything, 1},
                                                        {control_id_repeated, kAnything, 1},
                                                        {followed_up_14, kNothing, 1},
                                                        {followed_up_7, kNothing, 1},
                                                        {undone, kNothing, 1},
                                                        {class_changed, kNothing, 1},
                                                        {corrected_destination, kNothing, 1},
                                                        {transparent, kAnything, 1},
                                                        {clock_change, kAnything, 1},
                                                        {near_miss, kAnything, 1}}};
    return kStories;
}

}  // namespace carehub::county
