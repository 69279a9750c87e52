// What one court's feed is like: the profile an integration engineer writes in TOML.
//
// Contract: unknown keys are refused by name, with the known ones told; words are compared in upper
// case with runs of blanks as one. [watch] belongs to the kit, which reads it from the same file.
// Errors: Invalid with the key at fault; NotFound for the zone or the file; Io.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/court/limits.hpp"
#include "adapters/court/listing.hpp"
#include "adapters/kit/time_format.hpp"
#include "hub/base/error.hpp"
#include "hub/base/time_zone.hpp"

namespace carehub::adapters::court {

struct CalendarProfile {
    std::string case_property = "X-CASE-NUMBER";  ///< "UID" serves too
    std::string case_pattern;  ///< regular expression over SUMMARY, then DESCRIPTION; may be empty
    std::string type_property = "X-HEARING-TYPE";
    std::string result_property = "X-RESULT";
    std::chrono::minutes default_length = kHearingDefault;
};

/// Header names of the columns; an empty name: the file has no such column.
struct ColumnNames {
    std::string case_number;
    std::string type;
    std::string date;
    std::string time;
    std::string end;
    std::string duration;  ///< minutes
    std::string room;
    std::string result;
    std::string status;
};

struct CsvProfile {
    ColumnNames columns;
    TimeFormat date_format;  ///< may give the time of day too, when there is no column for it
    TimeFormat time_format;
    std::chrono::minutes default_length = kHearingDefault;
};

struct Site {
    std::string feed;
    std::string authority;  ///< the court's id: assigning authority of its case numbers
    std::string place;      ///< code of the courthouse in places.csv; empty: the room serves
    TimeZone zone;
    std::chrono::minutes soft_from = kSoftFromDefault;  ///< a day without a time: local clock
    std::chrono::minutes soft_until = kSoftUntilDefault;
    std::string call_list_pattern = "CALENDAR CALL";
    bool complete = true;  ///< each file lists everything ahead, so that absence tells something
    unsigned fall_max_percent = kFallPercentMax;
    CalendarProfile ical;
    std::optional<CsvProfile> csv;
    std::map<std::string, HearingResult> results;  ///< the court's word -> what it means
    std::map<std::string, ListingState> statuses;
};

[[nodiscard]] Result<Site> parse_site(std::string_view text);
[[nodiscard]] Result<Site> load_site(const std::filesystem::path& file);

}  // namespace carehub::adapters::court
