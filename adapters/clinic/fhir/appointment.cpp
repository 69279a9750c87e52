#include "adapters/clinic/fhir/appointment.hpp"

#include <algorithm>

#include "adapters/clinic/fhir/codes.hpp"
#include "adapters/clinic/fhir/patient.hpp"
#include "adapters/clinic/fhir/places.hpp"
#include "adapters/clinic/limits.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

constexpr std::string_view kNotOfR4[] = {"account",
                                         "cancellationDate",
                                         "cancellationReason",
                                         "class",
                                         "incomingReferral",
                                         "indication",
                                         "note",
                                         "occurrenceChanged",
                                         "originatingAppointment",
                                         "previousAppointment",
                                         "reason",
                                         "recurrenceId",
                                         "recurrenceTemplate",
                                         "replaces",
                                         "subject",
                                         "virtualService"};

bool is_open(ObligationStatus status) {
    return status == ObligationStatus::Proposed || status == ObligationStatus::Waitlisted ||
           status == ObligationStatus::Scheduled;
}

struct Attendee {
    Patient patient;
    bool declined = false;
    bool only_informed = false;
};

class AppointmentMapper {
public:
    AppointmentMapper(Document& document, const Resource& resource)
        : document_(document), resource_(resource), appointment_(resource.element) {}

    Events map();

private:
    [[nodiscard]] std::optional<Refusal> read_status();
    [[nodiscard]] std::optional<Refusal> read_participants();
    [[nodiscard]] bool is_known(const Target& target) const;
    [[nodiscard]] std::optional<Refusal> read_patient_of(const Element& participant);
    [[nodiscard]] bool says_no_show() const;
    [[nodiscard]] EventKind kind() const;
    [[nodiscard]] bool needs_no_time() const;
    [[nodiscard]] bool is_proposal() const;
    [[nodiscard]] Element own_identifier() const;

    void fill_length(Submission& event, ObligationClaim& claim, UtcTime start);
    void fill_end(Submission& event, ObligationClaim& claim, UtcTime start);
    void fill_occurred(Submission& event, UtcTime start);
    [[nodiscard]] ObligationClass obligation_class() const;
    [[nodiscard]] std::vector<std::string> services() const;
    [[nodiscard]] Submission common(const Name& name, UtcTime start);
    void add_events(const Submission& common, const Attendee& attendee,
                    std::vector<Submission>& events);

    Document& document_;
    const Resource& resource_;
    const Element& appointment_;
    AppointmentStatus status_;
    std::vector<Attendee> attendees_;
    Place location_;
    Party provider_;
    std::vector<std::string> place_words_;
};

Events AppointmentMapper::map() {
    note_other_version(appointment_, kNotOfR4);
    if (auto fault = read_status()) {
        return tl::unexpected<Refusal>(*std::move(fault));
    }
    const Element told_start = appointment_.child("start");
    const auto start = instant_of(told_start);
    if (!start && !needs_no_time()) {
        if (!is_proposal()) {
            return refuse(told_start, RefusalReason::TimeUnresolvable,
                          "tell the start as an instant with its offset");
        }
        told_start.note("a proposal without time binds nobody");
        status_.kind = EventKind::AppointmentModified;
    }
    const Name name = name_of(document_, own_identifier(), resource_.id);
    if (name.key.empty()) {
        return refuse(appointment_.child("identifier"), RefusalReason::MissingField,
                      "tell an identifier or an id of the appointment");
    }
    if (auto fault = read_participants()) {
        return tl::unexpected<Refusal>(*std::move(fault));
    }
    if (attendees_.empty()) {
        appointment_.child("participant").note("no patient takes part: it concerns no client");
        return std::vector<Submission>{};
    }
    const Submission event = common(name, start ? start->time : kUnknownTime);
    if (event.occurred_at == kUnknownTime && is_proposal()) {
        return std::vector<Submission>{};
    }
    if (event.occurred_at == kUnknownTime) {
        return refuse(appointment_.child("meta").child("lastUpdated"),
                      RefusalReason::TimeUnresolvable,
                      "tell when this was said, or the start of the appointment");
    }
    std::vector<Submission> events;
    for (const Attendee& attendee : attendees_) {
        add_events(event, attendee, events);
    }
    return events;
}

/// Invariant app-3, and what was never valid: it does not take place, whenever it was.
bool AppointmentMapper::needs_no_time() const {
    return status_.status == ObligationStatus::EnteredInError ||
           appointment_.text_of("status") == "cancelled";
}

/// Invariant app-3: it may have no time yet, or none any more. Then it is a change of what is known.
bool AppointmentMapper::is_proposal() const {
    return status_.status == ObligationStatus::Proposed ||
           status_.status == ObligationStatus::Waitlisted;
}

