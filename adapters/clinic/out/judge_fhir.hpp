// What a FHIR server says of a message that was posted to it.
//
// Contract: the HTTP status decides (http_answer.hpp); an answer of 2xx that is itself a message with
// response.code transient-error or fatal-error is undecided or refused. Field and words are those of
// the first issue of an OperationOutcome. Threads: any thread.
#pragma once

#include "adapters/kit/out/http_answer.hpp"

namespace carehub::adapters::clinic::out {

[[nodiscard]] TargetAnswer judge_fhir(const HttpAnswer& answer);

}  // namespace carehub::adapters::clinic::out
