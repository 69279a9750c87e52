// Bundle (FHIR R4, section 2.36): which of its entries are acted on, and how they stand together.
// Errors: a refusal of the whole bundle; those of single entries are told in `refusals`.
#pragma once

#include "adapters/clinic/fhir/message_header.hpp"

namespace carehub::adapters::clinic::fhir {

struct BundleReading {
    std::vector<Submission> events;
    std::vector<Refusal> refusals;        ///< of entries, where each stands for itself
    std::optional<MessageFacts> message;  ///< of a message that wants an answer
    bool is_known = true;                 ///< false: of a type that is not read
};

/// Fills `message` even when the bundle is refused.
[[nodiscard]] std::optional<Refusal> read_bundle(Document& document, const Element& bundle,
                                                 BundleReading& reading);

/// The events of one resource; none when its type is not acted on.
[[nodiscard]] Events map_resource(Document& document, const Resource& resource);
[[nodiscard]] bool is_acted_on(std::string_view type);

}  // namespace carehub::adapters::clinic::fhir
