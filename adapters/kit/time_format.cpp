#include "adapters/kit/time_format.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "adapters/kit/text.hpp"

namespace carehub::adapters {

struct TimeFormat::Fields {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
    unsigned fraction = 0;
    bool afternoon = false;
    std::optional<unsigned> day_of_week;  ///< 0: Monday
    std::optional<std::chrono::minutes> offset;
    std::optional<std::chrono::milliseconds> since_1970;

    unsigned* of(Token token) {
        switch (token) {
            case Token::Month: return &month;
            case Token::Day: return &day;
            case Token::Hour24:
            case Token::Hour12: return &hour;
            case Token::Minute: return &minute;
            case Token::Second: return &second;
            case Token::Fraction: return &fraction;
            case Token::Year:
            case Token::ShortYear:
            case Token::MonthName:
            case Token::DayName:
            case Token::Half:
            case Token::Offset:
            case Token::UnixSeconds:
            case Token::UnixMillis:
            case Token::Literal: return nullptr;
        }
        return nullptr;
    }
};

namespace {

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> kDays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};
constexpr std::uint8_t kShortName = 3;
constexpr int kCentury = 2000;
/// Of seconds since 1970: up to the year 5138.
constexpr std::size_t kUnixDigitsMax = 11;

/// Takes one of the names off the front, whole or by its first letters; its number.
template <std::size_t kSize>
std::optional<unsigned> take_name(const std::array<std::string_view, kSize>& names, bool whole,
                                  std::string_view& text) {
    for (unsigned i = 0; i < kSize; ++i) {
        const std::string_view name = whole ? names[i] : names[i].substr(0, kShortName);
        if (equal_ignoring_case(text.substr(0, name.size()), name)) {
            text.remove_prefix(name.size());
            return i;
        }
    }
    return std::nullopt;
}

/// "AM", "p.m.", "a"; whether it is the afternoon.
std::optional<bool> take_half(std::string_view& text) {
    for (const std::string_view half : {"a.m.", "p.m.", "a.m", "p.m", "am", "pm", "a", "p"}) {
        if (equal_ignoring_case(text.substr(0, half.size()), half)) {
            text.remove_prefix(half.size());
            return half.front() == 'p';
        }
    }
    return std::nullopt;
}

/// Takes `size` digits off the front.
std::optional<int> take_digits(std::string_view& text, std::size_t size) {
    int value = 0;
    if (text.size() < size) {
        return std::nullopt;
    }
    for (const char c : text.substr(0, size)) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(size);
    return value;
}

bool is_another_day(Date date, std::optional<unsigned> day_of_week) {
    return day_of_week && std::chrono::weekday(date).iso_encoding() != *day_of_week + 1;
}

/// "Z", "UTC", "GMT", "+01", "-0500", "+05:30"
std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
    for (const std::string_view name : {"UTC", "GMT", "Z"}) {
        if (equal_ignoring_case(text.substr(0, name.size()), name)) {
            text.remove_prefix(name.size());
            return std::chrono::minutes{0};
        }
    }
    if (text.empty() || (text.front() != '+' && text.front() != '-')) {
        return std::nullopt;
    }
    const int sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
    const auto hours = take_digits(text, 2);
    text.remove_prefix(text.starts_with(':') ? 1 : 0);
    const auto minutes = text.empty() ? std::optional(0) : take_digits(text, 2);
    if (!hours || !minutes || *hours > 14 || *minutes > 59) {
        return std::nullopt;
    }
    return sign * (std::chrono::hours{*hours} + std::chrono::minutes{*minutes});
}

}  // namespace

