#include "adapters/clinic/mapping/adt.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/mapping/age.hpp"
#include "adapters/clinic/mapping/codes.hpp"
#include "adapters/clinic/mapping/patient.hpp"
#include "hub/base/check.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::clinic {
namespace {

using hl7::Instant;
using hl7::Segment;

struct Trigger {
    std::string_view code;
    EventKind kind;
    EncounterClass usual_class = EncounterClass::Unknown;  ///< when PV1-2 tells none
    unsigned planned_in = 0;  ///< the field of PV2 that says when it is expected
};

constexpr Trigger kTriggers[] = {
    {"A01", EventKind::EncounterStarted, EncounterClass::Inpatient},
    {"A02", EventKind::EncounterTransferred},
    {"A03", EventKind::EncounterEnded},
    {"A04", EventKind::EncounterStarted, EncounterClass::Outpatient},
    {"A05", EventKind::AdmissionPlanned, EncounterClass::PreAdmit, 8},
    {"A06", EventKind::EncounterClassChanged, EncounterClass::Inpatient},
    {"A07", EventKind::EncounterClassChanged, EncounterClass::Outpatient},
    {"A08", EventKind::PersonUpserted},
    {"A09", EventKind::EncounterTransferred},
    {"A10", EventKind::EncounterTransferred},
    {"A11", EventKind::EncounterStartCancelled},
    {"A12", EventKind::EncounterTransferCancelled},
    {"A13", EventKind::EncounterEndCancelled},
    {"A14", EventKind::AdmissionPlanned, EncounterClass::PreAdmit, 8},
    {"A16", EventKind::DischargePlanned, EncounterClass::Unknown, 9},
    {"A21", EventKind::LeaveStarted, EncounterClass::Unknown, 47},
    {"A22", EventKind::LeaveEnded},
    {"A25", EventKind::DischargePlanCancelled, EncounterClass::Unknown, 9},
    {"A27", EventKind::AdmissionPlanCancelled, EncounterClass::PreAdmit, 8},
    {"A28", EventKind::PersonUpserted},
    {"A29", EventKind::PersonDeleted},
    {"A31", EventKind::PersonUpserted},
    {"A38", EventKind::AdmissionPlanCancelled, EncounterClass::PreAdmit, 8},
    {"A52", EventKind::LeaveStartCancelled},
    {"A53", EventKind::LeaveEndCancelled},
};

const Trigger* find_trigger(std::string_view code) {
    const auto* found = std::find_if(std::begin(kTriggers), std::end(kTriggers),
                                     [&](const Trigger& t) { return t.code == code; });
    return found == std::end(kTriggers) ? nullptr : found;
}

bool is_about_the_person(EventKind kind) { return payload_of(kind) == PayloadKind::Person; }

/// Where the patient is, and was: tracking (A09, A10) has fields of its own.
struct Whereabouts {
    std::array<unsigned, 3> now;
    std::array<unsigned, 3> before;
};

Whereabouts whereabouts_of(std::string_view trigger) {
    // PV1-42 pending location, PV1-11 temporary location, PV1-43 prior temporary location.
    if (trigger == "A09") {
        return {{42, 11, 3}, {6, 43, 3}};
    }
    if (trigger == "A10") {
        return {{11, 3, 0}, {6, 43, 0}};
    }
    return {{3, 0, 0}, {6, 0, 0}};
}

class AdtMapper {
public:
    explicit AdtMapper(Context& context)
        : context_(context),
          trigger_(*find_trigger(context.header().trigger)),
          evn_(context.message().first("EVN")),
          pid_(context.message().first("PID")),
          pv1_(context.message().first("PV1")),
          pv2_(context.message().first("PV2")),
          about_a_visit_(hl7::to_upper(pv1_.field(2).value()) != "N") {}

    tl::expected<std::vector<Submission>, hl7::Problem> map();

private:
    struct Visit {
        std::string number;
        std::string key;
    };

