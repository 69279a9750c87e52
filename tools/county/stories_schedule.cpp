// Two obligations that cannot both be kept: they overlap, or the way between them is too long.
#include <algorithm>
#include <array>

#include "tools/county/limits.hpp"
#include "tools/county/stories.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

constexpr int kOpening = 9 * 60;
constexpr int kQuarter = 15;
constexpr int kStartChoices = 9;  ///< quarter hours from the opening
constexpr int kLeadDaysMin = 2;   ///< both are known that long before the day
/// Files of one morning come in any order: whoever tells of a check-in first must not yet find it
/// near enough to be told of (CheckInUpcoming, three days).
constexpr int kLeadDaysOfFiles = 4;
constexpr int kClinicLength = 60;
constexpr int kHearingLength = 90;
constexpr int kCheckInLength = 30;
/// Gaps keep this far from the limit, so that no rounding decides.
constexpr int kGapMargin = 10;
constexpr int kGapStep = 5;

PlaceName place_for(PlanBuilder& builder, Door door) {
    switch (door) {
        case Door::Clinic:
            return builder.prng().chance(70) ? PlaceName::GeneralClinic
                                             : PlaceName::BrookfieldClinic;
        case Door::CheckIns:
            return builder.prng().chance(70) ? PlaceName::ProbationOffice
                                             : PlaceName::BrookfieldOffice;
        case Door::Calendar:
        case Door::HearingList:
        case Door::Docket: break;
    }
    return PlaceName::Courthouse;
}

int length_for(Door door) {
    switch (door) {
        case Door::Clinic: return kClinicLength;
        case Door::CheckIns: return kCheckInLength;
        case Door::Calendar:
        case Door::HearingList:
        case Door::Docket: break;
    }
    return kHearingLength;
}

PairShape shape_of(PlanBuilder& builder, Door first, Door second) {
    return {first,
            second,
            place_for(builder, first),
            place_for(builder, second),
            length_for(first),
            length_for(second),
            0};
}

bool conflict(PlanBuilder& builder, Door longer, Door other) {
    PairShape shape = shape_of(builder, longer, other);
    shape.distance = kQuarter;  // the first lasts an hour or more, the other half an hour or more
    std::optional<Pair> pair = announce_pair(builder, shape, 0);
    if (!pair) {
        return false;
    }
    const std::string_view expect = play_out(builder, *pair);
    builder.expect_alert("ScheduleConflict", {pair->first.key, pair->second.key}, pair->known_day,
                         expect, "two obligations overlap by half an hour or more");
    return true;
}

bool clinic_and_calendar(PlanBuilder& builder) {
    return conflict(builder, Door::Clinic, Door::Calendar);
}
bool clinic_and_hearing_list(PlanBuilder& builder) {
    return conflict(builder, Door::HearingList, Door::Clinic);
}
bool clinic_and_check_in(PlanBuilder& builder) {
    return conflict(builder, Door::Clinic, Door::CheckIns);
}
bool court_and_check_in(PlanBuilder& builder) {
    return conflict(builder, builder.prng().chance(50) ? Door::Calendar : Door::HearingList,
                    Door::CheckIns);
}

bool tight_travel(PlanBuilder& builder) {
    constexpr std::array<std::array<Door, 2>, 4> kDoors = {{{Door::Clinic, Door::HearingList},
                                                            {Door::CheckIns, Door::Clinic},
                                                            {Door::Calendar, Door::CheckIns},
                                                            {Door::Clinic, Door::CheckIns}}};
    const auto& doors = kDoors[builder.prng().below(kDoors.size())];
    PairShape shape = shape_of(builder, doors[0], doors[1]);
    const auto needed =
        minutes_needed(shape.first_place, shape.second_place, builder.plan().person.transport);
    const auto steps_max = (needed.count() - kGapMargin) / kGapStep;
    const auto gap =
        static_cast<int>(builder.prng().between(kGapMargin / kGapStep, steps_max)) * kGapStep;
    shape.distance = shape.first_length + gap;
    std::optional<Pair> pair = announce_pair(builder, shape, 0);
    if (!pair) {
        return false;
    }
    const std::string_view expect = play_out(builder, *pair);
    builder.expect_alert("TightTravel", {pair->first.key, pair->second.key}, pair->known_day,
                         expect, "the gap is shorter than the way and the arrival buffer");
    return true;
}

/// Takes one obligation out of the pair's way.
void withdraw(PlanBuilder& builder, Planned& planned, int day) {
    const std::optional<Date> other =
        builder.free_date(planned.slot.date + days{1}, planned.slot.date + days{8});
    if (planned.door == Door::CheckIns || !other || builder.prng().chance(40)) {
        builder.cancel(planned, day);
        return;
    }
    builder.move(planned, day, {*other, planned.slot.minute, planned.slot.length});
    builder.settle(planned);
}

}  // namespace

std::optional<Pair> announce_pair(PlanBuilder& builder, const PairShape& shape, int known_day) {
    const World& world = builder.world();
    Prng& prng = builder.prng();
    const int known = known_day > 0 ? known_day : static_cast<int>(prng.between(1, world.days()));
    const bool by_message = shape.first == Door::Clinic || shape.second == Door::Clinic;
    const int lead = by_message ? kLeadDaysMin : kLeadDaysOfFiles;
    const Date from = world.date_of(known) + days{lead};
    const std::optional<Date> date = builder.free_date(from, from + days{kAheadDaysMax - lead});
    if (!date) {
        return std::nullopt;
    }
    const int start = kOpening + kQuarter * static_cast<int>(prng.below(kStartChoices));
    const int earlier = static_cast<int>(prng.between(std::max(1, known - 3), known));
    // A day fixed by the caller is the first one's; otherwise either may be the news.
    const bool first_is_news = known_day > 0 || prng.chance(50);
    Pair pair;
    pair.known_day = known;
    pair.first = builder.announce(shape.first, first_is_news ? known : earlier, shape.first_place,
                                  {*date, start, shape.first_length});
    pair.second =
        builder.announce(shape.second, first_is_news ? earlier : known, shape.second_place,
                         {*date, start + shape.distance, shape.second_length});
    return pair;
}

std::string_view play_out(PlanBuilder& builder, Pair& pair) {
    const World& world = builder.world();
    const bool outlasts = pair.first.slot.date >= world.end_date();
    const bool can_act = pair.known_day + 1 <= world.days();
    if (outlasts && (!can_act || builder.prng().chance(70))) {
        return "open";
    }
    // Courts move least: the other one gives way, the court only to a check-in, and then by chance.
    const bool first_moves = !is_court(pair.first.door) || builder.prng().chance(30);
    Planned& leaving = first_moves ? pair.first : pair.second;
    Planned& staying = first_moves ? pair.second : pair.first;
    withdraw(builder, leaving, pair.known_day + 1);
    builder.settle(staying);
    return "cleared";
}

std::span<const Story> schedule_stories() {
    static constexpr std::array<Story, 5> kStories = {{{clinic_and_calendar, kAnything, 2},
                                                       {clinic_and_hearing_list, kAnything, 1},
                                                       {clinic_and_check_in, kAnything, 3},
                                                       {court_and_check_in, kAnything, 2},
                                                       {tight_travel, kAnything, 3}}};
    return kStories;
}

}  // namespace carehub::county