Result<TimeFormat> TimeFormat::create(std::string_view pattern) {
    struct Spelling {
        std::string_view text;
        Part part;
    };
    // Longer spellings come before those they begin with.
    constexpr std::array kSpellings = {
        Spelling{"MMMM", {Token::MonthName, 0, 9, 0}},
        Spelling{"MMM", {Token::MonthName, kShortName, kShortName, 0}},
        Spelling{"dddd", {Token::DayName, 0, 9, 0}},
        Spelling{"ddd", {Token::DayName, kShortName, kShortName, 0}},
        Spelling{"SSS", {Token::Fraction, 1, 9, 0}},
        Spelling{"Z", {Token::Offset, 0, 0, 0}},
        Spelling{"XSSS", {Token::UnixMillis, 0, 0, 0}},
        Spelling{"X", {Token::UnixSeconds, 0, 0, 0}},
        Spelling{"YYYY", {Token::Year, 4, 4, 0}},
        Spelling{"YY", {Token::ShortYear, 2, 2, 0}},
        Spelling{"MM", {Token::Month, 2, 2, 0}},
        Spelling{"M", {Token::Month, 1, 2, 0}},
        Spelling{"DD", {Token::Day, 2, 2, 0}},
        Spelling{"D", {Token::Day, 1, 2, 0}},
        Spelling{"HH", {Token::Hour24, 2, 2, 0}},
        Spelling{"H", {Token::Hour24, 1, 2, 0}},
        Spelling{"hh", {Token::Hour12, 2, 2, 0}},
        Spelling{"h", {Token::Hour12, 1, 2, 0}},
        Spelling{"mm", {Token::Minute, 2, 2, 0}},
        Spelling{"ss", {Token::Second, 2, 2, 0}},
        Spelling{"am/pm", {Token::Half, 2, 2, 0}},
    };
    TimeFormat format;
    std::string_view rest = pattern;
    while (!rest.empty()) {
        if (const std::size_t end = rest.find('\'', 1); rest.front() == '\'' && end != rest.npos) {
            for (const char c : rest.substr(1, end - 1)) {
                format.parts_.push_back({Token::Literal, 0, 0, c});
            }
            rest.remove_prefix(end + 1);
            continue;
        }
        const auto spelling = std::ranges::find_if(
            kSpellings, [&](const Spelling& known) { return rest.starts_with(known.text); });
        const bool literal = spelling == kSpellings.end();
        CAREHUB_TRY_DONE(format.add_token(
            literal ? Part{Token::Literal, 0, 0, rest.front()} : spelling->part, pattern));
        rest.remove_prefix(literal ? 1 : spelling->text.size());
    }
    const auto has = [&](Token token) {
        return std::ranges::any_of(format.parts_, [&](const Part& p) { return p.token == token; });
    };
    const bool month = has(Token::Month) != has(Token::MonthName);
    const bool year = has(Token::Year) != has(Token::ShortYear);
    const bool any_date = has(Token::Year) || has(Token::ShortYear) || has(Token::Month) ||
                          has(Token::MonthName) || has(Token::Day) || has(Token::DayName);
    const bool any_time = has(Token::Hour24) || has(Token::Hour12) || has(Token::Minute) ||
                          has(Token::Second) || has(Token::Half) || has(Token::Fraction) ||
                          has(Token::Offset);
    if (has(Token::UnixSeconds) != has(Token::UnixMillis) && !any_date && !has(Token::Hour24) &&
        !has(Token::Hour12)) {
        format.has_date_ = true;
        format.has_time_ = true;
        return format;
    }
    format.has_date_ = year && month && has(Token::Day);
    format.has_time_ =
        has(Token::Hour24) != has(Token::Hour12) && has(Token::Hour12) == has(Token::Half);
    if (any_date != format.has_date_ || any_time != format.has_time_ || !(any_date || any_time)) {
        return fail(ErrorCode::Invalid,
                    "'" + std::string(pattern) +
                        "' is no date or time format; write for example MM/DD/YYYY or h:mm am/pm");
    }
    return format;
}

Status TimeFormat::add_token(const Part& part, std::string_view pattern) {
    const bool repeated =
        part.token != Token::Literal &&
        std::ranges::any_of(parts_, [&](const Part& p) { return p.token == part.token; });
    if (repeated) {
        return fail(ErrorCode::Invalid, "'" + std::string(pattern) + "' names a part twice");
    }
    parts_.push_back(part);
    return {};
}

bool TimeFormat::read_part(std::size_t index, std::string_view& text, Fields& fields) const {
    const Part& part = parts_[index];
    switch (part.token) {
        case Token::Literal: {
            const bool same = !text.empty() && text.front() == part.literal;
            text.remove_prefix(same ? 1 : 0);
            const bool may_lack = part.literal == ' ' && index + 1 < parts_.size() &&
                                  parts_[index + 1].token == Token::Half;
            return same || may_lack;
        }
        case Token::Half:
        case Token::MonthName:
        case Token::DayName:
        case Token::Offset: return read_word(part, text, fields);
        case Token::UnixSeconds:
        case Token::UnixMillis: return read_unix(part.token, text, fields);
        case Token::Year:
        case Token::ShortYear:
        case Token::Month:
        case Token::Day:
        case Token::Hour24:
        case Token::Hour12:
        case Token::Minute:
        case Token::Second:
        case Token::Fraction: break;
    }
    return read_number(index, text, fields);
}

