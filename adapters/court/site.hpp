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
#include "adapters/court/warrant.hpp"
#include "adapters/kit/table/table_profile.hpp"
#include "hub/base/error.hpp"
#include "hub/base/time_zone.hpp"

namespace carehub::adapters::court {

struct CalendarProfile {
    std::string case_property = "X-CASE-NUMBER";  ///< "UID" serves too
    std::string participant_property = "X-PARTICIPANT-NUMBER";
    std::string warrant_property = "X-WARRANT";
    std::string case_pattern;  ///< regular expression over SUMMARY, then DESCRIPTION; may be empty
    std::string type_property = "X-HEARING-TYPE";
    std::string result_property = "X-RESULT";
    std::chrono::minutes default_length = kHearingDefault;
};

/// Hearings, warrants or both, a row each; keys of its columns in site_config.cpp.
struct HearingTable {
    TableProfile table;
    std::chrono::minutes default_length = kHearingDefault;
    std::vector<std::string> no_time =
        {};  ///< words in a time's cell that tell none, beside the usual
};

/// What a row means that is missing from a complete file while its hearing lies ahead.
enum class MissingMeans : std::uint8_t { Unlisted, Nothing };

struct Site {
    std::string feed;
    std::string authority;  ///< the court's id: assigning authority of its case numbers
    std::string place;      ///< code of the courthouse in places.csv; empty: the room serves
    TimeZone zone;
    std::chrono::minutes soft_from = kSoftFromDefault;  ///< a day without a time: local clock
    std::chrono::minutes soft_until = kSoftUntilDefault;
    std::string call_list_pattern = "CALENDAR CALL";
    bool complete = true;  ///< each file lists everything ahead, so that absence tells something
    MissingMeans missing = MissingMeans::Unlisted;
    unsigned fall_max_percent = kFallPercentMax;
    CalendarProfile ical;
    std::optional<HearingTable> csv;
    std::optional<HearingTable> json;
    std::map<std::string, HearingResult> results;  ///< the court's word -> what it means
    std::map<std::string, ListingState> statuses;
    std::map<std::string, WarrantState> warrants;
};

[[nodiscard]] Result<Site> parse_site(std::string_view text);
[[nodiscard]] Result<Site> load_site(const std::filesystem::path& file);

}  // namespace carehub::adapters::court
