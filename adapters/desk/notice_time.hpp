// When a notice may leave: by its severity, the person's quiet hours and the digest's hour.
//
//   Critical     at once, whatever the hour
//   High         at once, in quiet hours when they end; so does a severity nobody here knows yet
//   Medium, Low  in the next digest; one within quiet hours when they end
//
// Contract: pure. Hours are local to the person; a local time that a day skips or has twice is read
// as base/time_zone.hpp says. Quiet hours may go over midnight. Threads: any thread.
#pragma once

#include "adapters/desk/directory.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub::adapters::desk {

/// It interrupts; else it waits for a digest.
[[nodiscard]] inline bool is_interrupting(Severity severity) {
    return severity != Severity::Medium && severity != Severity::Low;
}

[[nodiscard]] bool is_quiet(const StaffEntry& person, UtcTime time);

[[nodiscard]] UtcTime due_at(Severity severity, UtcTime now, const StaffEntry& person,
                             std::chrono::hours digest_at);

}  // namespace carehub::adapters::desk
