// Notices as the tests of dropped files share them: a supervision agency's, of person A-7.
#pragma once

#include "hub/base/check.hpp"
#include "hub/model/notice.hpp"

namespace carehub::adapters {

inline UtcTime utc(std::string_view text) {
    const auto time = parse_iso_time(text);
    CAREHUB_CHECK(time.has_value(), "a time as tests write it");
    return *time;
}

inline Notice about_a7(std::uint64_t number, EventKind kind, Form form) {
    Notice notice;
    notice.number = number;
    notice.kind = kind;
    notice.form = form;
    notice.event.kind = kind;
    notice.event.business_key = "k-" + std::to_string(number);
    notice.event.identifiers = {{"AGENCY", "SUPV", "A-7"}};
    return notice;
}

/// Only the time is told.
inline Notice busy(std::uint64_t number, EventKind kind = EventKind::ScheduleBlocked) {
    Notice notice = about_a7(number, kind, Form::BusyOnly);
    ResourceClaim claim;
    claim.from = utc("2026-07-10T13:00:00Z");
    claim.to = utc("2026-07-10T13:30:00Z");
    notice.event.payload = claim;
    return notice;
}

inline Notice hearing(std::uint64_t number, EventKind kind = EventKind::HearingScheduled) {
    Notice notice = about_a7(number, kind, Form::Full);
    notice.discloser = "county-court";
    notice.event.occurred_at = utc("2026-07-01T11:00:00Z");
    notice.event.zone = "America/New_York";
    ObligationClaim claim;
    claim.obligation_class = ObligationClass::CourtAppearance;
    claim.status = ObligationStatus::Scheduled;
    claim.start = utc("2026-07-10T09:00:00-04:00");
    claim.end = utc("2026-07-10T09:30:00-04:00");
    claim.location = {"ROOM-4", "Court & annex; room 4", false};
    claim.provider = {"J-1", "Judge Ames", "Judge"};
    notice.event.payload = claim;
    return notice;
}

/// The first hearing, two days later.
inline Notice moved_hearing(std::uint64_t number) {
    Notice notice = hearing(number, EventKind::HearingContinued);
    notice.event.business_key = "k-1";
    auto& claim = std::get<ObligationClaim>(notice.event.payload);
    claim.start += std::chrono::days{2};
    claim.end += std::chrono::days{2};
    return notice;
}

inline Notice cancelled_hearing(std::uint64_t number) {
    Notice notice = hearing(number, EventKind::HearingCancelled);
    notice.event.business_key = "k-1";
    std::get<ObligationClaim>(notice.event.payload).status = ObligationStatus::Cancelled;
    return notice;
}

/// Of the stay k-1, by the notice's own time alone.
inline Notice about_stay(std::uint64_t number, EventKind kind, UtcTime at) {
    Notice notice = about_a7(number, kind, Form::Full);
    notice.event.business_key = "k-1";
    notice.event.occurred_at = at;
    notice.event.payload = JusticeClaim{};
    return notice;
}

}  // namespace carehub::adapters
