// ADT messages about identifiers: merges, links and unlinks of two patient records (section 3.3).
//
// Contract: A18, A34 and A40 merge what MRG-1 names into what PID-3 names, an event for each pair of
// PID and MRG; A24 links and A37 unlinks what two PID segments name: two records of a person, or two
// visits of one (PV1-19) where both PID name the same. The records stay distinct here: what follows
// is the hub's to decide. Not acted on, with a finding, where the site trusts its sender with none
// of it. Errors: a Problem when no pair is complete, or there is no time at all.
#pragma once

#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "adapters/clinic/mapping/context.hpp"

namespace carehub::adapters::clinic {

[[nodiscard]] bool is_identity_trigger(std::string_view trigger);
/// Requires is_identity_trigger of the message's trigger.
[[nodiscard]] tl::expected<std::vector<Submission>, hl7::Problem> map_identity(Context& context);

}  // namespace carehub::adapters::clinic
