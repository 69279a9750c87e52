// One FHIR R4 document of a clinic or hospital becomes events, or an answer that says why not.
//
// Contract: pure: same bytes, same site, same events. Acted on are Appointment and Encounter, alone
// or in a Bundle of type message (its focus), transaction, batch, collection or searchset, and the
// death of a Patient in a Bundle; other resources serve to resolve references. Anything else
// readable is not acted on, or refused where the site rejects the unknown. Every document ends as
// exactly one of the three readings. A message and a transaction are taken as a whole or not at
// all; of the other bundles each entry stands for itself, and `parsed.refusals` may tell of some
// beside events. Refusals and findings name places in FHIRPath and hold no value of the document.
// Bounds: limits.hpp, "One FHIR document". Threads: any thread.
#pragma once

#include "adapters/clinic/fhir/message_header.hpp"
#include "adapters/clinic/read_message.hpp"

namespace carehub::adapters::clinic::fhir {

struct Reading {
    Disposal disposal = Disposal::Refused;
    Parsed parsed;
    std::optional<Refusal> refusal;       ///< why nothing of it was taken
    std::optional<MessageFacts> message;  ///< of a message, whose answer is one too
    Hash256 digest{};                     ///< SHA-256 of the body
};

/// What the address said that the document is; empty: not said.
struct Expected {
    std::string type;
    std::string id;
    /// Of a body that says again what it said before another was put there: what tells this telling
    /// from the first, where the resource itself tells no version.
    std::string again = {};
};

/// PayloadMismatch, told as 400, when the document is another.
[[nodiscard]] Reading read_fhir(ByteView json, const Site& site, const Expected& expected = {});

}  // namespace carehub::adapters::clinic::fhir
