#include "tools/county/foresight.hpp"

#include <algorithm>

#include "tools/county/text.hpp"

namespace carehub::county {
namespace {

constexpr std::chrono::hours kSameAlert{24};  ///< domain/10: back within that, the same alert
constexpr int kCloseMinute = 17 * 60;

}  // namespace

void foresee(const World& world, ClientPlan& plan) {
    Foresight client(world, plan);
    foresee_dates(client);
    foresee_stays(client);
    foresee_contact(client);
    foresee_housing(client);
    foresee_rights(client);
}

Foresight::Foresight(const World& world, ClientPlan& plan)
    : world_(world),
      plan_(plan),
      lives_(lives_of(world, plan)),
      stays_(stays_of(world, plan)),
      end_(feed_time(world, world.days() + 1)) {
    if (plan.died_day) {
        died_ = told_on(*plan.died_day);
    }
}

UtcTime Foresight::close_of_business(Date date) const {
    return instant(world_.zone(), {date, kCloseMinute});
}

bool Foresight::was_told(std::string_view kind, UtcTime from, UtcTime until) const {
    return std::ranges::any_of(plan_.staff_events, [&](const StaffEvent& event) {
        return event.kind == kind && instant(world_.zone(), event.occurred) >= from &&
               told_on(event.day) <= until;
    });
}

std::vector<UtcTime> Foresight::told_times(std::string_view kind) const {
    std::vector<UtcTime> times;
    for (const StaffEvent& event : plan_.staff_events) {
        if (event.kind == kind) {
            times.push_back(told_on(event.day));
        }
    }
    return times;
}

std::vector<UtcTime> Foresight::word_times() const {
    std::vector<UtcTime> times;
    for (const Life& life : lives_) {
        for (const Word& word : life.words) {
            times.push_back(word.at);
        }
    }
    return times;
}

void Foresight::expect(Condition condition) {
    std::vector<UtcTime>& turns = condition.turns;
    turns.push_back(begin());
    if (died_) {
        turns.push_back(*died_);
    }
    std::erase_if(turns, [this](UtcTime time) { return time < begin() || time > end_; });
    std::ranges::sort(turns);
    turns.erase(std::unique(turns.begin(), turns.end()), turns.end());
    constexpr UtcTime kNotYet = UtcTime::max();
    UtcTime from = kNotYet;
    UtcTime until = kNotYet;  // of the stretch that is over, perhaps for less than a day
    for (const UtcTime turn : turns) {
        const bool holds = (!died_ || turn < *died_) && condition.holds(turn);
        if (holds && until != kNotYet) {
            if (turn - until > kSameAlert) {
                add_line(condition, from, until);
            }
            from = kNotYet;  // the same alert counts from when it came back
            until = kNotYet;
        }
        if (holds) {
            from = std::min(from, turn);
        } else if (from != kNotYet && until == kNotYet) {
            until = turn;
        }
    }
    if (from != kNotYet) {
        add_line(condition, from, until);
    }
}

void Foresight::add_line(const Condition& condition, UtcTime from, UtcTime until) {
    const bool dead = died_ && *died_ <= end_;
    const bool stands = until > end_ || (condition.latched && !dead);
    TruthLine line{
        TruthType::Alert, condition.rule, "owner", condition.ids, world_.day_of(date_of(from)), "",
        condition.why};
    const bool lapsed = !dead && condition.lapses <= std::min(until, end_);
    line.expect = lapsed ? "any" : stands ? "open" : "cleared";
    line.told = false;
    plan_.truth.push_back(std::move(line));
}

}  // namespace carehub::county
