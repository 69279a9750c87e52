// The answer to a message Bundle (FHIR R4, section 2.38): a message whose header tells the fate.
//
// Contract: MessageHeader.response repeats the id of the request's header and says ok,
// transient-error (send it again) or fatal-error; details lead to an OperationOutcome beside it.
// Ids are derived from the request's digest: the same request, answered the same way, has the same.
// Threads: any thread.
#pragma once

#include "adapters/clinic/fhir/operation_outcome.hpp"

namespace carehub::adapters::clinic::fhir {

enum class ResponseCode : std::uint8_t { Ok, TransientError, FatalError };
/// Transient when the same document may succeed later.
[[nodiscard]] ResponseCode response_code_of(RefusalReason reason);

/// Who answers, and when.
struct Responder {
    std::string endpoint;  ///< the address at which messages are taken
    UtcTime now = kUnknownTime;
};

/// `issues` must not be empty.
[[nodiscard]] std::string message_response(const Reading& request, ResponseCode code,
                                           std::span<const Issue> issues, const Responder& self);

}  // namespace carehub::adapters::clinic::fhir
