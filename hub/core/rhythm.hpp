// How a feed usually comes, by hour of the week, learned over eight weeks; and when its silence is
// none of its habits (glossary 6, FeedSilent).
//
// Contract: of each hour of the week (UTC) and each of the last eight weeks the longest gap that
// touched the hour is remembered. A feed is silent in an hour when nothing came for 1.5 x the longest
// of these, at least 15 minutes; one that comes about once a day, two hours after its usual gap.
// Hours of which less than two weeks tell are not judged; a gap that was a silence teaches nothing.
// Threads: pure.
#pragma once

#include "hub/model/registry.hpp"

namespace carehub::core {

struct Calendar;

/// The feed was heard. `calendar`: of its partner, or null.
void hear(Feed& feed, UtcTime at, const Calendar* calendar);

/// When it is silent if nothing comes; kNever while too little is known. Days on which the calendar
/// is closed do not count.
[[nodiscard]] UtcTime silent_at(const Feed& feed, const Calendar* calendar);

}  // namespace carehub::core
