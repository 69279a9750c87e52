// The operator's texts: county.json, agreements, and one configuration for each adapter.
#include "tools/county/directory.hpp"
#include "tools/county/profiles.hpp"

namespace carehub::county {
namespace {

/// Folders stand beside the configuration; whoever runs the adapter may put them elsewhere.
constexpr std::string_view kWatch = R"(
[watch]
folder = "inbox"
done_folder = "done"
refused_folder = "refused"
)";

constexpr std::string_view kClinic = R"(# The clinic's HL7 v2 feed over MLLP.
[feed]
name = "clinic"
zone = "America/New_York"
authority = "CLINIC-MRN"

# Port 0 takes a free one; the adapter's ready line tells which.
[listen]
address = "127.0.0.1"
port = 0

# The service code of a treatment group at the recovery clinic (AIS-3).
[obligation_class]
GRP = "TreatmentSession"

# The recovery clinic is a substance use programme under 42 CFR Part 2.
[labels]
SUD-1 = ["Part2"]
)";

constexpr std::string_view kHousing = R"(# The housing provider's HMIS CSV exports, one folder each.
[feed]
name = "housing"
zone = "America/New_York"
authority = "CTY-HMIS"
)";

constexpr std::string_view kCourt =
    R"(# The superior court's two lists: calendar.ics and hearings.csv.
[feed]
name = "court"
zone = "America/New_York"
authority = "ASHFORD-SC"
place = "COURTHOUSE"
)";

constexpr std::string_view kCourtFormats = R"(
[ical]
case_property = "X-CASE-NUMBER"
type_property = "X-HEARING-TYPE"
result_property = "X-RESULT"

[csv]
date_format = "MM/DD/YYYY"
time_format = "h:mm am/pm"

[csv.columns]
case = "case_no"
type = "event"
date = "event_date"
time = "start_time"
duration = "minutes"
room = "courtroom"
status = "status"
result = "result"

[statuses]
SET = "Listed"
VACATED = "Cancelled"

[results]
HELD = "HearingHeld"
FTA = "FailureToAppear"
)";

constexpr std::string_view kSupervision = R"(# The probation department's check-ins and drug tests.
[feed]
name = "supervision"
zone = "America/New_York"
authority = "SUPERVISION"
)";

constexpr std::string_view kSupervisionFormats = R"(
[csv]
date_format = "MM/DD/YYYY"
time_format = "h:mm am/pm"
updated_format = "YYYY-MM-DD HH:mm"

[csv.columns]
client = "client_number"
check_in = "checkin_id"
officer = "officer"
date = "date"
time = "time"
duration = "minutes"
place = "office"
type = "type"
status = "status"
updated = "updated"

[json]
rows = "tests[]"
date_format = "YYYY-MM-DD"
time_format = "HH:mm"
updated_format = "YYYY-MM-DD HH:mm"

[json.columns]
client = "person.number"
check_in = "id"
date = "day"
time = "time"
duration = "minutes"
place = "site"
type = "kind"
status = "state"
updated = "changed"

[status]
SCHEDULED = "scheduled"
COMPLETED = "completed"
MISSED = "missed"
CANCELLED = "cancelled"

[type]
UA = "DrugTest"
)";

struct AgreementText {
    std::string_view why;
    std::string_view discloser;
    std::string_view recipient;
    std::string_view kinds;
    std::string_view form;
    std::string_view basis;
};

