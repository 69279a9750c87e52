// Reads dates and times of day as partners write them, by a pattern from the configuration:
// "MM/DD/YYYY", "YYYY-MM-DD HH:mm:ss", "h:mm am/pm".
//
// Tokens: YYYY, YY (2000 to 2099); MM, DD (two digits), M, D (one or two); MMM (Jan), MMMM (January),
// ddd (Tue), dddd (Tuesday), English, any case; HH (00-23), H; hh (01-12), h; mm; ss; SSS (a fraction,
// one to nine digits, left out); am/pm (AM, a.m., a, any case; a blank before it may be missing);
// Z (Z, UTC, GMT, +01:00, -0500). X, XSSS: seconds, milliseconds since 1970 in UTC, which give date, time and
// offset by themselves; an offset beside them says where, not when, and is left out. 'text' is that text;
// every other character stands for itself. "Hmm" reads 900 and 1330.
//
// Contract: strict: the text matches the whole pattern, blanks at its ends aside; a date that does
// not exist, one that is not that day of the week, and a time past 23:59:59 are no match, never rolled
// over. No locale, no zone.
// Errors: Invalid for a pattern that cannot give a date or a time of day. Threads: immutable.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/base/utc_time.hpp"

namespace carehub::adapters {

struct CivilTime {
    std::optional<Date> date;
    std::optional<std::chrono::seconds> time_of_day;
    std::optional<std::chrono::minutes> offset = std::nullopt;  ///< east of UTC, where it is told
    friend bool operator==(const CivilTime&, const CivilTime&) = default;
};

class TimeFormat {
public:
    [[nodiscard]] static Result<TimeFormat> create(std::string_view pattern);

    [[nodiscard]] std::optional<CivilTime> read(std::string_view text) const;
    [[nodiscard]] bool has_date() const { return has_date_; }
    [[nodiscard]] bool has_time() const { return has_time_; }

private:
    enum class Token : std::uint8_t {
        Literal,
        Year,
        ShortYear,
        Month,
        Day,
        Hour24,
        Hour12,
        Minute,
        Second,
        MonthName,
        DayName,
        Fraction,
        Half,
        Offset,
        UnixSeconds,
        UnixMillis
    };
    struct Part {
        Token token = Token::Literal;
        std::uint8_t digits_min = 0;
        std::uint8_t digits_max = 0;
        char literal = 0;
    };
    struct Fields;

    TimeFormat() = default;
    [[nodiscard]] Status add_token(const Part& part, std::string_view pattern);
    [[nodiscard]] bool read_part(std::size_t index, std::string_view& text, Fields& fields) const;
    [[nodiscard]] bool read_number(std::size_t index, std::string_view& text, Fields& fields) const;
    [[nodiscard]] static bool is_number(Token token);
    /// Digits that the parts right behind this one need.
    [[nodiscard]] std::size_t digits_after(std::size_t index) const;
    [[nodiscard]] static bool read_unix(Token token, std::string_view& text, Fields& fields);
    [[nodiscard]] static bool read_word(const Part& part, std::string_view& text, Fields& fields);
    [[nodiscard]] std::optional<CivilTime> civil_time(const Fields& fields) const;

    std::vector<Part> parts_;
    bool has_date_ = false;
    bool has_time_ = false;
};

}  // namespace carehub::adapters
