// One supervision agency's feed: which column says what, and in which words.
// Filled from TOML by read_site() (site_config.cpp); a complete sample is in README.md.
//
// Errors: Invalid, naming table and key; NotFound for file or zone. Threads: immutable.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/kit/time_format.hpp"
#include "adapters/supervision/limits.hpp"
#include "hub/base/time_zone.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub::adapters::supervision {

/// What a row says became of a check-in; Ignored rows give a finding and no event.
enum class RowStatus : std::uint8_t { Scheduled, Completed, Missed, Cancelled, Ignored };

/// Header names of the columns; an empty one is not in the feed.
struct ColumnNames {
    std::string client;    ///< the agency's number of the person; required
    std::string check_in;  ///< the agency's own id of the check-in
    std::string officer;
    std::string officer_name;
    std::string date;  ///< of the appointment; required
    std::string time;
    std::string duration;  ///< minutes
    std::string place;
    std::string place_name;
    std::string type;
    std::string status;  ///< or markers:
    std::string completed;
    std::string missed;
    std::string cancelled;
    std::string updated;  ///< when the agency last changed the row
};

/// The agency's word (case does not matter) and what it means.
template <class Meaning>
struct MappedWord {
    std::string word;
    Meaning meaning;
};

struct Site {
    std::string feed;
    TimeZone zone;
    std::string authority;
    std::string owner;  ///< the agency as an organisation
    ColumnNames columns;
    std::optional<TimeFormat> date_format;  ///< always set by read_site(); may hold the time too
    std::optional<TimeFormat> time_format;
    std::optional<TimeFormat> updated_format;
    std::chrono::minutes duration{kDurationAssumed};
    std::vector<MappedWord<RowStatus>> statuses;
    std::vector<MappedWord<ObligationClass>> types;
    std::vector<std::string> remote;  ///< words of place or type that mean telephone or video
    std::vector<std::string> yes;     ///< words that set a marker
};

[[nodiscard]] Result<Site> read_site(const std::filesystem::path& file);
[[nodiscard]] Result<Site> site_from(std::string_view toml_text);

}  // namespace carehub::adapters::supervision