constexpr AgreementText kAgreements[] = {
    {"The clinic tells the client's case manager; Part 2 records need a consent besides.", "clinic",
     "owner", "", "full", "care coordination agreement 2025-1"},
    {"The housing provider tells the case manager.", "housing", "owner", "", "full",
     "care coordination agreement 2025-2"},
    {"Hearings of the court's public calendar go to the case manager.", "court", "owner", "",
     "full", "care coordination agreement 2025-3"},
    {"The supervision agency tells the case manager about check-ins.", "supervision", "owner", "",
     "full", "care coordination agreement 2025-4"},
    {"So does the municipal court, about its own.", "municipal", "owner", "", "full",
     "care coordination agreement 2025-6"},
    {"Whom it supervises, on which conditions, and what was violated: from its case management,\n"
     "# which is a partner for each list.",
     "terms", "owner", "", "full", "care coordination agreement 2025-4"},
    {"", "conditions", "owner", "", "full", "care coordination agreement 2025-4"},
    {"", "violations", "owner", "", "full", "care coordination agreement 2025-4"},
    {"The jail tells the case manager about custody, by booking number.", "jail", "owner", "",
     "full", "care coordination agreement 2025-7"},
    {"When a client is at the clinic, and no more, may be known to the supervision agency, for "
     "clients\n"
     "# whose referral consent (42 CFR 2.35) names it.",
     "clinic", "supervision",
     "\"AppointmentBooked\", \"AppointmentRescheduled\", \"AppointmentCancelled\"", "busy_only",
     "criminal justice referral protocol 2025-5"}};

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const std::string_view part : parts) {
        text += part;
    }
    return text;
}

std::string agreements(const World& world) {
    const std::string from = to_iso(world.start() - std::chrono::days{365});
    const std::string until = to_iso(world.end_date() + std::chrono::days{365});
    std::string text =
        "# What the county's organisations agreed to share. Everything else is withheld.\n";
    for (const AgreementText& agreement : kAgreements) {
        const auto line = [&text](std::string_view key, std::string_view value) {
            text += std::string(key) + " = " + std::string(value) + "\n";
        };
        const auto quoted = [](std::string_view value) { return joined({"\"", value, "\""}); };
        text += agreement.why.empty() ? "" : "\n# " + std::string(agreement.why);
        text += "\n[[agreement]]\n";
        line("discloser", quoted(agreement.discloser));
        line("recipient", quoted(agreement.recipient));
        line("purpose", quoted("CareCoordination"));
        line("event_kinds", joined({"[", agreement.kinds, "]"}));
        line("form", quoted(agreement.form));
        line("basis", quoted(agreement.basis));
        line("valid_from", quoted(from));
        line("valid_until", quoted(until));
    }
    return text;
}

std::string county_json(const World& world) {
    std::vector<std::string> partners = {"clinic", "housing", "court", "supervision"};
    for (const Profile& profile : profiles()) {
        partners.emplace_back(profile.feed);
    }
    return JsonLine()
               .number("clients", world.clients())
               .number("days", static_cast<std::uint64_t>(world.days()))
               .number("seed", world.seed())
               .text("start", to_iso(world.start()))
               .text("zone", kZoneName)
               .list("partners", partners)
               .str() +
           "\n";
}

}  // namespace

Status write_configuration(const World& world, const std::filesystem::path& out) {
    const std::filesystem::path folder = out / "config";
    CAREHUB_TRY_DONE(make_folder(folder));
    CAREHUB_TRY_DONE(write_file(out / "county.json", county_json(world)));
    CAREHUB_TRY_DONE(write_file(out / "agreements.toml", agreements(world)));
    CAREHUB_TRY_DONE(write_file(folder / "clinic.toml", kClinic));
    CAREHUB_TRY_DONE(write_file(folder / "housing.toml", joined({kHousing, kWatch})));
    CAREHUB_TRY_DONE(write_file(folder / "court.toml", joined({kCourt, kWatch, kCourtFormats})));
    CAREHUB_TRY_DONE(write_file(folder / "supervision.toml",
                                joined({kSupervision, kWatch, kSupervisionFormats})));
    for (const Profile& profile : profiles()) {
        CAREHUB_TRY_DONE(write_file(folder / (std::string(profile.feed) + ".toml"),
                                    joined({profile.text, kWatch})));
    }
    return {};
}

}  // namespace carehub::county
