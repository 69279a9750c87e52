// What a housing provider will say of one client: the stay, and the rows told about it.
//
// Contract: plain data; a `day` is the feed day from which something is so (plan.hpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/base/utc_time.hpp"

namespace carehub::county {

/// The files of an export that hold what is told about a stay.
enum class HousingTable : std::uint8_t { Services, Event, Assessment, CurrentLivingSituation };

enum class RowState : std::uint8_t {
    Told,
    Deleted,   ///< the row is still there, with a DateDeleted
    Vanished,  ///< a full refresh leaves the row out
};

struct HousingRowVersion {
    int day = 0;  ///< first export that says so
    RowState state = RowState::Told;
    Date date{};
    int code = 0;     ///< record type, event, assessment level, situation; by table
    int outcome = 0;  ///< referral result, prioritization; 0: none
    std::optional<Date> outcome_on;
    bool must_leave = false;  ///< of a situation: within 14 days, with nowhere to go
};

struct HousingRow {
    HousingTable table{};
    std::string id;
    std::vector<HousingRowVersion> versions;
};

struct HousingStay {
    int day = 0;      ///< first export that holds it
    int project = 0;  ///< index into the projects of housing_feed.cpp
    Date entry{};
    int prior_situation = 0;
    std::optional<Date> move_in;
    std::optional<Date> situation_on;  ///< a current living situation was recorded
    int situation = 0;
    std::optional<int> exit_day;  ///< export that first holds the exit
    Date exit{};
    int destination = 0;
    std::vector<HousingRow> rows;
    std::optional<int> corrected_day;  ///< export that first tells another entry
    Date corrected_entry{};
    /// Export from which two PersonalIDs are one; until then the stay stands under the second.
    std::optional<int> merged_day;
};

}  // namespace carehub::county
