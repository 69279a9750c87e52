// Who an event is about: the patient that a reference leads to.
//
// Contract: identifiers are those of the Patient in the document, else the reference's own
// (Reference.identifier), else the id it names with type FHIR: under the feed's authority, or under
// the address of the server that it names. Names and addresses are not read; of the birth date no
// more leaves than how old a young patient is.
// Errors: UnknownReference when the reference leads nowhere, MissingField when nobody is named,
// InvalidField when it is no Patient.
#pragma once

#include "adapters/clinic/fhir/document.hpp"

namespace carehub::adapters::clinic::fhir {

struct Patient {
    Resource resource;  ///< without element when the document does not hold it
    std::vector<Identifier> identifiers;
    Labels labels;

    [[nodiscard]] bool is_deceased() const;
    /// deceasedBoolean is false: not the same as silence.
    [[nodiscard]] bool is_alive() const;
    /// mapping/age.hpp; nothing without a whole birthDate in the document.
    [[nodiscard]] std::optional<std::uint8_t> young_age_on(Date day) const;
};

[[nodiscard]] tl::expected<Patient, Refusal> read_patient(const Document& document,
                                                          const Element& reference,
                                                          const Resource& within);
/// A Patient that is itself an entry.
[[nodiscard]] Patient read_patient(const Document& document, const Resource& resource);

/// Whether the document has told the death already. Requires an identifier.
[[nodiscard]] bool is_told(const Document& document, const Patient& patient);
/// ClientDeceased at Patient.deceasedDateTime, else `otherwise`; nothing when it was told already.
[[nodiscard]] std::optional<Submission> death_event(Document& document, const Patient& patient,
                                                    const Resource& told_by,
                                                    const Instant& otherwise);

/// A death of the patient was told in error: ClientDeceased as a correction without a time of death;
/// nothing when the document has told of it already.
[[nodiscard]] std::optional<Submission> survival_event(Document& document, const Patient& patient,
                                                       const Resource& told_by,
                                                       const Instant& occurred);

}  // namespace carehub::adapters::clinic::fhir