    [[nodiscard]] bool is_still_here() const;
    [[nodiscard]] bool is_death() const;
    [[nodiscard]] bool takes_death_back() const;
    [[nodiscard]] std::optional<Instant> occurred(EventKind kind);
    /// PV2: when what is announced is expected.
    [[nodiscard]] std::optional<Instant> planned();
    [[nodiscard]] bool opens_account_only();
    [[nodiscard]] std::optional<EncounterClass> told_class() const;
    [[nodiscard]] std::optional<Disposition> told_disposition() const;
    [[nodiscard]] EncounterClass encounter_class();
    [[nodiscard]] Disposition disposition();
    [[nodiscard]] std::optional<std::uint8_t> age_at(UtcTime end);
    [[nodiscard]] Place place(unsigned field);
    [[nodiscard]] Place first_place(const std::array<unsigned, 3>& fields);
    void fill_places(EncounterClaim& claim);
    [[nodiscard]] Visit visit(const Instant& occurred);
    /// PV1-19 or PID-18, where it holds a number.
    [[nodiscard]] std::optional<hl7::Element> visit_number() const;
    [[nodiscard]] std::optional<Instant> told_at();
    /// PV1-45 of an update lies ahead: the end is planned.
    [[nodiscard]] bool end_is_planned();
    [[nodiscard]] std::optional<EventKind> restated_visit();

    [[nodiscard]] Submission event(EventKind kind, const Instant& occurred);
    [[nodiscard]] Submission encounter_event(EventKind kind, const Instant& occurred);
    [[nodiscard]] Submission person_event(const Instant& occurred);
    void fill_times(Submission& event, EncounterClaim& claim, const Instant& occurred);
    [[nodiscard]] std::vector<Submission> events(const Instant& occurred);

