// Notices as the clinic's tests of notices out share them.
#pragma once

#include "adapters/clinic/test_site.hpp"
#include "hub/model/notice.hpp"

namespace carehub::adapters::clinic::out {

inline constexpr std::string_view kStatement =
    "42 CFR part 2 prohibits unauthorized use or disclosure of these records.";

/// Of what has to become a message.
inline OutMessage message_of(const Rendered& rendered) {
    REQUIRE(rendered);
    REQUIRE(*rendered);
    return **rendered;
}

/// A hearing in full, as a clinic that knows the person under two numbers reads it.
inline Notice hearing(EventKind kind = EventKind::HearingScheduled,
                      ObligationStatus status = ObligationStatus::Scheduled) {
    Notice notice;
    notice.number = 7;
    notice.kind = kind;
    notice.form = Form::Full;
    notice.discloser = "county-court";
    notice.event.kind = kind;
    notice.event.business_key = "k-00112233445566778899aabbccddeeff";
    notice.event.identifiers = {{"NORTH", "PI", "P|77"}, {"1.2.3.4", "MR", "12345"}};
    notice.event.occurred_at = utc("2026-07-01T09:00:00-04:00");
    notice.event.zone = "America/New_York";
    ObligationClaim claim;
    claim.obligation_class = ObligationClass::CourtAppearance;
    claim.status = status;
    claim.start = utc("2026-07-10T09:00:00-04:00");
    claim.end = utc("2026-07-10T09:30:00-04:00");
    claim.location = {"ROOM-4", "Court & annex", false};
    claim.provider = {"J-1", "Judge ^ Ames", "Judge"};
    notice.event.payload = claim;
    return notice;
}

/// What is left of it where only the time may be told.
inline Notice busy(EventKind kind = EventKind::ScheduleBlocked) {
    Notice notice;
    notice.number = 8;
    notice.kind = kind;
    notice.form = Form::BusyOnly;
    notice.event.kind = kind;
    notice.event.business_key = "k-00112233445566778899aabbccddeeff";
    notice.event.identifiers = {{"NORTH", "MR", "12345"}};
    ResourceClaim claim;
    claim.from = utc("2026-07-10T13:00:00Z");
    claim.to = utc("2026-07-10T13:30:00Z");
    notice.event.payload = claim;
    return notice;
}

inline Notice stay(EventKind kind) {
    Notice notice = hearing(kind);
    EncounterClaim claim;
    claim.encounter_class = EncounterClass::Inpatient;
    claim.start = utc("2026-07-08T10:00:00-04:00");
    claim.end = utc("2026-07-10T11:00:00-04:00");
    claim.disposition = Disposition::Home;
    claim.location.id = "4W";
    notice.event.payload = claim;
    return notice;
}

}  // namespace carehub::adapters::clinic::out
