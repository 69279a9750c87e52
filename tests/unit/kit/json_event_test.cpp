#include "adapters/kit/json/json_event.hpp"

#include <boost/json.hpp>

#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;

namespace {

const LineSource kSource{"events.jsonl", 7, "north-clinic"};

constexpr std::string_view kBooked =
    R"({"id":"A-1","kind":"AppointmentBooked","occurred_at":"2026-07-01T08:00:00-04:00","zone":"America/New_York",)"
    R"("identifiers":[{"authority":"NORTH","type":"MR","value":"1001"}],"business_key":"north|1",)"
    R"("time_flags":["AssumedZone"],"labels":["Part2","Hiv"],"payload":{"class":"ClinicVisit","status":"Scheduled",)"
    R"("start":"2026-07-09T10:00:00-04:00","end":"2026-07-09T10:30:00-04:00",)"
    R"("location":{"id":"MAIN","name":"Main building","remote":true},"provider":{"id":"77","role":"Provider"},)"
    R"("owner_org":"North Clinic","occurrence":2,"mandatory":true,"mover":"Provider"}})";

UtcTime at(std::string_view iso) {
    const auto time = parse_iso_time(iso);
    REQUIRE(time);
    return *time;
}

Date day(std::string_view iso) {
    const auto date = parse_iso_date(iso);
    REQUIRE(date);
    return *date;
}

/// An event of that kind with every field of the head set.
Submission event_of(EventKind kind, Payload payload) {
    Submission event;
    event.kind = kind;
    event.feed = "feed-1";
    event.source_msg_id = "M-1";
    event.business_key = "feed-1|K-1";
    event.identifiers = {{"NORTH", "MR", "1001"}, {"STATE", "SS", "77"}};
    event.occurred_at = at("2026-03-08T06:59:59.000250Z");
    event.occurred_precision = Precision::Micro;
    event.recorded_at = at("2026-11-01T06:30:00Z");
    event.zone = "America/New_York";
    event.time_flags.add(TimeFlag::DateOnly);
    event.time_flags.add(TimeFlag::TimeUncertain);
    event.supersedes_key = "M-0";
    event.correction = true;
    event.labels.add(SecurityLabel::MentalHealth);
    event.labels.add(SecurityLabel::SealedCase);
    event.raw_sha256.fill(0xA5);
    event.payload = std::move(payload);
    return event;
}

ObligationClaim obligation() {
    ObligationClaim claim;
    claim.obligation_class = ObligationClass::CourtAppearance;
    claim.status = ObligationStatus::Unlisted;
    claim.start = at("2026-07-09T14:00:00Z");
    claim.date = day("2026-07-09");
    claim.end = at("2026-07-09T15:00:00Z");
    claim.prev_start = at("2026-07-08T14:00:00Z");
    claim.location = {"ROOM-3", "Third floor", true};
    claim.provider = {"J-1", "A. Judge", "Judge"};
    claim.owner_org = "County Court";
    claim.placer_id = "P";
    claim.filler_id = "F";
    claim.parent_id = "PA";
    claim.occurrence = 65'535;
    claim.mandatory = true;
    claim.transparent = true;
    claim.tentative = true;
    claim.mover = Mover::Judge;
    claim.reason_code = "R";
    claim.series = true;
    claim.accepted_by = "cm-1";
    return claim;
}

HousingClaim housing() {
    HousingClaim claim;
    claim.project = "PR-1";
    claim.project_type = 13;
    claim.enrollment = "E-1";
    claim.household = "H-1";
    claim.date = day("2026-02-28");
    claim.situation = 116;
    claim.situation_class = SituationClass::Homeless;
    claim.subsidy = 428;
    claim.move_in = day("2026-03-01");
    claim.destination = 435;
    claim.event_code = 12;
    claim.result = 1;
    claim.result_date = day("2026-03-02");
    claim.leave_14d = Answer::Unknown;
    claim.grade = HousingLossGrade::AtRisk;
    claim.deadline = day("2026-03-14");
    claim.subsequent_residence = 1;
    claim.time_to_loss = 2;
    claim.exit_reason = 3;
    return claim;
}

JusticeClaim justice() {
    JusticeClaim claim;
    claim.case_number = "26-CR-1";
    claim.court = "County Court";
    claim.category = "condition";
    claim.condition_text = "Report weekly.";
    claim.mandatory = true;
    claim.issued = day("2026-01-01");
    claim.effective = day("2026-01-02");
    claim.expires = day("2027-01-01");
    claim.officer = {"B17", "O. Officer", "SupervisionOfficer"};
    claim.level = "high";
    claim.custody_place = {"JAIL", "County jail", false};
    return claim;
}

ConsentClaim consent() {
    ConsentClaim claim;
    claim.consent = "K-9";
    claim.kind = ConsentKind::Part2Specific;
    claim.discloser = "recovery";
    claim.recipients = {"owner", "court"};
    claim.general_designation = true;
    claim.intermediary = "exchange";
    claim.scope_kinds = {EventKind::AppointmentBooked, EventKind::HearingHeld};
    claim.scope_from = day("2026-01-01");
    claim.scope_to = day("2026-12-31");
    claim.purpose = PurposeOfUse::CareCoordination;
    claim.signed_on = day("2026-01-01");
    claim.expires = day("2027-01-01");
    claim.expiry_event = "end of supervision";
    claim.revocable_from = day("2026-06-01");
    claim.revoked_at = at("2026-06-02T12:00:00Z");
    claim.revoke_reason = "client request";
    return claim;
}

/// One full event for each kind of payload.
std::vector<Submission> one_of_each() {
    const UtcTime time = at("2026-07-01T12:00:00Z");
    const Place place{"W1", "Ward 1", false};
    return {
        event_of(EventKind::HearingUnlisted, obligation()),
        event_of(EventKind::ScheduleBlocked, ResourceClaim{"S-1",
                                                           time,
                                                           time + std::chrono::hours{1},
                                                           {"D", "Dr", "Provider"},
                                                           place,
                                                           ObligationClass::TreatmentSession}),
        event_of(EventKind::ScheduleSnapshot,
                 SnapshotClaim{day("2026-07-01"), day("2026-07-31"), 4'000'000'000U, true, time}),
        event_of(EventKind::EncounterEnded, EncounterClaim{"V-1",
                                                           EncounterClass::Inpatient,
                                                           time,
                                                           time,
                                                           time,
                                                           place,
                                                           {"W0", "", true},
                                                           Disposition::Snf,
                                                           "Hill house",
                                                           "North Clinic",
                                                           "north|1",
                                                           std::uint8_t{12}}),
        event_of(EventKind::PersonUpserted, PersonClaim{{{"Doe", "Jane", "L"}, {"Roe", "", "A"}},
                                                        day("1970-01-02"),
                                                        Sex::Female,
                                                        {"+1 555"},
                                                        5,
                                                        time}),
        event_of(
            EventKind::IdentifiersMerged,
            IdentityClaim{
                {{"NORTH", "MR", "1"}}, {{"NORTH", "MR", "2"}}, IdentityLevel::Patient, "A40"}),
        event_of(EventKind::HousingLossReported, housing()),
        event_of(EventKind::WarrantIssued, justice()),
        event_of(EventKind::ContactMade, CaseworkClaim{"cm-1",
                                                       "team-1",
                                                       CaseModel::Act,
                                                       CasePhase::Planning,
                                                       CasePhase::Monitoring,
                                                       RiskTier::High,
                                                       {"no answer", "moved"},
                                                       ContactKind::Video,
                                                       true,
                                                       20}),
        event_of(EventKind::ConsentRevoked, consent()),
    };
}

Refusal refusal_of(std::string_view line) {
    const auto event = parse_event(line, kSource);
    REQUIRE_FALSE(event);
    return event.error();
}

/// kBooked with one text replaced.
std::string changed(std::string_view from, std::string_view to) {
    std::string line(kBooked);
    const std::size_t found = line.find(from);
    REQUIRE(found != std::string::npos);
    return line.replace(found, from.size(), to);
}

}  // namespace

TEST_CASE("a line of the documented shape becomes the event it tells", "[carehub]") {
    const auto event = parse_event(kBooked, kSource);
    REQUIRE(event);
    CHECK(event->kind == EventKind::AppointmentBooked);
    CHECK(event->source_msg_id == "A-1");
    CHECK(event->feed == "north-clinic");
    CHECK(event->schema == 1);
    CHECK(event->occurred_at == at("2026-07-01T12:00:00Z"));
    CHECK(event->occurred_precision == Precision::Second);
    CHECK(event->time_flags.has(TimeFlag::AssumedZone));
    CHECK(event->labels.bits == 9);
    CHECK(event->identifiers == std::vector<Identifier>{{"NORTH", "MR", "1001"}});
    const auto* claim = std::get_if<ObligationClaim>(&event->payload);
    REQUIRE(claim != nullptr);
    CHECK(claim->start == at("2026-07-09T14:00:00Z"));
    CHECK(claim->location == Place{"MAIN", "Main building", true});
    CHECK(claim->provider == Party{"77", "", "Provider"});
    CHECK(claim->occurrence == 2);
    CHECK(claim->mover == Mover::Provider);
}

TEST_CASE("every kind of payload comes back from JSON as it was", "[carehub]") {
    EventPrinter printer;
    for (const Submission& event : one_of_each()) {
        const std::string line = boost::json::serialize(printer.event_json(event));
        INFO(line);
        const auto back = parse_event(line, kSource);
        REQUIRE(back);
        CHECK(*back == event);
    }
}

TEST_CASE("what is not told is not printed", "[carehub]") {
    Submission event;
    event.kind = EventKind::AppointmentBooked;
    event.payload = ObligationClaim{};
    EventPrinter printer;
    const auto object = printer.event_json(event);
    CHECK_FALSE(object.contains("recorded_at"));
    CHECK_FALSE(object.contains("labels"));
    CHECK(object.at("payload").as_object().empty());
}

TEST_CASE("times are printed with the offset of the event's zone", "[carehub]") {
    EventPrinter printer;
    const auto object = printer.event_json(one_of_each().front());
    CHECK(object.at("payload").at("start").as_string() == "2026-07-09T10:00:00-04:00");
}

TEST_CASE("an event without an id gets one from file, line and content, the same each time",
          "[carehub]") {
    const std::string line = changed(R"("id":"A-1",)", "");
    const auto first = parse_event(line, kSource);
    const auto again = parse_event(line, kSource);
    REQUIRE(first);
    REQUIRE(again);
    CHECK(first->source_msg_id == again->source_msg_id);
    CHECK(first->source_msg_id.starts_with("events.jsonl:7:"));
    CHECK(first->raw_sha256 != Hash256{});
    const auto other_line = parse_event(line, {"events.jsonl", 8, "north-clinic"});
    REQUIRE(other_line);
    CHECK(other_line->source_msg_id != first->source_msg_id);
    const auto other_text = parse_event(line + " ", kSource);
    REQUIRE(other_text);
    CHECK(other_text->source_msg_id != first->source_msg_id);
}

TEST_CASE("a refused line is known by the id it tells, else by the one it would be given",
          "[carehub]") {
    CHECK(event_id_of(changed("ClinicVisit", "Clinic"), kSource) == "A-1");
    const std::string nameless = changed(R"("id":"A-1",)", "");
    const auto event = parse_event(nameless, kSource);
    REQUIRE(event);
    CHECK(event_id_of(nameless, kSource) == event->source_msg_id);
    CHECK(event_id_of("no JSON", kSource).starts_with("events.jsonl:7:"));
}

TEST_CASE("a feed that is named stands before the link's", "[carehub]") {
    const auto event =
        parse_event(changed(R"("id":"A-1",)", R"("id":"A-1","feed":"other",)"), kSource);
    REQUIRE(event);
    CHECK(event->feed == "other");
}

TEST_CASE("null means not told", "[carehub]") {
    const auto event =
        parse_event(changed(R"("id":"A-1")", R"("id":"A-1","recorded_at":null)"), kSource);
    REQUIRE(event);
    CHECK(event->recorded_at == kUnknownTime);
}

TEST_CASE("an unknown key is refused with its path and the nearest known one", "[carehub]") {
    const Refusal head = refusal_of(changed(R"("business_key")", R"("busines_key")"));
    CHECK(head.reason == RefusalReason::InvalidField);
    CHECK(head.field == "busines_key");
    CHECK(head.fix.find("business_key") != std::string::npos);
    const Refusal inner = refusal_of(changed(R"("remote":true)", R"("romote":true)"));
    CHECK(inner.field == "payload.location.romote");
    CHECK(inner.fix.find("payload.location.remote") != std::string::npos);
    CHECK(refusal_of(changed(R"("type":"MR")", R"("typ":"MR")")).field == "identifiers[0].typ");
}

TEST_CASE("a key of another kind's payload is unknown", "[carehub]") {
    CHECK(refusal_of(changed(R"("occurrence":2)", R"("facility":"X")")).field ==
          "payload.facility");
}

TEST_CASE("an enumerator that does not exist is refused with those that do", "[carehub]") {
    const Refusal refusal = refusal_of(changed(R"("Scheduled")", R"("scheduled")"));
    CHECK(refusal.field == "payload.status");
    CHECK(refusal.fix.find("Scheduled") != std::string::npos);
    CHECK(refusal_of(changed(R"("Scheduled")", R"("Unset")")).field == "payload.status");
    CHECK(refusal_of(changed("AppointmentBooked", "AppointmentBoked")).field == "kind");
    CHECK(refusal_of(changed(R"("Hiv")", R"("HIV?")")).field == "labels");
}

TEST_CASE("values of the wrong type or range are refused by field and never repeated",
          "[carehub]") {
    const auto [from, to, field] = GENERATE(table<std::string, std::string, std::string>({
        {R"("occurrence":2)", R"("occurrence":65536)", "payload.occurrence"},
        {R"("occurrence":2)", R"("occurrence":-1)", "payload.occurrence"},
        {R"("occurrence":2)", R"("occurrence":1.5)", "payload.occurrence"},
        {R"("mandatory":true)", R"("mandatory":"yes")", "payload.mandatory"},
        {R"("2026-07-09T10:00:00-04:00")", R"("2026-07-09T10:00:00")", "payload.start"},
        {R"("2026-07-09T10:00:00-04:00")", R"(1783605600)", "payload.start"},
        {R"("id":"MAIN")", R"("id":17)", "payload.location.id"},
        {R"({"id":"77","role":"Provider"})", R"("77")", "payload.provider"},
        {R"(["AssumedZone"])", R"("AssumedZone")", "time_flags"},
        {R"([{"authority":"NORTH","type":"MR","value":"1001"}])", R"(["1001"])", "identifiers[0]"},
        {R"("id":"A-1")", R"("id":"A-1","raw_sha256":"abc")", "raw_sha256"},
        {R"("id":"A-1")", R"("id":"A-1","schema":"one")", "schema"},
    }));
    const Refusal refusal = refusal_of(changed(from, to));
    CHECK(refusal.reason == RefusalReason::InvalidField);
    CHECK(refusal.field == field);
    CHECK_FALSE(refusal.fix.empty());
}

TEST_CASE("a line that is no event is refused", "[carehub]") {
    CHECK(refusal_of("").reason == RefusalReason::Malformed);
    CHECK(refusal_of("{").reason == RefusalReason::Malformed);
    CHECK(refusal_of("[1]").reason == RefusalReason::Malformed);
    CHECK(refusal_of("{} {}").reason == RefusalReason::Malformed);
    const Refusal kindless = refusal_of("{}");
    CHECK(kindless.reason == RefusalReason::MissingField);
    CHECK(kindless.field == "kind");
    CHECK(refusal_of(R"({"kind":"ContactMade"})").field == "payload");
    CHECK(refusal_of(R"({"kind":"ContactMade","payload":[]})").field == "payload");
}

TEST_CASE("a control character in an unknown key is not repeated", "[carehub]") {
    CHECK(refusal_of("{\"a\\u001bb\":1}").field == "a?b");
}
