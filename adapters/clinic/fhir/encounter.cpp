#include "adapters/clinic/fhir/encounter.hpp"

#include <algorithm>

#include "adapters/clinic/fhir/codes.hpp"
#include "adapters/clinic/fhir/encounter_times.hpp"
#include "adapters/clinic/fhir/patient.hpp"
#include "adapters/clinic/fhir/places.hpp"
#include "adapters/clinic/mapping/codes.hpp"
#include "adapters/clinic/mapping/context.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

constexpr std::string_view kNotOfR4[] = {
    "actualPeriod",       "admission",       "careTeam",         "dietPreference",
    "incomingReferral",   "plannedEndDate",  "plannedStartDate", "reason",
    "specialArrangement", "specialCourtesy", "subjectStatus",    "virtualService"};

/// R4 has one Coding, R5 a list of CodeableConcepts.
Element class_coding(const Element& encounter) {
    const Element told = encounter.child("class");
    return told.has("code") || encounter.count("class") == 0
               ? told
               : encounter.first("class").first("coding");
}

/// The patient is or was there: what was only planned, or never was, says nothing of a death.
bool tells_life(EventKind kind) {
    return kind != EventKind::AdmissionPlanned && !is_correction(kind);
}

class EncounterMapper {
public:
    EncounterMapper(Document& document, const Resource& resource)
        : document_(document),
          resource_(resource),
          encounter_(resource.element),
          hospitalization_(either(resource.element, "hospitalization", "admission")),
          stays_(read_stays(document, resource)),
          times_(document, resource, stays_) {}

    Events map();

private:
    [[nodiscard]] tl::expected<EventKind, Refusal> read_kind();
    [[nodiscard]] bool is_still_here() const;
    [[nodiscard]] tl::unexpected<Refusal> no_time(EventKind kind) const;

    [[nodiscard]] EncounterClass encounter_class(EventKind kind) const;
    [[nodiscard]] Disposition disposition(const Patient& patient) const;
    [[nodiscard]] std::string facility() const;
    [[nodiscard]] std::string appointment_key() const;
    [[nodiscard]] std::vector<std::string> services() const;
    void fill_times(Submission& event, EncounterClaim& claim) const;
    [[nodiscard]] Name visit(const Patient& patient, const Instant& occurred) const;
    [[nodiscard]] EncounterClaim claim(EventKind kind, const Patient& patient) const;
    [[nodiscard]] Submission event(EventKind kind, const Patient& patient,
                                   const Instant& occurred) const;
    [[nodiscard]] std::vector<Submission> events(EventKind kind, const Patient& patient,
                                                 const Instant& occurred);

    Document& document_;
    const Resource& resource_;
    const Element& encounter_;
    Element hospitalization_;
    Stays stays_;
    EncounterTimes times_;
};

Events EncounterMapper::map() {
    note_other_version(encounter_, kNotOfR4);
    const auto kind = read_kind();
    if (!kind) {
        return tl::unexpected<Refusal>(kind.error());
    }
    const Element subject = encounter_.child("subject");
    if (document_.references.resolve(subject, resource_).type == "Group") {
        subject.note("a group is no client");
        return std::vector<Submission>{};
    }
    if (*kind == EventKind::Unset) {
        encounter_.child("status").note("says nothing that the hub acts on");
        return std::vector<Submission>{};
    }
    if (*kind == EventKind::EncounterEnded && is_still_here()) {
        hospitalization_.child("dischargeDisposition")
            .note("still a patient: not taken as a discharge");
        return std::vector<Submission>{};
    }
    const auto patient = read_patient(document_, subject, resource_);
    if (!patient) {
        return tl::unexpected<Refusal>(patient.error());
    }
    const auto when = times_.occurred(*kind);
    return when ? Events(events(*kind, *patient, *when)) : Events(no_time(*kind));
}

