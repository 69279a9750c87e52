// After a person or a partner said otherwise whose an identifier is: each record goes to the case of
// the client its identifier belongs to now.
//
// Contract: looks at two cases and at the links and merges as the draft has them. A record without a
// link stays. Where both cases hold a record of the same key and both belong to one of them, the
// later telling stands there; the earlier one rests in the other case if that is merged or aside
// (then a way back brings it back), else it is dropped.
// Threads: as Draft.
#pragma once

#include "hub/core/draft.hpp"

namespace carehub::core {

/// The LinkBreach of a link that an entry ended; without a subject: of two clients that it parted, and
/// of the one link that an entry of an earlier version ended.
[[nodiscard]] MatterId breach_id(Sequence ended_by, const SubjectHash& subject);

/// Where what is told under that identifier stands while it is nobody's.
[[nodiscard]] ClientId aside_of(SubjectHash subject);
/// State::effective, with what the draft decided.
[[nodiscard]] ClientId effective_after(const Draft& draft, ClientId client);
/// Whose what was told under that link is with what the draft decided: a client's, or aside.
[[nodiscard]] ClientId home_after(const Draft& draft, LinkNumber told_under);

struct Parting {
    /// What was told later than this entry may have drawn on records of the other case.
    Sequence since;
    /// Who has the client, and that it was informed, go along; not into a merger, whose survivor
    /// keeps its case manager.
    bool columns = true;
    /// Alerts go along with all they are about; else each case finds its own anew.
    bool alerts = false;
};
void repartition(Draft& draft, Case& one, Case& other, Parting parting);

/// Whether the bounds of a case hold once both are one.
[[nodiscard]] bool fits_together(const Case& one, const Case& other);

}  // namespace carehub::core
