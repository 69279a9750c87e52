// What a court's list says by its changes: moved, gone, wanted by warrant, every week but one.
#include <array>

#include "tools/county/limits.hpp"
#include "tools/county/stories.hpp"
#include "tools/county/text.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

constexpr std::string_view kMunicipal = "municipal";
constexpr std::string_view kSuperior = "court";
constexpr PlaceName kPlace = PlaceName::MunicipalCourt;
constexpr int kTen = 10 * 60;
constexpr int kLength = 30;

bool is_over(const PlanBuilder& builder, const Planned& planned) {
    return builder.world().day_of(planned.slot.date) + 1 <= builder.world().days();
}

bool continued(PlanBuilder& builder) {
    const World& world = builder.world();
    if (world.days() < 2) {
        return false;
    }
    const int day = static_cast<int>(builder.prng().between(1, world.days() - 1));
    const Date today = world.date_of(day);
    const auto date = builder.free_date(today + days{3}, today + days{7});
    const auto other =
        date ? builder.free_date(*date + days{1}, today + days{kAheadDaysMax}) : std::nullopt;
    if (!other) {
        return false;
    }
    Planned hearing = builder.announce(Door::Docket, day, kPlace, {*date, kTen, kLength});
    builder.move(hearing, day + 1, {*other, kTen, kLength});
    builder.settle(hearing);
    builder.expect_events(kMunicipal, "HearingScheduled", 1, {hearing.key}, "listed");
    builder.expect_events(kMunicipal, "HearingContinued", 1, {hearing.key},
                          "the same case and matter on another date");
    builder.expect_events(kMunicipal, "HearingHeld", is_over(builder, hearing) ? 1 : 0,
                          {hearing.key}, "held on the later date");
    return true;
}

/// Four hearings on the docket, of which one is left out from `day` + 1 on. The others lie before
/// and after it, so that the docket plainly covers its date, and lessen the fall.
struct LeftOut {
    Planned hearing;
    int day = 0;
};

std::optional<LeftOut> left_out(PlanBuilder& builder) {
    constexpr int kListsWithout = 2;  // "missing from two in a row"
    const World& world = builder.world();
    if (world.days() <= kListsWithout) {
        return std::nullopt;
    }
    const int day = static_cast<int>(builder.prng().between(1, world.days() - kListsWithout));
    const Date today = world.date_of(day);
    const auto date = builder.free_date(today + days{kListsWithout + 1}, today + days{7});
    if (!date) {
        return std::nullopt;
    }
    const Date horizon = today + days{kAheadDaysMax};
    const auto before = builder.free_date(today + days{1}, *date - days{1});
    const auto after = builder.free_date(*date + days{1}, horizon);
    const auto later = builder.free_date(*date + days{1}, horizon);
    if (!before || !after || !later) {
        return std::nullopt;
    }
    LeftOut left{builder.announce(Door::Docket, day, kPlace, {*date, kTen, kLength}), day};
    for (const Date other : {*before, *after, *later}) {
        builder.settle(builder.announce(Door::Docket, day, kPlace, {other, kTen, kLength}));
    }
    std::vector<HearingVersion>& versions = builder.plan().hearings[left.hearing.index].versions;
    versions.push_back(versions.back());
    versions.back().day = day + 1;
    versions.back().unlisted = true;
    builder.expect_events(kMunicipal, "HearingScheduled", 4, {left.hearing.key}, "four are listed");
    return left;
}

bool unlisted(PlanBuilder& builder) {
    const auto left = left_out(builder);
    if (!left) {
        return false;
    }
    builder.expect_events(kMunicipal, "HearingUnlisted", 1, {left->hearing.key},
                          "missing from two dockets in a row, neither cancelled nor missed");
    builder.expect_events(kMunicipal, "HearingCancelled", 0, {}, "no word of a cancellation");
    return true;
}

bool left_out_once(PlanBuilder& builder) {
    const auto left = left_out(builder);
    if (!left) {
        return false;
    }
    std::vector<HearingVersion>& versions = builder.plan().hearings[left->hearing.index].versions;
    versions.push_back(versions.front());
    versions.back().day = left->day + 2;
    builder.settle(left->hearing);
    builder.expect_events(kMunicipal, "HearingUnlisted", 0, {}, "missing from one docket only");
    builder.expect_none("FailureToAppear", left->day + 1,
                        "a docket that leaves a hearing out once says nothing about it");
    return true;
}