bool TimeFormat::is_number(Token token) {
    return token == Token::Year || token == Token::ShortYear || Fields().of(token) != nullptr;
}

std::size_t TimeFormat::digits_after(std::size_t index) const {
    std::size_t digits = 0;
    for (std::size_t i = index + 1; i < parts_.size() && is_number(parts_[i].token); ++i) {
        digits += parts_[i].digits_min;
    }
    return digits;
}

bool TimeFormat::read_number(std::size_t index, std::string_view& text, Fields& fields) const {
    const Part& part = parts_[index];
    const std::size_t run = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::size_t after = digits_after(index);
    // What follows without a separator needs its digits too: 900 is 9 and 00.
    const std::size_t digits = std::min<std::size_t>(part.digits_max, run - std::min(run, after));
    const bool hour12 = part.token == Token::Hour12;
    unsigned value = 0;
    for (const char c : text.substr(0, digits)) {
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    text.remove_prefix(digits);
    if (unsigned* field = fields.of(part.token)) {
        *field = value;
    } else {
        fields.year = static_cast<int>(value) + (part.token == Token::ShortYear ? kCentury : 0);
    }
    return digits >= part.digits_min && !(hour12 && (value < 1 || value > 12));
}

bool TimeFormat::read_unix(Token token, std::string_view& text, Fields& fields) {
    const bool is_before = text.starts_with('-');
    text.remove_prefix(is_before ? 1 : 0);
    const std::size_t run = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::size_t most = kUnixDigitsMax + (token == Token::UnixMillis ? 3 : 0);
    std::int64_t count = 0;
    const char* const end = text.data() + run;
    if (run > most || std::from_chars(text.data(), end, count).ptr != end || run == 0) {
        return false;
    }
    text.remove_prefix(run);
    count = is_before ? -count : count;
    fields.since_1970 =
        token == Token::UnixMillis ? std::chrono::milliseconds{count} : std::chrono::seconds{count};
    return true;
}

bool TimeFormat::read_word(const Part& part, std::string_view& text, Fields& fields) {
    if (part.token == Token::Offset) {
        fields.offset = take_offset(text);
        return fields.offset.has_value();
    }
    if (part.token == Token::Half) {
        const auto afternoon = take_half(text);
        fields.afternoon = afternoon.value_or(false);
        return afternoon.has_value();
    }
    const bool whole = part.digits_min == 0;
    if (part.token == Token::DayName) {
        fields.day_of_week = take_name(kDays, whole, text);
        return fields.day_of_week.has_value();
    }
    const auto month = take_name(kMonths, whole, text);
    fields.month = month.value_or(0) + 1;
    return month.has_value();
}

std::optional<CivilTime> TimeFormat::read(std::string_view text) const {
    text = trim(text);
    Fields fields;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        if (!read_part(i, text, fields)) {
            return std::nullopt;
        }
    }
    return text.empty() ? civil_time(fields) : std::nullopt;
}

std::optional<CivilTime> TimeFormat::civil_time(const Fields& fields) const {
    CivilTime civil;
    if (fields.since_1970) {
        const auto day = std::chrono::floor<std::chrono::days>(*fields.since_1970);
        civil.date = Date{day};
        civil.time_of_day = std::chrono::floor<std::chrono::seconds>(*fields.since_1970 - day);
        civil.offset = std::chrono::minutes{0};
        return civil;
    }
    civil.offset = fields.offset;
    if (has_date_) {
        civil.date = make_date(fields.year, fields.month, fields.day);
        if (!civil.date || is_another_day(*civil.date, fields.day_of_week)) {
            return std::nullopt;
        }
    }
    if (has_time_) {
        const bool half =
            std::ranges::any_of(parts_, [](const Part& part) { return part.token == Token::Half; });
        const unsigned hour = half ? fields.hour % 12 + (fields.afternoon ? 12 : 0) : fields.hour;
        if (hour > 23 || fields.minute > 59 || fields.second > 59) {
            return std::nullopt;
        }
        civil.time_of_day = std::chrono::hours(hour) + std::chrono::minutes(fields.minute) +
                            std::chrono::seconds(fields.second);
    }
    return civil;
}

}  // namespace carehub::adapters
