// Follow-up duties: windows that a discharge opens and a contact or visit closes (domain/07).
//
// Contract: the duties of a client are a function of its stays, contacts and appointments, computed
// anew whenever one of these changes; so a cancelled discharge (A13) withdraws them, a readmission
// suspends them, a late proof closes them by its service date, and nothing needs undoing.
#pragma once

#include "hub/core/case_view.hpp"

namespace carehub::core {

/// Brings subject.duties up to date. Duties no longer due are marked Withdrawn, never removed.
void derive_duties(const CaseView& view, Case& subject);

}  // namespace carehub::core
