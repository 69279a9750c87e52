#include "adapters/clinic/out/hl7_notice.hpp"

#include "adapters/clinic/out/mllp_target.hpp"
#include "adapters/clinic/out/test_notices.hpp"
#include "adapters/clinic/out/told.hpp"
#include "adapters/kit/out/delivery_id.hpp"
#include "tests/support/catch.hpp"

namespace carehub::adapters::clinic::out {
namespace {

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

const Hl7Names kNames{"CAREHUB", "COUNTY", "EHR", "NORTH", "P"};

Rendered render(const Notice& notice) {
    KnownZones zones;
    return render_hl7(notice, kNames, utc("2026-07-01T13:00:05Z"), zones);
}

std::string body_of(const Notice& notice) { return message_of(render(notice)).body; }

/// Read back by our own reader, as a sender of such messages would be.
Submission read_back(const std::string& body) {
    const Reading reading = read(body);
    REQUIRE(reading.parsed.refusals.empty());
    REQUIRE(reading.parsed.events.size() == 1);
    return reading.parsed.events.front();
}

TEST_CASE("a hearing in full is an SIU message, byte by byte", "[clinic][out]") {
    const Notice notice = hearing();
    CHECK(body_of(notice) ==
          "MSH|^~\\&|CAREHUB|COUNTY|EHR|NORTH|20260701130005+0000||SIU^S12^SIU_S12|" +
              delivery_id(notice) +
              "|P|2.5.1||||||UNICODE UTF-8\r"
              "SCH|k-00112233445566778899aabbccddeeff^CAREHUB|"
              "k-00112233445566778899aabbccddeeff^CAREHUB||||HearingScheduled^^CAREHUB||"
              "CourtAppearance^^CAREHUB|30|MIN|^^^20260710090000-0400^20260710093000-0400|||||"
              "CAREHUB||||CAREHUB|||||Booked^^HL70278\r"
              "TQ1|1||||||20260710090000-0400|20260710093000-0400\r"
              "PID|1||P\\F\\77^^^NORTH^PI~12345^^^1.2.3.4^MR||^^^^^^U\r"
              "RGS|1|A\r"
              "AIS|1|A|CourtAppearance^^CAREHUB|20260710090000-0400\r"
              "AIL|1|A|ROOM-4\r"
              "AIP|1|A|J-1^Judge \\S\\ Ames|Judge^^CAREHUB\r");
}

TEST_CASE("a time that is only taken is of type BUSY and tells nothing else", "[clinic][out]") {
    const Notice notice = busy();
    CHECK(body_of(notice) ==
          "MSH|^~\\&|CAREHUB|COUNTY|EHR|NORTH|20260701130005+0000||SIU^S12^SIU_S12|" +
              delivery_id(notice) +
              "|P|2.5.1||||||UNICODE UTF-8\r"
              "SCH|k-00112233445566778899aabbccddeeff^CAREHUB|"
              "k-00112233445566778899aabbccddeeff^CAREHUB||||ScheduleBlocked^^CAREHUB||"
              "BUSY^^CAREHUB|30|MIN|^^^20260710130000+0000^20260710133000+0000|||||"
              "CAREHUB||||CAREHUB|||||Booked^^HL70278\r"
              "TQ1|1||||||20260710130000+0000|20260710133000+0000\r"
              "PID|1||12345^^^NORTH^MR||^^^^^^U\r"
              "RGS|1|A\r");
    CHECK_THAT(body_of(busy(EventKind::ScheduleUnblocked)), Contains("SIU^S15^SIU_S12"));
}

TEST_CASE("what is written is read back as the same appointment", "[clinic][out]") {
    const Submission event = read_back(body_of(hearing()));
    CHECK(event.kind == EventKind::AppointmentBooked);
    const auto& claim = std::get<ObligationClaim>(event.payload);
    CHECK(claim.start == utc("2026-07-10T09:00:00-04:00"));
    CHECK(claim.end == utc("2026-07-10T09:30:00-04:00"));
    CHECK(claim.status == ObligationStatus::Scheduled);
    CHECK(claim.filler_id == "k-00112233445566778899aabbccddeeff");
    CHECK(claim.location.id == "ROOM-4");
    REQUIRE(event.identifiers.size() == 2);
    CHECK(event.identifiers[0] == Identifier{"NORTH", "PI", "P|77"});
    CHECK(event.identifiers[1] == Identifier{"1.2.3.4", "MR", "12345"});
}

TEST_CASE("each kind has its trigger and status, read back as what it says", "[clinic][out]") {
    struct Row {
        EventKind kind;
        ObligationStatus status;
        std::string_view trigger;
        EventKind read;
    };
    constexpr Row kRows[] = {
        {EventKind::HearingContinued, ObligationStatus::Scheduled, "S13",
         EventKind::AppointmentRescheduled},
        {EventKind::HearingModified, ObligationStatus::Scheduled, "S14",
         EventKind::AppointmentModified},
        {EventKind::HearingCancelled, ObligationStatus::Cancelled, "S15",
         EventKind::AppointmentCancelled},
        {EventKind::AppointmentDiscontinued, ObligationStatus::Discontinued, "S16",
         EventKind::AppointmentDiscontinued},
        {EventKind::AppointmentDeleted, ObligationStatus::EnteredInError, "S17",
         EventKind::AppointmentDeleted},
        {EventKind::FailureToAppear, ObligationStatus::Missed, "S26", EventKind::AppointmentNoShow},
        {EventKind::CheckInCompleted, ObligationStatus::Completed, "S14",
         EventKind::AppointmentCompleted},
        {EventKind::AppointmentArrived, ObligationStatus::InProgress, "S14",
         EventKind::AppointmentArrived},
        {EventKind::HearingUnlisted, ObligationStatus::Unlisted, "S14",
         EventKind::AppointmentModified},
    };
    for (const Row& row : kRows) {
        INFO(name_of(row.kind));
        const std::string body = body_of(hearing(row.kind, row.status));
        CHECK_THAT(body, Contains("|SIU^" + std::string(row.trigger) + "^"));
        CHECK(read_back(body).kind == row.read);
        // The kind alone says as much where the form told no status.
        CHECK(read_back(body_of(hearing(row.kind, ObligationStatus::Unset))).kind == row.read);
    }
}

TEST_CASE("a cancel without a time and a change without a status are told as they are",
          "[clinic][out]") {
    for (const EventKind kind : {EventKind::AppointmentCancelled, EventKind::AppointmentDeleted,
                                 EventKind::AppointmentNoShow}) {
        Notice notice = hearing(kind, ObligationStatus::Unset);
        auto& claim = std::get<ObligationClaim>(notice.event.payload);
        claim.start = kUnknownTime;
        claim.end = kUnknownTime;
        const Submission event = read_back(body_of(notice));
        CHECK(event.kind == kind);
        CHECK(std::get<ObligationClaim>(event.payload).start == kUnknownTime);
    }
    const Submission changed =
        read_back(body_of(hearing(EventKind::AppointmentModified, ObligationStatus::Unset)));
    CHECK(std::get<ObligationClaim>(changed.payload).status == ObligationStatus::Unset);
    Notice booked = hearing(EventKind::AppointmentBooked);
    std::get<ObligationClaim>(booked.event.payload).start = kUnknownTime;
    CHECK_FALSE(*render(booked));
}

TEST_CASE("a day known alone is written as a day", "[clinic][out]") {
    Notice notice = hearing();
    auto& claim = std::get<ObligationClaim>(notice.event.payload);
    claim.date = parse_iso_date("2026-07-10");
    const std::string body = body_of(notice);
    CHECK_THAT(body, Contains("\rTQ1|1||||||20260710\r"));
    const Submission event = read_back(body);
    CHECK(std::get<ObligationClaim>(event.payload).date == claim.date);
}

TEST_CASE("the statement goes along in NTE of SIU and MSH-28 of ADT", "[clinic][out]") {
    Notice notice = hearing();
    notice.required_statement = kStatement;
    CHECK_THAT(body_of(notice), Contains("\rNTE|1||" + std::string(kStatement) + "\rPID|"));
    notice = stay(EventKind::EncounterEnded);
    notice.required_statement = kStatement;
    CHECK_THAT(body_of(notice),
               Contains("UNICODE UTF-8||||||||||" + std::string(kStatement) + "\rEVN"));
}

TEST_CASE("a stay is told as ADT and read back", "[clinic][out]") {
    const Submission started = read_back(body_of(stay(EventKind::EncounterStarted)));
    CHECK(started.kind == EventKind::EncounterStarted);
    const auto& admitted = std::get<EncounterClaim>(started.payload);
    CHECK(admitted.encounter_class == EncounterClass::Inpatient);
    CHECK(admitted.start == utc("2026-07-08T10:00:00-04:00"));
    CHECK(admitted.end == kUnknownTime);
    const Submission ended = read_back(body_of(stay(EventKind::EncounterEnded)));
    CHECK(ended.kind == EventKind::EncounterEnded);
    CHECK(std::get<EncounterClaim>(ended.payload).disposition == Disposition::Home);
    CHECK(std::get<EncounterClaim>(ended.payload).end == utc("2026-07-10T11:00:00-04:00"));
    CHECK(read_back(body_of(stay(EventKind::EncounterStartCancelled))).kind ==
          EventKind::EncounterStartCancelled);
    CHECK(read_back(body_of(stay(EventKind::EncounterEndCancelled))).kind ==
          EventKind::EncounterEndCancelled);
}

TEST_CASE("a death is told with its time", "[clinic][out]") {
    Notice notice = hearing(EventKind::ClientDeceased);
    PersonClaim claim;
    claim.deceased_at = utc("2026-07-09T08:00:00-04:00");
    notice.event.payload = claim;
    CHECK_THAT(body_of(notice), Contains("|20260709080000-0400|Y\r"));
    const Reading reading = read(body_of(notice));
    const auto& events = reading.parsed.events;
    CHECK(std::ranges::any_of(
        events, [](const Submission& event) { return event.kind == EventKind::ClientDeceased; }));
}

TEST_CASE("a death that was told in error is taken back", "[clinic][out]") {
    Notice notice = hearing(EventKind::ClientDeceased);
    notice.event.payload = PersonClaim{};
    notice.event.correction = true;
    CHECK_THAT(body_of(notice), Contains("|\"\"|N\r"));
}

TEST_CASE("what cannot be told is refused, or nothing", "[clinic][out]") {
    Notice nobody = hearing();
    nobody.event.identifiers.clear();
    REQUIRE_FALSE(render(nobody));
    CHECK(render(nobody).error().reason == RefusalReason::UnknownClient);
    Notice keyless = hearing();
    keyless.event.business_key.clear();
    REQUIRE_FALSE(render(keyless));
    CHECK(render(keyless).error().field == "business_key");
    Notice timeless = busy();
    timeless.event.payload = ResourceClaim{};
    REQUIRE(render(timeless));
    CHECK_FALSE(*render(timeless));
    REQUIRE(render(hearing(EventKind::WarrantIssued)));
    CHECK_FALSE(*render(hearing(EventKind::WarrantIssued)));
}

// --- Answers ------------------------------------------------------------------------------------

TargetAnswer judge(const std::string& msa, const std::string& err = "") {
    const std::string text = "MSH|^~\\&|EHR|NORTH|CAREHUB||20260701||ACK|1|P|2.5.1\rMSA|" + msa +
                             "\r" + (err.empty() ? "" : "ERR|" + err + "\r");
    return judge_hl7(as_bytes(text), "7-abc");
}

TEST_CASE("an answer says taken, refused or once more", "[clinic][out]") {
    CHECK(judge("AA|7-abc").taking == Taking::Taken);
    CHECK(judge("CA|7-abc").taking == Taking::Taken);
    CHECK(judge("AE|7-abc").taking == Taking::Refused);
    CHECK(judge("CR|7-abc").taking == Taking::Refused);
    CHECK(judge("AR|7-abc", "||201^Unsupported event").taking == Taking::Refused);
    CHECK(judge("AR|7-abc", "||207^Application error").taking == Taking::Undecided);
    CHECK(judge("AR|7-abc").taking == Taking::Undecided);
    CHECK(judge("CE|7-abc").taking == Taking::Undecided);
    CHECK(judge("AA|8-abc").taking == Taking::Undecided);
    CHECK(judge_hl7(as_bytes(std::string_view("hello")), "7-abc").taking == Taking::Undecided);
}

TEST_CASE("a refusal has the recipient's field and words", "[clinic][out]") {
    const auto told = judge("AE|7-abc|old text", "|SCH^1^11^1^4|102^Data type|E||||No such time.");
    CHECK(told.refusal == Refusal{RefusalReason::InvalidField, "SCH-11", "No such time."});
    CHECK(judge("AE|7-abc", "||102^Data type error").refusal.fix == "Data type error");
    CHECK(judge("AE|7-abc|old text").refusal.fix == "old text");
    CHECK_THAT(judge("AE|7-abc").refusal.fix, StartsWith("The recipient answered AE"));
}

}  // namespace
}  // namespace carehub::adapters::clinic::out
