// Where things happen in the county, and how long the way between takes.
// Threads: immutable.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

#include "hub/model/vocabulary.hpp"

namespace carehub::county {

enum class PlaceName : std::uint8_t {
    GeneralClinic,
    BrookfieldClinic,
    Ward,
    PsychiatricWard,
    RecoveryClinic,  ///< a substance use programme: 42 CFR Part 2
    Courthouse,
    ProbationOffice,
    BrookfieldOffice,
    MunicipalCourt,
};

/// One row of places.csv.
struct PlaceRow {
    std::string_view partner;
    std::string_view code;  ///< empty: the partner's default place
    std::string_view site;
    std::string_view city;
    std::string_view lat;
    std::string_view lon;
    std::string_view program;
    std::string_view labels;
};

/// In the order of PlaceName.
[[nodiscard]] const std::array<PlaceRow, 9>& place_rows();
/// What a partner's event means that names no known place.
[[nodiscard]] const std::array<PlaceRow, 6>& default_place_rows();
[[nodiscard]] const PlaceRow& row_of(PlaceName place);

/// Travel from one place to the other plus the arrival buffer there; 0 within one site.
[[nodiscard]] std::chrono::minutes minutes_needed(PlaceName from, PlaceName to,
                                                  Transport transport);

}  // namespace carehub::county
