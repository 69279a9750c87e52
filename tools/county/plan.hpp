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

#include "tools/county/people.hpp"
#include "tools/county/plan_housing.hpp"
#include "tools/county/plan_justice.hpp"

namespace carehub::county {

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
    std::optional<Moment> planned = {};  ///< the discharge that is expected (PV2-9)
};

struct ClinicMessage {
    int day = 0;
    int sent_day = 0;  ///< whose early hours MSH-7 names; earlier than `day` for a late copy
    int control = 0;
    std::variant<AppointmentMessage, VisitMessage> body;
    bool strange = false;  ///< under stranger_number() instead of the client's own
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
    std::string_view kind;  ///< ContactMade, ConsentRevoked, ClientInformed ...
    Moment occurred;
    std::optional<ConsentRow> consent;
};

/// What a person of the county does on a day: a command of `carehub`, given with that person's link.
struct StaffAct {
    int day = 0;
    std::string by;
    std::vector<std::string> command;
};

// --- truth ----------------------------------------------------------------------------------

enum class TruthType : std::uint8_t { Alert, Trap, Withheld, Delivered, Event };

struct TruthLine {
    TruthType type{};
    std::string_view rule;       ///< the alert, or the one a trap tempts; an event's kind
    std::string_view recipient;  ///< of what is withheld or delivered; an event's partner
    std::vector<std::string> ids;
    int day = 0;
    std::string_view expect;  ///< open, cleared, any
    std::string_view why;
    std::uint64_t count = 0;  ///< events of that kind in all
    bool told = true;         ///< by a story; else ordinary traffic or its lack raises it
};

struct ClientPlan {
    Person person;
    bool supervised = false;
    std::vector<ClinicMessage> messages;
    std::vector<Hearing> hearings;
    std::vector<CheckIn> check_ins;
    std::vector<SupervisionTerm> terms;
    std::vector<SupervisionFact> conditions;
    std::vector<SupervisionFact> violations;
    std::vector<Booking> bookings;
    bool known_to_jail = false;  ///< the roster holds the inmate number
    std::optional<HousingStay> housing;
    std::vector<ConsentRow> consents;  ///< on file before the first day
    std::vector<StaffEvent> staff_events;
    std::vector<StaffAct> acts;
    std::optional<int> died_day;  ///< feed that tells of the client's death
    Moment died;
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
