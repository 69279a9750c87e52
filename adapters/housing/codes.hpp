// HUD's code lists, as far as events depend on them (FY2024 and FY2026 have the same numbers).
//
// Contract: pure. A situation code is one of lists 3.12 (destination), 4.12 (current living
// situation) and 3.917 (prior living situation); its hundreds digit is its class.
// Threads: any thread.
#pragma once

#include <cstdint>

#include "hub/model/vocabulary.hpp"

namespace carehub::adapters::housing {

enum class SituationList : std::uint8_t { Destination, Current, Prior };

inline constexpr std::uint8_t kProjectTypeOther = 7;
inline constexpr std::uint8_t kProjectTypePrevention = 12;
inline constexpr std::uint16_t kSituationDeceased = 24;
inline constexpr std::uint8_t kCodeNotCollected = 99;
inline constexpr std::uint8_t kExitReasonEviction = 5;

inline constexpr std::uint16_t kRecordTypeBedNight = 200;
inline constexpr std::uint16_t kRecordTypeHopwa = 143;
inline constexpr std::uint16_t kRecordTypePath = 141;
inline constexpr std::uint16_t kRecordTypePathReferral = 161;

/// 1.4.
[[nodiscard]] bool is_record_type(unsigned code);
/// 4.20.2.
[[nodiscard]] bool is_coordinated_entry_event(unsigned code);
/// Of those the referrals to a bed, a home or the money for one: 10 to 18.
[[nodiscard]] bool is_housing_referral(std::uint8_t event);
/// 2.02.6; there is no 5.
[[nodiscard]] bool is_project_type(unsigned code);
/// Project types 3, 9, 10 and 13: the ones whose enrollments have a move-in date.
[[nodiscard]] bool is_permanent_housing(std::uint8_t project_type);
/// Project types 0, 1, 4 and 8: whoever enrols there has no home that day.
[[nodiscard]] bool is_homeless_project(std::uint8_t project_type);

/// A code of any of the three lists. Subsidy types (419 ...) and the numbers of FY2022 are none.
[[nodiscard]] bool is_situation(unsigned code);
/// False for a code that another list has and this one has not.
[[nodiscard]] bool belongs_to(unsigned code, SituationList list);
[[nodiscard]] SituationClass situation_class(unsigned code);
/// 1.8: 0 no, 1 yes; 8, 9 and 99 are unknown, never no.
[[nodiscard]] Answer answer_of(unsigned code);

}  // namespace carehub::adapters::housing
