// Obligations that were not kept, by the explicit word of the partner.
#include <array>

#include "tools/county/stories.hpp"

namespace carehub::county {
namespace {

int day_after(const PlanBuilder& builder, const Planned& planned) {
    return builder.world().day_of(planned.slot.date) + 1;
}

bool no_show(PlanBuilder& builder) {
    const std::optional<Planned> visit = past_obligation(builder, Door::Clinic, 1);
    if (!visit) {
        return false;
    }
    const int day = day_after(builder, *visit);
    builder.send(*visit, day, "S26", "NOSHOW", "Noshow");
    builder.expect_alert("MissedVisit", {visit->key}, day, "open", "the clinic reports a no-show");
    return true;
}

bool no_show_as_cancel(PlanBuilder& builder) {
    const std::optional<Planned> visit = past_obligation(builder, Door::Clinic, 1);
    if (!visit) {
        return false;
    }
    const int day = day_after(builder, *visit);
    builder.send(*visit, day, "S15", "NOSHOW", "Cancelled");
    builder.expect_alert("MissedVisit", {visit->key}, day, "open",
                         "the clinic reports a no-show as a cancel with that reason");
    return true;
}

bool late_arrival(PlanBuilder& builder) {
    const std::optional<Planned> visit = past_obligation(builder, Door::Clinic, 2);
    if (!visit) {
        return no_show(builder);
    }
    const int day = day_after(builder, *visit);
    builder.send(*visit, day, "S26", "NOSHOW", "Noshow");
    builder.send(*visit, day + 1, "S14", "ROUTINE", "Complete");
    builder.expect_alert("MissedVisit", {visit->key}, day, "cleared",
                         "a no-show that turns out to have been a late arrival");
    return true;
}

bool missed_check_in(PlanBuilder& builder) {
    const std::optional<Planned> check_in = past_obligation(builder, Door::CheckIns, 1);
    if (!check_in) {
        return false;
    }
    const int day = day_after(builder, *check_in);
    builder.report(*check_in, day, "MISSED");
    builder.expect_alert("CheckInMissed", {check_in->key}, day, "open",
                         "the agency reports a missed check-in");
    return true;
}

bool failure_to_appear(PlanBuilder& builder) {
    const std::optional<Planned> hearing = past_obligation(builder, Door::HearingList, 1);
    if (!hearing) {
        return false;
    }
    const int day = day_after(builder, *hearing);
    builder.report(*hearing, day, "FTA");
    builder.expect_alert("FailureToAppear", {hearing->key}, day, "open",
                         "the court's result says that the client did not appear");
    return true;
}

}  // namespace

std::optional<Planned> past_obligation(PlanBuilder& builder, Door door, int after) {
    const World& world = builder.world();
    const std::optional<Date> date =
        builder.free_date(world.date_of(2), world.date_of(world.days() - after));
    if (!date) {
        return std::nullopt;
    }
    const int day = world.day_of(*date);
    const int announced = static_cast<int>(builder.prng().between(1, day - 1));
    const int start = (9 + static_cast<int>(builder.prng().below(7))) * 60;
    const PlaceName place = door == Door::Clinic     ? PlaceName::GeneralClinic
                            : door == Door::CheckIns ? PlaceName::ProbationOffice
                            : door == Door::Docket   ? PlaceName::MunicipalCourt
                                                     : PlaceName::Courthouse;
    return builder.announce(door, announced, place, {*date, start, 30});
}

std::span<const Story> missed_stories() {
    // A later appointment or check-in would count as made good: the truth wants these to stay open.
    constexpr Allowance kNoCheckIns{true, true, false, true};
    constexpr Allowance kNoCourt{true, false, true, true};
    static constexpr std::array<Story, 5> kStories = {{{no_show, kNoAppointments, 1},
                                                       {no_show_as_cancel, kNoAppointments, 1},
                                                       {late_arrival, kNoAppointments, 1},
                                                       {missed_check_in, kNoCheckIns, 2},
                                                       {failure_to_appear, kNoCourt, 2}}};
    return kStories;
}

}  // namespace carehub::county