    Context& context_;
    const Trigger& trigger_;
    Segment evn_;
    Segment pid_;
    Segment pv1_;
    Segment pv2_;
    /// PV1-2 N: the message concerns the person, and what PV1 holds is filler.
    bool about_a_visit_;
    std::vector<Identifier> identifiers_;
};

tl::expected<std::vector<Submission>, hl7::Problem> AdtMapper::map() {
    identifiers_ = read_identifiers(context_, pid_);
    if (identifiers_.empty()) {
        return tl::unexpected<hl7::Problem>(no_identifier());
    }
    const auto when = occurred(trigger_.kind);
    if (!when) {
        return tl::unexpected<hl7::Problem>(no_event_time());
    }
    return events(*when);
}

std::vector<Submission> AdtMapper::events(const Instant& occurred) {
    std::vector<Submission> all;
    if (trigger_.kind == EventKind::EncounterEnded && is_still_here()) {
        context_.note({"PV1", 36}, "still a patient: not taken as a discharge");
    } else {
        const bool person = is_about_the_person(trigger_.kind) || !about_a_visit_;
        all.push_back(person ? person_event(occurred) : encounter_event(trigger_.kind, occurred));
    }
    if (const auto restated = restated_visit()) {
        // The time a correction happened is the time of what it restates, where that is told.
        all.push_back(encounter_event(*restated, this->occurred(*restated).value_or(occurred)));
        all.back().correction = *restated != EventKind::DischargePlanned;
    }
    if (is_death()) {
        all.push_back(death_event(context_, pid_, identifiers_, occurred));
    } else if (takes_death_back()) {
        all.push_back(survival_event(context_, identifiers_, occurred));
    }
    if (const auto recorded = told_at()) {
        for (Submission& event : all) {
            event.recorded_at = recorded->time;
        }
    }
    return all;
}

bool AdtMapper::is_still_here() const { return is_still_patient(pv1_.field(36).value()); }

bool AdtMapper::is_death() const {
    if (is_correction(trigger_.kind) || trigger_.kind == EventKind::PersonDeleted) {
        return false;
    }
    const bool by_disposition =
        about_a_visit_ && (trigger_.kind == EventKind::EncounterEnded || trigger_.code == "A08") &&
        told_disposition() == Disposition::Deceased;
    return is_deceased(pid_) || by_disposition;
}

/// A sender writes N into many messages: told on by those alone that may put a death right.
bool AdtMapper::takes_death_back() const {
    const hl7::Element indicator = pid_.field(30);
    const bool lives = indicator.is_delete() || hl7::to_upper(indicator.value()) == "N";
    return lives && (trigger_.code == "A08" || trigger_.code == "A13" || trigger_.code == "A31");
}

/// EVN-2, else MSH-7.
std::optional<Instant> AdtMapper::told_at() {
    const auto recorded = context_.time(evn_, 2);
    return recorded ? recorded : context_.time(context_.message().first("MSH"), 7);
}

/// Starts and ends happened when the visit says; everything else when the event says.
std::optional<Instant> AdtMapper::occurred(EventKind kind) {
    std::optional<Instant> told;
    if (about_a_visit_ && kind == EventKind::EncounterStarted) {
        told = opens_account_only() ? std::nullopt : context_.time(pv1_, 44);
    } else if (about_a_visit_ && kind == EventKind::EncounterEnded) {
        told = context_.time(pv1_, 45);
    }
    return told ? told : context_.event_time();
}

/// An arrival on a recurring account (PV1-2 R), of which PV1-44 tells the day it was opened.
bool AdtMapper::opens_account_only() {
    const auto opened = context_.time(pv1_, 44);
    const auto now = context_.event_time();
    return trigger_.code == "A04" && hl7::to_upper(pv1_.field(2).value()) == "R" && opened && now &&
           local_date(context_.zone(), opened->time) < local_date(context_.zone(), now->time);
}

std::optional<Instant> AdtMapper::planned() {
    return trigger_.planned_in == 0 ? std::nullopt : context_.time(pv2_, trigger_.planned_in);
}

std::optional<EncounterClass> AdtMapper::told_class() const {
    const std::string code = hl7::to_upper(pv1_.field(2).value());
    const auto& own = context_.site().encounter_classes;
    const auto known = own.find(code);
    return known == own.end() ? encounter_class_of(code) : known->second;
}

std::optional<Disposition> AdtMapper::told_disposition() const {
    const std::string code = hl7::to_upper(pv1_.field(36).value());
    const auto& own = context_.site().dispositions;
    const auto known = own.find(code);
    return known == own.end() ? disposition_of(code) : known->second;
}

EncounterClass AdtMapper::encounter_class() {
    const auto told = told_class();
    if (!told && !pv1_.field(2).value().empty()) {
        context_.note({"PV1", 2}, "patient class not of table 0004: ignored");
    }
    if (told == EncounterClass::PreAdmit && trigger_.kind == EventKind::EncounterStarted) {
        context_.note({"PV1", 2}, "a stay that has begun is no pre-admission: ignored");
        return trigger_.usual_class;
    }
    // A06 and A07 say by themselves which side of the line the patient is on.
    if (trigger_.code == "A06") {
        return EncounterClass::Inpatient;
    }
    if (trigger_.code == "A07" && told == EncounterClass::Inpatient) {
        return EncounterClass::Outpatient;
    }
    return told.value_or(trigger_.usual_class);
}

Disposition AdtMapper::disposition() {
    if (const auto told = told_disposition()) {
        return *told;
    }
    if (!pv1_.field(36).value().empty()) {
        context_.note({"PV1", 36}, "discharge disposition not of UB-04 FL17: unknown");
    }
    if (is_deceased(pid_)) {
        return Disposition::Deceased;
    }
    // An update that tells none leaves the one that is known.
    const bool untold = trigger_.code == "A08" && pv1_.field(36).value().empty();
    return untold ? Disposition::Unset : Disposition::Unknown;
}

/// The birth date itself stays with the sender.
std::optional<std::uint8_t> AdtMapper::age_at(UtcTime end) {
    const auto birth = read_birth(context_, pid_);
    return birth ? young_age(*birth, local_date(context_.zone(), end)) : std::nullopt;
}

Place AdtMapper::place(unsigned field) {
    const hl7::Element location = pv1_.field(field);
    Place place;
    place.id = context_.code(location.component(1), {"PV1", field, 1});
    if (place.id.empty()) {
        place.id = context_.code(location.component(4), {"PV1", field, 4});
    }
    return place;
}

Place AdtMapper::first_place(const std::array<unsigned, 3>& fields) {
    for (const unsigned field : fields) {
        if (Place told = field == 0 ? Place{} : place(field); !told.id.empty()) {
            return told;
        }
    }
    return {};
}

void AdtMapper::fill_places(EncounterClaim& claim) {
    const Whereabouts fields = whereabouts_of(trigger_.code);
    claim.location = first_place(fields.now);
    claim.prior_location = first_place(fields.before);
    if (trigger_.code == "A09" && claim.prior_location == claim.location) {
        claim.prior_location = {};  // it leaves, and where to is not told
    }
}

AdtMapper::Visit AdtMapper::visit(const Instant& occurred) {
    const std::string& feed = context_.site().feed;
    if (is_placeholder(pv1_.field(19).component(1).value())) {
        context_.note({"PV1", 19}, "a filler is no visit number: ignored");
    }
    if (const auto told = visit_number()) {
        std::string number = context_.code(told->component(1), {"PV1", 19});
        if (!number.empty()) {
            std::string key = business_key(feed, context_.authority(told->component(4)), number);
            return {std::move(number), std::move(key)};
        }
    }
    // A minimal notice numbers no visit: the patient and the day it began stand for it.
    const UtcTime began = context_.time(pv1_, 44).value_or(planned().value_or(occurred)).time;
    const Identifier& patient = identifiers_.front();
    return {{},
            business_key(feed, patient.authority, patient.value,
                         to_iso(local_date(context_.zone(), began)))};
}

std::optional<hl7::Element> AdtMapper::visit_number() const {
    for (const hl7::Element& told : {pv1_.field(19), pid_.field(18)}) {
        const std::string number = told.component(1).value();
        if (!number.empty() && !is_placeholder(number) && number.size() <= kNameBytesMax) {
            return told;
        }
    }
    return std::nullopt;
}

bool AdtMapper::end_is_planned() {
    const auto end = context_.time(pv1_, 45);
    const auto created = context_.time(context_.message().first("MSH"), 7);
    const auto recorded = context_.time(evn_, 2);
    const auto is_ahead = [&](const std::optional<Instant>& of) {
        return !of || end->time > of->time + kClocksApartMax;
    };
    return end && (created || recorded) && is_ahead(created) && is_ahead(recorded);
}

/// What an update (A08) also says about the visit it shows: nothing, its end, that this is planned
/// (domain/03), or its beginning.
std::optional<EventKind> AdtMapper::restated_visit() {
    const auto tells = [&](unsigned field) { return !pv1_.field(field).value().empty(); };
    if (trigger_.code != "A08" || !about_a_visit_ || !(visit_number() || tells(44))) {
        return std::nullopt;
    }
    if (end_is_planned()) {
        return EventKind::DischargePlanned;
    }
    if (is_still_here() && tells(45)) {
        context_.note({"PV1", 45}, "still a patient (PV1-36): the discharge time is ignored");
    } else if (tells(45) || (tells(36) && !is_still_here())) {
        return EventKind::EncounterEnded;
    }
    const auto shown = told_class();
    if (shown == EncounterClass::PreAdmit || (!shown && !tells(44))) {
        return std::nullopt;
    }
    return EventKind::EncounterStarted;
}

Submission AdtMapper::event(EventKind kind, const Instant& occurred) {
    Submission event = context_.submission(kind);
    event.identifiers = identifiers_;
    event.occurred_at = occurred.time;
    event.occurred_precision = occurred.precision;
    event.time_flags = occurred.flags;
    event.correction = is_correction(kind);
    return event;
}

Submission AdtMapper::person_event(const Instant& occurred) {
    const EventKind kind =
        is_about_the_person(trigger_.kind) ? trigger_.kind : EventKind::PersonUpserted;
    Submission event = this->event(kind, occurred);
    event.business_key =
        business_key(event.feed, identifiers_.front().authority, identifiers_.front().value);
    event.payload = kind == EventKind::PersonDeleted ? PersonClaim{} : read_person(context_, pid_);
    return event;
}

void AdtMapper::fill_times(Submission& event, EncounterClaim& claim, const Instant& occurred) {
    if (const auto expected = planned()) {
        claim.planned = expected->time;
        event.time_flags.add(expected->flags);
    }
    if (event.kind == EventKind::DischargePlanned && trigger_.kind != event.kind) {
        claim.planned = context_.time(pv1_, 45).value_or(occurred).time;
    }
    const bool started_now =
        event.kind == EventKind::EncounterStarted && trigger_.kind == event.kind;
    const bool ended_now = event.kind == EventKind::EncounterEnded && trigger_.kind == event.kind;
    if (const auto start = context_.time(pv1_, 44);
        start && !(started_now && opens_account_only())) {
        claim.start = start->time;
        event.time_flags.add(start->flags);
    } else if (started_now) {
        claim.start = occurred.time;
    }
    if (event.kind != EventKind::EncounterEnded) {
        if (pv1_.field(45).is_delete()) {
            context_.note({"PV1", 45}, "a deleted discharge time cancels no discharge: send A13");
        }
        return;
    }
    if (const auto end = context_.time(pv1_, 45)) {
        claim.end = end->time;
        event.time_flags.add(end->flags);
    } else if (ended_now) {
        claim.end = occurred.time;
    }
    if (claim.end != kUnknownTime && claim.start > claim.end) {
        context_.note({"PV1", 44}, "admitted after the discharge: the admission time is ignored");
        claim.start = kUnknownTime;
    }
}

Submission AdtMapper::encounter_event(EventKind kind, const Instant& occurred) {
    Submission event = this->event(kind, occurred);
    Visit numbered = visit(occurred);
    event.business_key = std::move(numbered.key);
    EncounterClaim claim;
    claim.visit_number = std::move(numbered.number);
    claim.encounter_class = encounter_class();
    fill_times(event, claim, occurred);
    fill_places(claim);
    if (kind == EventKind::EncounterEnded) {
        claim.disposition = disposition();
        claim.age = age_at(claim.end == kUnknownTime ? event.occurred_at : claim.end);
        claim.discharged_to = context_.code(pv1_.field(37).component(1), {"PV1", 37, 1});
    }
    claim.facility = context_.code(pv1_.field(39).component(1), {"PV1", 39, 1});
    if (claim.facility.empty()) {
        claim.facility = context_.sender();
    }
    event.payload = std::move(claim);
    return event;
}

}  // namespace

std::optional<EventKind> encounter_event_of(std::string_view trigger) {
    const Trigger* known = find_trigger(trigger);
    const bool about_a_visit =
        known != nullptr && payload_of(known->kind) == PayloadKind::Encounter;
    return about_a_visit ? std::optional(known->kind) : std::nullopt;
}

bool is_adt_trigger(std::string_view trigger) { return find_trigger(trigger) != nullptr; }

tl::expected<std::vector<Submission>, hl7::Problem> map_adt(Context& context) {
    CAREHUB_CHECK(is_adt_trigger(context.header().trigger), "only triggers of the list are mapped");
    return AdtMapper(context).map();
}

}  // namespace carehub::adapters::clinic
