// What will be said about one client, by whom and on which day: the plan all feeds are written
// from.
//
// Contract: plain data. A `day` is the number of the folder in which something first appears; times
// are the county's wall clock. Within a day the clinic's messages stand in the order sent.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hub/base/utc_time.hpp"
#include "tools/county/people.hpp"
#include "tools/county/places.hpp"

namespace carehub::county {

/// A minute of the wall clock.
struct Moment {
    Date date{};
    int minute = 0;  ///< after midnight
    friend bool operator==(const Moment&, const Moment&) = default;
};

struct Slot {
    Date date{};
    int minute = 0;
    int length = 0;  ///< minutes
    [[nodiscard]] int end() const { return minute + length; }
    friend bool operator==(const Slot&, const Slot&) = default;
};

// --- clinic ---------------------------------------------------------------------------------

struct AppointmentMessage {
    std::string_view trigger;  ///< S12 ...
    std::string id;            ///< filler appointment id
    PlaceName place{};
    Slot slot;
    std::string_view reason;
    std::string_view status;
    std::optional<std::chrono::seconds> offset;  ///< printed with the times when set
};

struct VisitMessage {
    std::string_view trigger;  ///< A01 ...
    std::string id;            ///< visit number
    char patient_class = 'I';
    PlaceName place{};
    Moment admitted;
    Moment occurred;
    std::optional<Moment> discharged;
    std::string_view disposition;
};

struct ClinicMessage {
    int day = 0;
    int sent_day = 0;  ///< whose early hours MSH-7 names; earlier than `day` for a late copy
    int control = 0;
    std::variant<AppointmentMessage, VisitMessage> body;
};

// --- court and supervision ------------------------------------------------------------------

/// The two departments publish in two formats.
enum class Department : std::uint8_t { Calendar, HearingList };

struct HearingVersion {
    int day = 0;
    Slot slot;
    int sequence = 0;
    bool cancelled = false;
    bool all_day = false;
    std::string_view result;
};

struct Hearing {
    Department department{};
    std::string uid;
    std::string case_number;
    std::string_view type;
    bool transparent = false;
    std::vector<HearingVersion> versions;
};

struct CheckInVersion {
    int day = 0;
    Slot slot;
    std::string_view status;
};

struct CheckIn {
    std::string id;
    PlaceName office{};
    std::vector<CheckInVersion> versions;
};

// --- housing --------------------------------------------------------------------------------

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
};

// --- staff, consents ------------------------------------------------------------------------

struct ConsentRow {
    std::string id;
    std::string_view kind;
    std::string_view discloser;
    std::string_view recipient;
    Date signed_on{};
    Date expires{};
};

struct StaffEvent {
    int day = 0;
    std::string_view kind;  ///< ContactMade, ConsentGranted, ConsentRevoked
    Moment occurred;
    std::optional<ConsentRow> consent;
};

// --- truth ----------------------------------------------------------------------------------

enum class TruthType : std::uint8_t { Alert, Trap, Withheld, Delivered };

struct TruthLine {
    TruthType type{};
    std::string_view rule;       ///< the alert, or the one a trap tempts
    std::string_view recipient;  ///< of what is withheld or delivered
    std::vector<std::string> ids;
    int day = 0;
    std::string_view expect;  ///< open, cleared, any
    std::string_view why;
};

struct ClientPlan {
    Person person;
    bool supervised = false;
    std::vector<ClinicMessage> messages;
    std::vector<Hearing> hearings;
    std::vector<CheckIn> check_ins;
    std::optional<HousingStay> housing;
    std::vector<ConsentRow> consents;  ///< on file before the first day
    std::vector<StaffEvent> staff_events;
    std::vector<TruthLine> truth;
};

/// What a feed that is a full list says on a day: the last version that has appeared by then.
template <class Version>
[[nodiscard]] const Version* version_on(const std::vector<Version>& versions, int day) {
    const Version* latest = nullptr;
    for (const Version& version : versions) {
        if (version.day <= day) {
            latest = &version;
        }
    }
    return latest;
}

}  // namespace carehub::county