/// A resource that is sent alone, as its server keeps it, is known by its id there (R4, section
/// 2.24.0.1), whatever identifiers come and go; the filler's names it in other systems too.
Element AppointmentMapper::own_identifier() const {
    const Element named = main_identifier(appointment_, "FILL");
    const bool is_filler = has_type_code(named, "FILL");
    return document_.is_sent_alone && !is_filler ? Element{} : named;
}

std::optional<Refusal> AppointmentMapper::read_status() {
    const Element status = appointment_.child("status");
    const std::string code = status.text();
    if (code.empty()) {
        return Refusal{RefusalReason::MissingField, status.path(),
                       "tell a code of the value set appointmentstatus"};
    }
    const auto known = appointment_status_of(code);
    if (!known) {
        return Refusal{RefusalReason::InvalidField, status.path(),
                       "use a code of the value set appointmentstatus"};
    }
    status_ = *known;
    if (status_.status == ObligationStatus::Cancelled && says_no_show()) {
        status_ = {EventKind::AppointmentNoShow, ObligationStatus::Missed};
    }
    return std::nullopt;
}

/// R4 writes cancelationReason with one l.
bool AppointmentMapper::says_no_show() const {
    const auto& reasons = document_.site.no_show_reasons;
    for (const char* name : {"cancelationReason", "cancellationReason"}) {
        const Element reason = appointment_.child(name);
        std::vector<std::string> told = codes_of(reason);
        for (const Element& coding : reason.items("coding")) {
            told.push_back(coding.text_of("display"));
        }
        told.push_back(reason.text_of("text"));
        for (const std::string& text : told) {
            if (std::find(reasons.begin(), reasons.end(), hl7::to_upper(text)) != reasons.end()) {
                return true;
            }
        }
    }
    return false;
}

std::optional<Refusal> AppointmentMapper::read_participants() {
    if (appointment_.count("participant") > kFhirItemsMax) {
        return Refusal{RefusalReason::TooManyItems, appointment_.child("participant").path(),
                       "send at most 256 participants in one appointment"};
    }
    std::optional<Refusal> first_fault;
    for (const Element& participant : appointment_.items("participant")) {
        const Element actor = participant.child("actor");
        if (!actor.exists()) {
            continue;
        }
        const Target target = document_.references.resolve(actor, resource_);
        const std::string& type = target.type;
        if (target.is_dangling && type.empty()) {
            actor.note("leads to nothing in the document: left out");
            first_fault =
                first_fault
                    ? first_fault
                    : std::optional<Refusal>({RefusalReason::UnknownReference, actor.path(),
                                              "send whom the reference names, once, in the same "
                                              "document"});
        } else if (type == "Patient" && !is_known(target)) {
            auto fault = read_patient_of(participant);
            first_fault = first_fault ? first_fault : std::move(fault);
        } else if (type == "Location") {
            const ReadPlace read = read_place(document_, actor, resource_);
            location_ = location_.id.empty() ? read.place : location_;
            place_words_.insert(place_words_.end(), read.words.begin(), read.words.end());
        } else if ((type == "Practitioner" || type == "PractitionerRole") && provider_.id.empty()) {
            provider_.id = read_code(document_, actor, resource_);
            const auto roles = codes_of(participant.first("type"));
            provider_.role = roles.empty() ? std::string{} : roles.front();
        }
    }
    return attendees_.empty() ? first_fault : std::nullopt;
}

/// Named before: one of the document is not read twice.
bool AppointmentMapper::is_known(const Target& target) const {
    return target.element.exists() &&
           std::any_of(attendees_.begin(), attendees_.end(), [&](const Attendee& attendee) {
               return attendee.patient.resource.element.is_same(target.element);
           });
}

std::optional<Refusal> AppointmentMapper::read_patient_of(const Element& participant) {
    auto patient = read_patient(document_, participant.child("actor"), resource_);
    if (!patient) {
        participant.child("actor").note(std::string(kPatientLeftOut));
        return patient.error();
    }
    const bool known =
        std::any_of(attendees_.begin(), attendees_.end(), [&](const Attendee& attendee) {
            return attendee.patient.identifiers == patient->identifiers;
        });
    if (!known) {
        attendees_.push_back({*std::move(patient), participant.text_of("status") == "declined",
                              participant.text_of("required") == "information-only"});
    }
    return std::nullopt;
}

EventKind AppointmentMapper::kind() const {
    const EventKind told = document_.message_event.value_or(EventKind::Unset);
    const bool says_more =
        told == EventKind::AppointmentRescheduled || told == EventKind::AppointmentModified;
    return says_more && status_.kind == EventKind::AppointmentBooked ? told : status_.kind;
}

