// What a jail's roster tells: booked, released, transferred, booked again, gone without a word; and
// names that must not link anybody.
#include <array>

#include "tools/county/stories.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;

constexpr std::string_view kJail = "jail";
constexpr int kBookedMinute = 22 * 60 + 15;
constexpr int kReleasedMinute = 9 * 60;
constexpr std::string_view kBondedOut = "BONDED OUT";
constexpr int kUnavailableReachDays = 6;  ///< inside the seven days the rule looks ahead

/// The client is booked the evening before the roster of `day`.
Booking& book(PlanBuilder& builder, int day) {
    ClientPlan& plan = builder.plan();
    plan.known_to_jail = true;
    BookingVersion version;
    version.day = day;
    version.booked = {builder.world().date_of(day) - days{1}, kBookedMinute};
    return plan.bookings.emplace_back(
        Booking{numbered("BKG", builder.client(), plan.bookings.size() + 1),
                numbered("J", builder.client()),
                false,
                {version}});
}

void release(const World& world, Booking& booking, int day, std::string_view word) {
    BookingVersion version = booking.versions.back();
    version.day = day;
    version.released = Moment{world.date_of(day) - days{1}, kReleasedMinute};
    version.release = word;
    booking.versions.push_back(version);
}

void expect_custody(PlanBuilder& builder, std::uint64_t started, std::uint64_t ended,
                    const std::string& number, std::string_view why) {
    builder.expect_events(kJail, "CustodyStarted", started, {number}, why);
    builder.expect_events(kJail, "CustodyEnded", ended, {number}, why);
}

bool left_jail(PlanBuilder& builder, std::string_view word, std::string_view why) {
    const int last = builder.world().days();
    const int day = static_cast<int>(builder.prng().between(1, last));
    Booking& booking = book(builder, day);
    if (day < last) {
        release(builder.world(), booking, static_cast<int>(builder.prng().between(day + 1, last)),
                word);
    }
    expect_custody(builder, 1, day < last ? 1 : 0, booking.number, why);
    return true;
}

bool released(PlanBuilder& builder) {
    return left_jail(builder, kBondedOut, "booked and bonded out");
}
bool transferred(PlanBuilder& builder) {
    return left_jail(builder, kToPrison, "booked and taken to a prison");
}

bool booked_again(PlanBuilder& builder) {
    const World& world = builder.world();
    if (world.days() < 3) {
        return released(builder);
    }
    const int day = static_cast<int>(builder.prng().between(1, world.days() - 2));
    Booking& booking = book(builder, day);
    release(world, booking, day + 1, kBondedOut);
    BookingVersion again = booking.versions.front();
    again.day = day + 2;
    again.booked.date = world.date_of(day + 1);
    booking.versions.push_back(again);
    expect_custody(builder, 2, 1, booking.number, "the same number for a second stay");
    return true;
}

bool gone(PlanBuilder& builder) {
    const int last = builder.world().days();
    if (last < 3) {
        return released(builder);
    }
    const int day = static_cast<int>(builder.prng().between(1, last - 2));
    Booking& booking = book(builder, day);
    booking.versions.push_back(booking.versions.back());
    booking.versions.back().day = day + 1;
    booking.versions.back().listed = false;
    expect_custody(builder, 1, 1, booking.number, "missing from two rosters in a row");
    return true;
}

bool two_names(PlanBuilder& builder) {
    Booking& booking =
        book(builder, static_cast<int>(builder.prng().between(1, builder.world().days())));
    booking.alias_row = true;
    expect_custody(builder, 1, 0, booking.number, "one booking, listed under an alias too");
    return true;
}

bool namesake(PlanBuilder& builder) {
    const World& world = builder.world();
    const int day = static_cast<int>(builder.prng().between(1, world.days()));
    const auto date = builder.free_date(world.date_of(day) + days{1}, world.date_of(day) + days{6});
    if (!date) {
        return false;
    }
    const Planned check_in =
        builder.announce(Door::CheckIns, day, PlaceName::ProbationOffice, {*date, 11 * 60, 30});
    builder.settle(check_in);
    Booking& booking = book(builder, day);
    booking.inmate = numbered("JX", builder.client());  // nobody's in the roster
    expect_custody(builder, 0, 0, booking.number, "somebody else of the same name");
    builder.expect_none("ClientUnavailable", day, "in jail is a namesake, by another number");
    return true;
}

bool in_custody(PlanBuilder& builder) {
    const World& world = builder.world();
    const int day = static_cast<int>(builder.prng().between(1, world.days()));
    const Date today = world.date_of(day);
    const auto date = builder.free_date(today + days{1}, today + days{kUnavailableReachDays});
    if (!date) {
        return false;
    }
    const Planned planned =
        builder.announce(Door::CheckIns, static_cast<int>(builder.prng().between(1, day)),
                         PlaceName::ProbationOffice, {*date, 11 * 60, 30});
    Booking& booking = book(builder, day);
    const bool leaves = *date < world.end_date();
    if (leaves) {
        release(world, booking, day + 1, kBondedOut);
        builder.settle(planned);
    }
    expect_custody(builder, 1, leaves ? 1 : 0, booking.number, "booked before a check-in");
    builder.expect_alert("ClientUnavailable", {booking.number, planned.key}, day,
                         leaves ? "cleared" : "open",
                         "in custody with a duty to appear within the week");
    return true;
}

}  // namespace

std::span<const Story> jail_stories() {
    static constexpr std::array<Story, 7> kStories = {{{released, kNothing, 1},
                                                       {transferred, kNothing, 1},
                                                       {booked_again, kNothing, 1},
                                                       {gone, kNothing, 1},
                                                       {two_names, kNothing, 1},
                                                       {namesake, kNothing, 1},
                                                       {in_custody, kNothing, 1}}};
    return kStories;
}

}  // namespace carehub::county
