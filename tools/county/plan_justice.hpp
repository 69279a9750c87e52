// What courts, a supervision agency and a jail will say of one client.
//
// Contract: plain data; a `day` is the feed day from which something is so (plan.hpp).
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/county/moment.hpp"
#include "tools/county/places.hpp"

namespace carehub::county {

// --- courts ---------------------------------------------------------------------------------

/// Two departments of the superior court and the municipal court publish in three formats.
enum class Department : std::uint8_t { Calendar, HearingList, Docket };

/// A hearing that comes back every week, some weeks left out.
struct Series {
    int weeks = 0;
    std::vector<int> left_out;  ///< 0 is the first week
};

/// The weeks that are not left out.
[[nodiscard]] inline std::vector<int> weeks_held(const Series& series) {
    std::vector<int> weeks;
    for (int week = 0; week < series.weeks; ++week) {
        if (std::find(series.left_out.begin(), series.left_out.end(), week) ==
            series.left_out.end()) {
            weeks.push_back(week);
        }
    }
    return weeks;
}
[[nodiscard]] inline Slot in_week(Slot slot, int week) {
    slot.date += std::chrono::days{7 * week};
    return slot;
}

struct HearingVersion {
    int day = 0;
    Slot slot;
    int sequence = 0;
    bool cancelled = false;
    bool all_day = false;
    bool unlisted = false;  ///< the list leaves the hearing out
    std::string_view result;
    std::string_view warrant;  ///< ISSUED, RECALLED
    Date warrant_on{};
};

struct Hearing {
    Department department{};
    std::string uid;
    std::string case_number;
    std::string_view type;
    bool transparent = false;
    std::optional<Series> series;  ///< the version's slot is the first of them
    std::vector<HearingVersion> versions;
};

// --- supervision ----------------------------------------------------------------------------

struct CheckInVersion {
    int day = 0;
    Slot slot;
    std::string_view status;
};

struct CheckIn {
    std::string id;
    PlaceName office{};
    bool drug_test = false;
    std::vector<CheckInVersion> versions;
};

struct SupervisionTerm {
    std::string id;
    int day = 0;
    Date start{};
    std::optional<int> ended_day;
    Date ended{};
};

/// A condition of supervision, or a violation reported.
struct SupervisionFact {
    std::string id;
    int day = 0;
    Date date{};
    std::string_view type;
    std::string_view text;
};

// --- jail -----------------------------------------------------------------------------------

/// A word for leaving that frees nobody: the client is held elsewhere from then on.
inline constexpr std::string_view kToPrison = "TO STATE PRISON";

struct BookingVersion {
    int day = 0;
    Moment booked;
    std::optional<Moment> released;
    std::string_view release;  ///< the jail's word
    bool listed = true;        ///< false: the roster says no more of it
};

struct Booking {
    std::string number;
    std::string inmate;
    bool alias_row = false;  ///< the roster lists it under a second name too
    std::vector<BookingVersion> versions;
};

}  // namespace carehub::county
