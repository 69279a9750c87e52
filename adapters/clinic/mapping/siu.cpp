#include "adapters/clinic/mapping/siu.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "adapters/clinic/mapping/codes.hpp"
#include "adapters/clinic/mapping/patient.hpp"
#include "adapters/clinic/mapping/schedule.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters::clinic {
namespace {

using hl7::Element;
using hl7::Segment;

struct Trigger {
    std::string_view code;
    EventKind kind;
    ObligationStatus status;
    bool is_final;             ///< S15, S16, S17, S26: no status field can say otherwise
    bool of_resource = false;  ///< S18 to S22: AIS-10 speaks of the resource alone
};

constexpr Trigger kTriggers[] = {
    {"S12", EventKind::AppointmentBooked, ObligationStatus::Scheduled, false},
    {"S13", EventKind::AppointmentRescheduled, ObligationStatus::Scheduled, false},
    // A change says nothing of the status that it does not tell (section 2.4.3.1).
    {"S14", EventKind::AppointmentModified, ObligationStatus::Unset, false},
    {"S15", EventKind::AppointmentCancelled, ObligationStatus::Cancelled, true},
    {"S16", EventKind::AppointmentDiscontinued, ObligationStatus::Discontinued, true},
    {"S17", EventKind::AppointmentDeleted, ObligationStatus::EnteredInError, true},
    // A resource comes, changes or goes: the appointment stays, with the status it tells.
    {"S18", EventKind::AppointmentModified, ObligationStatus::Unset, false, true},
    {"S19", EventKind::AppointmentModified, ObligationStatus::Unset, false, true},
    {"S20", EventKind::AppointmentModified, ObligationStatus::Unset, false, true},
    {"S21", EventKind::AppointmentModified, ObligationStatus::Unset, false, true},
    {"S22", EventKind::AppointmentModified, ObligationStatus::Unset, false, true},
    {"S26", EventKind::AppointmentNoShow, ObligationStatus::Missed, true},
    // The broadcast of what is booked: new or known, the hub takes either.
    {"S27", EventKind::AppointmentBooked, ObligationStatus::Scheduled, false},
};

/// Time of a schedule that can or cannot be booked: about nobody.
constexpr std::pair<std::string_view, EventKind> kSlotTriggers[] = {
    {"S23", EventKind::ScheduleBlocked}, {"S24", EventKind::ScheduleUnblocked}};

std::optional<EventKind> slot_kind(std::string_view code) {
    for (const auto& [trigger, kind] : kSlotTriggers) {
        if (trigger == code) {
            return kind;
        }
    }
    return std::nullopt;
}

const Trigger* find_trigger(std::string_view code) {
    const auto* found = std::find_if(std::begin(kTriggers), std::end(kTriggers),
                                     [&](const Trigger& t) { return t.code == code; });
    return found == std::end(kTriggers) ? nullptr : found;
}

/// The kind that tells this status, when the trigger alone would tell less.
EventKind kind_of(ObligationStatus status, EventKind otherwise) {
    switch (status) {
        case ObligationStatus::InProgress: return EventKind::AppointmentArrived;
        case ObligationStatus::Completed: return EventKind::AppointmentCompleted;
        case ObligationStatus::Missed: return EventKind::AppointmentNoShow;
        case ObligationStatus::Cancelled: return EventKind::AppointmentCancelled;
        case ObligationStatus::Discontinued: return EventKind::AppointmentDiscontinued;
        case ObligationStatus::EnteredInError: return EventKind::AppointmentDeleted;
        case ObligationStatus::Unset:
        case ObligationStatus::Proposed:
        case ObligationStatus::Waitlisted:
        case ObligationStatus::Scheduled:
        case ObligationStatus::Unconfirmed:
        case ObligationStatus::Unlisted: break;
    }
    return otherwise;
}

bool is_open(ObligationStatus status) {
    return status == ObligationStatus::Unset || status == ObligationStatus::Proposed ||
           status == ObligationStatus::Waitlisted || status == ObligationStatus::Scheduled;
}

/// Known by its id alone: it does not take place, or did not, whenever it was.
bool needs_no_time(ObligationStatus status) {
    return status == ObligationStatus::Cancelled || status == ObligationStatus::EnteredInError ||
           status == ObligationStatus::Discontinued || status == ObligationStatus::Missed;
}

struct Patient {
    Segment pid;
    Segment pv1;
    std::vector<Identifier> identifiers;
};

struct Outcome {
    EventKind kind = EventKind::Unset;
    ObligationStatus status = ObligationStatus::Unset;
};

/// A message about a schedule happened when it was made.
void date(Context& context, Submission& event, const Schedule& schedule) {
    event.time_flags = schedule.flags;
    if (const auto created = context.time(context.message().first("MSH"), 7)) {
        event.occurred_at = created->time;
        event.occurred_precision = created->precision;
        return;
    }
    context.note({"MSH", 7}, "no time of the message: the appointment's own stands for it");
    event.occurred_at = schedule.start;
}

/// The codes of a CE in the order in which they count, then its words.
std::vector<std::string> words_of(const Element& coded) {
    std::vector<std::string> words;
    for (const unsigned part : {1U, 4U, 2U, 5U}) {
        if (std::string word = coded.component(part).value(); !word.empty()) {
            words.push_back(std::move(word));
        }
    }
    return words;
}

/// SCH-3 as a key tells it, an NM of any length: "04" and "4.0" are 4, zero is none. What is no
/// number tells occurrences apart too.
std::string occurrence_of(const Element& told) {
    std::string text = told.value();
    if (text.starts_with('+')) {
        text.erase(0, 1);
    }
    const std::size_t point = text.find('.');
    const std::string whole = text.substr(0, point);
    const bool is_number =
        !whole.empty() && whole.find_first_not_of("0123456789") == std::string::npos &&
        (point == std::string::npos || text.find_first_not_of('0', point + 1) == std::string::npos);
    if (!is_number) {
        return text;
    }
    const std::size_t first = whole.find_first_not_of('0');
    return first == std::string::npos ? std::string{} : whole.substr(first);
}

class SiuMapper {
public:
    explicit SiuMapper(Context& context)
        : context_(context),
          trigger_(*find_trigger(context.header().trigger)),
          sch_(context.message().first("SCH")),
          occurrence_(occurrence_of(sch_.field(3))) {}

