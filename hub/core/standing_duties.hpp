// Duties that no discharge opens: the first report to an officer, the contact a model of case
// management asks for, the monthly meeting of a housing programme (domain/05, 07, 04).
//
// Contract: a function of the case, as all duties are. A duty of a matter, or of the client itself,
// stands under an id of that in place of a stay's.
// Threads: pure.
#pragma once

#include "hub/core/case_view.hpp"

namespace carehub::core {

void put_standing_duties(const CaseView& view, std::vector<Duty>& due);

}  // namespace carehub::core
