// The decision table L1 to L10: which rows say that a person lost, or may lose, a home.
//
// Contract: pure functions of what one row and its context say. At most one loss a row; when
// several lines of the table fit, the gravest speaks. L9 (a permanent place) and L10 (a death)
// are lines that report no loss. L11 needs bed nights, which this adapter does not read.
// Threads: any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "hub/base/utc_time.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub::adapters::housing {

/// Lines of the table that report a loss; the number is the line's.
enum class LossRule : std::uint8_t { L1 = 1, L2, L3, L4, L5, L6, L7, L8 };
inline constexpr std::uint8_t kLossRulesMax = 8;

struct Loss {
    LossRule rule = LossRule::L1;
    HousingLossGrade grade = HousingLossGrade::Unset;
    std::optional<Date> deadline;  ///< the day by which the place is said to be lost
    friend bool operator==(const Loss&, const Loss&) = default;
};

struct ExitFacts {
    std::uint8_t project_type = 0;
    std::optional<Date> move_in;
    Date exit_date{};
    std::uint16_t destination = 0;  ///< 0: not told
    std::uint8_t exit_reason = 0;   ///< CMExitReason
    bool is_transfer = false;       ///< the person enrols in permanent housing the same day
};
[[nodiscard]] std::optional<Loss> judge_exit(const ExitFacts& facts);

struct SituationFacts {
    std::uint16_t situation = 0;
    SituationClass last_known = SituationClass::Unset;  ///< before the day of the row
    Date date{};
    Answer leave_14d = Answer::Unset;
    std::optional<std::uint8_t> subsequent_residence;
};
[[nodiscard]] std::optional<Loss> judge_situation(const SituationFacts& facts);

struct EnrollmentFacts {
    std::uint8_t project_type = 0;
    SituationClass last_known = SituationClass::Unset;  ///< before the day of entry
    Date entry{};
    std::optional<std::uint8_t> time_to_loss;
};
[[nodiscard]] std::optional<Loss> judge_enrollment(const EnrollmentFacts& facts);

}  // namespace carehub::adapters::housing
