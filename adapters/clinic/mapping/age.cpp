#include "adapters/clinic/mapping/age.hpp"

#include <utility>

#include "adapters/clinic/limits.hpp"

namespace carehub::adapters::clinic {

std::optional<std::uint8_t> young_age(Date birth, Date on) {
    const std::chrono::year_month_day born{birth};
    const std::chrono::year_month_day day{on};
    const bool is_before = std::pair(day.month(), day.day()) < std::pair(born.month(), born.day());
    const int years =
        static_cast<int>(day.year()) - static_cast<int>(born.year()) - (is_before ? 1 : 0);
    return years < 0 || years >= kAgeToldBelow ? std::nullopt
                                               : std::optional(static_cast<std::uint8_t>(years));
}

}  // namespace carehub::adapters::clinic
