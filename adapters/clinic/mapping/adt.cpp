#include "adapters/clinic/mapping/adt.hpp"

#include <algorithm>
#include <optional>

#include "adapters/clinic/mapping/codes.hpp"
#include "adapters/clinic/mapping/patient.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters::clinic {
namespace {

using hl7::Instant;
using hl7::Segment;

struct Trigger {
    std::string_view code;
    EventKind kind;
    EncounterClass usual_class;  ///< when PV1-2 tells none
};

constexpr Trigger kTriggers[] = {
    {"A01", EventKind::EncounterStarted, EncounterClass::Inpatient},
    {"A02", EventKind::EncounterTransferred, EncounterClass::Unknown},
    {"A03", EventKind::EncounterEnded, EncounterClass::Unknown},
    {"A04", EventKind::EncounterStarted, EncounterClass::Outpatient},
    {"A06", EventKind::EncounterClassChanged, EncounterClass::Inpatient},
    {"A07", EventKind::EncounterClassChanged, EncounterClass::Outpatient},
    {"A08", EventKind::PersonUpserted, EncounterClass::Unknown},
    {"A11", EventKind::EncounterStartCancelled, EncounterClass::Unknown},
    {"A13", EventKind::EncounterEndCancelled, EncounterClass::Unknown},
};

const Trigger* find_trigger(std::string_view code) {
    const auto* found = std::find_if(std::begin(kTriggers), std::end(kTriggers),
                                     [&](const Trigger& t) { return t.code == code; });
    return found == std::end(kTriggers) ? nullptr : found;
}

bool is_cancel(EventKind kind) {
    return kind == EventKind::EncounterStartCancelled || kind == EventKind::EncounterEndCancelled;
}

class AdtMapper {
public:
    explicit AdtMapper(Context& context)
        : context_(context),
          trigger_(*find_trigger(context.header().trigger)),
          evn_(context.message().first("EVN")),
          pid_(context.message().first("PID")),
          pv1_(context.message().first("PV1")) {}

    tl::expected<std::vector<Submission>, hl7::Problem> map();

private:
    struct Visit {
        std::string number;
        std::string key;
    };

