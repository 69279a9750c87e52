#include "tests/support/scenario_tellings.hpp"

#include "hub/base/zone_database.hpp"
#include "hub/model/custody.hpp"
#include "tests/support/scenario_alerts.hpp"
#include "tests/support/scenario_matters.hpp"

namespace carehub::test {
namespace {

const std::map<std::string, ObligationClass> kClasses = {
    {"visit", ObligationClass::ClinicVisit},
    {"session", ObligationClass::TreatmentSession},
    {"dosing", ObligationClass::MedicationDosing},
    {"group", ObligationClass::Group},
    {"benefits", ObligationClass::BenefitsInterview},
    {"hearing", ObligationClass::CourtAppearance},
    {"check-in", ObligationClass::SupervisionCheckIn},
    {"test", ObligationClass::DrugTest},
    {"meeting", ObligationClass::CaseManagerMeeting},
    {"housing-meeting", ObligationClass::HousingMeeting},
    {"inspection", ObligationClass::HousingInspection}};

const std::map<std::string, Disposition> kDispositions = {
    {"home", Disposition::Home},
    {"home-health", Disposition::HomeHealth},
    {"facility", Disposition::OtherFacility},
    {"psychiatric", Disposition::Psychiatric},
    {"rehab", Disposition::Rehab},
    {"snf", Disposition::Snf},
    {"long-term", Disposition::LongTerm},
    {"hospice", Disposition::Hospice},
    {"against-advice", Disposition::AgainstAdvice},
    {"custody", Disposition::Custody},
    {"dead", Disposition::Deceased},
    {"other", Disposition::Other},
    {"unknown", Disposition::Unknown}};

const std::map<std::string, EncounterClass> kEncounters = {
    {"admits", EncounterClass::Inpatient},
    {"observes", EncounterClass::Observation},
    {"emergency", EncounterClass::Emergency},
    {"outpatient", EncounterClass::Outpatient}};

/// What became of an appointment, a hearing and a check-in: each agency has its own kinds.
struct Outcome {
    EventKind visit = EventKind::Unset;
    EventKind hearing = EventKind::Unset;
    EventKind check_in = EventKind::Unset;
};
const std::map<std::string, Outcome> kOutcomes = {
    {"missed", {EventKind::AppointmentNoShow, EventKind::Unset, EventKind::CheckInMissed}},
    {"failure-to-appear", {EventKind::Unset, EventKind::FailureToAppear, EventKind::Unset}},
    {"completed",
     {EventKind::AppointmentCompleted, EventKind::HearingHeld, EventKind::CheckInCompleted}},
    {"cancelled",
     {EventKind::AppointmentCancelled, EventKind::HearingCancelled, EventKind::CheckInCancelled}},
    {"arrived", {EventKind::AppointmentArrived, EventKind::Unset, EventKind::Unset}},
    {"discontinued", {EventKind::AppointmentDiscontinued, EventKind::Unset, EventKind::Unset}},
    {"deleted", {EventKind::AppointmentDeleted, EventKind::Unset, EventKind::Unset}},
    {"unlists", {EventKind::Unset, EventKind::HearingUnlisted, EventKind::Unset}},
    {"lists", {EventKind::Unset, EventKind::HearingScheduled, EventKind::Unset}}};

bool is_check_in(ObligationClass obligation_class) {
    return obligation_class == ObligationClass::SupervisionCheckIn ||
           obligation_class == ObligationClass::DrugTest;
}

EventKind booking_of(ObligationClass obligation_class, bool again) {
    if (obligation_class == ObligationClass::CourtAppearance) {
        return again ? EventKind::HearingContinued : EventKind::HearingScheduled;
    }
    if (is_check_in(obligation_class)) {
        return EventKind::CheckInScheduled;
    }
    return again ? EventKind::AppointmentRescheduled : EventKind::AppointmentBooked;
}

/// The flags of an appointment, up to the end of the line; "" or the word that is none.
std::string take_flags(Submission& claim, ObligationClaim& told, Words& words) {
    while (!words.done()) {
        const std::string flag = words.next();
        if (flag == "at") {
            told.location.id = words.next();
        } else if (flag == "of") {
            told.parent_id = words.next();
        } else if (flag == "all-day") {
            claim.time_flags.add(TimeFlag::DateOnly);
        } else if (flag == "call-list") {
            claim.time_flags.add(TimeFlag::CallList);
        } else if (flag == "transparent") {
            told.transparent = true;
        } else if (flag == "tentative") {
            told.tentative = true;
        } else if (flag == "mandatory") {
            told.mandatory = true;
        } else if (flag == "remote") {
            told.location.remote = true;
        } else {
            return flag;
        }
    }
    return "";
}

}  // namespace

void Tellings::use_zone(World& world, const std::string& partner, const std::string& zone) {
    const TimeZone loaded = load_zone(zone).value();
    Input input;
    input.body = ZoneInput{loaded};
    world.step(std::move(input));
    zones_.insert_or_assign(partner, loaded);
}

UtcTime Tellings::time(const World& world, const std::string& partner, Words& words) const {
    const auto zone = zones_.find(partner);
    return take_time(zone == zones_.end() ? world.zone() : zone->second, words);
}

std::string Tellings::tell(World& world, const std::string& partner, Words& words) {
    const std::string verb = words.next();
    if (const auto found = kClasses.find(verb); found != kClasses.end()) {
        return book(world, partner, found->second, words);
    }
    if (matter_verb(verb) != nullptr) {
        return tell_matter(world, partner, verb, words);
    }
    if (kEncounters.contains(verb) || verb == "books") {
        return start_stay(world, partner, verb, words);
    }
    if (verb == "speaks") {
        return speak(world, partner, words);
    }
    if (verb == "opens" || verb == "closes") {
        return tell_of_schedule(world, partner, verb, words);
    }
    if (verb == "confuses" || verb == "finds-wrong" || verb == "finds-right" ||
        verb == "reports-death" || verb == "takes-back-death") {
        return tell_of_person(world, partner, verb, words);
    }
    const std::string id = words.next();
    const auto known = known_.find(id);
    return known == known_.end() ? "nothing named " + id + " was told before"
                                 : change(world, verb, known->second, words);
}

std::string Tellings::send(World& world, Known& known) {
    const auto zone = zones_.find(known.partner);
    known.claim.zone = zone == zones_.end() ? std::string() : zone->second.name;
    return accepted(world.submit(known.partner, known.client, known.claim));
}

// --- What is about people and feeds ---

std::string Tellings::tell_of_person(World& world, const std::string& partner,
                                     const std::string& verb, Words& words) {
    Submission claim;
    if (verb == "finds-wrong" || verb == "finds-right") {
        claim.kind = EventKind::FeedAnomaly;
        claim.business_key = words.next();
        claim.correction = verb == "finds-right";
        if (words.take("victims")) {
            claim.labels.add(SecurityLabel::DvProtected);
        }
        return accepted(world.submit(partner, "", claim));
    }
    words.take("of");
    const std::string client = words.next();
    claim.payload = PersonClaim{};
    if (verb == "confuses") {
        words.take("and");
        claim.kind = EventKind::PersonUpserted;
        claim.identifiers.push_back({"county", "ID", words.next()});
    } else {
        claim.kind = EventKind::ClientDeceased;
        claim.correction = verb == "takes-back-death";
        claim.occurred_at = claim.correction ? kUnknownTime : time(world, partner, words);
    }
    return accepted(world.submit(partner, client, claim));
}

std::string Tellings::tell_of_schedule(World& world, const std::string& partner,
                                       const std::string& verb, Words& words) {
    Submission claim;
    claim.kind = verb == "opens" ? EventKind::ScheduleUnblocked : EventKind::ScheduleBlocked;
    claim.business_key = words.next();
    ResourceClaim told;
    told.schedule_id = "room";
    told.from = time(world, partner, words);
    words.take("-");
    told.to = time(world, partner, words);
    if (words.take("at")) {
        told.location.id = words.next();
    }
    if (words.take("for")) {
        told.obligation_class = kClasses.at(words.next());
    }
    claim.payload = told;
    return accepted(world.submit(partner, "", claim));
}

std::string Tellings::speak(World& world, const std::string& partner, Words& words) {
    words.take("of");
    const std::string client = words.next();
    words.take("from");
    const int from = std::stoi(words.next());
    words.take("to");
    const int to = std::stoi(words.next());
    words.take("until");
    const Date until = parse_iso_date(words.next()).value();
    for (Date day = local_date(world.zone(), world.now); day < until; day += std::chrono::days{1}) {
        if (std::chrono::weekday{day}.iso_encoding() > 5) {
            continue;
        }
        for (int hour = from; hour < to; ++hour) {
            const LocalTime at = LocalTime{day.time_since_epoch()} + std::chrono::hours{hour};
            world.advance(to_utc(world.zone(), at).time);
            Submission claim;
            claim.kind = EventKind::PersonUpserted;
            claim.payload = PersonClaim{};
            if (std::string problem = accepted(world.submit(partner, client, claim));
                !problem.empty()) {
                return problem;
            }
        }
    }
    return "";
}

// --- Matters ---

std::string Tellings::tell_matter(World& world, const std::string& partner,
                                  const std::string& verb_name, Words& words) {
    const MatterVerb& verb = *matter_verb(verb_name);
    const std::string id = words.next();
    Known& known = known_[id];
    if (verb.begins) {
        words.take("for");
        known.client = words.next();
        known.partner = partner;
        known.claim.business_key = id;
    } else if (known.client.empty()) {
        return "nothing named " + id + " was told before";
    }
    known.claim.kind = verb.kind;
    known.claim.occurred_at = time(world, partner, words);
    const auto payload =
        matter_payload(verb.kind, known.claim.occurred_at, [&words] { return words.next(); });
    if (!payload) {
        return "a word that the verb " + verb_name + " does not know";
    }
    known.claim.payload = *payload;
    return send(world, known);
}

// --- Appointments ---

std::string Tellings::book(World& world, const std::string& partner,
                           ObligationClass obligation_class, Words& words) {
    const std::string id = words.next();
    Known& known = known_[id];
    const bool again = !known.client.empty();
    words.take("for");
    known.client = words.next();
    known.partner = partner;
    ObligationClaim told;
    told.obligation_class = obligation_class;
    told.start = time(world, partner, words);
    words.take("-");
    told.end = time(world, partner, words);
    known.claim.time_flags = {};
    const std::string flag = take_flags(known.claim, told, words);
    const bool only_missed = flag == "missed";
    const bool court = obligation_class == ObligationClass::CourtAppearance;
    if (!flag.empty() && !only_missed) {
        return "an appointment has no " + flag;
    }
    known.claim.business_key = id;
    known.claim.payload = told;
    known.claim.kind = booking_of(obligation_class, again);
    known.claim.occurred_at = kUnknownTime;
    return only_missed ? change(world, court ? "failure-to-appear" : "missed", known, words)
                       : send(world, known);
}

std::string Tellings::change(World& world, const std::string& verb, Known& known, Words& words) {
    const auto* obligation = std::get_if<ObligationClaim>(&known.claim.payload);
    if (verb == "withdraws") {
        known.claim.correction = true;
        const std::string problem = send(world, known);
        known.claim.correction = false;
        return problem;
    }
    if (obligation == nullptr) {
        return change_stay(world, verb, known, words);
    }
    const auto found = kOutcomes.find(verb);
    const Outcome outcome = found == kOutcomes.end() ? Outcome{} : found->second;
    const ObligationClass kind = obligation->obligation_class;
    known.claim.kind = kind == ObligationClass::CourtAppearance ? outcome.hearing
                       : is_check_in(kind)                      ? outcome.check_in
                                                                : outcome.visit;
    if (known.claim.kind == EventKind::Unset) {
        return "such an appointment is not " + verb;
    }
    known.claim.occurred_at = kUnknownTime;
    known.claim.correction = words.take("after-all");
    const std::string problem = send(world, known);
    known.claim.correction = false;
    return problem;
}

// --- Stays ---

std::string Tellings::start_stay(World& world, const std::string& partner, const std::string& verb,
                                 Words& words) {
    const std::string id = words.next();
    Known& known = known_[id];
    words.take("for");
    known.client = words.next();
    known.partner = partner;
    known.claim.business_key = id;
    known.claim.occurred_at = time(world, partner, words);
    known.began = known.claim.occurred_at;
    if (verb == "books") {
        known.claim.kind = EventKind::CustodyStarted;
        known.claim.payload = JusticeClaim{};
        return send(world, known);
    }
    EncounterClaim claim;
    claim.encounter_class = kEncounters.at(verb);
    claim.start = known.began;
    if (words.take("at")) {
        claim.location.id = words.next();
    }
    known.claim.kind = EventKind::EncounterStarted;
    known.claim.payload = claim;
    return send(world, known);
}

std::string Tellings::change_stay(World& world, const std::string& verb, Known& known,
                                  Words& words) {
    static const std::map<std::string, EventKind> kKinds = {
        {"cancels-discharge", EventKind::EncounterEndCancelled},
        {"cancels-admission", EventKind::EncounterStartCancelled},
        {"cancels-plan", EventKind::DischargePlanCancelled},
        {"plans-discharge", EventKind::DischargePlanned},
        {"starts-leave", EventKind::LeaveStarted},
        {"becomes", EventKind::EncounterClassChanged}};
    if (verb == "discharges" || verb == "releases" || verb == "corrects") {
        return end_stay(world, known, verb == "corrects", words);
    }
    if (verb == "transfers") {
        JusticeClaim handed;
        handed.category = kTransferredCustody;
        known.claim.payload = handed;
        const std::string problem = end_stay(world, known, false, words);
        known.claim.payload = JusticeClaim{};
        return problem;
    }
    if (verb == "cancels-release") {
        known.claim.kind = EventKind::CustodyStarted;
        known.claim.occurred_at = known.began;
        known.claim.correction = true;
        const std::string problem = send(world, known);
        known.claim.correction = false;
        return problem;
    }
    const auto kind = kKinds.find(verb);
    if (kind == kKinds.end()) {
        return "the scenario language has no verb " + verb;
    }
    known.claim.kind = kind->second;
    known.claim.occurred_at = kUnknownTime;
    auto& stay = std::get<EncounterClaim>(known.claim.payload);
    if (verb == "plans-discharge") {
        stay.planned = time(world, known.partner, words);
    } else if (verb == "becomes") {
        stay.encounter_class = parse_name<EncounterClass>(words.next()).value();
    }
    return send(world, known);
}

std::string Tellings::end_stay(World& world, Known& known, bool correction, Words& words) {
    known.claim.occurred_at = time(world, known.partner, words);
    auto* stay = std::get_if<EncounterClaim>(&known.claim.payload);
    if (stay == nullptr) {
        known.claim.kind = EventKind::CustodyEnded;
        return send(world, known);
    }
    known.claim.kind = EventKind::EncounterEnded;
    stay->end = known.claim.occurred_at;
    if (words.take("aged")) {
        stay->age = static_cast<std::uint8_t>(std::stoi(words.next()));
    }
    const std::string disposition = words.done() ? "home" : words.next();
    const auto found = kDispositions.find(disposition);
    if (found == kDispositions.end()) {
        return "a client is not discharged " + disposition;
    }
    stay->disposition = found->second;
    known.claim.correction = correction;
    const std::string problem = send(world, known);
    known.claim.correction = false;
    return problem;
}

}  // namespace carehub::test
