#include "adapters/housing/table.hpp"

#include <charconv>

#include "adapters/housing/limits.hpp"
#include "adapters/kit/text.hpp"

namespace carehub::adapters::housing {
namespace {

std::optional<unsigned> parse_number(std::string_view text) {
    unsigned value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end) {
        return std::nullopt;
    }
    return value;
}

/// Two digits at `at`, at most `max`.
std::optional<unsigned> two_digits(std::string_view text, std::size_t at, unsigned max) {
    if (at + 2 > text.size()) {
        return std::nullopt;
    }
    const auto value = parse_number(text.substr(at, 2));
    return value && *value <= max ? value : std::nullopt;
}

}  // namespace

std::optional<LocalTime> parse_local_time(std::string_view text) {
    const auto date = parse_iso_date(text.substr(0, 10));
    if (!date) {
        return std::nullopt;
    }
    const LocalTime midnight{date->time_since_epoch()};
    if (text.size() == 10) {
        return midnight;
    }
    const bool has_seconds = text.size() == 19 && text[16] == ':';
    if ((text[10] != ' ' && text[10] != 'T') || (text.size() != 16 && !has_seconds) ||
        text[13] != ':') {
        return std::nullopt;
    }
    const auto hour = two_digits(text, 11, 23);
    const auto minute = two_digits(text, 14, 59);
    const auto second = has_seconds ? two_digits(text, 17, 59) : 0U;
    if (!hour || !minute || !second) {
        return std::nullopt;
    }
    return midnight + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
           std::chrono::seconds{*second};
}

Header::Header(const CsvRow& header) : width_(header.cells.size()) {
    const CsvHeader names(header);
    for (std::size_t column = 0; column < kColumnsMax; ++column) {
        places_[column] = names.find(kColumnNames[column]);
    }
}

Row::Row(RowPlace place, const Header& header, const CsvRow& row, Report& report)
    : place_(place), header_(&header), row_(&row), report_(&report) {
    // A cell too many or too few moves every value behind it into a wrong column. Empty cells
    // behind the last column move none.
    for (std::size_t i = header.width(); i < row.cells.size(); ++i) {
        accepted_ = accepted_ && row.cells[i].empty();
    }
    if (row.cells.size() < header.width() || !accepted_) {
        accepted_ = false;
        report_->refuse(place_, RefusalReason::RowIncomplete, "",
                        "the row has " + std::to_string(row.cells.size()) +
                            " cells under a header of " + std::to_string(header.width()),
                        "Quote cells that hold commas, and write every column of the header.");
    }
}

std::string_view Row::text(Column column) const {
    const auto at = header_->find(column);
    return !accepted_ || !at ? std::string_view{} : trim(row_->cells[*at]);
}

void Row::refuse(RefusalReason reason, Column column, std::string_view why, std::string_view fix) {
    if (accepted_) {
        accepted_ = false;
        report_->refuse(place_, reason, name_of(column), std::string(why), std::string(fix));
    }
}

void Row::find(Column column, std::string_view what) {
    if (accepted_) {
        report_->find(place_, name_of(column), what);
    }
}

void Row::refuse_missing(Column column) {
    refuse(RefusalReason::RowIncomplete, column, "a required cell is empty",
           "Write " + std::string(name_of(column)) + " in every row.");
}

std::string Row::required_id(Column column) {
    if (text(column).empty()) {
        refuse_missing(column);
    }
    return checked_id(column);
}

std::string Row::optional_id(Column column) { return checked_id(column); }

std::string Row::checked_id(Column column) {
    const std::string_view value = text(column);
    if (value.size() > kHmisIdBytesMax) {
        refuse(RefusalReason::FieldTooLong, column, "the id is too long",
               "HUD allows 32 characters in an id.");
    } else if (!is_utf8(value)) {
        refuse(RefusalReason::CharacterSet, column, "the id is not UTF-8",
               "Export the files as UTF-8.");
    } else if (has_control(value)) {
        refuse(RefusalReason::InvalidField, column, "the id holds a control character",
               "Write the id without tabs, line ends or other control characters.");
    }
    return accepted_ ? std::string(value) : std::string();
}

Date Row::required_date(Column column) {
    const std::string_view value = text(column);
    if (value.empty()) {
        refuse_missing(column);
        return {};
    }
    const auto time = parse_local_time(value);
    if (!time) {
        refuse(RefusalReason::InvalidField, column, "the cell is no date that exists",
               "Write dates as yyyy-mm-dd.");
        return {};
    }
    return Date{std::chrono::floor<std::chrono::days>(*time).time_since_epoch()};
}

std::optional<Date> Row::optional_date(Column column) {
    const std::string_view value = text(column);
    if (value.empty()) {
        return std::nullopt;
    }
    const auto time = parse_local_time(value);
    if (!time) {
        find(column, "no date that exists: read as empty");
        return std::nullopt;
    }
    return Date{std::chrono::floor<std::chrono::days>(*time).time_since_epoch()};
}

unsigned Row::required_code(Column column, unsigned max) {
    const std::string_view value = text(column);
    if (value.empty()) {
        refuse_missing(column);
        return 0;
    }
    const auto code = parse_number(value);
    if (!code || *code > max) {
        refuse(RefusalReason::InvalidField, column, "the cell is no code of HUD's list",
               "Write the code's number, without text or decimals.");
    }
    return accepted_ ? *code : 0;
}

std::optional<unsigned> Row::optional_code(Column column, unsigned max) {
    const std::string_view value = text(column);
    if (value.empty()) {
        return std::nullopt;
    }
    const auto code = parse_number(value);
    if (!code || *code > max) {
        find(column, "no code of HUD's list: read as empty");
        return std::nullopt;
    }
    return code;
}

std::optional<LocalTime> Row::optional_time(Column column) {
    const std::string_view value = text(column);
    if (value.empty()) {
        return std::nullopt;
    }
    const auto time = parse_local_time(value);
    if (!time) {
        find(column, "no date and time that exists: read as empty");
    }
    return time;
}

}  // namespace carehub::adapters::housing
