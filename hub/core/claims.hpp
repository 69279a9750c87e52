// What a partner's claim does to a client's case: obligations, stays, contacts, consents, roster
// facts. Routing, duties and alerts follow elsewhere.
//
// Contract: domain/02 ordering rules and 13-decisions. Within one session arrival order wins;
// between sessions the later assertion; cancels and corrections apply even when older. Only the
// working copy changes. Claims that change nothing the State keeps are legal: they are routed only.
#pragma once

#include "hub/core/draft.hpp"

namespace carehub::core {

/// Refusal when the claim cannot stand (a required field is missing, a bound is reached). The input
/// is a submission; `told_under` is the link that makes it the client's.
[[nodiscard]] Refusal apply_claim(Draft& draft, Case& subject, const Input& input,
                                  LinkNumber told_under);

/// What every submission must have, whoever it is about.
[[nodiscard]] Refusal check_claim(const SubmissionInput& submission);

/// Labels of the claim, of the place it names, and of the place's partner default.
[[nodiscard]] Labels labels_of(const State& state, const Partner& partner, const Submission& claim);
/// Of the records that a message names beside its own: the appointment that a visit keeps, the series
/// of an occurrence, what a correction supersedes. It is as protected as they are.
[[nodiscard]] Labels labels_related(const State& state, const Case& subject,
                                    const SubmissionInput& submission);

}  // namespace carehub::core