tl::expected<EventKind, Refusal> EncounterMapper::read_kind() {
    const Element status = encounter_.child("status");
    const std::string code = status.text();
    if (code.empty()) {
        return refuse(status, RefusalReason::MissingField,
                      "tell a code of the value set encounter-status");
    }
    const auto known = encounter_status_of(code);
    if (!known) {
        return refuse(status, RefusalReason::InvalidField,
                      "use a code of the value set encounter-status");
    }
    if (!known->is_r4) {
        status.note("a status of FHIR R5: send version 4.0.1");
    }
    const auto told = document_.message_event;
    const bool is_told = told && payload_of(*told) == PayloadKind::Encounter;
    if (!is_told || (is_correction(known->kind) && !is_cancel(*told))) {
        return known->kind;
    }
    const bool over = known->kind == EventKind::EncounterEnded;
    if (known->kind != EventKind::Unset && !is_cancel(*told) &&
        over != (*told == EventKind::EncounterEnded)) {
        status.note("contradicts the event of the message, which is taken");
    }
    return *told;
}

bool EncounterMapper::is_still_here() const {
    const auto codes = codes_of(hospitalization_.child("dischargeDisposition"));
    return std::any_of(codes.begin(), codes.end(),
                       [](const std::string& code) { return is_still_patient(code); });
}

tl::unexpected<Refusal> EncounterMapper::no_time(EventKind kind) const {
    const std::string fix =
        "tell when it happened, as an instant with its offset or a date, or when it was said: "
        "Bundle.timestamp or meta.lastUpdated";
    return refuse(times_.period().child(kind == EventKind::EncounterEnded ? "end" : "start"),
                  RefusalReason::TimeUnresolvable, fix);
}

EncounterClass EncounterMapper::encounter_class(EventKind kind) const {
    const Element coding = class_coding(encounter_);
    const std::string code = coding.text_of("code");
    const EncounterClass* own = look_up(document_.site.encounter_classes, {code});
    const auto known = own == nullptr ? encounter_class_of(code) : std::optional(*own);
    if (!known) {
        coding.note(code.empty() ? "no class told: unknown"
                                 : "a class that the hub has no word for: unknown");
    }
    return known.value_or(kind == EventKind::AdmissionPlanned ? EncounterClass::PreAdmit
                                                              : EncounterClass::Unknown);
}

Disposition EncounterMapper::disposition(const Patient& patient) const {
    const Element told = hospitalization_.child("dischargeDisposition");
    const auto codes = codes_of(told);
    if (const Disposition* own = look_up(document_.site.dispositions, codes)) {
        return *own;
    }
    for (const std::string& code : codes) {
        if (const auto known = discharge_disposition_of(code)) {
            return *known;
        }
    }
    if (told.exists()) {
        told.note("neither of discharge-disposition nor of UB-04: unknown");
    }
    return patient.is_deceased() ? Disposition::Deceased : Disposition::Unknown;
}

std::string EncounterMapper::facility() const {
    std::string name = read_organisation(document_, encounter_.child("serviceProvider"), resource_);
    if (name.empty()) {
        name = document_.sender;
    }
    return name.empty() ? document_.site.feed : name;
}

/// The obligation that this encounter keeps; the strongest proof of attendance there is.
std::string EncounterMapper::appointment_key() const {
    const Element reference = encounter_.first("appointment");
    if (!reference.exists()) {
        return {};
    }
    const Target target = document_.references.resolve(reference, resource_);
    const Element known = target.element.exists() ? main_identifier(target.element, "FILL")
                                                  : reference.child("identifier");
    return name_of(document_, known, target.id, target.base).key;
}

std::vector<std::string> EncounterMapper::services() const {
    std::vector<std::string> all = codes_of(encounter_.child("serviceType"));
    for (const Element& type : encounter_.items("type")) {
        const auto codes = codes_of(type);
        all.insert(all.end(), codes.begin(), codes.end());
    }
    return all;
}

