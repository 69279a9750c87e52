#include "hub/codec/submission.hpp"

#include "hub/base/limits.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/codec/filler.hpp"

namespace carehub::codec {
namespace {

Submission hearing() {
    ObligationClaim claim;
    claim.obligation_class = ObligationClass::CourtAppearance;
    claim.status = ObligationStatus::Scheduled;
    claim.start = UtcTime(Micros(1'780'000'000'000'000));
    claim.owner_org = "county court";
    claim.location.id = "COURTROOM-4";

    Submission submission;
    submission.kind = EventKind::HearingScheduled;
    submission.feed = "docket";
    submission.source_msg_id = "export-7/12";
    submission.business_key = "docket|CASE-9|1";
    submission.identifiers = {{"county court", "CASE", "CASE-9"}};
    submission.occurred_at = UtcTime(Micros(1'770'000'000'000'000));
    submission.zone = "America/New_York";
    submission.payload = claim;
    return submission;
}

ObligationClaim& obligation(Submission& submission) {
    return std::get<ObligationClaim>(submission.payload);
}

Refusal refusal_of(const Submission& submission) {
    const auto bytes = encode_submission(submission);
    REQUIRE(bytes);
    const auto decoded = decode_submission(*bytes);
    REQUIRE_FALSE(decoded);
    return decoded.error();
}

void require_refused(const Submission& submission, RefusalReason reason, std::string_view field) {
    const Refusal refusal = refusal_of(submission);
    CHECK(refusal.reason == reason);
    CHECK(refusal.field == field);
    CHECK_FALSE(refusal.fix.empty());
}

TEST_CASE("a submission comes back as it was sent", "[codec][submission]") {
    const auto bytes = encode_submission(hearing());
    REQUIRE(bytes);
    const auto decoded = decode_submission(*bytes);
    REQUIRE(decoded);
    CHECK(*decoded == hearing());
}

TEST_CASE("every acceptable submission comes back as it was sent",
          "[codec][submission][property]") {
    Prng prng(20260709);
    SubmissionEncoder encoder;
    for (int i = 0; i < 2'000; ++i) {
        const Submission submission = random_submission(prng);
        REQUIRE_FALSE(check_submission(submission));
        const auto bytes = encoder.encode(submission);
        REQUIRE(bytes);
        const auto decoded = decode_submission(*bytes);
        REQUIRE(decoded);
        CHECK(*decoded == submission);
    }
}

TEST_CASE("the same submission is always the same bytes", "[codec][submission]") {
    SubmissionEncoder encoder;
    Prng prng(1);
    REQUIRE(encoder.encode(random_submission(prng)));
    const auto again = encoder.encode(hearing());
    REQUIRE(again);
    CHECK(Bytes(again->begin(), again->end()) == *encode_submission(hearing()));
}

TEST_CASE("a required field that is not told is refused by its path", "[codec][submission]") {
    Submission submission = hearing();
    submission.feed.clear();
    require_refused(submission, RefusalReason::MissingField, "feed");

    submission = hearing();
    submission.identifiers.clear();
    require_refused(submission, RefusalReason::MissingField, "identifiers");

    submission = hearing();
    submission.identifiers.push_back({"", "MR", "1"});
    require_refused(submission, RefusalReason::MissingField, "identifiers[1]");

    submission = hearing();
    submission.business_key.clear();
    require_refused(submission, RefusalReason::MissingField, "business_key");

    submission = hearing();
    obligation(submission).start = kUnknownTime;
    require_refused(submission, RefusalReason::MissingField, "payload.start");
}

TEST_CASE("an obligation of which the day alone is known needs no start", "[codec][submission]") {
    Submission submission = hearing();
    obligation(submission).start = kUnknownTime;
    obligation(submission).date = Date(std::chrono::days(20'000));
    CHECK_FALSE(check_submission(submission));
}

TEST_CASE("what becomes of an appointment needs no start, a change no status either",
          "[codec][submission]") {
    for (const EventKind kind :
         {EventKind::AppointmentCancelled, EventKind::AppointmentDiscontinued,
          EventKind::AppointmentDeleted, EventKind::AppointmentNoShow,
          EventKind::AppointmentArrived, EventKind::AppointmentCompleted}) {
        Submission submission = hearing();
        submission.kind = kind;
        obligation(submission).start = kUnknownTime;
        CHECK_FALSE(check_submission(submission));
        obligation(submission).status = ObligationStatus::Unset;
        require_refused(submission, RefusalReason::MissingField, "payload.status");
    }
    Submission changed = hearing();
    changed.kind = EventKind::AppointmentModified;
    obligation(changed).status = ObligationStatus::Unset;
    CHECK_FALSE(check_submission(changed));
    obligation(changed).start = kUnknownTime;
    CHECK_FALSE(check_submission(changed));
    changed.kind = EventKind::AppointmentRescheduled;
    obligation(changed).status = ObligationStatus::Scheduled;
    require_refused(changed, RefusalReason::MissingField, "payload.start");
}

TEST_CASE("a snapshot names no client", "[codec][submission]") {
    Submission submission = hearing();
    submission.kind = EventKind::ScheduleSnapshot;
    submission.identifiers.clear();
    submission.payload =
        SnapshotClaim{Date(std::chrono::days(1)), Date(std::chrono::days(2)), 0, true, {}};
    CHECK_FALSE(check_submission(submission));
}

TEST_CASE("a payload of another kind is refused", "[codec][submission]") {
    Submission submission = hearing();
    submission.kind = EventKind::EncounterStarted;
    require_refused(submission, RefusalReason::PayloadMismatch, "payload");
    submission.payload = std::monostate{};
    require_refused(submission, RefusalReason::PayloadMismatch, "payload");
}

TEST_CASE("another schema version is refused as such", "[codec][submission]") {
    Submission submission = hearing();
    submission.schema = 2;
    require_refused(submission, RefusalReason::WrongVersion, "schema");
}

TEST_CASE("unknown numbers are refused where they stand", "[codec][submission]") {
    Submission submission = hearing();
    submission.kind = static_cast<EventKind>(13);
    require_refused(submission, RefusalReason::InvalidField, "kind");

    submission = hearing();
    obligation(submission).mover = static_cast<Mover>(200);
    require_refused(submission, RefusalReason::InvalidField, "payload.mover");

    submission = hearing();
    submission.labels.bits = 512;
    require_refused(submission, RefusalReason::InvalidField, "labels");

    submission = hearing();
    submission.time_flags.bits = 128;
    require_refused(submission, RefusalReason::InvalidField, "time_flags");
}

TEST_CASE("times that no calendar writes are refused", "[codec][submission]") {
    for (const UtcTime time :
         {kNever, UtcTime::min(), kLastTime + Micros{1}, kFirstTime - Micros{1}}) {
        Submission submission = hearing();
        submission.recorded_at = time;
        require_refused(submission, RefusalReason::InvalidField, "recorded_at");
    }
    Submission submission = hearing();
    submission.recorded_at = kLastTime;
    CHECK(decode_submission(*encode_submission(submission)));
}

TEST_CASE("a text that is not UTF-8 is refused where it stands", "[codec][submission]") {
    Submission submission = hearing();
    obligation(submission).location.id = "ROOM \xFF";
    require_refused(submission, RefusalReason::InvalidField, "payload.location.id");
    submission = hearing();
    submission.identifiers.push_back({"court", "CASE", "\xC0\x80"});
    require_refused(submission, RefusalReason::InvalidField, "identifiers[1].value");
}

TEST_CASE("texts and lists are accepted up to their bound and refused above it",
          "[codec][submission]") {
    Submission submission = hearing();
    submission.source_msg_id = std::string(kKeyBytesMax, 'k');
    submission.identifiers.assign(kIdentifiersMax,
                                  {"court", "CASE", std::string(kIdentifierBytesMax, 'v')});
    obligation(submission).reason_code = std::string(kNameBytesMax, 'r');
    CHECK(decode_submission(*encode_submission(submission)));

    Submission longer = submission;
    longer.source_msg_id += 'k';
    require_refused(longer, RefusalReason::FieldTooLong, "source_msg_id");
    longer = submission;
    longer.identifiers[3].value += 'v';
    require_refused(longer, RefusalReason::FieldTooLong, "identifiers[3].value");
    longer = submission;
    longer.identifiers.push_back({"court", "CASE", "v"});
    require_refused(longer, RefusalReason::TooManyItems, "identifiers");
    longer = submission;
    obligation(longer).reason_code += 'r';
    require_refused(longer, RefusalReason::FieldTooLong, "payload.reason_code");
}

TEST_CASE("an event above event_bytes_max is not encoded", "[codec][submission]") {
    Submission submission = hearing();
    submission.feed = std::string(kEventBytesMax, 'f');
    const auto bytes = encode_submission(submission);
    REQUIRE_FALSE(bytes);
    CHECK(bytes.error().code == ErrorCode::Invalid);
}

TEST_CASE("a buffer above event_bytes_max is refused before it is read", "[codec][submission]") {
    const auto refused = decode_submission(Bytes(kEventBytesMax + 1));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().reason == RefusalReason::TooLarge);
}

TEST_CASE("a refusal never repeats what a field holds", "[codec][submission]") {
    Submission submission = hearing();
    submission.identifiers[0].value = "SECRET\xFF";
    const Refusal refusal = refusal_of(submission);
    CHECK((refusal.field + refusal.fix).find("SECRET") == std::string::npos);
}

TEST_CASE("a granted consent tells its terms, a revoked one its document and time",
          "[codec][submission]") {
    Submission submission = hearing();
    submission.kind = EventKind::ConsentRevoked;
    ConsentClaim claim;
    claim.consent = "roi-1";
    submission.payload = claim;
    require_refused(submission, RefusalReason::MissingField, "payload.revoked_at");
    claim.revoked_at = UtcTime(Micros(1));
    submission.payload = claim;
    CHECK_FALSE(check_submission(submission));
    submission.kind = EventKind::ConsentGranted;
    require_refused(submission, RefusalReason::MissingField, "payload.kind");
}

}  // namespace
}  // namespace carehub::codec
