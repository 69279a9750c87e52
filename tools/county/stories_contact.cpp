// Whether a client is reached, told, seen: attempts in vain, visits missed again and again, visits
// of which nobody says what came of them, words that are late, repeated or taken back.
#include <array>

#include "tools/county/limits.hpp"
#include "tools/county/stories.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

constexpr int kTen = 10 * 60;
constexpr int kLength = 30;
constexpr int kAfternoon = 15 * 60;

int any_day(PlanBuilder& builder, int last) {
    return static_cast<int>(builder.prng().between(1, last));
}

/// Staff tell on `day` what was so the afternoon before.
void staff_tell(PlanBuilder& builder, int day, std::string_view kind) {
    builder.staff_event(day, kind, {builder.world().date_of(day) - days{1}, kAfternoon});
}

bool lost_contact(PlanBuilder& builder) {
    constexpr int kAttempts = 3;
    const World& world = builder.world();
    if (world.days() < kAttempts) {
        return false;
    }
    const int first = any_day(builder, world.days() - kAttempts + 1);
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        staff_tell(builder, first + attempt, "ContactAttempted");
    }
    const int reached = first + kAttempts + 1;
    if (reached <= world.days() && builder.prng().chance(50)) {
        staff_tell(builder, reached, "ContactMade");
    }
    return true;
}

bool disengaged(PlanBuilder& builder) {
    constexpr int kApartMax = 7;
    const World& world = builder.world();
    if (world.days() < 4) {
        return false;
    }
    const auto first = builder.free_date(world.date_of(2), world.date_of(world.days() - 2));
    if (!first) {
        return false;
    }
    const Date latest = std::min(*first + days{kApartMax}, world.date_of(world.days() - 1));
    const auto second = builder.free_date(*first + days{1}, latest);
    if (!second) {
        return false;
    }
    // Both are booked before either is missed: neither makes good for the other.
    const int booked = any_day(builder, world.day_of(*first) - 1);
    for (const Date date : {*first, *second}) {
        const Planned visit =
            builder.announce(Door::Clinic, booked, PlaceName::GeneralClinic, {date, kTen, kLength});
        const int told = world.day_of(date) + 1;
        builder.send(visit, told, "S26", "NOSHOW", "Noshow");
        builder.expect_alert("MissedVisit", {visit.key}, told, "open", "one of two no-shows");
    }
    const int reached = world.day_of(*second) + 3;
    if (reached <= world.days() && builder.prng().chance(50)) {
        staff_tell(builder, reached, "ContactMade");
    }
    return true;
}

bool informed(PlanBuilder& builder) {
    const World& world = builder.world();
    const int day = any_day(builder, world.days());
    const auto date = builder.free_date(world.date_of(day) + days{4}, world.date_of(day) + days{7});
    if (!date) {
        return false;
    }
    builder.settle(
        builder.announce(Door::HearingList, day, PlaceName::Courthouse, {*date, kTen, kLength}));
    if (day + 2 <= world.days()) {
        staff_tell(builder, day + 2, "ClientInformed");
    }
    return true;
}

/// Nobody says what came of a visit; perhaps the clinic does, a week later.
bool outcome_unknown(PlanBuilder& builder) {
    constexpr int kToldAfterDays = 7;
    const auto visit = past_obligation(builder, Door::Clinic, 1);
    if (!visit) {
        return false;
    }
    const int day = builder.world().day_of(visit->slot.date) + kToldAfterDays;
    if (day <= builder.world().days() && builder.prng().chance(50)) {
        builder.send(*visit, day, "S14", "ROUTINE", "Complete");
    }
    return true;
}

bool late_no_show(PlanBuilder& builder) {
    constexpr int kToldAfterDays = 5;
    const auto visit = past_obligation(builder, Door::Clinic, kToldAfterDays);
    if (!visit) {
        return false;
    }
    const int day = builder.world().day_of(visit->slot.date) + kToldAfterDays;
    builder.send(*visit, day, "S26", "NOSHOW", "Noshow");
    builder.expect_alert("MissedVisit", {visit->key}, day, "open",
                         "a no-show that the clinic reports days late");
    return true;
}

/// The first word of a visit comes once more, after it was moved.
bool stale_copy(PlanBuilder& builder) {
    const World& world = builder.world();
    if (world.days() < 3) {
        return false;
    }
    const int day = any_day(builder, world.days() - 2);
    const Date today = world.date_of(day);
    const auto date = builder.free_date(today + days{4}, today + days{8});
    const auto other = date ? builder.free_date(*date + days{1}, *date + days{4}) : std::nullopt;
    if (!other) {
        return false;
    }
    Planned visit =
        builder.announce(Door::Clinic, day, PlaceName::GeneralClinic, {*date, kTen, kLength});
    builder.move(visit, day + 1, {*other, kTen, kLength});
    builder.repeat_first(day + 2);
    builder.settle(visit);
    builder.settle(builder.announce(Door::CheckIns, day + 1, PlaceName::ProbationOffice,
                                    {*date, kTen, kLength}));
    builder.expect_none("ScheduleConflict", day + 2,
                        "a late copy of the booking does not bring its first time back");
    return true;
}

bool missed_after_all_kept(PlanBuilder& builder) {
    const auto check_in = past_obligation(builder, Door::CheckIns, 2);
    if (!check_in) {
        return false;
    }
    const int day = builder.world().day_of(check_in->slot.date) + 1;
    builder.report(*check_in, day, "MISSED");
    builder.report(*check_in, day + 1, "COMPLETED");
    builder.expect_alert("CheckInMissed", {check_in->key}, day, "cleared",
                         "the agency corrects a missed check-in into a kept one");
    return true;
}

bool consent_ends(PlanBuilder& builder) {
    constexpr int kLatestDays = 45;
    ConsentRow consent = builder.consent("CriminalJusticeReferral", "supervision");
    consent.expires = builder.world().start() + days{builder.prng().between(2, kLatestDays)};
    builder.plan().consents.push_back(std::move(consent));
    return true;
}

/// A hearing lies ahead when the clinic tells that the client died: nothing of it stays to be done.
bool died(PlanBuilder& builder) {
    const World& world = builder.world();
    if (world.days() < 3) {
        return false;
    }
    const int day = any_day(builder, world.days() - 2);
    const auto date = builder.free_date(world.date_of(day) + days{4}, world.date_of(day) + days{9});
    if (!date) {
        return false;
    }
    (void)builder.announce(Door::HearingList, day, PlaceName::Courthouse, {*date, kTen, kLength});
    builder.death(day + 2);
    builder.expect_alert("ClientDeceased", {}, day + 2, "open", "the clinic tells of a death");
    return true;
}

}  // namespace

std::span<const Story> contact_stories() {
    constexpr Allowance kNoCheckIns{true, true, false, true};
    static constexpr std::array<Story, 9> kStories = {{{lost_contact, kAnything, 1},
                                                       {disengaged, kNoAppointments, 1},
                                                       {informed, kAnything, 1},
                                                       {outcome_unknown, kNoAppointments, 1},
                                                       {late_no_show, kNoAppointments, 1},
                                                       {stale_copy, kAnything, 1},
                                                       {missed_after_all_kept, kNoCheckIns, 1},
                                                       {consent_ends, kAnything, 1},
                                                       {died, kNothing, 1}}};
    return kStories;
}

}  // namespace carehub::county
