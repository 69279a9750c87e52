// The pieces of JSON that more than one answer is made of.
#pragma once

#include <span>

#include <boost/json/object.hpp>

#include "adapters/clinic/fhir/operation_outcome.hpp"

namespace carehub::adapters::clinic::fhir {

[[nodiscard]] boost::json::object outcome_json(std::span<const Issue> issues);

}  // namespace carehub::adapters::clinic::fhir
