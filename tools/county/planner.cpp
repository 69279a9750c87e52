#include "tools/county/planner.hpp"

#include <array>

#include "hub/base/check.hpp"
#include "tools/county/limits.hpp"
#include "tools/county/stories.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

using Deal = std::array<const Story*, kBlockClients>;

/// Every story as often as its share, the rest of the block without one.
Deal full_deal() {
    Deal deal{};
    std::size_t at = 0;
    for (const auto stories :
         {schedule_stories(), missed_stories(), discharge_stories(), trap_stories(),
          withheld_stories(), housing_stories(), court_stories(), supervision_stories(),
          jail_stories(), contact_stories(), move_stories(), identity_stories()}) {
        for (const Story& story : stories) {
            for (unsigned i = 0; i < story.share; ++i) {
                CAREHUB_CHECK(at < deal.size(), "the shares of all stories fit into a block");
                deal[at++] = &story;
            }
        }
    }
    return deal;
}

const Story* story_of(const World& world, std::uint64_t client) {
    static const Deal kDeal = full_deal();
    if (client == 1) {
        return kDeal.front();
    }
    const std::uint64_t block = (client - 1) / kBlockClients;
    std::array<std::uint8_t, kBlockClients> order{};
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = static_cast<std::uint8_t>(i);
    }
    Prng prng = stream_of(world.seed(), block, Purpose::Deal);
    for (std::size_t i = order.size() - 1; i > 0; --i) {
        std::swap(order[i], order[prng.below(i + 1)]);
    }
    return kDeal[order[(client - 1) % kBlockClients]];
}

/// One ordinary obligation on a day of its own, kept when its day comes.
void add_obligation(PlanBuilder& builder, const Allowance& around) {
    constexpr std::array<Door, 5> kDoors = {Door::Clinic, Door::Clinic, Door::Calendar,
                                            Door::HearingList, Door::CheckIns};
    const World& world = builder.world();
    Prng& prng = builder.prng();
    const Door door = kDoors[prng.below(kDoors.size())];
    const bool allowed = door == Door::Clinic     ? around.clinic
                         : door == Door::CheckIns ? around.check_ins
                                                  : around.court;
    const int day = static_cast<int>(prng.between(1, world.days()));
    const Date today = world.date_of(day);
    const auto date = builder.free_date(today + days{1}, today + days{kAheadDaysMax});
    if (!allowed || !date) {
        return;
    }
    const int start =
        (8 + static_cast<int>(prng.below(8))) * 60 + 15 * static_cast<int>(prng.below(4));
    const PlaceName place = door == Door::Clinic     ? prng.chance(75) ? PlaceName::GeneralClinic
                                                                       : PlaceName::BrookfieldClinic
                            : door == Door::CheckIns ? PlaceName::ProbationOffice
                                                     : PlaceName::Courthouse;
    builder.settle(builder.announce(door, day, place, {*date, start, 30}));
}

void add_background(PlanBuilder& builder, const Allowance& around) {
    builder.use_stream(Purpose::Background);
    Prng& prng = builder.prng();
    const World& world = builder.world();
    const std::uint64_t obligations = prng.below(4);
    for (std::uint64_t i = 0; i < obligations; ++i) {
        add_obligation(builder, around);
    }
    const int day = static_cast<int>(prng.between(1, world.days()));
    if (around.person && prng.chance(15)) {
        builder.person_update(day);
    }
    const Date yesterday = world.date_of(day) - days{1};
    if (around.clinic && prng.chance(10) && builder.free_date(yesterday, yesterday)) {
        builder.walk_in(day, PlaceName::GeneralClinic, {yesterday, 13 * 60});
    }
    builder.plan().supervised = builder.plan().supervised || prng.chance(30);
}

/// Housing rows of two clients in three; nobody loses a home here.
void add_housing(PlanBuilder& builder) {
    constexpr int kShelter = 0;
    constexpr int kOutreach = 3;
    constexpr std::array<int, 3> kHomelessBefore = {116, 101, 118};
    builder.use_stream(Purpose::Housing);
    Prng& prng = builder.prng();
    const World& world = builder.world();
    if (builder.plan().housing || !prng.chance(67)) {
        return;  // a story has told it
    }
    HousingStay stay;
    stay.day = prng.chance(15) ? static_cast<int>(prng.between(1, world.days())) : 1;
    stay.project = static_cast<int>(prng.below(4));
    const auto age = days{stay.day > 1 ? 1 : prng.between(20, 300)};
    stay.entry = world.date_of(stay.day) - age;
    stay.prior_situation = kHomelessBefore[prng.below(kHomelessBefore.size())];
    const bool permanent = stay.project != kShelter && stay.project != kOutreach;
    if (permanent && age > days{20} && prng.chance(60)) {
        stay.move_in = stay.entry + days{prng.between(5, 19)};
    }
    if (stay.project == kOutreach) {
        stay.situation_on = stay.entry;
        stay.situation = stay.prior_situation;
    }
    if (stay.project == kShelter && stay.day < world.days() && prng.chance(20)) {
        stay.exit_day = static_cast<int>(prng.between(stay.day + 1, world.days()));
        stay.exit = world.date_of(*stay.exit_day) - days{1};
        stay.destination = prng.chance(50) ? 410 : 435;
    }
    builder.plan().housing = stay;
}

}  // namespace

ClientPlan make_plan(const World& world, std::uint64_t client) {
    PlanBuilder builder(world, client, Purpose::Story);
    const Story* story = story_of(world, client);
    const bool told = story != nullptr && story->tell(builder);
    const Allowance around = told ? story->around : kAnything;
    if (around.clinic || around.court || around.check_ins) {
        add_background(builder, around);
    }
    add_housing(builder);
    return std::move(builder.plan());
}

}  // namespace carehub::county
