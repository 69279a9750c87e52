// What must come of a client's plan by the rules whose alerts no story plants: nearly every client
// has a hearing ahead, a contact that is due, a stay that ends.
//
// Contract: reads the plan, never what a hub says; the conditions are those of domain/10, 07 and
// 13. Each stretch of time in which a condition holds is one alert; one that comes back within a
// day is the same. Every line added is marked as not told by a story. Threads: any thread.
#pragma once

#include <functional>
#include <utility>

#include "tools/county/lives.hpp"

namespace carehub::county {

/// Adds the lines to the plan's truth.
void foresee(const World& world, ClientPlan& plan);

/// One condition about one client over the whole simulation.
struct Condition {
    std::string_view rule;
    std::vector<std::string> ids;
    std::vector<UtcTime> turns;  ///< between two of them nothing changes
    std::function<bool(UtcTime)> holds;
    std::string_view why;
    bool latched = false;             ///< stands until a person closes it
    UtcTime lapses = UtcTime::max();  ///< from then on the domain leaves open whether it stands
};

class Foresight {
public:
    Foresight(const World& world, ClientPlan& plan);

    [[nodiscard]] const World& world() const { return world_; }
    [[nodiscard]] const ClientPlan& plan() const { return plan_; }
    [[nodiscard]] const std::vector<Life>& lives() const { return lives_; }
    [[nodiscard]] const std::vector<StayLife>& stays() const { return stays_; }
    [[nodiscard]] UtcTime begin() const { return feed_time(world_, 1); }
    [[nodiscard]] UtcTime told_on(int day) const { return feed_time(world_, day); }
    [[nodiscard]] UtcTime midnight(Date date) const { return start_of_day(world_.zone(), date); }
    [[nodiscard]] UtcTime close_of_business(Date date) const;
    [[nodiscard]] Date date_of(UtcTime time) const { return local_date(world_.zone(), time); }

    /// Told by staff by `until` to have been so at or after `from`.
    [[nodiscard]] bool was_told(std::string_view kind, UtcTime from, UtcTime until) const;
    [[nodiscard]] std::vector<UtcTime> told_times(std::string_view kind) const;
    /// Every moment at which anything is told by clinic, court or agency about obligations.
    [[nodiscard]] std::vector<UtcTime> word_times() const;

    void expect(Condition condition);

private:
    void add_line(const Condition& condition, UtcTime from, UtcTime until);

    const World& world_;
    ClientPlan& plan_;
    std::vector<Life> lives_;
    std::vector<StayLife> stays_;
    UtcTime end_;
    std::optional<UtcTime> died_;
};

void foresee_dates(Foresight& client);    ///< hearings, check-ins, outcomes
void foresee_stays(Foresight& client);    ///< custody, discharges
void foresee_contact(Foresight& client);  ///< contacts, first reports, meetings
void foresee_housing(Foresight& client);  ///< homes, referrals, moves
void foresee_rights(Foresight& client);   ///< consents

}  // namespace carehub::county
