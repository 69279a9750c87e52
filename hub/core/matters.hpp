// What partners tell of housing, supervision, warrants and moves, as matters of a client's case.
//
// Contract: one matter a kind and business key; a correction of a housing event withdraws what it
// told (a row that was deleted or no longer says so), and a correction of an end takes the end back.
// Of one client the newest kMattersKept are kept; what is over makes room first.
// Threads: pure.
#pragma once

#include "hub/core/records.hpp"
#include "hub/model/case_records.hpp"

namespace carehub::core {

/// What the hub knows of a claim beside its words.
struct Telling {
    PartnerId partner;
    Hash128 business_key{};  ///< none: the telling stands for itself
    Version version;
    Symbol zone;
    Labels labels;          ///< of the claim and its place
    LinkNumber told_under;  ///< the link that makes it the client's
    Sequence sequence;
    UtcTime now = kUnknownTime;
    UtcTime due_at = kUnknownTime;  ///< the first instant after the day the claim names
};

/// Several kinds share an enrollment's key; each says its own of it. `told_by`: the kind of event,
/// `at` its entry, for a telling without a key.
[[nodiscard]] MatterId matter_id(MatterKind kind, EventKind told_by, const Hash128& business_key,
                                 Sequence at);

/// Claims of other kinds change nothing.
void put_matters(Records<Matter>& matters, const Submission& claim, const Telling& telling);

/// Replaces by key; beyond kMattersKept the oldest goes.
void put_matter(Records<Matter>& matters, const Matter& matter);

}  // namespace carehub::core
