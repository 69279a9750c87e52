#include "adapters/clinic/out/fhir_notice.hpp"

#include <boost/json/serialize.hpp>

#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/out/fhir_parts.hpp"
#include "adapters/clinic/out/told.hpp"
#include "adapters/kit/out/delivery_id.hpp"

namespace carehub::adapters::clinic::out {
namespace {

namespace json = boost::json;

constexpr std::string_view kTriggers = "http://terminology.hl7.org/CodeSystem/v2-0003";
constexpr std::string_view kActCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
constexpr std::string_view kNullFlavor = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor";
constexpr std::string_view kDischarge =
    "http://terminology.hl7.org/CodeSystem/discharge-disposition";
constexpr std::string_view kCategory =
    "http://terminology.hl7.org/CodeSystem/communication-category";

std::string_view class_code(EncounterClass encounter_class) {
    switch (encounter_class) {
        case EncounterClass::Inpatient: return "IMP";
        case EncounterClass::Emergency: return "EMER";
        case EncounterClass::Outpatient: return "AMB";
        case EncounterClass::Observation: return "OBSENC";
        case EncounterClass::Home: return "HH";
        case EncounterClass::Virtual: return "VR";
        case EncounterClass::PreAdmit: return "PRENC";
        case EncounterClass::Unset:
        case EncounterClass::Unknown: break;
    }
    return "";
}

std::string_view disposition_code(Disposition disposition) {
    switch (disposition) {
        case Disposition::Home:
        case Disposition::HomeHealth: return "home";
        case Disposition::OtherFacility: return "other-hcf";
        case Disposition::Hospice: return "hosp";
        case Disposition::LongTerm: return "long";
        case Disposition::AgainstAdvice: return "aadvice";
        case Disposition::Deceased: return "exp";
        case Disposition::Psychiatric: return "psy";
        case Disposition::Rehab: return "rehab";
        case Disposition::Snf: return "snf";
        case Disposition::Custody:
        case Disposition::Other: return "oth";
        case Disposition::Unset:
        case Disposition::Unknown: break;
    }
    return "";
}

std::string_view encounter_status(EventKind kind) {
    if (kind == EventKind::EncounterEnded) {
        return "finished";
    }
    return kind == EventKind::EncounterStartCancelled ? "cancelled" : "in-progress";
}

class Writer {
public:
    Writer(const Notice& notice, const Told& told, const FhirNames& names, KnownZones& zones)
        : notice_(notice),
          event_(notice.event),
          told_(told),
          names_(names),
          zone_(zones.find(notice.event.zone)) {}

    [[nodiscard]] json::object bundle(const std::string& id, UtcTime now) const {
        const json::object about = subject_matter();
        const std::string communication = full_url("Communication", id);
        json::array focus{json::object{{"reference", communication}}};
        json::array entries{json::value(), entry(communication, this->communication(id, about))};
        if (!about.empty()) {
            focus.push_back(json::object{{"reference", url_of(about)}});
            entries.push_back(entry(url_of(about), about));
        }
        entries[0] = entry(full_url("MessageHeader", id), header(id, std::move(focus)));
        return {{"resourceType", "Bundle"},
                {"id", id},
                {"identifier", json::object{{"system", kDeliverySystem}, {"value", id}}},
                {"type", "message"},
                {"timestamp", to_iso(now)},
                {"entry", std::move(entries)}};
    }

private:
    static json::object entry(const std::string& url, const json::object& resource) {
        return {{"fullUrl", url}, {"resource", resource}};
    }
    static std::string url_of(const json::object& resource) {
        return full_url(resource.at("resourceType").as_string(), resource.at("id").as_string());
    }

    [[nodiscard]] std::string print(UtcTime time) const {
        return zone_ == nullptr ? to_iso(time) : to_iso(*zone_, time);
    }

    /// What every resource that tells of the event begins with.
    [[nodiscard]] json::object resource(std::string_view type, const std::string& id) const {
        json::object object{{"resourceType", type}, {"id", id}, {"meta", meta_of(notice_)}};
        add_statement(notice_, object);
        return object;
    }

