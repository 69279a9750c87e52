// What the clinic's tests share: a site, and messages written as lines.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/clinic/read_message.hpp"

namespace carehub::adapters::clinic {

/// A production feed in New York with the authority CLINIC.
[[nodiscard]] Site test_site();
/// The lines, each ended as a segment.
[[nodiscard]] std::string message_of(std::initializer_list<std::string_view> lines);
/// Field `number` of the segment set to `text`: "PV1|..." with as many separators as it takes.
[[nodiscard]] std::string segment(
    std::string_view name, std::initializer_list<std::pair<unsigned, std::string_view>> fields);
[[nodiscard]] Reading read(const std::string& message);
[[nodiscard]] Reading read(const std::string& message, const Site& site);
[[nodiscard]] bool has_finding(const Reading& reading, std::string_view field);
[[nodiscard]] UtcTime utc(std::string_view iso);

}  // namespace carehub::adapters::clinic
