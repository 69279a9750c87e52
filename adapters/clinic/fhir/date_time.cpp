#include "adapters/clinic/fhir/date_time.hpp"

namespace carehub::adapters::clinic::fhir {
namespace {

constexpr std::size_t kDateSize = 10;
constexpr std::size_t kSecondsEnd = 19;
constexpr std::size_t kFractionDigitsMax = 6;
constexpr std::string_view kOffsetMax = "14:00";

/// Digits behind the seconds; what the hub does not keep is cut off.
std::size_t take_fraction(std::string& text) {
    if (text.size() <= kSecondsEnd || text[kSecondsEnd] != '.') {
        return 0;
    }
    const std::size_t begin = kSecondsEnd + 1;
    const std::size_t end = std::min(text.find_first_not_of("0123456789", begin), text.size());
    if (end - begin > kFractionDigitsMax) {
        text.erase(begin + kFractionDigitsMax, end - begin - kFractionDigitsMax);
    }
    return end - begin;
}

std::chrono::seconds take_leap_second(std::string& text) {
    constexpr std::size_t kSeconds = 16;
    if (text.size() <= kSecondsEnd || text.compare(kSeconds, 3, ":60") != 0) {
        return std::chrono::seconds{0};
    }
    text.replace(kSeconds, 3, ":59");
    return std::chrono::seconds{1};
}

bool is_offset_too_large(std::string_view text) {
    return !text.ends_with('Z') && text.size() > kSecondsEnd + kOffsetMax.size() &&
           text.substr(text.size() - kOffsetMax.size()) > kOffsetMax;
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view printed) {
    std::string text(printed);
    const std::size_t digits = take_fraction(text);
    const std::chrono::seconds leap = take_leap_second(text);
    const auto time = parse_iso_time(text);
    if (!time || is_offset_too_large(text) || *time == kUnknownTime) {
        return std::nullopt;
    }
    const Precision precision = digits == 0   ? Precision::Second
                                : digits <= 3 ? Precision::Milli
                                              : Precision::Micro;
    return Instant{*time + leap, precision, {}};
}

std::optional<Instant> parse_date_time(std::string_view text, const TimeZone& zone) {
    if (text.size() != kDateSize) {
        return parse_instant(text);
    }
    const auto date = parse_iso_date(text);
    if (!date || start_of_day(zone, *date) == kUnknownTime) {
        return std::nullopt;
    }
    Instant day{start_of_day(zone, *date), Precision::Day, {}};
    day.flags.add(TimeFlag::DateOnly);
    return day;
}

std::optional<Instant> instant_of(const Element& element) {
    const std::string text = element.text();
    auto instant = parse_instant(text);
    if (!instant && !text.empty()) {
        element.note("not an instant with seconds and an offset: ignored");
    }
    return instant;
}

std::optional<Instant> date_time_of(const Element& element, const TimeZone& zone) {
    const std::string text = element.text();
    auto instant = parse_date_time(text, zone);
    if (!instant && !text.empty()) {
        element.note("neither a date nor a time with an offset: ignored");
    }
    return instant;
}

}  // namespace carehub::adapters::clinic::fhir
