// Claims and commands with the keyed hashes core looks things up by: the part of an input that is
// made from the message alone, so that an entry read back gives the same input again.
//
// Threads: any thread that may use the fingerprints.
#pragma once

#include "hub/gateway/fingerprints.hpp"
#include "hub/model/input.hpp"

namespace carehub::gateway {

/// `body`: fingerprint of the message.
[[nodiscard]] SubmissionInput identify(const Fingerprints& fingerprints, Submission claim,
                                       PartnerId partner, const Hash128& body);
[[nodiscard]] CommandInput identify(const Fingerprints& fingerprints, CommandBody command);

}  // namespace carehub::gateway
