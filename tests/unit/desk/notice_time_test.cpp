// When a notice may leave.
#include "adapters/desk/notice_time.hpp"

#include "tests/unit/desk/desk_site.hpp"

namespace carehub::adapters::desk {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

TEST_CASE("Each severity has its hour", "[desk]") {
    const StaffEntry ana = staff_entry();
    struct Row {
        Severity severity;
        const char* now;
        const char* due;
    };
    const auto row =
        GENERATE(Row{Severity::Critical, "2026-07-07T02:00:00Z", "2026-07-07T02:00:00Z"},  // 22:00
                 Row{Severity::High, "2026-07-06T14:00:00Z", "2026-07-06T14:00:00Z"},      // 10:00
                 Row{Severity::High, "2026-07-07T00:00:00Z", "2026-07-07T11:00:00Z"},      // 20:00
                 Row{Severity::High, "2026-07-07T10:59:00Z", "2026-07-07T11:00:00Z"},      // 06:59
                 Row{Severity::High, "2026-07-07T11:00:00Z", "2026-07-07T11:00:00Z"},      // 07:00
                 Row{Severity::Unset, "2026-07-07T02:00:00Z", "2026-07-07T11:00:00Z"},
                 Row{Severity::Medium, "2026-07-06T11:59:59Z", "2026-07-06T12:00:00Z"},  // 07:59:59
                 Row{Severity::Medium, "2026-07-06T12:00:00Z", "2026-07-07T12:00:00Z"},  // 08:00
                 Row{Severity::Low, "2026-07-07T02:00:00Z", "2026-07-07T12:00:00Z"});
    CHECK(due_at(row.severity, utc(row.now), ana, hours{8}) == utc(row.due));
}

TEST_CASE("The hour is the wall's, also when the clocks change overnight", "[desk]") {
    const StaffEntry ana = staff_entry();
    // 2026-11-01: back by an hour at 02:00.
    CHECK(due_at(Severity::Medium, utc("2026-10-31T13:00:00Z"), ana, hours{8}) ==
          utc("2026-11-01T13:00:00Z"));
    CHECK(due_at(Severity::High, utc("2026-11-01T05:30:00Z"), ana, hours{8}) ==
          utc("2026-11-01T12:00:00Z"));
}

TEST_CASE("A digest within quiet hours goes when they end", "[desk]") {
    const StaffEntry ana = staff_entry();
    CHECK(due_at(Severity::Low, utc("2026-07-06T14:00:00Z"), ana, hours{5}) ==
          utc("2026-07-07T11:00:00Z"));
}

TEST_CASE("Quiet hours may lie within a day", "[desk]") {
    StaffEntry night_worker = staff_entry();
    night_worker.quiet_from = minutes{9 * 60};
    night_worker.quiet_until = minutes{17 * 60};
    CHECK(is_quiet(night_worker, utc("2026-07-06T14:00:00Z")));
    CHECK_FALSE(is_quiet(night_worker, utc("2026-07-06T21:00:00Z")));
    CHECK_FALSE(is_quiet(night_worker, utc("2026-07-06T04:00:00Z")));
    CHECK(due_at(Severity::High, utc("2026-07-06T14:00:00Z"), night_worker, hours{8}) ==
          utc("2026-07-06T21:00:00Z"));
}

}  // namespace
}  // namespace carehub::adapters::desk
