// ADT messages: plans, arrivals, moves, leaves, departures, their corrections, and demographics of
// one patient.
//
// Contract: the trigger decides (MSH-9.2), whatever a stale PV1 still carries. One message may be
// several events: a discharge by death is an end and a death; an update restates the visit it
// shows. No event when the message says nothing that the hub acts on ("still patient"). Errors: a
// Problem when there is no identifier, or no time at all to date the event with.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "adapters/clinic/mapping/context.hpp"

namespace carehub::adapters::clinic {

/// What that trigger says happened to a visit; nothing when it is about something else.
[[nodiscard]] std::optional<EventKind> encounter_event_of(std::string_view trigger);
[[nodiscard]] bool is_adt_trigger(std::string_view trigger);
/// Requires is_adt_trigger of the message's trigger.
[[nodiscard]] tl::expected<std::vector<Submission>, hl7::Problem> map_adt(Context& context);

}  // namespace carehub::adapters::clinic
