#include "adapters/supervision/check_in_row.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/kit/text.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::supervision {
namespace {

template <class Meaning>
const Meaning* meaning_of(const std::vector<MappedWord<Meaning>>& words, std::string_view word) {
    const auto found = std::ranges::find_if(words, [&](const MappedWord<Meaning>& mapped) {
        return equal_ignoring_case(mapped.word, word);
    });
    return found == words.end() ? nullptr : &found->meaning;
}

bool is_one_of(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::any_of(
        words, [&](const std::string& known) { return equal_ignoring_case(known, word); });
}

std::optional<std::int64_t> minutes_in(std::string_view text) {
    std::int64_t minutes = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), minutes);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || minutes < 0 ||
        minutes > kDurationMinutesMax) {
        return std::nullopt;
    }
    return minutes;
}

std::vector<std::string> mapped_columns(const ColumnNames& names) {
    std::vector<std::string> columns;
    for (const std::string* name :
         {&names.client, &names.check_in, &names.officer, &names.officer_name, &names.date,
          &names.time, &names.duration, &names.place, &names.place_name, &names.type, &names.status,
          &names.completed, &names.missed, &names.cancelled, &names.updated}) {
        if (!name->empty()) {
            columns.push_back(*name);
        }
    }
    return columns;
}

RowProblem problem(RefusalReason reason, const std::string& field, std::string why,
                   std::string fix) {
    return {{reason, field, std::move(fix)}, std::move(why)};
}

}  // namespace

std::vector<std::string> CheckInReader::missing_columns() const {
    return header_.missing(mapped_columns(site_.columns));
}

std::string_view CheckInReader::cell(const CsvRow& row, const std::string& column) const {
    const auto at = column.empty() ? std::nullopt : header_.find(column);
    return at && *at < row.cells.size() ? trim(row.cells[*at]) : std::string_view{};
}

std::variant<CheckIn, RowProblem> CheckInReader::read(const CsvRow& row,
                                                      std::vector<RowNote>& notes) const {
    CheckIn check_in;
    Problem found = check_cells(row);
    if (!found) {
        found = read_names(row, check_in);
    }
    if (!found) {
        found = read_status(row, check_in);
    }
    if (!found && check_in.status != RowStatus::Ignored) {
        found = read_when(row, check_in);
    }
    if (found) {
        return std::move(*found);
    }
    read_extras(row, check_in, notes);
    return check_in;
}

/// What holds for every cell we read, so that the rest need not ask.
CheckInReader::Problem CheckInReader::check_cells(const CsvRow& row) const {
    if (row.cells.size() != header_.size()) {
        return problem(RefusalReason::RowIncomplete, "",
                       "The row has " + std::to_string(row.cells.size()) + " cells, the header " +
                           std::to_string(header_.size()) + ".",
                       "Quote cells that hold commas and send every column of the header.");
    }
    for (const std::string& column : mapped_columns(site_.columns)) {
        const std::string_view text = cell(row, column);
        if (!is_utf8(text)) {
            return problem(RefusalReason::CharacterSet, column, "The cell is not UTF-8.",
                           "Export the file in UTF-8.");
        }
        if (has_control(text)) {
            return problem(RefusalReason::InvalidField, column,
                           "The cell holds a control character.",
                           "Remove line ends and control characters from the cell.");
        }
        if (text.size() > kNameBytesMax) {
            return problem(RefusalReason::FieldTooLong, column, "The cell is too long.",
                           "Send at most " + std::to_string(kNameBytesMax) + " bytes.");
        }
    }
    return std::nullopt;
}

CheckInReader::Problem CheckInReader::read_names(const CsvRow& row, CheckIn& check_in) const {
    const ColumnNames& columns = site_.columns;
    check_in.client = cell(row, columns.client);
    if (check_in.client.empty()) {
        return problem(RefusalReason::RowIncomplete, columns.client, "The row names no client.",
                       "Fill in the client's number.");
    }
    check_in.id = cell(row, columns.check_in);
    if (check_in.id.empty() && !columns.check_in.empty()) {
        return problem(RefusalReason::RowIncomplete, columns.check_in, "The check-in has no id.",
                       "Fill in the check-in's own id.");
    }
    check_in.officer = cell(row, columns.officer);
    check_in.officer_name = cell(row, columns.officer_name);
    check_in.place = cell(row, columns.place);
    check_in.place_name = cell(row, columns.place_name);
    check_in.type = cell(row, columns.type);
    if (const ObligationClass* mapped = meaning_of(site_.types, check_in.type)) {
        check_in.obligation_class = *mapped;
    }
    check_in.remote =
        is_one_of(site_.remote, check_in.place) || is_one_of(site_.remote, check_in.type);
    return std::nullopt;
}

