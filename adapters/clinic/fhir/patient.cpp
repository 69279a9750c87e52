#include "adapters/clinic/fhir/patient.hpp"

#include <algorithm>

#include "adapters/clinic/mapping/age.hpp"
#include "adapters/clinic/mapping/context.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

constexpr std::string_view kFhirIdType = "FHIR";

std::string type_of(const Element& identifier) {
    for (const Element& coding : identifier.child("type").items("coding")) {
        if (std::string code = coding.text_of("code"); !code.empty()) {
            return code;
        }
    }
    return {};
}

void add_identifier(const Document& document, const Element& identifier,
                    std::vector<Identifier>& all) {
    std::string value = identifier.child("value").text(kIdentifierBytesMax);
    if (value.empty()) {
        return;
    }
    const Element system = identifier.child("system");
    std::string authority = authority_of(system.text());
    if (authority.empty() && system.exists()) {
        identifier.note("a system that cannot be read: the identifier is ignored");
        return;
    }
    if (authority.empty()) {
        identifier.note("no system: the feed's own authority is taken");
        authority = document.site.authority;
    }
    const std::string type = type_of(identifier);
    Identifier read{std::move(authority), type.empty() ? document.site.identifier_type : type,
                    std::move(value)};
    if (std::find(all.begin(), all.end(), read) != all.end()) {
        return;
    }
    if (all.size() == kIdentifiersMax) {
        identifier.note("more identifiers than the hub takes: ignored");
        return;
    }
    all.push_back(std::move(read));
}

void add_fhir_id(const Document& document, const std::string& id, const std::string& base,
                 std::vector<Identifier>& all) {
    const bool usable = !id.empty() && base.size() <= kNameBytesMax;
    if (all.empty() && usable) {
        all.push_back(
            {base.empty() ? document.site.authority : base, std::string(kFhirIdType), id});
    }
}

/// Requires an identifier.
std::string key_of_death(const Document& document, const Patient& patient) {
    const Identifier& known_as = patient.identifiers.front();
    return business_key(document.site.feed, known_as.authority, known_as.value);
}

}  // namespace

bool Patient::is_deceased() const {
    return resource.element.has("deceasedDateTime") ||
           resource.element.child("deceasedBoolean").boolean().value_or(false);
}

bool Patient::is_alive() const {
    return !is_deceased() && resource.element.child("deceasedBoolean").boolean() == false;
}

std::optional<std::uint8_t> Patient::young_age_on(Date day) const {
    const auto birth = parse_iso_date(resource.element.text_of("birthDate"));
    return birth ? young_age(*birth, day) : std::nullopt;
}

Patient read_patient(const Document& document, const Resource& resource) {
    Patient patient{resource, {}, security_labels(document, resource.element)};
    for (const Element& identifier : resource.element.items("identifier", kIdentifiersMax)) {
        add_identifier(document, identifier, patient.identifiers);
    }
    add_fhir_id(document, resource.id, {}, patient.identifiers);
    return patient;
}

tl::expected<Patient, Refusal> read_patient(const Document& document, const Element& reference,
                                            const Resource& within) {
    const Target target = document.references.resolve(reference, within);
    if (!target.type.empty() && target.type != "Patient") {
        return refuse(reference, RefusalReason::InvalidField, "refer to a Patient here");
    }
    Patient patient;
    if (target.element.exists()) {
        patient = read_patient(document, {target.element, target.type, target.id, {}, 0});
    }
    if (reference.has("identifier")) {
        add_identifier(document, reference.child("identifier"), patient.identifiers);
    }
    if (patient.identifiers.empty() && !target.is_dangling && !target.id.empty()) {
        reference.note("the patient is not in the document: known by the FHIR id alone");
        add_fhir_id(document, target.id, target.base, patient.identifiers);
    }
    if (!patient.identifiers.empty()) {
        return patient;
    }
    if (target.is_dangling) {
        return refuse(reference, RefusalReason::UnknownReference,
                      "send the patient that the reference names, once, in the same document");
    }
    return refuse(reference, RefusalReason::MissingField,
                  "tell at least one identifier of the patient, or a reference to one");
}

bool is_told(const Document& document, const Patient& patient) {
    return document.deaths.contains(key_of_death(document, patient));
}

namespace {

/// ClientDeceased without its claim; nothing when this patient's was told already.
std::optional<Submission> life_event(Document& document, const Patient& patient,
                                     const Resource& told_by, const Instant& when) {
    std::string key = key_of_death(document, patient);
    if (!document.deaths.insert(key).second) {
        return std::nullopt;
    }
    Submission event = submission_of(document, told_by, EventKind::ClientDeceased);
    event.business_key = std::move(key);
    event.identifiers = patient.identifiers;
    event.occurred_at = when.time;
    event.occurred_precision = when.precision;
    event.time_flags = when.flags;
    event.labels.add(patient.labels);
    return event;
}

}  // namespace

std::optional<Submission> death_event(Document& document, const Patient& patient,
                                      const Resource& told_by, const Instant& otherwise) {
    const auto told =
        date_time_of(patient.resource.element.child("deceasedDateTime"), document.site.zone);
    auto event = life_event(document, patient, told_by, told.value_or(otherwise));
    if (event) {
        PersonClaim person;
        person.deceased_at = event->occurred_at;
        event->payload = std::move(person);
    }
    return event;
}

std::optional<Submission> survival_event(Document& document, const Patient& patient,
                                         const Resource& told_by, const Instant& occurred) {
    auto event = life_event(document, patient, told_by, occurred);
    if (event) {
        event->correction = true;
        event->payload = PersonClaim{};
    }
    return event;
}

}  // namespace carehub::adapters::clinic::fhir
