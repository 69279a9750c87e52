// The three forms of an event (model/vocabulary.hpp, Form) as pure functions.
//
// Contract: the result holds nothing that the form does not name; a field added to a payload later
// stays out of Reduced and BusyOnly until it is added here. Threads: any thread.
#pragma once

#include "hub/model/submission.hpp"

namespace carehub::gateway {

/// Class, status, times, zone and place code; no place for a protected location.
[[nodiscard]] Submission reduce_event(const Submission& event, Labels labels);
/// A blocked or unblocked period, rounded outward to quarters of an hour, and nothing else.
[[nodiscard]] Submission busy_event(const Submission& event);

}  // namespace carehub::gateway