std::vector<std::string> AppointmentMapper::services() const {
    std::vector<std::string> all = codes_of(appointment_.child("appointmentType"));
    for (const char* name : {"serviceType", "serviceCategory", "specialty"}) {
        for (const Element& service : appointment_.items(name)) {
            const auto codes = codes_of(service);
            all.insert(all.end(), codes.begin(), codes.end());
        }
    }
    return all;
}

ObligationClass AppointmentMapper::obligation_class() const {
    std::vector<std::string> words = services();
    words.insert(words.end(), place_words_.begin(), place_words_.end());
    const ObligationClass* known = look_up(document_.site.obligation_classes, words);
    return known == nullptr ? ObligationClass::ClinicVisit : *known;
}

/// Some senders print midnight where they know the day alone; the profile says so.
void AppointmentMapper::fill_length(Submission& event, ObligationClaim& claim, UtcTime start) {
    const TimeZone& zone = zone_of(document_.site, place_words_);
    const Date day = local_date(zone, start);
    if (document_.site.midnight_is_date && start_of_day(zone, day) == start) {
        claim.date = day;
        event.time_flags.add(TimeFlag::DateOnly);
        return;
    }
    fill_end(event, claim, start);
}

void AppointmentMapper::fill_end(Submission& event, ObligationClaim& claim, UtcTime start) {
    const auto told = instant_of(appointment_.child("end"));
    if (told && told->time > start && told->time - start <= kDurationMax) {
        claim.end = told->time;
        return;
    }
    if (told) {
        appointment_.child("end").note("not an end of this appointment: ignored");
    }
    std::vector<std::string> words = services();
    words.insert(words.end(), place_words_.begin(), place_words_.end());
    const std::chrono::minutes* usual = look_up(document_.site.durations, words);
    const std::int64_t most = std::chrono::minutes(kDurationMax).count();
    const std::int64_t minutes = appointment_.child("minutesDuration").number().value_or(0);
    const bool usable = minutes > 0 && minutes <= most;
    claim.end = start + (usable             ? std::chrono::minutes(minutes)
                         : usual != nullptr ? *usual
                                            : document_.site.default_duration);
    if (!usable) {
        event.time_flags.add(TimeFlag::AssumedDuration);
    }
}

/// The flags of an obligation speak of its own times, so those of `created` stay out of them.
void AppointmentMapper::fill_occurred(Submission& event, UtcTime start) {
    const auto updated = instant_of(appointment_.child("meta").child("lastUpdated"));
    const auto created = date_time_of(appointment_.child("created"), document_.site.zone);
    const auto told = updated ? updated : created ? created : document_.timestamp;
    event.occurred_at = told ? told->time : start;
    event.occurred_precision = told ? told->precision : Precision::Second;
    if (!told && start != kUnknownTime) {
        appointment_.child("meta")
            .child("lastUpdated")
            .note("nothing tells when this was said: the appointment's own time stands for it");
    }
    if (const auto recorded = updated ? updated : document_.timestamp) {
        event.recorded_at = recorded->time;
    }
}

Submission AppointmentMapper::common(const Name& name, UtcTime start) {
    Submission event = submission_of(document_, resource_, kind());
    event.business_key = name.key;
    event.zone = zone_of(document_.site, place_words_).name;
    event.labels.add(labels_of(document_.site, place_words_));
    event.labels.add(labels_of(document_.site, services()));
    ObligationClaim claim;
    claim.obligation_class = obligation_class();
    claim.status = status_.status;
    claim.start = start;
    if (start != kUnknownTime) {
        fill_length(event, claim, start);
    } else {
        appointment_.child("start").note("no time: the one known of the appointment stands");
    }
    fill_occurred(event, start);
    claim.location = location_;
    claim.provider = provider_;
    claim.owner_org = document_.sender.empty() ? document_.site.feed : document_.sender;
    claim.filler_id = name.id;
    event.payload = std::move(claim);
    return event;
}

void AppointmentMapper::add_events(const Submission& common, const Attendee& attendee,
                                   std::vector<Submission>& events) {
    Submission event = common;
    auto& claim = std::get<ObligationClaim>(event.payload);
    const bool deceased = attendee.patient.is_deceased();
    if ((deceased || attendee.declined) && is_open(claim.status)) {
        event.kind = EventKind::AppointmentCancelled;
        claim.status = ObligationStatus::Cancelled;
    }
    claim.transparent = attendee.only_informed;
    event.identifiers = attendee.patient.identifiers;
    event.labels.add(attendee.patient.labels);
    const Instant occurred{event.occurred_at, event.occurred_precision, {}};
    events.push_back(std::move(event));
    if (deceased) {
        if (auto death = death_event(document_, attendee.patient, resource_, occurred)) {
            events.push_back(*std::move(death));
        }
    }
}

}  // namespace

Events map_appointment(Document& document, const Resource& resource) {
    return AppointmentMapper(document, resource).map();
}

}  // namespace carehub::adapters::clinic::fhir