    tl::expected<std::vector<Submission>, hl7::Problem> map();

private:
    [[nodiscard]] std::vector<Patient> patients();
    [[nodiscard]] std::optional<Outcome> outcome();
    [[nodiscard]] std::optional<hl7::Problem> misfit() const;
    [[nodiscard]] std::optional<FillerStatus> filler_status(
        const std::vector<std::string>& words) const;
    [[nodiscard]] bool is_of_unknown_clock() const;
    [[nodiscard]] bool says_no_show() const;
    [[nodiscard]] Element told_status() const;

    [[nodiscard]] Place location(const Patient& patient);
    [[nodiscard]] Party provider(const Patient& patient);
    [[nodiscard]] ObligationClass obligation_class(const Place& place) const;
    [[nodiscard]] std::string key_of(const Element& id, std::string_view occurrence) const;
    [[nodiscard]] Element appointment_id() const;
    [[nodiscard]] std::string appointment_key() const;
    [[nodiscard]] std::string series_key() const;
    [[nodiscard]] ObligationClaim claim(const Patient& patient, const Schedule& schedule);
    [[nodiscard]] Submission event(const Patient& patient, const Schedule& schedule,
                                   Outcome outcome);

    Context& context_;
    const Trigger& trigger_;
    Segment sch_;
    std::string occurrence_;  ///< SCH-3; empty: the appointment itself
};

/// AIP's, else what the caller has.
Party read_provider(Context& context) {
    const Segment resource = context.message().first("AIP");
    return {context.code(resource.field(3).component(1), {"AIP", 3, 1}),
            {},
            context.code(resource.field(4).component(1), {"AIP", 4, 1})};
}

Place read_location(Context& context) {
    Place place;
    place.id = context.code(context.message().first("AIL").field(3).component(1), {"AIL", 3, 1});
    return place;
}

tl::unexpected<hl7::Problem> missing(hl7::Location where, RefusalReason reason, std::string fix) {
    return tl::unexpected<hl7::Problem>(hl7::Problem{hl7::Condition::RequiredFieldMissing,
                                                     std::move(where), reason, std::move(fix)});
}

tl::unexpected<hl7::Problem> no_start() {
    return missing({"SCH", 11, 4}, RefusalReason::TimeUnresolvable,
                   "tell the start in TQ1-7, SCH-11.4 or a resource, at least as a date");
}

tl::unexpected<hl7::Problem> too_many_patients() {
    return tl::unexpected<hl7::Problem>(hl7::Problem{hl7::Condition::ValueTooLong,
                                                     {"PID"},
                                                     RefusalReason::TooManyItems,
                                                     "send at most 64 patients in a message"});
}

std::optional<hl7::Problem> SiuMapper::misfit() const {
    const auto segments = context_.message().segments();
    if (std::count_if(segments.begin(), segments.end(),
                      [](const Segment& s) { return s.name() == "SCH"; }) > 1) {
        return hl7::Problem{hl7::Condition::Cardinality,
                            {"SCH"},
                            RefusalReason::TooManyItems,
                            "send one appointment in a message"};
    }
    if (sch_.field(1).component(1).value().empty() && sch_.field(2).component(1).value().empty()) {
        return missing({"SCH", 2}, RefusalReason::MissingField,
                       "tell the placer's or the filler's appointment id")
            .value();
    }
    return std::nullopt;
}

tl::expected<std::vector<Submission>, hl7::Problem> SiuMapper::map() {
    if (auto problem = misfit()) {
        return tl::unexpected<hl7::Problem>(*std::move(problem));
    }
    const auto what = outcome();
    const bool is_over = what && needs_no_time(what->status);
    const bool is_change = trigger_.kind == EventKind::AppointmentModified;
    auto schedule = read_schedule(
        context_, trigger_.of_resource ? Resources::TellThemselves : Resources::TellAll);
    if (schedule && is_of_unknown_clock()) {
        context_.note({"AIL", 3}, is_change
                                      ? "no place is named, and [zone] gives places clocks of "
                                        "their own: a change leaves the time that is known"
                                      : "no place is named: read by the feed's clock");
        schedule = is_change ? std::nullopt : schedule;
    }
    if (!schedule && !is_over && !is_change) {
        return no_start();
    }
    if (!schedule) {
        context_.note({"SCH", 11, 4}, "no time: the one known of the appointment stands");
    }
    const std::vector<Patient> concerned = patients();
    if (concerned.size() > kPatientsMax) {
        return too_many_patients();
    }
    const bool nobody_named = std::all_of(concerned.begin(), concerned.end(),
                                          [](const Patient& p) { return p.identifiers.empty(); });
    if (!concerned.empty() && nobody_named) {
        return tl::unexpected<hl7::Problem>(no_identifier());
    }
    std::vector<Submission> events;
    if (concerned.empty()) {
        context_.note({"PID"}, "an appointment without patient concerns no client");
    }
    for (const Patient& patient : concerned) {
        if (patient.identifiers.empty()) {
            context_.note({"PID", 3}, "a patient of the group without identifier: left out");
        } else if (what) {
            events.push_back(event(patient, schedule.value_or(Schedule{}), *what));
            if (events.back().occurred_at == kUnknownTime) {
                return tl::unexpected<hl7::Problem>(no_event_time());
            }
            if (is_deceased(patient.pid)) {
                const hl7::Instant told{
                    events.back().occurred_at, events.back().occurred_precision, {}};
                events.push_back(death_event(context_, patient.pid, patient.identifiers, told));
            }
        }
    }
    return events;
}

/// A patient group is a PID with what follows it, up to the resources.
std::vector<Patient> SiuMapper::patients() {
    std::vector<Patient> all;
    for (const Segment& segment : context_.message().segments()) {
        if (segment.name() == "PID") {
            all.push_back({segment, {}, read_identifiers(context_, segment)});
        } else if (segment.name() == "PV1" && !all.empty() && !all.back().pv1.exists()) {
            all.back().pv1 = segment;
        }
    }
    return all;
}

/// SCH-25; where it is silent, AIS-10.
Element SiuMapper::told_status() const {
    const Element filler = sch_.field(25);
    const bool of_resource = trigger_.of_resource || !words_of(filler).empty();
    return of_resource ? filler : context_.message().first("AIS").field(10);
}

/// Places have clocks of their own, none is named, and no offset is printed.
bool SiuMapper::is_of_unknown_clock() const {
    const hl7::Message& message = context_.message();
    const auto& zones = context_.site().zones;
    const auto names_place = [](const Element& location) {
        return !location.component(1).value().empty() || !location.component(4).value().empty();
    };
    const auto has_offset = [](const Element& printed) {
        const auto time = hl7::parse_timestamp(printed.value());
        return time && time->offset;
    };
    const Segment msh = message.first("MSH");
    const std::string sender = hl7::to_upper(msh.field(4).component(1).value());
    const bool is_known = zones.empty() || zones.find(sender) != zones.end() ||
                          names_place(message.first("AIL").field(3)) ||
                          names_place(message.first("PV1").field(3));
    return !is_known && !has_offset(msh.field(7)) && !has_offset(sch_.field(11).component(4)) &&
           !has_offset(message.first("TQ1").field(7));
}

/// By its reason or by its status.
bool SiuMapper::says_no_show() const {
    std::vector<std::string> told = words_of(sch_.field(6));
    const std::vector<std::string> status = words_of(told_status());
    told.insert(told.end(), status.begin(), status.end());
    const auto& reasons = context_.site().no_show_reasons;
    const bool by_reason = std::any_of(told.begin(), told.end(), [&](const std::string& word) {
        return std::find(reasons.begin(), reasons.end(), hl7::to_upper(word)) != reasons.end();
    });
    const auto known = filler_status(status);
    return by_reason || (known && known->status == ObligationStatus::Missed);
}

/// The first word that is known; the profile's own codes come before table 0278.
std::optional<FillerStatus> SiuMapper::filler_status(const std::vector<std::string>& words) const {
    const auto& own = context_.site().statuses;
    for (const std::string& word : words) {
        if (const auto known = own.find(hl7::to_upper(word)); known != own.end()) {
            return FillerStatus{known->second};
        }
        if (const auto known = filler_status_of(word)) {
            return known;
        }
    }
    return std::nullopt;
}

/// Nothing when the slot is no client's.
std::optional<Outcome> SiuMapper::outcome() {
    if (trigger_.code == "S15" && says_no_show()) {
        return Outcome{EventKind::AppointmentNoShow, ObligationStatus::Missed};
    }
    if (trigger_.is_final) {
        return Outcome{trigger_.kind, trigger_.status};
    }
    const std::vector<std::string> words = words_of(told_status());
    const auto told = filler_status(words);
    if (!told) {
        if (!words.empty()) {
            const bool keeps = trigger_.status == ObligationStatus::Unset;
            context_.note({"SCH", 25}, keeps ? "filler status not of table 0278: says nothing"
                                             : "filler status not of table 0278: taken as booked");
        }
        return Outcome{trigger_.kind, trigger_.status};
    }
    if (!told->client_obligation) {
        context_.note({"SCH", 25}, "a blocked slot is no client's obligation");
        return std::nullopt;
    }
    return Outcome{kind_of(told->status, trigger_.kind), told->status};
}

Place SiuMapper::location(const Patient& patient) {
    Place place = read_location(context_);
    if (place.id.empty()) {
        place.id = context_.code(patient.pv1.field(3).component(1), {"PV1", 3, 1});
    }
    return place;
}

/// The provider's id and role; names of staff stay with the sender.
Party SiuMapper::provider(const Patient& patient) {
    Party party = read_provider(context_);
    if (party.id.empty()) {
        party.id = context_.code(patient.pv1.field(7).component(1), {"PV1", 7, 1});
    }
    return party;
}

ObligationClass SiuMapper::obligation_class(const Place& place) const {
    const auto& known = context_.site().obligation_classes;
    std::vector<std::string> codes = appointment_codes(context_.message());
    codes.push_back(place.id);
    for (const std::string& code : codes) {
        if (const auto found = known.find(hl7::to_upper(code)); found != known.end()) {
            return found->second;
        }
    }
    return ObligationClass::ClinicVisit;
}

/// The key under which a filler's or placer's id names an appointment, or one occurrence of it.
std::string SiuMapper::key_of(const Element& id, std::string_view occurrence) const {
    std::string authority = id.component(3).value();
    if (authority.empty()) {
        authority = id.component(2).value();
    }
    return business_key(context_.site().feed,
                        authority.empty() ? context_.site().authority : authority,
                        id.component(1).value(), occurrence);
}

/// The filler's id names the appointment, the placer's only where the filler gives none.
Element SiuMapper::appointment_id() const {
    return sch_.field(2).component(1).value().empty() ? sch_.field(1) : sch_.field(2);
}

std::string SiuMapper::appointment_key() const { return key_of(appointment_id(), occurrence_); }

/// SCH-24 or SCH-23 name the parent; an occurrence without either is one of the appointment whose id
/// it carries. The standard's own text once miscounts SCH-24 as SCH-25.
std::string SiuMapper::series_key() const {
    for (const unsigned field : {24U, 23U}) {
        if (!sch_.field(field).component(1).value().empty()) {
            return key_of(sch_.field(field), "");
        }
    }
    return occurrence_.empty() ? "" : key_of(appointment_id(), "");
}

ObligationClaim SiuMapper::claim(const Patient& patient, const Schedule& schedule) {
    ObligationClaim claim;
    claim.start = schedule.start;
    claim.date = schedule.date;
    claim.end = schedule.end;
    claim.location = location(patient);
    claim.provider = provider(patient);
    claim.owner_org = context_.sender();
    claim.placer_id = context_.code(sch_.field(1).component(1), {"SCH", 1, 1});
    claim.filler_id = context_.code(sch_.field(2).component(1), {"SCH", 2, 1});
    // A number too large for it is left out: the key tells the occurrence.
    std::from_chars(occurrence_.data(), occurrence_.data() + occurrence_.size(), claim.occurrence);
    claim.parent_id = series_key();
    claim.series = !claim.parent_id.empty();
    claim.obligation_class = obligation_class(claim.location);
    claim.tentative = hl7::to_upper(sch_.field(8).component(1).value()) == "TENTATIVE";
    return claim;
}

Submission SiuMapper::event(const Patient& patient, const Schedule& schedule, Outcome outcome) {
    ObligationClaim claim = this->claim(patient, schedule);
    const bool closed_by_death = is_deceased(patient.pid) && is_open(outcome.status);
    claim.status = closed_by_death ? ObligationStatus::Cancelled : outcome.status;
    Submission event =
        context_.submission(closed_by_death ? EventKind::AppointmentCancelled : outcome.kind);
    event.business_key = appointment_key();
    event.identifiers = patient.identifiers;
    event.correction = is_correction(event.kind);
    date(context_, event, schedule);
    event.payload = std::move(claim);
    return event;
}

/// SCH-5 names the schedule; where it does not, who or what is booked on it does.
std::string schedule_id(Context& context) {
    const Segment sch = context.message().first("SCH");
    std::string id = context.code(sch.field(5).component(1), {"SCH", 5, 1});
    for (const std::string_view resource : {"AIG", "AIP", "AIL"}) {
        if (id.empty()) {
            id = context.code(context.message().first(resource).field(3).component(1),
                              {std::string(resource), 3, 1});
        }
    }
    return id;
}

tl::expected<std::vector<Submission>, hl7::Problem> map_slot(Context& context, EventKind kind) {
    ResourceClaim claim;
    claim.schedule_id = schedule_id(context);
    if (claim.schedule_id.empty()) {
        return missing({"SCH", 5}, RefusalReason::MissingField,
                       "name the schedule in SCH-5, or its resource in AIG-3, AIP-3 or AIL-3");
    }
    const auto schedule = read_schedule(context);
    if (!schedule) {
        return no_start();
    }
    claim.from = schedule->start;
    claim.to = schedule->date ? schedule->start + std::chrono::hours{24} : schedule->end;
    claim.provider = read_provider(context);
    claim.location = read_location(context);
    Submission event = context.submission(kind);
    event.business_key =
        business_key(event.feed, context.site().authority, claim.schedule_id, to_iso(claim.from));
    date(context, event, *schedule);
    event.payload = std::move(claim);
    return std::vector<Submission>{std::move(event)};
}

}  // namespace

bool is_siu_trigger(std::string_view trigger) {
    return find_trigger(trigger) != nullptr || slot_kind(trigger);
}

tl::expected<std::vector<Submission>, hl7::Problem> map_siu(Context& context) {
    CAREHUB_CHECK(is_siu_trigger(context.header().trigger), "only triggers of the list are mapped");
    const auto slot = slot_kind(context.header().trigger);
    return slot ? map_slot(context, *slot) : SiuMapper(context).map();
}

}  // namespace carehub::adapters::clinic
