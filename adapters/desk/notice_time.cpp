#include "adapters/desk/notice_time.hpp"

namespace carehub::adapters::desk {
namespace {

using std::chrono::minutes;

minutes minute_of(const TimeZone& zone, UtcTime time) {
    const LocalTime local = to_local(zone, time);
    return std::chrono::floor<minutes>(local - std::chrono::floor<std::chrono::days>(local));
}

/// The next instant after `time` at which the clock on the wall shows that minute.
UtcTime next_clock(const TimeZone& zone, UtcTime time, minutes minute) {
    const LocalTime midnight = std::chrono::floor<std::chrono::days>(to_local(zone, time));
    const UtcTime today = to_utc(zone, midnight + minute).time;
    return today > time ? today : to_utc(zone, midnight + std::chrono::days{1} + minute).time;
}

UtcTime when_not_quiet(const StaffEntry& person, UtcTime time) {
    return is_quiet(person, time) ? next_clock(person.zone, time, person.quiet_until) : time;
}

}  // namespace

bool is_quiet(const StaffEntry& person, UtcTime time) {
    const minutes minute = minute_of(person.zone, time);
    const bool is_after = minute >= person.quiet_from;
    const bool is_before = minute < person.quiet_until;
    return person.quiet_from < person.quiet_until ? is_after && is_before : is_after || is_before;
}

UtcTime due_at(Severity severity, UtcTime now, const StaffEntry& person,
               std::chrono::hours digest_at) {
    if (severity == Severity::Critical) {
        return now;
    }
    if (is_interrupting(severity)) {
        return when_not_quiet(person, now);
    }
    return when_not_quiet(person, next_clock(person.zone, now, digest_at));
}

}  // namespace carehub::adapters::desk
