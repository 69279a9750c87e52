#include "adapters/clinic/hl7/timestamp.hpp"

#include <algorithm>
#include <array>

#include "adapters/clinic/hl7/element.hpp"

namespace carehub::adapters::clinic::hl7 {
namespace {

constexpr std::size_t kFractionDigitsMax = 4;
constexpr std::size_t kSecondDigits = 14;
constexpr std::size_t kBareMilliDigits = 17;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

unsigned number(std::string_view digits) {
    unsigned value = 0;
    for (const char c : digits) {
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
}

/// Cuts the digits off the beginning of `text`.
std::string_view take_digits(std::string_view& text) {
    const auto size = static_cast<std::size_t>(
        std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
    const std::string_view digits = text.substr(0, size);
    text.remove_prefix(size);
    return digits;
}

/// Cuts ".ssss" off the beginning of `rest`, or three digits more than a second has off `digits`.
bool take_fraction(std::string_view& digits, std::string_view& rest, Micros& fraction) {
    std::string_view told;
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        told = take_digits(rest);
        if (digits.size() != kSecondDigits || told.empty() || told.size() > kFractionDigitsMax) {
            return false;
        }
    } else if (digits.size() == kBareMilliDigits) {
        told = digits.substr(kSecondDigits);
        digits = digits.substr(0, kSecondDigits);
    }
    constexpr std::array<int, 5> kMicrosPerUnit = {0, 100'000, 10'000, 1'000, 100};
    fraction = Micros{static_cast<int>(number(told)) * kMicrosPerUnit[told.size()]};
    return true;
}

/// Nothing or "+hhmm"; false when `text` is neither.
bool read_offset(std::string_view text, std::optional<std::chrono::seconds>& offset) {
    if (text.empty()) {
        return true;
    }
    const char sign = text.front();
    text.remove_prefix(1);
    const std::string_view digits = take_digits(text);
    if ((sign != '+' && sign != '-') || digits.size() != 4 || !text.empty()) {
        return false;
    }
    const unsigned hours = number(digits.substr(0, 2));
    const unsigned minutes = number(digits.substr(2));
    if (hours > 15 || minutes > 59) {
        return false;
    }
    const std::chrono::seconds east = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    offset = sign == '-' ? -east : east;
    return true;
}

std::optional<Precision> precision_of(std::size_t digits) {
    switch (digits) {
        case 4: return Precision::Year;
        case 6: return Precision::Month;
        case 8: return Precision::Day;
        case 10: return Precision::Hour;
        case 12: return Precision::Minute;
        case 14: return Precision::Second;
        default: return std::nullopt;
    }
}

/// The two digits at `at`, or `absent` when the text ends before them.
unsigned pair_at(std::string_view digits, std::size_t at, unsigned absent) {
    return at + 2 <= digits.size() ? number({digits.data() + at, 2}) : absent;
}

}  // namespace

std::optional<Timestamp> parse_timestamp(std::string_view text) {
    std::string_view rest = trim(text);
    std::string_view digits = take_digits(rest);
    const bool with_fraction = digits.size() > kSecondDigits || rest.starts_with('.');
    Timestamp time;
    Micros fraction{0};
    if (!take_fraction(digits, rest, fraction) || !read_offset(rest, time.offset)) {
        return std::nullopt;
    }
    const auto precision = precision_of(digits.size());
    if (!precision) {
        return std::nullopt;
    }
    const auto year = static_cast<int>(number(digits.substr(0, 4)));
    const auto date = make_date(year, pair_at(digits, 4, 1), pair_at(digits, 6, 1));
    const unsigned hour = pair_at(digits, 8, 0);
    const unsigned minute = pair_at(digits, 10, 0);
    const unsigned second = pair_at(digits, 12, 0);
    if (!date || hour > 23 || minute > 59 || second > 59) {
        return std::nullopt;
    }
    time.precision = with_fraction ? Precision::Milli : *precision;
    time.local = LocalTime{date->time_since_epoch()} + std::chrono::hours{hour} +
                 std::chrono::minutes{minute} + std::chrono::seconds{second} + fraction;
    return time;
}

Date date_of(const Timestamp& time) {
    return Date{std::chrono::floor<std::chrono::days>(time.local).time_since_epoch()};
}

std::optional<Instant> MessageClock::resolve(const Timestamp& time) const {
    if (time.precision == Precision::Year || time.precision == Precision::Month) {
        return std::nullopt;
    }
    Instant instant = resolve_local(time);
    instant.precision = time.precision;
    if (time.precision == Precision::Day) {
        instant.flags = {};
        instant.flags.add(TimeFlag::DateOnly);
    }
    return instant;
}

Instant MessageClock::resolve_local(const Timestamp& time) const {
    const UtcTime as_if_utc{time.local.time_since_epoch()};
    // A day is a day of the place, wherever the sender's clock stands.
    if (time.offset && time.precision != Precision::Day) {
        return {as_if_utc - *time.offset, {}, {}};
    }
    const ResolvedLocal by_zone = to_utc(*site_zone_, time.local);
    if (message_offset_ && time.precision != Precision::Day) {
        Instant instant{as_if_utc - *message_offset_, {}, {}};
        // An offset is not a zone: beyond the next clock change it may no longer be the sender's.
        if (instant.time != by_zone.time) {
            instant.flags.add(TimeFlag::AssumedZone);
        }
        return instant;
    }
    Instant instant{by_zone.time, {}, {}};
    if (by_zone.reading == LocalReading::Ambiguous) {
        instant.flags.add(TimeFlag::Ambiguous);
    } else if (by_zone.reading == LocalReading::Skipped) {
        instant.flags.add(TimeFlag::Skipped);
    }
    return instant;
}

}  // namespace carehub::adapters::clinic::hl7