bool warrant(PlanBuilder& builder) {
    constexpr int kRecalledAfterDays = 2;
    const World& world = builder.world();
    const auto hearing = past_obligation(builder, Door::Docket, 1);
    if (!hearing) {
        return false;
    }
    const int day = world.day_of(hearing->slot.date) + 1;
    builder.report(*hearing, day, "FTA");
    std::vector<HearingVersion>& versions = builder.plan().hearings[hearing->index].versions;
    versions.back().warrant = "ISSUED";
    versions.back().warrant_on = hearing->slot.date;
    const int recalled_day = day + kRecalledAfterDays;
    const bool recalled = recalled_day <= world.days();
    if (recalled) {
        versions.push_back(versions.back());
        versions.back().day = recalled_day;
        versions.back().warrant = "RECALLED";
        versions.back().warrant_on = world.date_of(recalled_day) - days{1};
    }
    builder.expect_alert("FailureToAppear", {hearing->key}, day, "open",
                         "the docket says that the client did not appear");
    builder.expect_events(kMunicipal, "FailureToAppear", 1, {hearing->key}, "the docket's result");
    builder.expect_events(kMunicipal, "WarrantIssued", 1, {numbered("WRT", builder.client())},
                          "a bench warrant after it");
    builder.expect_events(kMunicipal, "WarrantCleared", recalled ? 1 : 0,
                          {numbered("WRT", builder.client())}, "recalled two days later");
    return true;
}

/// A review every week, and a visit in the hour of its second week.
struct WeeklyAndVisit {
    Planned first_review;
    std::string second_review;  ///< its key
    Planned visit;
    int day = 0;
};

std::optional<WeeklyAndVisit> weekly_and_visit(PlanBuilder& builder, const Series& series) {
    constexpr int kSecond = 1;
    const World& world = builder.world();
    const int day = static_cast<int>(builder.prng().between(1, world.days()));
    const Date today = world.date_of(day);
    const auto date = builder.free_date(today + days{1}, today + days{kAheadDaysMax - 7});
    if (!date) {
        return std::nullopt;
    }
    const Slot first{*date, kTen, kLength};
    for (int week = 1; week < series.weeks; ++week) {
        builder.take(in_week(first, week).date);
    }
    WeeklyAndVisit told;
    told.day = day;
    told.first_review = builder.announce(Door::Calendar, day, PlaceName::Courthouse, first);
    builder.plan().hearings.back().series = series;
    const Slot second = in_week(first, kSecond);
    told.second_review =
        told.first_review.key + "|" + utc_text(instant(world.zone(), {second.date, second.minute}));
    told.visit =
        builder.announce(Door::Clinic, day, PlaceName::GeneralClinic, {second.date, kTen, kLength});
    std::uint64_t held = 0;
    for (const int week : weeks_held(series)) {
        held += world.day_of(in_week(first, week).date) + 1 <= world.days() ? 1U : 0U;
    }
    builder.expect_events(kSuperior, "HearingScheduled", weeks_held(series).size(),
                          {told.first_review.key}, "one of each week that is not left out");
    builder.expect_events(kSuperior, "HearingHeld", held, {told.first_review.key},
                          "each with its own result");
    return told;
}

bool weekly_conflict(PlanBuilder& builder) {
    const auto told = weekly_and_visit(builder, {3, {2}});
    if (!told) {
        return false;
    }
    const bool outlasts = told->visit.slot.date >= builder.world().end_date();
    if (!outlasts) {
        builder.cancel(told->visit, told->day + 1);
    }
    builder.expect_alert("ScheduleConflict", {told->second_review, told->visit.key}, told->day,
                         outlasts ? "open" : "cleared", "a visit in the hour of a weekly review");
    return true;
}

bool week_left_out(PlanBuilder& builder) {
    const auto told = weekly_and_visit(builder, {4, {1}});
    if (!told) {
        return false;
    }
    builder.settle(told->visit);
    builder.expect_none("ScheduleConflict", told->day,
                        "the weekly review leaves that week out (EXDATE)");
    return true;
}

}  // namespace

std::span<const Story> court_stories() {
    constexpr Allowance kNoCourt{true, false, true, true};
    static constexpr std::array<Story, 6> kStories = {{{continued, kAnything, 1},
                                                       {unlisted, kAnything, 1},
                                                       {left_out_once, kAnything, 1},
                                                       {warrant, kNoCourt, 1},
                                                       {weekly_conflict, kNoCourt, 1},
                                                       {week_left_out, kNoCourt, 1}}};
    return kStories;
}

}  // namespace carehub::county
