// The three forms of an event (model/vocabulary.hpp, Form) as pure functions.
//
// Contract: the result holds what field_classes.hpp grants the reader, and nothing else. Threads: any
// thread.
#pragma once

#include "hub/gateway/field_classes.hpp"

namespace carehub::gateway {

/// Full form is a column for each kind of recipient; in reduced form a protected place is not told.
[[nodiscard]] Submission reduce_event(const Submission& event, Labels labels, Reader reader);
/// A blocked or unblocked period, rounded outward to quarters of an hour, and nothing else.
[[nodiscard]] Submission busy_event(const Submission& event);

}  // namespace carehub::gateway