CheckInReader::Problem CheckInReader::read_status(const CsvRow& row, CheckIn& check_in) const {
    const ColumnNames& columns = site_.columns;
    if (columns.status.empty()) {
        const auto is_set = [&](const std::string& column) {
            return !column.empty() && is_one_of(site_.yes, cell(row, column));
        };
        const int set = (is_set(columns.completed) ? 1 : 0) + (is_set(columns.missed) ? 1 : 0) +
                        (is_set(columns.cancelled) ? 1 : 0);
        if (set > 1) {
            return problem(RefusalReason::InvalidField, columns.completed,
                           "The row sets more than one marker.",
                           "Set one of the completed, missed and cancelled markers.");
        }
        check_in.status = is_set(columns.completed)   ? RowStatus::Completed
                          : is_set(columns.missed)    ? RowStatus::Missed
                          : is_set(columns.cancelled) ? RowStatus::Cancelled
                                                      : RowStatus::Scheduled;
        return std::nullopt;
    }
    const RowStatus* mapped = meaning_of(site_.statuses, cell(row, columns.status));
    if (mapped == nullptr) {
        return problem(RefusalReason::InvalidField, columns.status,
                       "The status is empty or no word of [status].",
                       "Correct the status, or map the word under [status] in the configuration.");
    }
    check_in.status = *mapped;
    return std::nullopt;
}

CheckInReader::Problem CheckInReader::read_when(const CsvRow& row, CheckIn& check_in) const {
    const ColumnNames& columns = site_.columns;
    const std::string_view date = cell(row, columns.date);
    if (date.empty()) {
        return problem(RefusalReason::RowIncomplete, columns.date, "The row has no date.",
                       "Fill in the date of the check-in.");
    }
    const auto day = site_.date_format->read(date);
    if (!day) {
        return problem(RefusalReason::TimeUnresolvable, columns.date,
                       "The date does not exist or is not written as [csv] date_format says.",
                       "Correct the date, or the format in the configuration.");
    }
    check_in.date = *day->date;
    if (columns.time.empty()) {
        // In a column of date and time, midnight is how exports write that no time is known.
        const bool told = day->time_of_day && *day->time_of_day != std::chrono::seconds{0};
        check_in.time_of_day = told ? day->time_of_day : std::nullopt;
        return std::nullopt;
    }
    const std::string_view time = cell(row, columns.time);
    if (time.empty()) {
        return std::nullopt;
    }
    const auto clock = site_.time_format->read(time);
    if (!clock) {
        return problem(RefusalReason::TimeUnresolvable, columns.time,
                       "The time does not exist or is not written as [csv] time_format says.",
                       "Correct the time, leave it empty, or correct the format.");
    }
    check_in.time_of_day = clock->time_of_day;
    return std::nullopt;
}

void CheckInReader::read_extras(const CsvRow& row, CheckIn& check_in,
                                std::vector<RowNote>& notes) const {
    const ColumnNames& columns = site_.columns;
    if (const std::string_view text = cell(row, columns.duration); !text.empty()) {
        const auto minutes = minutes_in(text);
        if (!minutes) {
            notes.push_back({columns.duration, "not a number of minutes: the default is taken"});
        } else if (*minutes > 0) {  // 0 is how exports write "not told"
            check_in.duration = std::chrono::minutes(*minutes);
        }
    }
    if (const std::string_view text = cell(row, columns.updated); !text.empty()) {
        const auto told = site_.updated_format->read(text);
        if (told) {
            const auto local = std::chrono::local_days(told->date->time_since_epoch()) +
                               told->time_of_day.value_or(std::chrono::seconds{0});
            check_in.updated = to_utc(site_.zone, local).time;
        } else {
            notes.push_back({columns.updated, "not a time: the file's time is taken"});
        }
    }
}

}  // namespace carehub::adapters::supervision
