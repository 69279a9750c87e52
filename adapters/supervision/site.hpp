// One feed of a supervision agency or a jail: what its rows are, which column says what, and in
// which words. Filled from TOML by read_site() (site_config.cpp); complete samples in README.md.
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

#include "adapters/kit/table/table_profile.hpp"
#include "adapters/supervision/limits.hpp"
#include "hub/base/time_zone.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub::adapters::supervision {

/// [feed] rows
enum class RowsAre : std::uint8_t { CheckIns, Supervision, Conditions, Violations, Roster };

/// What a row says became of a check-in; Ignored rows give a finding and no event.
enum class RowStatus : std::uint8_t { Scheduled, Completed, Missed, Cancelled, Ignored };

/// How a person left a jail's roster, as far as the file tells.
enum class Leaving : std::uint8_t { Unknown, Released, Transferred, Other };

/// What it means that a booking is missing from a complete roster.
enum class MissingMeans : std::uint8_t { Nothing, Released };

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
    std::string owner;            ///< the agency as an organisation
    std::string identifier_type;  ///< of the person's number, as the roster of clients has it
    RowsAre rows = RowsAre::CheckIns;
    std::optional<TableProfile> csv;
    std::optional<TableProfile> json;
    std::chrono::minutes duration{kDurationAssumed};
    std::vector<MappedWord<RowStatus>> statuses;
    std::vector<MappedWord<ObligationClass>> types;
    std::vector<MappedWord<Leaving>> leavings;
    std::vector<std::string> remote;  ///< words of place or type that mean telephone or video
    std::vector<std::string> yes;     ///< words that set a marker
    bool complete = true;             ///< a roster lists everyone in custody
    MissingMeans missing = MissingMeans::Nothing;
    unsigned fall_max_percent = kFallPercentMax;

    /// For a file of that name; null when the profile does not say how to read it.
    [[nodiscard]] const TableProfile* table_for(const std::filesystem::path& file) const;
};

[[nodiscard]] Result<Site> read_site(const std::filesystem::path& file);
[[nodiscard]] Result<Site> site_from(std::string_view toml_text);

}  // namespace carehub::adapters::supervision
