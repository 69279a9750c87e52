// The values of the samples, by family.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "hub/model/command.hpp"
#include "hub/model/entry.hpp"
#include "hub/model/notice.hpp"

namespace carehub::compat {

/// Named by the payload's table.
[[nodiscard]] std::vector<std::pair<std::string, Submission>> submission_values();
/// Named by the command's table.
[[nodiscard]] std::vector<std::pair<std::string, CommandBody>> command_values();
[[nodiscard]] Decisions decisions_value();

// Numbers of a sample: distinct, so that none can stand for another.
[[nodiscard]] inline UtcTime instant(std::int64_t number) {
    return UtcTime(std::chrono::seconds(1'780'000'000 + number) + Micros(number));
}
[[nodiscard]] inline Date day(int number) { return Date(std::chrono::days(20'000 + number)); }
template <class Hash = Hash128>
[[nodiscard]] Hash hash(std::uint8_t number) {
    Hash out{};
    out.front() = number;
    out.back() = static_cast<std::uint8_t>(number + 1);
    return out;
}

}  // namespace carehub::compat
