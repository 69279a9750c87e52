// Bounds and defaults of the case logic, each with its reason (domain/07, 10, 13).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

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
/// A discharge told later than this after its window opens no duty: history, not work.
inline constexpr std::chrono::days kLateNoticeMax{30};
/// An arrival (A04) belongs to the appointment of that partner nearest in time, within this.
inline constexpr std::chrono::hours kArrivalMatchMax{4};

// Alerts
inline constexpr std::chrono::days kClosedAlertKept{30};  ///< then only the journal remembers it
inline constexpr std::chrono::hours kShelveCriticalMax{4};
inline constexpr std::chrono::days kShelveHighMax{7};
inline constexpr std::chrono::days kShelveMediumMax{14};
inline constexpr std::chrono::days kShelveLowMax{30};
inline constexpr std::size_t kContactsKept = 200;

// Ticks
inline constexpr std::size_t kWakesPerTickMax = 4'096;  ///< the rest is due at the next tick
inline constexpr std::size_t kResumeCountMax = 1'024;   ///< deliveries answered to one ResumeInput

}  // namespace carehub::core
