// Bounds and defaults of the case logic, each with its reason (domain/07, 10, 13).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace carehub::core {

using std::chrono::minutes;

// Travel and arrival (domain/10, design defaults: tune with data)
inline constexpr minutes kTravelSameCity{45};
inline constexpr minutes kTravelOtherCity{120};
inline constexpr minutes kTravelRemote{15};  ///< a private place for a call
inline constexpr int kNoTransportFactor = 2;
inline constexpr minutes kArrivalCourt{30};
inline constexpr minutes kArrivalClinic{15};
inline constexpr minutes kArrivalSupervision{15};

// Business days
inline constexpr minutes kOpenOfBusiness{9 * 60};  ///< when a calendar tells no hours
inline constexpr minutes kCloseOfBusiness{17 * 60};
inline constexpr int kBusinessDaySearchMax = 400;  ///< a calendar closed for ever ends the search

// Follow-up duties (domain/07)
inline constexpr int kContactBusinessDays = 2;
inline constexpr int kVisitDaysSoon = 7;  ///< psychiatric stay, or a client at high risk
inline constexpr int kVisitDaysGeneral = 14;
/// HEDIS asks for follow-up after emergency care from this age on; without a known age the duty stands.
inline constexpr std::uint8_t kAgeMentalHealth = 6;   ///< FUM
inline constexpr std::uint8_t kAgeSubstanceUse = 13;  ///< FUA
/// Emergency visits so close together open one duty (domain/07, FUM and FUA).
inline constexpr int kEmergencyVisitsOneDutyDays = 31;
inline constexpr std::chrono::hours kInitialReport{72};  ///< USSG 5B1.3(c)(1): elapsed time
/// Contact intervals by model of case management (domain/07, design), unless they are set.
/// What staff did may lie ahead by so much: their clock runs ahead. More is a slip of the pen.
inline constexpr minutes kClockDifferenceMax{15};
inline constexpr int kContactDaysAct = 2;
inline constexpr int kContactDaysIcm = 7;
inline constexpr int kContactDaysClinical = 14;
inline constexpr int kContactDaysStandard = 30;
/// After the thirtieth day (FUH-30, FUM-31) a duty after a discharge is over.
inline constexpr std::chrono::days kFollowUpLasts{31};
/// A discharge told later than this after its window opens no duty: history, not work.
inline constexpr std::chrono::days kLateNoticeMax{30};
/// An arrival (A04) belongs to the appointment of that partner nearest in time, within this.
inline constexpr std::chrono::hours kArrivalMatchMax{4};
/// A release that tells a day only stands at its midnight, before the hour of a booking that day.
inline constexpr std::chrono::hours kReleaseDay{24};
/// Faults of a partner's feeds that stand at once; each is an alert of its own.
inline constexpr std::size_t kAnomaliesPerPartnerMax = 16;
/// A sender that cancels and books again within this has rescheduled (domain/02).
inline constexpr minutes kRebookedMax{10};

// Free time of partners
/// Kept of one partner: two weeks of half hours; of more the soonest.
inline constexpr std::size_t kFreeTimesPerPartnerMax = 512;

// Consents
/// A victim's release is time-limited (domain/08): so long, where it names no end.
inline constexpr std::chrono::days kVictimReleaseLasts{30};

// Retention
/// Legal holds of one client that stand at once: proceedings, each of which has its own end.
inline constexpr std::size_t kLegalHoldsPerClientMax = 32;

// Alerts
/// What a partner took away it often books anew in the same breath: for so long an absence is no
/// situation yet (domain/10, debounce window).
inline constexpr std::chrono::seconds kAbsenceHeld{120};
inline constexpr std::chrono::days kClosedAlertKept{30};  ///< then only the journal remembers it
/// What cleared unseen waits until it is seen; of a client with more alerts than this it is forgotten
/// like what was closed.
inline constexpr std::size_t kUnseenAlertsKept = 500;
inline constexpr std::chrono::hours kShelveCriticalMax{4};
inline constexpr std::chrono::days kShelveHighMax{7};
inline constexpr std::chrono::days kShelveMediumMax{14};
inline constexpr std::chrono::days kShelveLowMax{30};
/// What a backfill tells of longer ago is history (13-decisions).
inline constexpr std::chrono::days kBackfillNews{3};
inline constexpr std::chrono::minutes kRespondCritical{60};  ///< of duty time
/// Who claims a team's alert has it for so long; then it is everybody's again.
inline constexpr std::chrono::hours kClaimHeld{4};
inline constexpr std::size_t kContactsKept = 200;
inline constexpr std::size_t kMattersKept = 200;  ///< of one client; the newest

// Deliveries
/// Kept at hand for each recipient; what is owed beyond them is read from the journal.
inline constexpr std::size_t kOutboxPendingMax = 4'096;
/// Numbers withdrawn, refused or given up behind one that is still owed; nothing more is passed on
/// before the recipient acknowledges.
inline constexpr std::size_t kSettledMax = 65'536;
inline constexpr std::uint8_t kAttemptsMax = 5;  ///< of one delivery, then it is a dead letter
/// How long a refused delivery waits: before the second attempt, the third, and so on.
inline constexpr std::chrono::seconds kRetryAfter[] = {
    std::chrono::seconds{1}, std::chrono::seconds{2}, std::chrono::seconds{4},
    std::chrono::seconds{8}};
static_assert(std::size(kRetryAfter) + 1 == kAttemptsMax);
/// Failed attempts after which an unacknowledged delivery is sent alone: the third one is.
inline constexpr std::uint8_t kSuspectAloneFrom = 2;
/// Clients of one recipient with a refused delivery; one more is given up at its first refusal.
inline constexpr std::size_t kLanesMax = 1'024;
/// Deliveries of one client held behind a refused one.
inline constexpr std::size_t kLaneHeldMax = 64;
/// Dead letters parked for one recipient; one more, and the oldest is discarded by a decision.
inline constexpr std::size_t kDeadLettersMax = 10'000;
inline constexpr std::size_t kReplaysMax = kDeadLettersMax;  ///< waiting for one recipient
/// Replays are at most one in so many of the live deliveries of the last minute,
inline constexpr std::uint32_t kReplayShare = 10;
/// and when the recipient is told little, at least so many a minute.
inline constexpr std::uint32_t kReplaysPerMinuteMin = 60;
/// A tick that is late by no more makes good for it; above, the time is lost to replays.
inline constexpr std::chrono::seconds kReplayLateMax{1};

// Emergencies
/// Readings of one person about one client are one alert for so long; then the next one is.
inline constexpr std::chrono::hours kBreakGlassSpan{1};

// Ticks
inline constexpr std::size_t kRetriesPerTickMax = 1'024;
inline constexpr std::size_t kReplaysPerTickMax = 1'024;
inline constexpr std::size_t kWakesPerTickMax = 4'096;  ///< the rest is due at the next tick
inline constexpr std::size_t kResumeCountMax = 1'024;   ///< deliveries answered to one ResumeInput

}  // namespace carehub::core
