// SIU messages: the life of an appointment, one event for each patient of it.
//
// Contract: the trigger decides, then SCH-25, then AIS-10; a status that says more than "new,
// rescheduled, modified" wins over these three. S14 and S18 to S22 without a status that is known
// tell none (Unset): the one the hub knows stands; of S18 to S22 only SCH-25 counts. A cancel whose
// reason or status is a no-show is a no-show. What does not take place needs no time.
// No event when no patient is concerned or the slot is merely blocked.
// Errors: a Problem when there is no SCH or more than one, neither SCH-1 nor SCH-2, no resolvable
// start, or a patient without identifier.
#pragma once

#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "adapters/clinic/mapping/context.hpp"

namespace carehub::adapters::clinic {

[[nodiscard]] bool is_siu_trigger(std::string_view trigger);
/// Requires is_siu_trigger of the message's trigger.
[[nodiscard]] tl::expected<std::vector<Submission>, hl7::Problem> map_siu(Context& context);

}  // namespace carehub::adapters::clinic
