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

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

unsigned number(std::string_view digits) {
    unsigned value = 0;
    for (const char c : digits) {
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
}

/// Cuts "+hhmm" off the end of `text`; false when what stands there is no offset.
bool take_offset(std::string_view& text, std::optional<std::chrono::seconds>& offset) {
    const std::size_t sign = text.find_first_of("+-");
    if (sign == std::string_view::npos) {
        return true;
    }
    const std::string_view digits = text.substr(sign + 1);
    if (digits.size() != 4 || !all_digits(digits)) {
        return false;
    }
    const unsigned hours = number(digits.substr(0, 2));
    const unsigned minutes = number(digits.substr(2));
    if (hours > 15 || minutes > 59) {
        return false;
    }
    const std::chrono::seconds east = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    offset = text[sign] == '-' ? -east : east;
    text = text.substr(0, sign);
    return true;
}

/// Cuts ".ssss" off the end of `text`.
bool take_fraction(std::string_view& text, Micros& fraction) {
    std::string_view digits;
    if (const std::size_t point = text.find('.'); point != std::string_view::npos) {
        digits = text.substr(point + 1);
        if (point != kSecondDigits || digits.empty() || digits.size() > kFractionDigitsMax) {
            return false;
        }
        text = text.substr(0, point);
    } else if (text.size() == kBareMilliDigits) {
        digits = text.substr(kSecondDigits);
        text = text.substr(0, kSecondDigits);
    }
    if (!all_digits(digits)) {
        return false;
    }
    constexpr std::array<int, 5> kMicrosPerUnit = {0, 100'000, 10'000, 1'000, 100};
    fraction = Micros{static_cast<int>(number(digits)) * kMicrosPerUnit[digits.size()]};
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
unsigned pair_at(std::string_view text, std::size_t at, unsigned absent) {
    return at + 2 <= text.size() ? number(text.substr(at, 2)) : absent;
}

}  // namespace

std::optional<Timestamp> parse_timestamp(std::string_view text) {
    text = trim(text);
    Timestamp time;
    Micros fraction{0};
    if (!take_offset(text, time.offset)) {
        return std::nullopt;
    }
    const bool with_fraction = text.size() > kSecondDigits;
    if (!take_fraction(text, fraction) || !all_digits(text)) {
        return std::nullopt;
    }
    const auto precision = precision_of(text.size());
    if (!precision) {
        return std::nullopt;
    }
    const auto year = static_cast<int>(number(text.substr(0, 4)));
    const auto date = make_date(year, pair_at(text, 4, 1), pair_at(text, 6, 1));
    const unsigned hour = pair_at(text, 8, 0);
    const unsigned minute = pair_at(text, 10, 0);
    const unsigned second = pair_at(text, 12, 0);
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
    if (time.offset) {
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
