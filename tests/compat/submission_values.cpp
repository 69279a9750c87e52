#include "tests/compat/sample_values.hpp"

namespace carehub::compat {
namespace {

Place place(const std::string& of) { return {of + " id", of + " name", true}; }
Party party(const std::string& of) { return {of + " id", of + " name", of + " role"}; }

ObligationClaim obligation() {
    return {ObligationClass::CourtAppearance,
            ObligationStatus::Scheduled,
            instant(1),
            day(2),
            instant(3),
            instant(4),
            place("location"),
            party("provider"),
            "owner_org",
            "placer_id",
            "filler_id",
            "parent_id",
            5,
            true,
            true,
            true,
            Mover::Judge,
            "reason_code",
            true,
            "accepted_by"};
}

EncounterClaim encounter() {
    return {"visit_number",
            EncounterClass::Inpatient,
            instant(1),
            instant(2),
            instant(3),
            place("location"),
            place("prior_location"),
            Disposition::HomeHealth,
            "discharged_to",
            "facility",
            "appointment_key",
            std::uint8_t{12}};
}

PersonClaim person() {
    return {{{"family", "given \xC3\xA9", "kind"}, {"family 2", "", ""}},
            day(1),
            Sex::Female,
            {"phone 1", "phone 2"},
            12,
            instant(2)};
}

IdentityClaim identity() {
    return {{{"survivor authority", "MR", "survivor value"}},
            {{"prior authority", "MR", "prior value"}},
            IdentityLevel::Patient,
            "trigger"};
}

HousingClaim housing() {
    return {"project",
            1,
            "enrollment",
            "household",
            day(2),
            303,
            SituationClass::Permanent,
            404,
            day(5),
            606,
            7,
            8,
            day(9),
            Answer::Yes,
            HousingLossGrade::AtRisk,
            day(10),
            11,
            12,
            13};
}

JusticeClaim justice() {
    return {
        "case_number", "court",          "category", "condition_text",      true, day(1), day(2),
        day(3),        party("officer"), "level",    place("custody_place")};
}

CaseworkClaim casework() {
    return {"owner",
            "team",
            CaseModel::Icm,
            CasePhase::Screening,
            CasePhase::Planning,
            RiskTier::High,
            {"signal 1", "signal 2"},
            ContactKind::Video,
            true,
            45};
}

ConsentClaim consent() {
    return {"consent",
            ConsentKind::Part2Specific,
            "discloser",
            {"recipient 1", "recipient 2"},
            true,
            "intermediary",
            {EventKind::AppointmentBooked, EventKind::HearingScheduled},
            day(1),
            day(2),
            PurposeOfUse::CareCoordination,
            day(3),
            day(4),
            "expiry_event",
            day(5),
            instant(6),
            "revoke_reason"};
}

Submission with(EventKind kind, Payload payload) {
    Submission s;
    s.kind = kind;
    s.feed = "feed";
    s.source_msg_id = "source_msg_id";
    s.business_key = "business_key";
    s.identifiers = {{"authority", "MR", "value"}, {"authority 2", "CASE", "value 2"}};
    s.occurred_at = instant(100);
    s.occurred_precision = Precision::Minute;
    s.recorded_at = instant(101);
    s.zone = "America/New_York";
    s.time_flags.bits = 3;
    s.supersedes_key = "supersedes_key";
    s.correction = true;
    s.labels.bits = 257;
    s.raw_sha256 = hash<Hash256>(102);
    s.payload = std::move(payload);
    return s;
}

}  // namespace

std::vector<std::pair<std::string, Submission>> submission_values() {
    return {
        {"Obligation", with(EventKind::HearingScheduled, obligation())},
        {"Resource", with(EventKind::ScheduleBlocked,
                          ResourceClaim{"schedule_id", instant(1), instant(2), party("provider"),
                                        place("location"), ObligationClass::DrugTest})},
        {"Snapshot",
         with(EventKind::ScheduleSnapshot, SnapshotClaim{day(1), day(2), 3, true, instant(4)})},
        {"Encounter", with(EventKind::EncounterEnded, encounter())},
        {"Person", with(EventKind::PersonUpserted, person())},
        {"Identity", with(EventKind::IdentifiersMerged, identity())},
        {"Housing", with(EventKind::HousingLossReported, housing())},
        {"Justice", with(EventKind::CustodyStarted, justice())},
        {"Casework", with(EventKind::ContactMade, casework())},
        {"Consent", with(EventKind::ConsentGranted, consent())},
    };
}

}  // namespace carehub::compat