    [[nodiscard]] json::object keyed(std::string_view type) const {
        json::object object = resource(type, resource_id(event_.business_key));
        object["identifier"] =
            json::array{json::object{{"system", kKeySystem}, {"value", event_.business_key}}};
        return object;
    }

    [[nodiscard]] json::object header(const std::string& id, json::array focus) const {
        json::object object{{"resourceType", "MessageHeader"},
                            {"id", id},
                            {"eventCoding", coding(kTriggers, told_.trigger)}};
        if (!names_.destination.empty()) {
            object["destination"] = json::array{json::object{{"endpoint", names_.destination}}};
        }
        object["source"] =
            json::object{{"name", "carehub"}, {"software", "carehub"}, {"endpoint", names_.source}};
        object["focus"] = std::move(focus);
        return object;
    }

    [[nodiscard]] json::object communication(const std::string& id,
                                             const json::object& about) const {
        json::object object = resource("Communication", id);
        object["status"] = "completed";
        object["category"] = json::array{concept_of(kCategory, "notification")};
        object["subject"] = patient_reference(notice_);
        object["topic"] = concept_of(kKindSystem, name_of(notice_.kind));
        if (!about.empty()) {
            object["about"] = json::array{json::object{{"reference", url_of(about)}}};
        }
        if (event_.occurred_at != kUnknownTime) {
            object["sent"] = print(event_.occurred_at);
        }
        if (!notice_.discloser.empty()) {
            object["sender"] =
                json::object{{"type", "Organization"}, {"display", notice_.discloser}};
        }
        const std::string said = words(about);
        if (!said.empty()) {
            object["payload"] = json::array{json::object{{"contentString", said}}};
        }
        return object;
    }

    /// What has no element: the statement, and a time that is taken without an end.
    [[nodiscard]] std::string words(const json::object& about) const {
        const ToldPeriod period = period_of(event_);
        if (about.empty() && period.start != kUnknownTime) {
            return "The client's time is taken from " + print(period.start) +
                   " on; until when is not known.";
        }
        return notice_.required_statement;
    }

    [[nodiscard]] json::object subject_matter() const {
        if (told_.trigger == "A31") {
            return deceased();
        }
        if (std::holds_alternative<EncounterClaim>(event_.payload)) {
            return encounter();
        }
        if (std::holds_alternative<ObligationClaim>(event_.payload)) {
            return appointment(std::get<ObligationClaim>(event_.payload));
        }
        const ToldPeriod period = period_of(event_);
        return period.start != kUnknownTime && period.end > period.start ? busy(period)
                                                                         : json::object{};
    }

    [[nodiscard]] json::object deceased() const {
        json::object patient =
            resource("Patient", resource_id(best_identifier(event_.identifiers).value));
        json::array identifiers;
        for (const Identifier& one : event_.identifiers) {
            identifiers.push_back(identifier_of(one));
        }
        patient["identifier"] = std::move(identifiers);
        const auto* person = std::get_if<PersonClaim>(&event_.payload);
        if (person != nullptr && person->deceased_at != kUnknownTime) {
            patient["deceasedDateTime"] = print(person->deceased_at);
        } else {
            patient["deceasedBoolean"] = person == nullptr || !is_taken_back(event_, *person);
        }
        return patient;
    }

    [[nodiscard]] json::object encounter() const {
        const auto& claim = std::get<EncounterClaim>(event_.payload);
        json::object encounter = keyed("Encounter");
        encounter["status"] = encounter_status(notice_.kind);
        const std::string_view code = class_code(claim.encounter_class);
        encounter["class"] = code.empty() ? coding(kNullFlavor, "UNK") : coding(kActCode, code);
        encounter["subject"] = patient_reference(notice_);
        json::object period;
        if (claim.start != kUnknownTime) {
            period["start"] = print(claim.start);
        }
        if (notice_.kind == EventKind::EncounterEnded && claim.end != kUnknownTime) {
            period["end"] = print(claim.end);
        }
        if (!period.empty()) {
            encounter["period"] = std::move(period);
        }
        const std::string_view disposition = disposition_code(claim.disposition);
        if (notice_.kind == EventKind::EncounterEnded && !disposition.empty()) {
            encounter["hospitalization"] =
                json::object{{"dischargeDisposition", concept_of(kDischarge, disposition)}};
        }
        return encounter;
    }

