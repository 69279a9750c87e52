#include "hub/base/utc_time.hpp"

#include <array>
#include <cstdio>

namespace carehub {
namespace {

using std::chrono::duration_cast;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// Reads `count` digits at `at`; -1 when one of them is none.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) {
        return -1;
    }
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

std::string format_local(std::chrono::sys_time<Micros> shifted) {
    const auto day = floor<std::chrono::days>(shifted);
    const std::chrono::hh_mm_ss<Micros> clock{shifted - day};
    std::array<char, 24> buffer{};
    const int size = std::snprintf(
        buffer.data(), buffer.size(), "T%02d:%02d:%02d", static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    std::string text = to_iso(day) + std::string(buffer.data(), static_cast<std::size_t>(size));
    if (clock.subseconds().count() != 0) {
        const int tail = std::snprintf(buffer.data(), buffer.size(), ".%06d",
                                       static_cast<int>(clock.subseconds().count()));
        text.append(buffer.data(), static_cast<std::size_t>(tail));
    }
    return text;
}

/// The fraction after the seconds: 1 to 6 digits; moves `at` behind it.
std::optional<Micros> parse_fraction(std::string_view text, std::size_t& at) {
    if (at >= text.size() || text[at] != '.') {
        return Micros{0};
    }
    ++at;
    int micros = 0;
    int scale = 100'000;
    std::size_t count = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++count) {
        micros += (text[at] - '0') * scale;
        scale /= 10;
    }
    if (count == 0 || count > 6) {
        return std::nullopt;
    }
    return Micros{micros};
}

std::optional<seconds> parse_offset(std::string_view text) {
    if (text == "Z") {
        return seconds{0};
    }
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
        return std::nullopt;
    }
    const int hour = digits(text, 1, 2);
    const int minute = digits(text, 4, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
        return std::nullopt;
    }
    const seconds offset = hours{hour} + minutes{minute};
    return text[0] == '-' ? -offset : offset;
}

}  // namespace

std::string to_iso(Date date) {
    const std::chrono::year_month_day civil{date};
    std::array<char, 32> buffer{};
    const int size = std::snprintf(
        buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(civil.year()),
        static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
    return {buffer.data(), static_cast<std::size_t>(size)};
}

std::string to_iso(UtcTime time) { return format_local(time) + "Z"; }

std::string to_iso(UtcTime time, std::chrono::seconds offset) {
    const auto total = duration_cast<minutes>(offset < seconds{0} ? -offset : offset).count();
    std::array<char, 16> buffer{};
    const int size =
        std::snprintf(buffer.data(), buffer.size(), "%c%02d:%02d", offset < seconds{0} ? '-' : '+',
                      static_cast<int>(total / 60), static_cast<int>(total % 60));
    return format_local(time + offset) + std::string(buffer.data(), static_cast<std::size_t>(size));
}

std::optional<Date> make_date(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day civil{std::chrono::year{year}, std::chrono::month{month},
                                            std::chrono::day{day}};
    if (year < 1 || year > 9999 || !civil.ok()) {
        return std::nullopt;
    }
    return Date{civil};
}

std::optional<Date> parse_iso_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const int year = digits(text, 0, 4);
    const int month = digits(text, 5, 2);
    const int day = digits(text, 8, 2);
    if (year < 0 || month < 0 || day < 0) {
        return std::nullopt;
    }
    return make_date(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

std::optional<UtcTime> parse_iso_time(std::string_view text) {
    if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':') {
        return std::nullopt;
    }
    const auto date = parse_iso_date(text.substr(0, 10));
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    if (!date || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
        return std::nullopt;
    }
    std::size_t at = 19;
    const auto fraction = parse_fraction(text, at);
    if (!fraction) {
        return std::nullopt;
    }
    const auto offset = parse_offset(text.substr(at));
    if (!offset) {
        return std::nullopt;
    }
    return UtcTime{*date} + hours{hour} + minutes{minute} + seconds{second} + *fraction - *offset;
}

}  // namespace carehub
