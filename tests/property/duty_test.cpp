// Thirty days of leave, sick days and nights: a critical alert that nobody acknowledges is before
// somebody who is at work, or it waits, and says until when.
//
// Who is at work is told here from the days as they were planned, not by core/duty_hours.hpp.
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "hub/base/utc_time.hpp"
#include "hub/core/escalation.hpp"
#include "tests/support/world.hpp"

namespace carehub::test {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr int kDays = 30;
constexpr hours kOpen{9};
constexpr hours kClose{17};

struct Leave {
    std::string staff;
    Date from;
    Date until;
};

struct Turn {
    std::string staff;
    UtcTime from;
    UtcTime until;
};

class Month {
public:
    explicit Month(unsigned seed)
        : random_(seed),
          world_(*parse_iso_time("2026-07-06T08:00:00-04:00")),
          begin_(*make_date(2026, 7, 6)) {
        world_.add_staff("sue", StaffRole::Supervisor, "north");
        for (const char* name : {"ana", "ben", "cal"}) {
            world_.add_staff(name, StaffRole::CaseManager, "north", "sue");
        }
        plan_on_call();
    }

    void live() {
        for (int hour = 0; hour < kDays * 24; ++hour) {
            if (hour_of_day() == 8) {
                plan_absences();
            }
            if (chance(8)) {
                issue_warrant();
            }
            look();
            world_.advance(world_.now + hours{1});
        }
    }

    int attended = 0;
    int waited = 0;
    int promises_kept = 0;

private:
    bool chance(unsigned one_in) { return random_() % one_in == 0; }
    std::string any_manager() {
        constexpr const char* kManagers[] = {"ana", "ben", "cal"};
        return kManagers[random_() % 3];
    }

    // --- The clock on the wall of the office ---

    [[nodiscard]] LocalTime local() const { return to_local(world_.zone(), world_.now); }
    [[nodiscard]] Date today() const {
        return Date{std::chrono::floor<days>(local()).time_since_epoch()};
    }
    [[nodiscard]] long hour_of_day() const {
        return std::chrono::floor<hours>(local() - LocalTime{today().time_since_epoch()}).count();
    }

    // --- What happens ---

    /// Most nights somebody is on call, some nights nobody.
    void plan_on_call() {
        for (int night = 0; night < kDays; ++night) {
            if (chance(3)) {
                continue;
            }
            const Date day = begin_ + days{night};
            const UtcTime from = start_of_day(world_.zone(), day) + kClose;
            turns_.push_back({any_manager(), from, from + hours{16}});
            world_.command(OnCallCommand{"north", turns_.back().from, turns_.back().until,
                                         turns_.back().staff});
        }
    }

    /// Leave is told days before, sickness on its first morning; some have a deputy.
    void plan_absences() {
        for (const char* name : {"sue", "ana", "ben", "cal"}) {
            if (!chance(9)) {
                continue;
            }
            const Date from = today() + days{chance(2) ? 0 : random_() % 5};
            const Date until = from + days{random_() % 4};
            std::string deputy = chance(2) ? any_manager() : "";
            deputy = deputy == name ? "" : deputy;
            leaves_.push_back({name, from, until});
            world_.command(AbsenceCommand{name, from, until, deputy});
            promised_.clear();  // who is there has changed
        }
    }

    void issue_warrant() {
        const std::string name = "client-" + std::to_string(++count_);
        world_.add_client(name, any_manager(), Transport::Public, CaseModel::Standard, "north");
        Submission claim;
        claim.kind = EventKind::WarrantIssued;
        claim.occurred_at = world_.now;
        claim.business_key = "w-" + std::to_string(count_);
        claim.payload = JusticeClaim{};
        REQUIRE(accepted(world_.submit("court", name, claim)).empty());
        clients_.push_back(name);
    }

    // --- What has to hold ---

    [[nodiscard]] bool is_away(const std::string& name) const {
        return std::ranges::any_of(leaves_, [&](const Leave& leave) {
            return leave.staff == name && leave.from <= today() && today() <= leave.until;
        });
    }

    [[nodiscard]] bool is_at_work(const std::string& name) const {
        const bool called = std::ranges::any_of(turns_, [&](const Turn& turn) {
            return turn.staff == name && turn.from <= world_.now && world_.now < turn.until;
        });
        const unsigned weekday = std::chrono::weekday{today()}.iso_encoding();
        const auto since_midnight = local() - LocalTime{today().time_since_epoch()};
        return called || (weekday <= 5 && since_midnight >= kOpen && since_midnight < kClose &&
                          !is_away(name));
    }

    /// By the deliveries that were journalled.
    void read_entries() {
        for (; read_ < world_.entries.size(); ++read_) {
            for (const Delivery& delivery : world_.entries[read_].decisions.deliveries) {
                if (delivery.is_alert) {
                    const Partner* told = world_.machine.state().partner(delivery.recipient);
                    told_[delivery.alert].insert(
                        std::string(world_.machine.state().text(told->name)));
                }
            }
        }
    }

    void look() {
        read_entries();
        for (const std::string& client : clients_) {
            const core::Case& subject = world_.subject(client);
            for (const Alert& alert : subject.alerts) {
                if (alert.state == AlertState::Raised &&
                    alert.finding.severity == Severity::Critical) {
                    look_at(subject, alert);
                }
            }
        }
    }

    void look_at(const core::Case& subject, const Alert& alert) {
        const std::set<std::string>& told = told_[alert.id];
        const bool seen =
            std::ranges::any_of(told, [this](const std::string& name) { return is_at_work(name); });
        INFO("raised " << to_iso(world_.zone(), alert.raised_at) << " escalated "
                       << static_cast<int>(alert.escalation));
        const auto promise = promised_.find(alert.id);
        if (promise != promised_.end() && world_.now >= promise->second) {
            INFO("promised until " << to_iso(world_.zone(), promise->second));
            REQUIRE(seen);
            promised_.erase(alert.id);
            ++promises_kept;
        }
        if (seen) {
            ++attended;
            return;
        }
        const UtcTime until =
            core::attended_from(world_.machine.state(), subject, alert, world_.now);
        INFO("nobody who was told is at work at " << to_iso(world_.zone(), world_.now));
        REQUIRE(until > world_.now);
        REQUIRE(until < world_.now + days{kDays});
        promised_[alert.id] = until;
        ++waited;
    }

    std::mt19937 random_;
    World world_;
    Date begin_;
    std::vector<Leave> leaves_;
    std::vector<Turn> turns_;
    std::vector<std::string> clients_;
    int count_ = 0;
    std::size_t read_ = 0;
    std::map<AlertId, std::set<std::string>> told_;
    std::map<AlertId, UtcTime> promised_;  ///< until when it waits, as was said
};

}  // namespace

TEST_CASE("a critical alert is before somebody at work, or says until when it waits",
          "[property][duty]") {
    int attended = 0;
    int waited = 0;
    int kept = 0;
    for (unsigned seed = 1; seed <= 4; ++seed) {
        INFO("seed " << seed);
        Month month(seed);
        month.live();
        attended += month.attended;
        waited += month.waited;
        kept += month.promises_kept;
    }
    // The months have both, or the test says nothing.
    CHECK(attended > 1'000);
    CHECK(waited > 1'000);
    CHECK(kept > 100);
}

}  // namespace carehub::test
