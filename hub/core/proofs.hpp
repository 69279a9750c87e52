// What opens a follow-up duty and what proves that it was met (domain/07).
//
// Threads: pure.
#pragma once

#include "hub/core/case_view.hpp"

namespace carehub::core {

struct Proof {
    UtcTime at = kNever;  ///< kNever: none
    Sequence source;
};

void keep_earlier(Proof& proof, UtcTime at, Sequence source);

/// In hospital as an inpatient or under observation.
[[nodiscard]] bool is_admission(const Stay& stay);
/// Ended, and to the community, where someone must follow up.
[[nodiscard]] bool opens_duties(const Stay& stay);
/// The client was not at home after the one: the other began during it or later, and lasted longer.
/// One that began earlier says nothing: its end may have been lost.
[[nodiscard]] bool is_followed_by(const Stay& stay, const Stay& other);

/// The first visit that was kept at `from` or later.
[[nodiscard]] Proof first_visit(const CaseView& view, UtcTime from);
/// The first two-way contact; a visit is one too.
[[nodiscard]] Proof first_contact(const CaseView& view, UtcTime from);

}  // namespace carehub::core
