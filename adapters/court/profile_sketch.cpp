#include "adapters/court/profile_sketch.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "adapters/court/ical/calendar_text.hpp"
#include "adapters/court/text.hpp"
#include "adapters/kit/table/table_sketch.hpp"

namespace carehub::adapters::court {
namespace {

const std::string kHead =
    "[feed]\n"
    "name = \"court\"      # names the feed in every event\n"
    "zone = \"\"           # FILL IN, such as \"America/New_York\": the court's clock\n"
    "authority = \"\"      # FILL IN: whose case numbers these are\n"
    "# place = \"\"        # code of the courthouse in places.csv\n\n"
    "[watch]\nfolder = \"in\"\n\n"
    "[snapshot]\n"
    "complete = true      # does each file list everything ahead?\n"
    "missing = \"unlisted\" # what a missing row means; \"nothing\": no absence is read\n\n";

std::array<ColumnHint, 14> hints() {
    using enum Looks;
    return {
        ColumnHint{
            "date",
            {"date", "hearingdate", "hearingdt", "hearingdatetime", "settingdate",
             "settingdatetime", "eventdt", "eventdate", "courtdate", "calendardate", "sittingstart",
             "start", "startdatetime", "scheduled", "docketdt", "docketdate", "dt"},
            LikeDates,
            {},
            {"birth", "dob", "filed", "filing", "offense", "offence", "arrest", "dispos", "entered",
             "created", "updated", "modified", "issued", "sentenc", "printed"}},
        ColumnHint{"case",
                   {"case",
                    "caseno",
                    "casenumber",
                    "casenum",
                    "docket",
                    "docketno",
                    "docketnumber",
                    "causenumber",
                    "causeno",
                    "cause",
                    "ucn",
                    "caseurn",
                    "casereferencenumber",
                    "appealreferencenumber",
                    "urn",
                    "reference",
                    "ticket",
                    "citation",
                    "caseid",
                    "causeid",
                    "docketid"},
                   AsTheyMay,
                   {},
                   {"docketdt", "docketdate", "dockettm", "dockettime", "casetype", "casestatus",
                    "casecategory", "caseflag", "casetitle", "casename", "casestyle"}},
        ColumnHint{"participant", {"participantid", "participantnumber", "defendantid"}},
        ColumnHint{"time",
                   {"time", "starttime", "starttm", "hearingtm", "hearingtime", "dockettime",
                    "dockettm", "sittingat", "tm"},
                   LikeTimes},
        ColumnHint{"end", {"end", "endtime", "sittingend", "enddatetime"}, LikeTimes},
        ColumnHint{"duration", {"minutes", "duration", "length"}},
        ColumnHint{"type",
                   {"hearingtype", "eventtype", "event", "type", "matter"},
                   AsTheyMay,
                   {},
                   {"warrant", "casetype"}},
        ColumnHint{"room",
                   {"courtroom", "room", "courtroomname", "crtroom", "venue", "dept", "rm"}},
        ColumnHint{"result", {"result", "outcome", "disposition"}, LikeCodes, "results"},
        ColumnHint{"status", {"status", "hearingstatus"}, LikeCodes, "statuses"},
        ColumnHint{"warrant", {"warrantstatus", "warrant"}, LikeCodes, "warrants"},
        ColumnHint{"warrant_id", {"warrantnumber", "warrantno", "warrantid"}},
        ColumnHint{"warrant_type", {"warranttype", "warrantkind"}},
        ColumnHint{"warrant_date", {"warrantdate"}, LikeDates}};
}

/// Of a list that tells no hearing: its status is the warrant's.
std::vector<ColumnHint> warrant_hints() {
    std::vector<ColumnHint> all;
    for (ColumnHint& hint : hints()) {
        if (hint.key == "case" || hint.key == "participant" || hint.key == "warrant_id" ||
            hint.key == "warrant_type") {
            all.push_back(std::move(hint));
        }
    }
    all.push_back({"warrant", {"warrantstatus", "status"}, Looks::LikeCodes, "warrants"});
    all.push_back({"warrant_date",
                   {"warrantdate", "issueddate", "issuedate", "dateissued", "issued"},
                   Looks::LikeDates});
    return all;
}

bool is_linked(const TableSketch& sketch) {
    return sketch.has("case") || sketch.has("participant");
}

/// The one whose rows can be linked, hearings before warrants.
Result<TableSketch> sketch_of(std::string_view sample) {
    const auto of_hearings = hints();
    const auto of_warrants = warrant_hints();
    CAREHUB_TRY(const auto hearings, sketch_tables(sample, of_hearings));
    CAREHUB_TRY(const auto warrants, sketch_tables(sample, of_warrants));
    for (const TableSketch& sketch : hearings) {
        if (is_linked(sketch) && (sketch.has("date") || !sketch.has("warrant_id"))) {
            return sketch;
        }
    }
    for (const TableSketch& sketch : warrants) {
        if (is_linked(sketch) && sketch.has("warrant")) {
            return sketch;
        }
    }
    return hearings.front();
}

Result<std::string> sketch_list(std::string_view sample) {
    CAREHUB_TRY(const TableSketch sketch, sketch_of(sample));
    const bool of_court = sketch.names_any(
        {"hearing", "docket", "courtroom", "courtdate", "judge", "sitting", "setting", "calendar"});
    const bool of_agency = sketch.names_any(
        {"violation", "viol", "condition", "booking", "inmate", "offender", "supervis", "checkin"});
    if (of_agency && !of_court) {
        return fail(ErrorCode::Invalid,
                    "the sample's columns are those of an agency or a jail, not of a court's list");
    }
    if (!is_linked(sketch)) {
        return fail(ErrorCode::Invalid,
                    "no column of the sample looks like a case number: hearings are linked by it "
                    "alone");
    }
    return kHead + sketch.text;
}

/// How often each property of a court's own comes.
std::map<std::string, int> own_properties(const CalendarFile& file) {
    std::map<std::string, int> times;
    for (const CalendarText& calendar : file.calendars) {
        for (const ComponentText& component : calendar.components) {
            std::string_view rest = component.text;
            while (component.name == "VEVENT" && !rest.empty()) {
                const std::size_t end = std::min(rest.find('\n'), rest.size());
                const std::string name = property_name(rest.substr(0, end));
                times[name] += name.starts_with("X-") ? 1 : 0;
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
        }
    }
    std::erase_if(times, [](const auto& entry) { return entry.second == 0; });
    return times;
}

/// A property whose name holds one of the words.
std::string property_like(const std::map<std::string, int>& times,
                          std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) {
        for (const auto& [name, count] : times) {
            if (name.find(word) != std::string::npos) {
                return name;
            }
        }
    }
    return "";
}

std::string sketch_calendar(const CalendarFile& file) {
    const auto times = own_properties(file);
    std::string text = kHead + "[ical]\n";
    const auto entry = [&](const char* key, const std::string& name, const char* otherwise) {
        text += (name.empty() ? "# " : "") + std::string(key) + " = " +
                toml_text(name.empty() ? otherwise : name) + "\n";
    };
    const std::string number = property_like(times, {"CASE", "DOCKET", "CAUSE"});
    entry("case_property", number, "X-CASE-NUMBER");
    if (number.empty()) {
        text +=
            "case_pattern = ''   # FILL IN: a regular expression that finds it in the SUMMARY\n";
    }
    entry("type_property", property_like(times, {"TYPE"}), "X-HEARING-TYPE");
    entry("result_property", property_like(times, {"RESULT", "OUTCOME"}), "X-RESULT");
    entry("warrant_property", property_like(times, {"WARRANT"}), "X-WARRANT");
    entry("participant_property", property_like(times, {"PARTICIPANT"}), "X-PARTICIPANT-NUMBER");
    return text;
}

}  // namespace

Result<std::string> sketch_profile(std::string_view sample) {
    if (to_upper(sample.substr(0, sample.find('\n'))).find("BEGIN:V") == std::string::npos) {
        return sketch_list(sample);
    }
    const auto file = cut_calendars(sample);
    if (!file) {
        return fail(ErrorCode::Invalid, file.error().why);
    }
    return sketch_calendar(*file);
}

}  // namespace carehub::adapters::court