    [[nodiscard]] static json::object participant(json::object actor) {
        return {{"actor", std::move(actor)}, {"status", "accepted"}};
    }

    [[nodiscard]] json::object busy(const ToldPeriod& period) const {
        json::object appointment = keyed("Appointment");
        appointment["status"] = words_of_filler(told_.status).fhir;
        appointment["start"] = print(period.start);
        appointment["end"] = print(period.end);
        appointment["participant"] = json::array{participant(patient_reference(notice_))};
        return appointment;
    }

    [[nodiscard]] json::object appointment(const ObligationClaim& claim) const {
        json::object appointment = keyed("Appointment");
        appointment["status"] = claim.status == ObligationStatus::Unset
                                    ? words_of_filler(told_.status).fhir
                                    : words_of(claim.status).fhir;
        if (claim.obligation_class != ObligationClass::Unset) {
            appointment["serviceCategory"] =
                json::array{concept_of(kClassSystem, name_of(claim.obligation_class))};
        }
        add_period(claim, appointment);
        json::array participants{participant(patient_reference(notice_))};
        if (!claim.provider.id.empty() || !claim.provider.name.empty()) {
            participants.push_back(
                participant(named("Practitioner", claim.provider.id, claim.provider.name)));
        }
        if (!claim.location.id.empty() || !claim.location.name.empty()) {
            participants.push_back(
                participant(named("Location", claim.location.id, claim.location.name)));
        }
        appointment["participant"] = std::move(participants);
        return appointment;
    }

    static json::object named(std::string_view type, const std::string& id,
                              const std::string& name) {
        json::object actor{{"type", type}};
        if (!id.empty()) {
            actor["identifier"] = json::object{{"value", id}};
        }
        if (!name.empty()) {
            actor["display"] = name;
        }
        return actor;
    }

    /// Invariants app-2 and app-3: a start and an end, or neither.
    void add_period(const ObligationClaim& claim, json::object& appointment) const {
        if (claim.date) {
            const Date next = *claim.date + std::chrono::days{1};
            appointment["start"] = print(begin_of(*claim.date));
            appointment["end"] = print(begin_of(next));
            appointment["comment"] = "The day is known, its time is not.";
            return;
        }
        if (claim.start == kUnknownTime) {
            return;
        }
        const bool has_end = claim.end != kNever && claim.end > claim.start;
        appointment["start"] = print(claim.start);
        appointment["end"] = print(has_end ? claim.end : claim.start + kDefaultDuration);
        if (!has_end) {
            appointment["comment"] = "The end is not known: 30 minutes are assumed.";
        }
    }

    [[nodiscard]] UtcTime begin_of(Date day) const {
        return zone_ == nullptr ? UtcTime{day} : start_of_day(*zone_, day);
    }

    const Notice& notice_;
    const Submission& event_;
    const Told& told_;
    const FhirNames& names_;
    const TimeZone* zone_;
};

}  // namespace

Rendered render_fhir(const Notice& notice, const FhirNames& names, UtcTime now, KnownZones& zones) {
    const auto told = told_of(notice);
    if (!told || lacks_time(*told, notice.event, Format::Fhir)) {
        return std::nullopt;
    }
    if (const auto refusal = lacks(notice)) {
        return tl::unexpected<Refusal>(*refusal);
    }
    const std::string id = delivery_id(notice);
    const Writer writer(notice, *told, names, zones);
    return OutMessage{id, "application/fhir+json", json::serialize(writer.bundle(id, now))};
}

}  // namespace carehub::adapters::clinic::out
