// The stretch of time that a question is about.
//
// Contract: `from` inclusive, `to` exclusive; each a time, or a date, which means its beginning where
// the client lives. Errors: InvalidField.
#pragma once

#include "hub/follower/answering.hpp"

namespace carehub::follower {

struct Span {
    UtcTime from = UtcTime::min();
    UtcTime to = kNever;

    [[nodiscard]] bool holds(UtcTime time) const { return from <= time && time < to; }
};

/// Of the arguments `from` and `to`; what is not given is `otherwise`. The subject may be null: dates
/// are then UTC's.
[[nodiscard]] tl::expected<Span, Answer> span_of(const Answering& question,
                                                 const core::Case* subject, Span otherwise = {});

}  // namespace carehub::follower
