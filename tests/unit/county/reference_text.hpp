// How the county's files spell numbers, dates and times, read by a reader of the tests' own.
#pragma once

#include <chrono>
#include <string>

#include "hub/base/utc_time.hpp"

namespace carehub::county_test {

[[nodiscard]] int number(const std::string& text, std::size_t at, std::size_t size);
[[nodiscard]] Date compact_date(const std::string& text);
[[nodiscard]] Date us_date(const std::string& text);
/// "2:30 pm" as minutes after midnight.
[[nodiscard]] std::chrono::minutes clock_12(const std::string& text);
/// The client's seven digits inside an id such as "26-CR-0000123-01".
[[nodiscard]] std::string client_in(const std::string& id);
/// "2026-07-09" and, where it is there, "T10:30".
[[nodiscard]] Date iso_date(const std::string& text);
/// "10:30" as minutes after midnight.
[[nodiscard]] std::chrono::minutes clock_24(const std::string& text);
/// "20260709T140000Z"
[[nodiscard]] std::string utc_compact(UtcTime time);

}  // namespace carehub::county_test