    [[nodiscard]] bool is_about_a_visit() const;
    [[nodiscard]] bool is_still_here() const;
    [[nodiscard]] bool is_death() const;
    [[nodiscard]] std::optional<Instant> occurred(EventKind kind);
    [[nodiscard]] EncounterClass encounter_class();
    [[nodiscard]] Disposition disposition();
    [[nodiscard]] Place place(unsigned field);
    [[nodiscard]] Visit visit(const Instant& occurred);
    [[nodiscard]] std::optional<EventKind> restated_visit() const;

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
    std::vector<Identifier> identifiers_;
};

tl::expected<std::vector<Submission>, hl7::Problem> AdtMapper::map() {
    identifiers_ = read_identifiers(context_, pid_);
    if (identifiers_.empty()) {
        return tl::unexpected<hl7::Problem>(no_identifier());
    }
    const auto when = occurred(trigger_.kind);
    if (!when) {
        return tl::unexpected<hl7::Problem>(
            hl7::Problem{hl7::Condition::RequiredFieldMissing,
                         {"MSH", 7},
                         RefusalReason::TimeUnresolvable,
                         "tell when it happened: EVN-6, EVN-2 or MSH-7, at least as a date"});
    }
    return events(*when);
}

std::vector<Submission> AdtMapper::events(const Instant& occurred) {
    std::vector<Submission> all;
    if (trigger_.kind == EventKind::EncounterEnded && is_still_here()) {
        context_.note({"PV1", 36}, "still a patient: not taken as a discharge");
        return all;
    }
    const bool person = trigger_.kind == EventKind::PersonUpserted || !is_about_a_visit();
    all.push_back(person ? person_event(occurred) : encounter_event(trigger_.kind, occurred));
    if (const auto restated = restated_visit()) {
        // The time a correction happened is the time of what it restates, where that is told.
        all.push_back(encounter_event(*restated, this->occurred(*restated).value_or(occurred)));
        all.back().correction = true;
    }
    if (is_death()) {
        all.push_back(death_event(context_, pid_, identifiers_, occurred));
        all.back().recorded_at = all.front().recorded_at;
    }
    return all;
}

/// PV1-2 N: the message concerns the person, and what PV1 holds is filler.
bool AdtMapper::is_about_a_visit() const { return hl7::to_upper(pv1_.field(2).value()) != "N"; }

bool AdtMapper::is_still_here() const { return is_still_patient(pv1_.field(36).value()); }

bool AdtMapper::is_death() const {
    if (is_cancel(trigger_.kind)) {
        return false;
    }
    const bool by_disposition = is_about_a_visit() &&
                                (trigger_.kind == EventKind::EncounterEnded ||
                                 trigger_.kind == EventKind::PersonUpserted) &&
                                disposition_of(pv1_.field(36).value()) == Disposition::Deceased;
    return is_deceased(pid_) || by_disposition;
}

/// Starts and ends happened when the visit says; everything else when the event says.
std::optional<Instant> AdtMapper::occurred(EventKind kind) {
    std::optional<Instant> told;
    if (is_about_a_visit() && kind == EventKind::EncounterStarted) {
        told = context_.time(pv1_, 44);
    } else if (is_about_a_visit() && kind == EventKind::EncounterEnded) {
        told = context_.time(pv1_, 45);
    }
    for (const unsigned field : {6U, 2U}) {
        told = told ? told : context_.time(evn_, field);
    }
    return told ? told : context_.time(context_.message().first("MSH"), 7);
}

EncounterClass AdtMapper::encounter_class() {
    const std::string code = pv1_.field(2).value();
    const auto told = encounter_class_of(code);
    if (!told && !code.empty()) {
        context_.note({"PV1", 2}, "patient class not of table 0004: ignored");
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
    const std::string code = pv1_.field(36).value();
    if (const auto told = disposition_of(code)) {
        return *told;
    }
    if (!code.empty()) {
        context_.note({"PV1", 36}, "discharge disposition not of UB-04 FL17: unknown");
    }
    return is_deceased(pid_) ? Disposition::Deceased : Disposition::Unknown;
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

AdtMapper::Visit AdtMapper::visit(const Instant& occurred) {
    const std::string& feed = context_.site().feed;
    const hl7::Element told[] = {pv1_.field(19), pid_.field(18)};
    for (const hl7::Element& cx : told) {
        std::string number = context_.code(cx.component(1), {"PV1", 19});
        if (!number.empty()) {
            std::string key = business_key(feed, context_.authority(cx.component(4)), number);
            return {std::move(number), std::move(key)};
        }
    }
    // A minimal notice numbers no visit: the patient and the day it began stand for it.
    const UtcTime began = context_.time(pv1_, 44).value_or(occurred).time;
    const Identifier& patient = identifiers_.front();
    return {{},
            business_key(feed, patient.authority, patient.value,
                         to_iso(local_date(context_.site().zone, began)))};
}

/// What an update (A08) also says about the visit it shows: nothing, its end, or its beginning.
std::optional<EventKind> AdtMapper::restated_visit() const {
    const auto tells = [&](unsigned field) { return !pv1_.field(field).value().empty(); };
    const bool identified = tells(19) || !pid_.field(18).value().empty() || tells(44);
    if (trigger_.kind != EventKind::PersonUpserted || !is_about_a_visit() || !identified) {
        return std::nullopt;
    }
    if (tells(45) || (tells(36) && !is_still_here())) {
        return EventKind::EncounterEnded;
    }
    const auto told_class = encounter_class_of(pv1_.field(2).value());
    if (told_class == EncounterClass::PreAdmit || (!told_class && !tells(44))) {
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
    event.correction = is_cancel(kind);
    if (const auto recorded = context_.time(evn_, 2)) {
        event.recorded_at = recorded->time;
    }
    return event;
}

Submission AdtMapper::person_event(const Instant& occurred) {
    Submission event = this->event(EventKind::PersonUpserted, occurred);
    event.business_key =
        business_key(event.feed, identifiers_.front().authority, identifiers_.front().value);
    event.payload = read_person(context_, pid_);
    return event;
}

void AdtMapper::fill_times(Submission& event, EncounterClaim& claim, const Instant& occurred) {
    const bool started_now =
        event.kind == EventKind::EncounterStarted && trigger_.kind == event.kind;
    const bool ended_now = event.kind == EventKind::EncounterEnded && trigger_.kind == event.kind;
    if (const auto start = context_.time(pv1_, 44)) {
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
    claim.location = place(3);
    claim.prior_location = place(6);
    if (kind == EventKind::EncounterEnded) {
        claim.disposition = disposition();
        claim.discharged_to = context_.code(pv1_.field(37).component(1), {"PV1", 37, 1});
    }
    claim.facility = context_.code(pv1_.field(39).component(1), {"PV1", 39, 1});
    if (claim.facility.empty()) {
        claim.facility = context_.sender();
    }
    event.labels.add(context_.labels_at(claim.location.id));
    event.payload = std::move(claim);
    return event;
}

}  // namespace

bool is_adt_trigger(std::string_view trigger) { return find_trigger(trigger) != nullptr; }

tl::expected<std::vector<Submission>, hl7::Problem> map_adt(Context& context) {
    CAREHUB_CHECK(is_adt_trigger(context.header().trigger), "only triggers of the list are mapped");
    return AdtMapper(context).map();
}

}  // namespace carehub::adapters::clinic
