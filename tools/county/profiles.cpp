#include "tools/county/profiles.hpp"

namespace carehub::county {
namespace {

constexpr std::string_view kDocket =
    R"(# The municipal court's docket, as its web service answers it.
[feed]
name = "municipal"
zone = "America/New_York"
authority = "ASHFORD-MC"
place = "MUNICIPAL"

[snapshot]
complete = true
missing = "unlisted"

[json]
rows = "hearings[]"
date_format = ["YYYY-MM-DDTHH:mm", "YYYY-MM-DD"]

[json.columns]
case = "case.number"
type = "case.matter"
date = "starts"
duration = "minutes"
room = "room"
status = "status"
result = "outcome"
warrant = "warrant.state"
warrant_id = "warrant.number"
warrant_type = "warrant.kind"
warrant_date = "warrant.on"

[statuses]
SET = "Listed"
STRICKEN = "Cancelled"

[results]
HELD = "HearingHeld"
FTA = "FailureToAppear"

[warrants]
ISSUED = "WarrantIssued"
RECALLED = "WarrantCleared"
)";

constexpr std::string_view kTerms = R"(# Who is under supervision.
[feed]
name = "terms"
zone = "America/New_York"
authority = "SUPERVISION"
rows = "supervision"

[json]
rows = "terms[]"
date_format = "YYYY-MM-DD"

[json.columns]
client = "client"
supervision = "id"
start = "from"
ended = "ended"
type = "kind"
level = "level"
)";

constexpr std::string_view kConditions = R"(# The conditions of supervision.
[feed]
name = "conditions"
zone = "America/New_York"
authority = "SUPERVISION"
rows = "conditions"

[json]
rows = "conditions[]"
date_format = "YYYY-MM-DD"

[json.columns]
client = "client"
condition = "id"
text = "text"
type = "type"
date = "on"
)";

constexpr std::string_view kViolations = R"(# Violations reported.
[feed]
name = "violations"
zone = "America/New_York"
authority = "SUPERVISION"
rows = "violations"

[json]
rows = "violations[]"
date_format = "YYYY-MM-DD"

[json.columns]
client = "client"
violation = "id"
date = "on"
type = "type"
text = "text"
)";

constexpr std::string_view kJail = R"(# The jail's roster; who is gone from two of them has left.
[feed]
name = "jail"
zone = "America/New_York"
authority = "ASHFORD-JAIL"
rows = "roster"

[snapshot]
complete = true
missing = "released"

[csv]
date_format = "MM/DD/YYYY"
time_format = "HHmm"

[csv.columns]
client = "INMATE_NO"
booking = "BOOKING_NO"
booked = "BOOK_DATE"
booked_time = "BOOK_TIME"
released = "REL_DATE"
released_time = "REL_TIME"
release = "REL_TYPE"
facility = "HOUSING"

[release]
"BONDED OUT" = "released"
"TO STATE PRISON" = "transferred"
)";

}  // namespace

const std::array<Profile, 5>& profiles() {
    static constexpr std::array<Profile, 5> kProfiles = {{{"municipal", kDocket},
                                                          {"terms", kTerms},
                                                          {"conditions", kConditions},
                                                          {"violations", kViolations},
                                                          {"jail", kJail}}};
    return kProfiles;
}

}  // namespace carehub::county
