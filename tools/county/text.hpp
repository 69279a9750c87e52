// How the county's files are spelled: numbers, wall-clock times, CSV (RFC 4180), JSON lines.
//
// Contract: text is ASCII of our own making; the writers still quote and escape what needs it.
// Errors: a TextFile keeps the first failure and tells it at close(). Threads: one thread each.
#pragma once

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/base/time_zone.hpp"
#include "tools/county/plan.hpp"

namespace carehub::county {

/// Decimal, with leading zeros up to `width`.
[[nodiscard]] std::string padded(std::uint64_t number, std::size_t width);
/// "20260709"
[[nodiscard]] std::string compact(Date date);
/// "20260709T1030" + "00" without the letter when `separator` is empty: HL7 and iCalendar times.
[[nodiscard]] std::string compact(Moment moment, std::string_view separator);
/// "07/09/2026"
[[nodiscard]] std::string us_date(Date date);
/// "10:30"
[[nodiscard]] std::string clock_text(int minute);
/// "2:30 pm"
[[nodiscard]] std::string clock_text_12(int minute);
/// The instant at which the county's clocks show `moment`.
[[nodiscard]] UtcTime instant(const TimeZone& zone, Moment moment);

/// "20260709T140000Z"
[[nodiscard]] std::string utc_text(UtcTime time);

/// The cells as one record with its line end; cells are quoted where RFC 4180 wants it.
[[nodiscard]] std::string csv_line(std::span<const std::string> cells);
[[nodiscard]] std::string csv_line(std::initializer_list<std::string> cells);

/// A JSON object on one line, members in the order added.
class JsonLine {
public:
    JsonLine& text(std::string_view key, std::string_view value);
    JsonLine& number(std::string_view key, std::uint64_t value);
    JsonLine& list(std::string_view key, std::span<const std::string> values);
    JsonLine& boolean(std::string_view key, bool value);
    /// `value` is JSON already.
    JsonLine& raw(std::string_view key, std::string_view value);
    /// Without line end.
    [[nodiscard]] std::string str() const { return text_ + "}"; }
    /// The line so far with a last key, whose value is still to come.
    [[nodiscard]] std::string open(std::string_view key);

private:
    void key(std::string_view name);
    std::string text_ = "{";
};

/// A file written front to back through one bounded buffer.
class TextFile {
public:
    explicit TextFile(std::filesystem::path path);
    void write(std::string_view text);
    [[nodiscard]] Status close();

private:
    std::filesystem::path path_;
    std::ofstream stream_;
    std::string buffer_;
};

/// A JSON document that is an object with one list, a row of it on each line.
class JsonList {
public:
    /// `head` is an open line (JsonLine::open) whose last member is the list.
    JsonList(const std::filesystem::path& path, std::string_view head);
    void row(const JsonLine& row);
    [[nodiscard]] Status close();

private:
    TextFile file_;
    bool empty_ = true;
};

[[nodiscard]] Status write_file(const std::filesystem::path& path, std::string_view text);
[[nodiscard]] Status make_folder(const std::filesystem::path& path);

}  // namespace carehub::county