void EncounterMapper::fill_times(Submission& event, EncounterClaim& claim) const {
    const auto start = times_.start();
    if (event.kind == EventKind::AdmissionPlanned) {
        const auto planned =
            start ? start : date_time_of(encounter_.child("plannedStartDate"), times_.zone());
        claim.planned = planned ? planned->time : kUnknownTime;
        event.time_flags.add(planned ? planned->flags : TimeFlags{});
        return;
    }
    if (start) {
        claim.start = start->time;
        event.time_flags.add(start->flags);
    } else if (event.kind == EventKind::EncounterStarted) {
        claim.start = event.occurred_at;
    }
    const auto end = times_.end();
    if (event.kind == EventKind::DischargePlanned) {
        claim.planned = end ? end->time : kUnknownTime;
        return;
    }
    if (event.kind != EventKind::EncounterEnded) {
        if (end && !is_cancel(event.kind)) {
            times_.period().child("end").note("it has not ended yet: its end is ignored");
        }
        return;
    }
    claim.end = end ? end->time : event.occurred_at;
    if (claim.start > claim.end) {
        times_.period().child("start").note("begins after its end: the start is ignored");
        claim.start = kUnknownTime;
    }
}

/// What has neither number nor id is known by the patient and the day it began, as in HL7 v2.
Name EncounterMapper::visit(const Patient& patient, const Instant& occurred) const {
    Name name = name_of(document_, main_identifier(encounter_, "VN"), resource_.id);
    if (!name.key.empty()) {
        return name;
    }
    const UtcTime began = times_.start().value_or(occurred).time;
    const Identifier& known_as = patient.identifiers.front();
    return {{},
            business_key(document_.site.feed, known_as.authority, known_as.value,
                         to_iso(local_date(times_.zone(), began)))};
}

EncounterClaim EncounterMapper::claim(EventKind kind, const Patient& patient) const {
    EncounterClaim claim;
    claim.encounter_class = encounter_class(kind);
    claim.location = stays_.current;
    claim.location.remote = claim.encounter_class == EncounterClass::Virtual;
    claim.facility = facility();
    claim.appointment_key = appointment_key();
    if (kind == EventKind::EncounterTransferred) {
        claim.prior_location = stays_.prior;
    }
    if (kind == EventKind::EncounterEnded) {
        claim.disposition = disposition(patient);
        const Element destination = hospitalization_.child("destination");
        if (destination.exists()) {
            claim.discharged_to = read_code(document_, destination, resource_);
        }
    }
    return claim;
}

Submission EncounterMapper::event(EventKind kind, const Patient& patient,
                                  const Instant& occurred) const {
    Submission event = submission_of(document_, resource_, kind);
    Name name = visit(patient, occurred);
    event.business_key = std::move(name.key);
    event.identifiers = patient.identifiers;
    event.occurred_at = occurred.time;
    event.occurred_precision = occurred.precision;
    event.time_flags = occurred.flags;
    event.zone = times_.zone().name;
    event.labels.add(patient.labels);
    event.labels.add(labels_of(document_.site, stays_.words));
    event.labels.add(labels_of(document_.site, services()));
    if (const auto said = time_said(document_, resource_)) {
        event.recorded_at = said->time;
    }
    EncounterClaim told = claim(kind, patient);
    told.visit_number = std::move(name.id);
    fill_times(event, told);
    if (kind == EventKind::EncounterEnded) {
        const UtcTime end = told.end == kUnknownTime ? occurred.time : told.end;
        told.age = patient.young_age_on(local_date(times_.zone(), end));
    }
    event.payload = std::move(told);
    return event;
}

std::vector<Submission> EncounterMapper::events(EventKind kind, const Patient& patient,
                                                const Instant& occurred) {
    std::vector<Submission> all = {event(kind, patient, occurred)};
    const auto& told = std::get<EncounterClaim>(all.front().payload);
    if (patient.is_deceased() || told.disposition == Disposition::Deceased) {
        if (auto death = death_event(document_, patient, resource_, occurred)) {
            death->recorded_at = all.front().recorded_at;
            all.push_back(*std::move(death));
        }
    } else if (patient.is_alive() && tells_life(kind)) {
        const UtcTime recorded = all.front().recorded_at;
        const Instant said{
            recorded == kUnknownTime ? occurred.time : recorded, occurred.precision, {}};
        if (auto survival = survival_event(document_, patient, resource_, said)) {
            survival->recorded_at = recorded;
            all.push_back(*std::move(survival));
        }
    }
    return all;
}

}  // namespace

Events map_encounter(Document& document, const Resource& resource) {
    return EncounterMapper(document, resource).map();
}

}  // namespace carehub::adapters::clinic::fhir
